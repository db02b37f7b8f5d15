"""Changes: what differs between the figures of two states, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from relgraph.analysis.ranking.rows import rank_places
from relgraph.comparison.figures import Figures
from relgraph.network import Floats, Ints, Texts, text_array

_SAME = 1e-9  # what differs by less, relative to the larger value of the measure, is rounding
COLUMNS = (
    *("measure", "id", "name", "market", "before", "after", "change", "low", "high"),
    *("rank_before", "rank_after", "rank_change"),
)
Columns = dict[str, np.ndarray[Any, Any]]
Ends = Mapping[str, tuple[Floats, Floats]]  # of the changes after, by measure


class Changes(NamedTuple):
    """Rows of what changed, in no order, with the share of its scale by which each changed."""

    columns: Columns
    weight: Floats


def find_changes(
    before: Mapping[str, Figures], after: Mapping[str, Figures], ends: Ends | None = None
) -> Changes:
    """Return what differs between two sets of figures: a value, or a rank.

    Parameters
    ----------
    before, after : mapping of measure to Figures
        Of the same measures.
    ends : mapping of measure to two arrays, optional
        The ends of the intervals of the changes, for each of the figures after.
    """
    parts = [_compare(name, before[name], after[name], (ends or {}).get(name)) for name in before]
    columns = {
        name: np.concatenate([part.columns[name] for part in parts]) if parts else text_array([])
        for name in COLUMNS
    }
    return Changes(columns, np.concatenate([part.weight for part in parts] or [np.zeros(0)]))


def _compare(
    measure: str, before: Figures, after: Figures, ends: tuple[Floats, Floats] | None
) -> Changes:
    there = {node_id: row for row, node_id in enumerate(before.ids.tolist())}
    here = {node_id: row for row, node_id in enumerate(after.ids.tolist())}
    ids = list(dict.fromkeys((*there, *here)))
    old = np.array([there.get(node_id, -1) for node_id in ids], np.int64)
    new = np.array([here.get(node_id, -1) for node_id in ids], np.int64)
    first, second = _at(before.values, old), _at(after.values, new)
    one, other = np.isnan(first), np.isnan(second)
    size = np.fmax(np.abs(first), np.abs(second))
    scale = np.nanmax(size) if len(size) and not (one & other).all() else 0.0
    difference = np.where(one | other, np.where(one & other, 0.0, size), np.abs(second - first))
    changed = (difference > _SAME * size) | (one != other)
    ranks = [_at(_ranks(side), rows) for side, rows in ((before, old), (after, new))]
    moved = (ranks[0] != ranks[1]) & ~np.isnan(ranks[0]) & ~np.isnan(ranks[1])
    rows = np.flatnonzero(changed | moved)
    low, high = (_at(end, new)[rows] for end in ends) if ends else (np.full(len(rows), np.nan),) * 2
    labels = {
        name: _labels(getattr(before, name), old[rows], getattr(after, name), new[rows])
        for name in ("ids", "names", "markets")
    }
    columns = {
        "measure": text_array([measure] * len(rows)),
        "id": labels["ids"],
        "name": labels["names"],
        "market": labels["markets"],
        "before": before.shown(first[rows]),
        "after": after.shown(second[rows]),
        "change": np.where(changed, second - first, 0.0)[rows],
        "low": low,
        "high": high,
        "rank_before": _whole(ranks[0][rows]),
        "rank_after": _whole(ranks[1][rows]),
        "rank_change": _whole((ranks[1] - ranks[0])[rows]),
    }
    return Changes(columns, difference[rows] / scale if scale > 0 else np.zeros(len(rows)))


def _at(values: Floats, rows: Ints) -> Floats:
    """Return values by position, NaN for −1."""
    return np.append(values.astype(np.float64), np.nan)[rows]


def _labels(before: Texts, old: Ints, after: Texts, new: Ints) -> Texts:
    """Return the labels of rows as they are after, or else as they were."""
    pairs = zip(old.tolist(), new.tolist(), strict=True)
    return text_array(after[here] if here >= 0 else before[there] for there, here in pairs)


def _ranks(figures: Figures) -> Floats:
    ranks = np.full(len(figures.values), np.nan)
    if figures.ranked and len(ranks):
        place = rank_places({"id": figures.ids, "by": figures.values}, "by")
        ranks[place.order] = [np.nan if rank is None else rank for rank in place.rank.tolist()]
    return ranks


def _whole(values: Floats) -> Texts:
    return text_array(None if value != value else int(value) for value in values.tolist())
