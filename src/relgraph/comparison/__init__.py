"""Comparison: what a scenario would change, and what differs between two stores or dates."""
