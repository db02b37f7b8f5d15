"""From tables as read to a dataset: typed columns, and everything that is wrong with them."""
