"""Benchmarks against the peers, in the same run and on the same data, with the answers compared."""
