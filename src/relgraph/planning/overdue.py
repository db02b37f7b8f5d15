"""Whom to call: accounts and ties that wait longer than their level or their own rhythm allows."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np

from relgraph import assumptions
from relgraph.analysis.ranking.rows import ranked
from relgraph.errors import UsageError, check_choice
from relgraph.messages import Message, Note
from relgraph.network import Floats, Ints, Texts, text_array
from relgraph.planning.accounts import texts
from relgraph.planning.basis import Basis
from relgraph.planning.levels import due_every, highest_given, served, whole
from relgraph.planning.notes import assumption_notes
from relgraph.planning.rhythm import (
    Rhythm,
    account_half_lives,
    find_ends,
    find_rhythm,
    find_touches,
)
from relgraph.result import Result

By = Literal["overdue", "quiet", "at_stake", "velocity"]
BY: tuple[By, ...] = get_args(By)
_SMALLEST_FIRST = ("quiet", "velocity")


def overdue_rows(
    basis: Basis,
    by: By = "overdue",
    *,
    per_tie: bool = False,
    owner: str | None = None,
    everyone: bool = False,
) -> Result:
    """Return the accounts to call, those that have waited longest first.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    by : {"overdue", "quiet", "at_stake", "velocity"}
        What to rank by; the least quiet and the least velocity come first.
    per_tie : bool
        A row for each employee and account in place of one for each account.
    owner : str, optional
        The id of an employee: only the accounts that they look after, or their own ties. Ranks
        count everyone's.
    everyone : bool
        Show those who are neither overdue nor unusually quiet too.

    Returns
    -------
    Result
        `rank, id, name, market, owner, level, last, person, role, due_every, overdue, usual,
        quiet, trend, velocity, at_stake, remark`, and `employee, employee_name` before `owner`
        per tie.
        `person` is with whom of an organisation's people the last contact was.
    """
    check_choice(by, BY, "by")
    account, side = _tied(basis) if per_tie else (np.arange(basis.n), None)
    rhythm, level = _rhythm(basis, account, side)
    columns = _columns(basis, account, side, rhythm, level)
    shown = ranked(
        {**columns, "account": account, "before": rhythm.before},
        by,
        key=("id", "employee") if per_tie else ("id",),
        smallest_first=by in _SMALLEST_FIRST,
    )
    if owner is not None:
        shown = shown.take(_of_owner(basis, shown, owner, "employee" if per_tie else "owner"))
    due = (shown["overdue"] > 0) | (shown["quiet"] < basis.values["unusual_quiet"])
    listed = shown if everyone else shown.take(due)
    kept = {name: column for name, column in listed.columns.items() if name in ("rank", *columns)}
    return Result(kept).with_notes(*_notes(basis, shown, listed))


def _tied(basis: Basis) -> tuple[Ints, Ints]:
    """Return account and employee of every tie between the two."""
    staff = basis.ties.side < len(basis.accounts.staff)
    return basis.ties.account[staff], basis.ties.side[staff]


def _rhythm(basis: Basis, account: Ints, side: Ints | None) -> tuple[Rhythm, Floats]:
    """Return the rhythm and the level of accounts, or of ties if their side is given."""
    accounts, ties = basis.accounts, basis.accounts.evidence.ties
    touches = find_touches(accounts)
    told = len(touches.at) > 0
    tied, tied_side = find_ends(accounts, ties.source, ties.target)
    group = touches.account
    if side is not None:
        sides = len(accounts.sides)
        keys = account * sides + side
        tied = _place(keys, np.where(tied >= 0, tied * sides + tied_side, -1))
        group = _place(keys, touches.account * sides + touches.side)
        touches, group = touches.take(group >= 0), group[group >= 0]
    rhythm = find_rhythm(group, touches, account_half_lives(accounts)[account])
    given = highest_given(ties, tied, len(account))
    return rhythm, served(given, rhythm.year, basis.values, told=told).level


def _place(keys: Ints, wanted: Ints) -> Ints:
    """Return the positions of keys in ascending ones, −1 for those that aren't there."""
    if not len(keys):
        return np.full(len(wanted), -1)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)


def _columns(
    basis: Basis, account: Ints, side: Ints | None, rhythm: Rhythm, level: Floats
) -> dict[str, Any]:
    nodes = basis.accounts.nodes.take(account)
    every = due_every(level, basis.values)
    columns: dict[str, Any] = {"id": nodes.ids, "name": nodes.names, "market": nodes.markets}
    if side is not None:
        staff = basis.accounts.evidence.nodes.take(basis.accounts.staff[side])
        columns |= {"employee": staff.ids, "employee_name": staff.names}
    return columns | {
        "owner": owner_ids(basis)[account],
        "level": whole(level),
        "last": rhythm.last,
        **_last_person(basis, rhythm),
        "due_every": whole(every),
        "overdue": rhythm.days - every,
        "usual": rhythm.usual,
        "quiet": rhythm.quiet,
        "trend": rhythm.trend,
        "velocity": rhythm.velocity,
        "at_stake": basis.central().at_stake[0][account],
        "remark": _remarks(rhythm, every),
    }


def _last_person(basis: Basis, rhythm: Rhythm) -> dict[str, Texts]:
    """Return whom of an organisation's people the last contact was with, and their role."""
    accounts = basis.accounts
    nodes = accounts.evidence.nodes
    roles = texts(nodes, "role")
    people = [
        row if row >= 0 and accounts.organisation[row] != row else None
        for row in rhythm.person.tolist()
    ]
    return {
        "person": text_array(None if row is None else nodes.ids[row] for row in people),
        "role": text_array(None if row is None else roles[row] for row in people),
    }


def owner_ids(basis: Basis) -> Texts:
    """Return the id of who looks after each account, None for nobody."""
    ids = basis.accounts.evidence.nodes.ids
    staff = [*ids[basis.accounts.staff].tolist(), None]
    return text_array(staff[place] for place in basis.owner.tolist())


def _remarks(rhythm: Rhythm, every: Floats) -> Texts:
    """Return why nothing can be overdue."""
    never, unknown = Message("overdue.never"), Message("overdue.no_level")
    told = zip(np.isnan(rhythm.days).tolist(), np.isnan(every).tolist(), strict=True)
    return text_array(
        never if silent else unknown if levelless else None for silent, levelless in told
    )


def _of_owner(basis: Basis, shown: Result, owner: str, column: str) -> Any:
    staff = basis.accounts.evidence.nodes.ids[basis.accounts.staff]
    if owner not in staff.tolist():
        raise UsageError("overdue.owner", parameter="owner", owner=owner)
    return np.asarray(shown[column] == owner, dtype=bool)


def _notes(basis: Basis, shown: Result, listed: Result) -> tuple[Note, ...]:
    """Return what was assumed, and what the rows leave out or can't tell."""
    notes = [note for note in basis.accounts.evidence.notes if note.key == "contacts.latest"]
    notes += assumption_notes(basis)
    never = int(np.isnat(shown["last"]).sum())
    if never and never == len(shown):
        notes.append(Note("overdue.no_contacts"))
    elif never:
        notes.append(Note("overdue.never_all", count=never, rows=len(shown)))
    few = int(((listed["before"] < assumptions.TREND_CONTACTS) & ~np.isnan(listed["trend"])).sum())
    if few:
        least = int(assumptions.TREND_CONTACTS)
        notes.append(Note("overdue.few", count=few, rows=len(listed), least=least))
    unknown = int(np.isnan(listed["at_stake"]).sum())
    if unknown:
        notes.append(Note("overdue.no_stake", count=unknown, rows=len(listed)))
    return tuple(notes)
