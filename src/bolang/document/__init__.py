"""The document model: what a page says, apart from how a medium shows it."""
