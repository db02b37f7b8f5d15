"""Who can introduce us to a stakeholder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from relgraph import assumptions
from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.errors import check_range
from relgraph.firm import read_evidence
from relgraph.planning.introductions.rows import introduction_rows
from relgraph.result import Result
from relgraph.settings import RankingSettings
from relgraph.store import Store


@checked
def find_introductions(
    store: Store,
    stakeholder: str,
    *,
    k: int = int(assumptions.INTRODUCTIONS),
    start: Iterable[str] = (),
    exclude: Iterable[str] = (),
    hops: int = int(assumptions.INTRODUCTION_HOPS),
    as_of: datetime | date | str | None = None,
) -> Result:
    """Return warm ways to be introduced to a stakeholder, together as promising as can be.

    Its columns are those of `relgraph.planning.introductions.rows.introduction_rows`.

    Parameters
    ----------
    stakeholder : str
        The id or exact name of whom we want to meet.
    k : int
        How many ways.
    start : str or iterable of str
        Ids or names of who may begin a way; all active employees for none.
    exclude : str or iterable of str
        Ids or names of who is to be left out.
    hops : int
        The most ties of a way.
    as_of : datetime, date or str, optional
        As in `RankingSettings`.

    Returns
    -------
    Result
        `rank, way, names, chance, together, weakest, weakest_strength`, a row for each way.

    Raises
    ------
    UnknownStakeholder
        Somebody is not in the store.
    UsageError
        The stakeholder is of the firm, or excluded; or somebody can't begin a way.
    """
    check_range(k, "k", *assumptions.LIMITS["introductions"])
    check_range(hops, "hops", *assumptions.LIMITS["introduction_hops"])
    [target] = find_ids(store, [stakeholder], "stakeholder")
    begins, left_out = find_ids(store, start, "start"), find_ids(store, exclude, "exclude")
    attributes = ("organisation", "role")
    evidence = read_evidence(store, RankingSettings(as_of=as_of), attributes)  # type: ignore[arg-type]
    return introduction_rows(evidence, target, k, start=begins, exclude=left_out, hops=hops)
