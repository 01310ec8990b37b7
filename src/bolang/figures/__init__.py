"""Figures in one restrained house style, with the Chinese font that travels with bolang."""
