"""How long work on a network takes: told before it starts, and what is left out to be quick.

All figures are processor time on one core of a usual machine, measured on networks of a thousand to
a million nodes; a network that falls into pieces takes less.
"""

from __future__ import annotations

from relgraph.network import Network

# For each node or arc of a network that is read a few dozen times.
READING = 500.0


def seconds(network: Network, pair: float = 0.0) -> float:
    """Return about how much processor time a measure takes.

    Parameters
    ----------
    pair : float
        Nanoseconds for each pair of a node and an arc.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> round(seconds(from_networkx(nx.star_graph(999)), 20), 3)
    0.061
    """
    return (READING + pair * network.n) * (network.n + network.m) * 1e-9
