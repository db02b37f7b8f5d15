"""Brokerage: who stands between others, and what falls off without them."""
