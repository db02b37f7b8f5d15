"""Ranked rows, and how sure their order is."""
