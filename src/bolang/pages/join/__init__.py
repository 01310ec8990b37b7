"""Which neighbours to join, in words."""
