"""Plans: what a county can do, pilot, apply for and ask, and what it should leave."""
