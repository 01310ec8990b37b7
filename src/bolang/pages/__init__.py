"""Results become documents here: one page, every medium."""
