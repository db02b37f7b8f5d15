"""Key players: the set of nodes that matters most together."""
