"""What a report says: an argument built from the diagnosis, section by section."""
