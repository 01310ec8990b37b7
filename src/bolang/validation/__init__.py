"""How far to trust the model: backtests, replays, calibration report."""
