"""Measures on networks: one module per family."""
