"""Planning: what each relationship is worth, how likely it is to end, and what falls with it."""
