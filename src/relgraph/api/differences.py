"""What has changed between two stores, two dates, or before and after an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from relgraph.arguments import checked, listed
from relgraph.comparison.diff import diff_rows
from relgraph.comparison.measures import check_measures
from relgraph.comparison.sides import read_side
from relgraph.comparison.state import State
from relgraph.messages import Note
from relgraph.result import Result
from relgraph.settings import PlanningSettings, parse_moment
from relgraph.store import Store


@checked
def compare_stores(
    before: Store,
    after: Store | None = None,
    settings: PlanningSettings | None = None,
    *,
    before_as_of: datetime | date | str | None = None,
    after_as_of: datetime | date | str | None = None,
    files: Iterable[str | Path] | Path = (),
    measures: Iterable[str] = (),
    data_only: bool = False,
) -> Result:
    """Return what was added, removed and changed, and which figures and ranks moved.

    Its columns are those of `relgraph.comparison.diff.diff_rows`.

    Parameters
    ----------
    before : Store
        What there was.
    after : Store, optional
        What there is; the same store for None.
    settings : PlanningSettings, optional
        How figures are made; each side at its own date, without draws.
    before_as_of, after_as_of : datetime, date or str, optional
        Look at this side as it was then, by the dates in its data.
    files : path or iterable of paths
        Compare with what importing these into the second store would make of it.
    measures : str or iterable of str
        Figures to compare, of `relgraph.comparison.measures.CHOICES`; the usual ones if left out.
    data_only : bool
        Compare no figures.

    Returns
    -------
    Result
        `kind, what, id, name, market, field, before, after, change, rank_before, rank_after,
        rank_change`.

    Raises
    ------
    InvalidInput
        The files have problems.
    UsageError
        A measure or an assumption is unknown.
    """
    settings = settings or PlanningSettings()
    asked = listed(measures, "measures")
    check_measures(asked)
    paths = listed(files, "files", str | Path)
    moments = [
        None if given is None else parse_moment(given, name)
        for name, given in (("before_as_of", before_as_of), ("after_as_of", after_as_of))
    ]
    progress = settings.progress
    sides = (
        read_side(before, moments[0]),
        read_side(after or before, moments[1], paths, progress),
    )
    first, second = (
        State(side, replace(settings, as_of=moment, draws=0))
        for side, moment in zip(sides, moments, strict=True)
    )
    notes = (Note("diff.no_history"),) if any(moments) else ()
    rows = diff_rows(first, second, None if data_only else asked)
    return rows.with_notes(*notes)
