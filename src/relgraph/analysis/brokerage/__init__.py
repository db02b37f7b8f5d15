"""Brokerage: who stands between others, and what is cut off without them."""
