"""Marking who is the same: what a review list makes of what was marked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from relgraph.errors import did_you_mean
from relgraph.messages import Message
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.review import Marked
from relgraph.store.parting import find_clashes
from relgraph.store.sameness import Pair, Sameness

Rows = Mapping[frozenset[str], Marked]


def mark(
    before: Sameness, rows: Sequence[Marked], people: pd.DataFrame, log: ProblemLog
) -> Sameness:
    """Return what is marked after a review; an unmarked pair stays as it was.

    Parameters
    ----------
    before : Sameness
        What was marked before.
    rows : sequence of Marked
        The marked rows of the review.
    people : DataFrame
        `id`, `market` and `currency` of all stakeholders as they were imported.
    log : ProblemLog
        Told of ids that are unknown, of rows that contradict one another, also through others, and
        of those who can't be one because their markets or currencies differ.
    """
    known = dict.fromkeys(people["id"].tolist())
    told: dict[frozenset[str], Marked] = {}
    marked = dict.fromkeys(each for pair in (*before.same, *before.different) for each in pair)
    for row in rows:
        _check(row, told, known | marked, log)  # somebody who was marked may be gone since
    same = _pairs(before.same, told, same=True)
    different = _pairs(before.different, told, same=False)
    after = replace(before, same=same, different=different)
    group_of = {each: group for group in after.groups for each in group}
    for one, other in different:
        if other in group_of.get(one, ()):
            where = _line(told, (one, other), group_of[one])
            message = Message("same.through", one=one, other=other, group=group_of[one])
            log.add(message, *where)
    for clash in find_clashes(people, after.among(known)):
        log.add(clash.message, *_line(told, (clash.one, clash.other), group_of[clash.one]))
    return after


def _check(
    row: Marked, told: dict[frozenset[str], Marked], known: Mapping[str, object], log: ProblemLog
) -> None:
    """Tell of what is wrong with a row, or take it."""
    unknown = [each for each in (row.one, row.other) if each not in known]
    for each in unknown:
        meant = did_you_mean(each, map(str, known), 0.7)
        log.add(Message("same.unknown", id=shortened(each), meant=meant), row.file, row.line)
    if unknown:
        return
    if row.one == row.other:
        log.add(Message("same.itself", id=row.one), row.file, row.line)
        return
    earlier = told.setdefault(frozenset(row[:2]), row)
    if earlier.same != row.same:
        message = Message("same.contradicts", one=row.one, other=row.other, line=earlier.line)
        log.add(message, row.file, row.line)


def _pairs(before: Sequence[Pair], told: Rows, *, same: bool) -> tuple[Pair, ...]:
    """Return the pairs that are marked so: those of before that no row tells of, and the rows'."""
    kept = [pair for pair in before if frozenset(pair) not in told]
    return (*kept, *((row.one, row.other) for row in told.values() if row.same == same))


def _line(told: Rows, pair: Pair, group: Sequence[str]) -> tuple[str, int | None]:
    """Return where the review says most of a pair: in its row, or in one of its group's."""
    own = told.get(frozenset(pair))
    rows = [own] if own else [row for both, row in told.items() if both <= {*group}]
    near = [row for row in rows if pair[1] in (row.one, row.other)] or rows
    return (near[-1].file, near[-1].line) if near else ("", None)
