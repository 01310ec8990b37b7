"""What became of a unit's territory, in words."""
