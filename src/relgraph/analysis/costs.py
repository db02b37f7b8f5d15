"""How long work on a network takes: told before it starts, and what is left out to be quick.

All figures are seconds on a usual machine, measured on networks of some hundred to a million nodes;
a network that falls into pieces takes less. A probe of some milliseconds tells how fast this one
is; where time hangs on more than the size of a network, the pace of the work itself corrects them.
"""

from __future__ import annotations

from functools import cache
from time import perf_counter

import numpy as np

from relgraph import assumptions
from relgraph.messages import Message
from relgraph.network import Network
from relgraph.progress import Progress

# For each node or arc of a network that is read a few dozen times, and for each that a store gives.
MEASURED = 500e-9
STORED = 3e-6
# For each pair of a source and an arc: telling word, telling it in a network that doesn't fit the
# processor's cache, and counting who is within reach.
TOLD = 1e-6
TOLD_FAR = 5e-6
COUNTED = 1e-9
# For all reverse cascades of a large network together.
SAMPLED = 15.0
# For each node or arc where word goes far, as precisely as usual, and for the most that is kept.
WON = 80e-6
WON_AT_MOST = 200.0
# For each step of a search for key players.
STEP = 20e-9
# For each pair of a source and an arc where the pace of the machine is measured.
PROBE = 3.6e-9
# For each arc in a round of finding communities.
GROUPED = 600e-9
BRIEF = 1.0  # work that isn't worth a bar


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
    return (MEASURED + pair * 1e-9 * network.n) * (network.n + network.m)


def waiting(processor: float) -> float:
    """Return how long processor time takes on all cores, as fast and as busy as they are now."""
    return processor if processor < BRIEF else processor * _pace()


@cache
def _pace() -> float:
    """Return how long a second of processor time takes: some milliseconds of work tell."""
    from relgraph.kernels.paths import distance_sums

    n, ties, sources = 2_000, 10, np.arange(0, 2_000, 8)
    indptr = np.arange(0, n * ties + 1, ties)
    heads = (np.arange(n)[:, np.newaxis] + np.arange(1, ties + 1)) % n
    arcs = (indptr, heads.ravel().astype(np.int32), np.tile(np.arange(1.0, ties + 1), n))
    distance_sums(*arcs, sources[:2])  # loads what it needs
    start = perf_counter()
    distance_sums(*arcs, sources)
    return max(0.1, (perf_counter() - start) / (PROBE * len(sources) * n * (1 + ties)))


def about(processor: float) -> Message:
    """Return what tells how long processor time takes, rounded as one would say it.

    Examples
    --------
    >>> [str(about(each)) for each in (0.1, 200, 11000)]
    ['about 10 seconds', 'about 3 minutes', 'about 3 hours']
    """
    if processor < 90:
        return Message("about.seconds", count=max(10, 5 * round(processor / 5)))
    if processor < 5400:
        return Message("about.minutes", count=round(processor / 60))
    return Message("about.hours", count=round(processor / 3600))


def told(network: Network, sources: int, cascades: int) -> float:
    """Return the processor time of telling word from some nodes."""
    share = cascades / assumptions.CASCADES
    each = TOLD if network.n <= assumptions.ALL_PAIRS else TOLD_FAR
    return each * share * sources * (network.n + network.m)


def ranked_by_reach(network: Network, cascades: int) -> float:
    """Return the processor time of ranking everyone by how far their word travels."""
    if network.n <= assumptions.ALL_PAIRS:
        return told(network, network.n, cascades)
    counted = COUNTED * min(network.n, assumptions.EXACT_REACH) * network.m
    return counted + SAMPLED + told(network, int(assumptions.DETAILED), cascades)


def advocates(network: Network, epsilon: float) -> float:
    """Return the processor time of choosing advocates, as precisely as that."""
    finer = (assumptions.EPSILON / max(epsilon, 1e-4)) ** 2
    return min(WON * (network.n + network.m) * finer, WON_AT_MOST)


def communities(network: Network, starts: int, rounds: int) -> float:
    """Return the processor time of finding communities."""
    return GROUPED * network.m * starts * rounds


def begin(progress: Progress, task: str, processor: float, total: int | None = None) -> None:
    """Say how long a task takes before it starts, and start it if it isn't brief."""
    progress.expect(waiting(processor))
    if processor > BRIEF:
        progress.start(task, total)
