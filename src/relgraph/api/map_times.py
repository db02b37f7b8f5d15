"""How a map looked at earlier moments: whom there had been contact with, and how warm it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.partnerships.contacts import contact_history, contact_strength
from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.api.sheets import Gathered
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import texts
from relgraph.render.times import Pair, Times

MOST_MOMENTS = 10
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)  # months from one moment to the next
_MONTH = 30.4375  # days

Days = npt.NDArray[np.datetime64]


def with_times(gathered: Gathered) -> Gathered:
    """Return the same with what the data says of earlier moments, if it has any days."""
    evidence = gathered.picture.evidence
    seen = _first_days(evidence)
    contacts = evidence.contacts.at.astype("datetime64[D]")
    known = contacts if len(contacts) else seen[~np.isnat(seen)]
    if not len(known):
        return gathered
    last = evidence.moment.astype("datetime64[D]") if len(contacts) else known.max()
    if known.min() >= last:
        return gathered
    moments = _moments(known.min(), last)
    ids = evidence.nodes.ids.tolist()
    days = {i: str(day) for i, day in zip(ids, seen, strict=True) if not np.isnat(day)}
    times = Times(
        tuple(str(day) for day in moments),
        _warmth(evidence, moments, set(gathered.sheet.nodes.ids.tolist())),
        days,
        _left(evidence),
    )
    return replace(gathered, sheet=replace(gathered.sheet, times=times))


def _moments(first: np.datetime64, last: np.datetime64) -> list[np.datetime64]:
    """Return days up to the last, equally far apart, from the first on."""
    months = int((last - first).astype(np.int64) / _MONTH)
    step = next((each for each in _STEPS if months / each < MOST_MOMENTS), _STEPS[-1])
    count = min(MOST_MOMENTS, months // step + 1)
    apart = [np.timedelta64(round(_MONTH * step * place), "D") for place in range(count)]
    return [last - each for each in reversed(apart)]


def _first_days(evidence: Evidence) -> Days:
    """Return the day of the first contact or tie of each, NaT where none is dated."""
    first = np.full(len(evidence.nodes), np.datetime64("NaT", "D"))
    contacts, ties = evidence.contacts, evidence.ties
    dated = [(contacts.source, contacts.target, contacts.at.astype("datetime64[D]"))]
    if "since" in ties.attributes:
        since = ties.attributes["since"].astype("datetime64[D]")
        there = ~np.isnat(since)
        dated.append((ties.source[there], ties.target[there], since[there]))
    for source, target, day in dated:
        for end in (source, target):
            np.fmin.at(first, end, day)
    return first


def _warmth(
    evidence: Evidence, moments: list[np.datetime64], drawn: set[str]
) -> dict[Pair, tuple[float, ...]]:
    """Return the strength by contacts of every pair that is drawn, at each moment."""
    ids, n = evidence.nodes.ids.tolist(), len(evidence.nodes)
    found: dict[int, list[float]] = {}
    for place, day in enumerate(moments):
        end = (day + np.timedelta64(1, "D")).astype("datetime64[us]") - np.timedelta64(1, "us")
        last = len(evidence.contacts) and day == moments[-1]
        moment = evidence.moment if last else end
        history = contact_history(evidence.contacts, evidence.nodes.markets, moment)
        strength = contact_strength(history.activity, evidence.saturation)
        for pair, value in zip(*_of_pairs(history.keys, strength, n), strict=True):
            found.setdefault(pair, [0.0] * len(moments))[place] = value
    named = {(ids[pair // n], ids[pair % n]): values for pair, values in found.items()}
    return {
        (min(pair), max(pair)): tuple(values)
        for pair, values in named.items()
        if drawn.issuperset(pair)
    }


def _of_pairs(keys: Ints, strength: Floats, n: int) -> tuple[list[int], list[float]]:
    """Return unordered pairs and the geometric mean of both ways, or that of the only one."""
    source, target = keys // n, keys % n
    pairs, place = np.unique(
        np.minimum(source, target) * n + np.maximum(source, target), return_inverse=True
    )
    product, ways = np.ones(len(pairs)), np.bincount(place, minlength=len(pairs))
    np.multiply.at(product, place, strength)
    return pairs.tolist(), np.where(ways > 1, np.sqrt(product), product).tolist()


def _left(evidence: Evidence) -> tuple[tuple[str, str, str], ...]:
    """Return the name, market and day of everyone who has left on a known day."""
    nodes = evidence.nodes
    days: Any = nodes.attributes.get("left_on")
    if days is None:
        return ()
    left = texts(nodes, "status") == "left"
    told = days.astype("datetime64[D]")
    rows = np.flatnonzero(left & ~np.isnat(told))
    return tuple(
        (nodes.names[row] or nodes.ids[row], nodes.markets[row], str(told[row])) for row in rows
    )
