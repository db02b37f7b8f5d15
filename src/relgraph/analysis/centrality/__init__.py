"""Centrality: how much each node's place in the network matters."""
