"""Times of a map: the moments that its slider knows, and what was there and how warm at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from relgraph.render.columns import column, plain

Pair = tuple[str, str]  # two ids, the smaller first


@dataclass(frozen=True, eq=False)
class Times:
    """What the data says of several moments.

    Parameters
    ----------
    moments : tuple of str
        Days, ascending; the last is the present.
    warmth : mapping of (str, str) to tuple of float
        The strength that contacts alone give a pair at each moment, by the ids of its ends.
    seen : mapping of str to str
        The day of the first contact or tie of each, by id.
    left : tuple of (name, market, day)
        Who has left, and when.
    """

    moments: tuple[str, ...]
    warmth: Mapping[Pair, tuple[float, ...]]
    seen: Mapping[str, str]
    left: tuple[tuple[str, str, str], ...] = field(default=())


def times_payload(times: Times | None, ids: list[str], ends: list[tuple[int, int]]) -> Any:
    """Return times as the page takes them, for lines by the positions of their ends."""
    if times is None:
        return None
    pairs = [tuple(sorted((ids[one], ids[other]))) for one, other in ends]
    warm = [(line, times.warmth[pair]) for line, pair in enumerate(pairs) if pair in times.warmth]  # type: ignore[index]
    return {
        "moments": list(times.moments),
        "lines": [line for line, _ in warm],
        "warmth": [[round(value, 3) for value in values] for _, values in warm],
        "seen": column([times.seen.get(node_id) for node_id in ids]),
        "left": [[plain(name), market, day] for name, market, day in times.left],
    }
