"""Ways between two places, in words."""
