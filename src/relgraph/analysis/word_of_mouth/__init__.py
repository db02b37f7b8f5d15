"""Word of mouth: how far it travels, to how many people, and whom to win first."""
