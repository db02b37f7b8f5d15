"""`intro`: ways of being introduced, from a list of all of them."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.planning.reference.firm import number
from tests.planning.reference.strengths import Strengths
from tests.planning.reference.worth import Worth

TYPES = (
    "KNOWS", "PARTNERS_WITH", "REFERS", "INFLUENCES", "MANAGES", "BUYS_FROM", "SUPPLIES",
    "DISTRIBUTES", "REPORTS_TO",
)  # fmt: skip
Way = tuple[str, ...]


def known_ties(worth: Worth) -> dict[frozenset[str], float]:
    """Return ties of known strength, at most .99: the strongest given one, else as a pair."""
    given: dict[frozenset[str], list[float]] = defaultdict(list)
    for row in worth.firm.friendly(*TYPES, among=worth.firm.present):
        strength = number(row, "strength")
        given[frozenset((row["source"], row["target"]))] += [] if strength is None else [strength]
    strengths = Strengths(worth.firm, TYPES, worth.firm.present)
    found = {pair: max(known) if known else strengths.pair(*pair) for pair, known in given.items()}
    return {pair: min(strength, 0.99) for pair, strength in found.items() if strength is not None}


def all_ways(
    worth: Worth, target: str, starts: Iterable[str], hops: int, exclude: Iterable[str] = ()
) -> dict[Way, float]:
    """Return every way of at most so many ties to the target, with its chance."""
    firm, ties = worth.firm, known_ties(worth)
    rivals = {n for n, row in firm.people.items() if row["market"] == "competitor"}
    targets = {n for n in firm.present if target in (n, firm.organisation[n])} - {*exclude}
    never = {firm.firm, *rivals, *firm.enemies, *firm.employees, *exclude, *targets}
    ways: dict[Way, float] = {}

    def go_on(way: Way, chance: float) -> None:
        for pair, strength in ties.items():
            if way[-1] not in pair:
                continue
            (other,) = pair - {way[-1]}
            if other in targets and other not in way:
                ways[(*way, other)] = chance * strength
            elif other not in way and other not in never and len(way) < hops:
                go_on((*way, other), chance * strength)

    for start in starts:
        if start not in exclude and start not in targets:
            go_on((start,), 1.0)
    return ways


def together(worth: Worth, ways: list[Way]) -> float:
    """Return the chance that at least one way holds, over every set of ties that may hold."""
    ties = known_ties(worth)
    parts = [frozenset(map(frozenset, itertools.pairwise(way))) for way in ways]
    chance = 0.0
    for k in range(1, len(parts) + 1):
        for some in itertools.combinations(parts, k):
            chance -= (-1) ** k * math.prod(ties[pair] for pair in frozenset().union(*some))
    return chance


def intro_rows(
    worth: Worth, target: str, k: int = 3, hops: int = 3, start: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return the ways chosen one after the other, direct ones first."""
    ways = all_ways(worth, target, list(start) or worth.firm.employees, hops)
    ties, chosen = known_ties(worth), list[Way]()
    rows = []
    while len(chosen) < k and len(chosen) < len(ways):
        left = [way for way in ways if way not in chosen]
        direct = [way for way in left if len(way) == 2]
        gain = {way: together(worth, [*chosen, way]) for way in direct or left}
        best = max(gain.values())
        way = min(w for w in gain if gain[w] >= best - 1e-12)
        chosen.append(way)
        weakest = min(itertools.pairwise(way), key=lambda pair: ties[frozenset(pair)])
        rows.append(
            {
                "way": " > ".join(way),
                "chance": ways[way],
                "together": gain[way],
                "weakest": " > ".join(weakest),
                "weakest_strength": ties[frozenset(weakest)],
            }
        )
    return rows
