"""Structure: what holds a network together, and who is tied to whom."""
