"""Cross-border risk, in words."""
