"""What a county can do, and how the model carries it."""
