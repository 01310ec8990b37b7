"""Builds the tables that the package ships from the source extracts; run ``python -m pipeline --help``."""
