"""What the planning commands show, computed a second time from the definitions alone.

Plain loops over dictionaries that were read from the CSV files: nothing here imports relgraph, and
no shortcut is taken where brute force is exact. A column that differs from relgraph's is a fault
in one of the two.
"""
