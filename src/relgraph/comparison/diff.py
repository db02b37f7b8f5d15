"""What has changed between two states of a firm: rows, values, and the figures that follow."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from relgraph.comparison.changes import COLUMNS, find_changes
from relgraph.comparison.datasets import ADDED, CHANGED, REMOVED, compare_datasets
from relgraph.comparison.figures import figures_of
from relgraph.comparison.measures import CHOICES, chosen_measures
from relgraph.comparison.state import State
from relgraph.network import text_array
from relgraph.result import Result

_RANKS = COLUMNS[-3:]


def _what(before: object, after: object) -> str:
    return ADDED if before is None else REMOVED if after is None else CHANGED


def diff_rows(before: State, after: State, measures: Iterable[str] | None = ()) -> Result:
    """Return what differs between two states, each seen by itself.

    Parameters
    ----------
    before, after : State
    measures : iterable of str, optional
        Of `measures.CHOICES`; the usual ones if there are none, no figures for None.

    Returns
    -------
    Result
        The columns of `compare_datasets`, and `rank_before, rank_after, rank_change`. Figures that
        moved are rows of kind `measure`, whose `field` is the measure: the largest changes of
        its scale first.
    """
    rows = compare_datasets(before.store.dataset, after.store.dataset)
    nothing = {name: text_array([None] * len(rows)) for name in _RANKS}
    rows = rows.replaced(**nothing)
    if measures is None:
        return rows
    most = max(len(side.store.dataset.stakeholders) for side in (before, after))
    names, notes = chosen_measures(measures, most)
    found = find_changes(figures_of(before, names), figures_of(after, names))
    count = len(found.weight)
    measure = [CHOICES.index(name) for name in found.columns["measure"].tolist()]
    order = np.lexsort((found.columns["id"].astype(str), np.array(measure), -found.weight))
    moved = {
        **found.columns,
        "kind": text_array(["measure"] * count),
        "what": text_array(map(_what, found.columns["before"], found.columns["after"])),
        "field": found.columns["measure"],
    }
    columns = {
        name: np.concatenate([column, moved[name][order]]) for name, column in rows.columns.items()
    }
    return Result(columns, rows.notes).with_notes(*notes)
