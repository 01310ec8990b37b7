"""Scenarios, their simulation and effects."""
