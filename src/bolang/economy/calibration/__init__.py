"""From observations to a fitted economy."""
