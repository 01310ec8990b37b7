"""What everything stands on: text, errors, units, parameters, the store, files."""
