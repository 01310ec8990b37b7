"""The type of a county, in words."""
