"""How many people hear from each stakeholder of a map, hop by hop."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.word_of_mouth.cascade import Telling, sampled_chances
from relgraph.analysis.word_of_mouth.people import (
    Circles,
    circle_sizes,
    people_hearing,
    unseen_people,
)
from relgraph.analysis.word_of_mouth.reach import hop_rows
from relgraph.kernels.hops import hop_table
from relgraph.network import Network

People = tuple[tuple[float, ...], ...]


def people_by_hop(network: Network, telling: Telling) -> People:
    """Return how many people hear from each stakeholder within 1, 2, … hops.

    They are the `people` of `relgraph reach`; empty for those who tell nobody.
    """
    people: list[list[float]] = [[] for _ in range(network.n)]
    if network.m:
        traced = hop_rows(network, range(network.n), telling, Circles())
        columns = (traced[name].tolist() for name in ("id", "people"))
        for node_id, count in zip(*columns, strict=True):
            people[network.positions[node_id]].append(count)
    return tuple(map(tuple, people))


def sampled_people_by_hop(network: Network, telling: Telling) -> People:
    """Return the same, sampled for all stakeholders at once: for many small maps.

    With 1,024 cascades a chance of one half has a standard error of 0.016; exact answers for
    the thousands of stakeholders in an overview's maps would take minutes.
    """
    people: list[list[float]] = [[] for _ in range(network.n)]
    if not network.m:
        return tuple(map(tuple, people))
    hops = hop_table(network.indptr, network.indices, np.arange(network.n))
    probability = telling.rate * network.strength
    seeds = np.arange(network.n)[:, np.newaxis]
    chances, _ = sampled_chances(network, probability, seeds, hops, telling)
    unseen = unseen_people(network, circle_sizes(network)[0])
    farthest = hops.max(axis=1)
    for hop in range(1, int(farthest.max()) + 1):
        tellers = np.flatnonzero(farthest >= hop)
        within = np.where(hops[tellers] <= hop, hops[tellers], -1)
        probable = np.where(within >= 0, chances[tellers], 0.0)
        estimate = people_hearing(network, probable, within, unseen, Circles()).estimate
        for teller, count in zip(tellers.tolist(), estimate.tolist(), strict=True):
            people[teller].append(count)
    return tuple(map(tuple, people))
