"""Partnerships: how strong each one is, and which are at risk."""
