"""Where a county is, in words."""
