"""Measures on networks: a folder per subject, Network in, values and rows out."""
