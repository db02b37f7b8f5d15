"""The account of rows: what each rule read, used, gave and dropped, and why; and the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.mapping.form import Rule
from relgraph.mapping.rules import Outcome
from relgraph.mapping.tables import SourceTable
from relgraph.messages import Message, Note, Speaker
from relgraph.readwrite.formats.csv_text import record
from relgraph.readwrite.problems import first_lines
from relgraph.readwrite.raw_table import Mask

_TOLD = 10  # tables that a note names
_PART = 1 << 14  # rows of the ledger that are written at a time: few enough to reuse memory
LEDGER_COLUMNS = ("file", "line", "rule", "outcome", "reason")


@dataclass(frozen=True)
class Account:
    """What became of the rows of one source table under one rule, or without any.

    Parameters
    ----------
    rule : str
        The rule, as `relationships 3`; empty for rows that no rule reads.
    source : SourceTable
        The rows.
    outcomes : tuple of str
        What can have become of a row.
    reasons : tuple of (Message, str or None)
        The reason that goes with each outcome.
    outcome : ndarray of int
        The place of each row's outcome among them.
    """

    rule: str
    source: SourceTable
    outcomes: tuple[str, ...]
    reasons: tuple[Message | str | None, ...]
    outcome: npt.NDArray[np.integer]


def rule_account(rule: Rule, source: SourceTable, outcome: Outcome) -> Account:
    """Return the account of the rows that a rule read."""
    words = ("used", *("dropped" for _ in outcome.reasons))
    return Account(rule.name, source, words, (None, *outcome.reasons), outcome.reason)


def rule_note(account: Account, gives: int) -> Note:
    """Return what a rule did with the rows that it read; each row counts at its first reason."""
    counts = np.bincount(account.outcome, minlength=len(account.outcomes))
    used, dropped = int(counts[0]), int(counts[1:].sum())
    if used + dropped != len(account.source):
        raise AssertionError(f"{account.rule}: rows are unaccounted for")
    reasons = tuple(
        Message(
            "mapping.dropped",
            count=int(counts[at]),
            reason=account.reasons[at],
            places=_places(account.source, np.flatnonzero(account.outcome == at)),
        )
        for at in range(1, len(counts))
        if counts[at]
    )
    return Note(
        "mapping.account",
        rule=account.rule,
        file=_files(account.source),
        read=len(account.source),
        used=used,
        gives=gives,
        dropped=Message("mapping.all_dropped", reasons=reasons) if reasons else None,
    )


def _files(source: SourceTable) -> str:
    first, more = PurePath(source.files[0]).name, len(source.files) - 1
    return f"{first} + {more}" if more else first


def _places(source: SourceTable, rows: npt.NDArray[np.integer]) -> Message:
    """Return the lines of the first of some rows."""
    lines = first_lines(source.lines[rows[:4]].tolist())
    return Message("mapping.lines", count=min(len(rows), 3), lines=lines)


def looked_up(source: SourceTable, matched: Mask) -> Account:
    """Return the account of a table that rules only join."""
    reasons = (Message("mapping.not_joined"), None)
    return Account("", source, ("unread", "joined"), reasons, matched.astype(np.int16))


def unread_note(account: Account) -> Note | None:
    """Return how many rows of a table that is only joined no row asked for."""
    rows = np.flatnonzero(account.outcome == 0)
    if not len(rows):
        return None
    places = _places(account.source, rows)
    return Note("mapping.unread", file=_files(account.source), count=len(rows), places=places)


def unread(source: SourceTable) -> Account:
    """Return the account of a table that no rule names."""
    outcome = np.zeros(len(source), dtype=np.int16)
    return Account("", source, ("unread",), (Message("mapping.not_named"),), outcome)


def rest_note(accounts: Sequence[Account]) -> Note | None:
    """Return which tables no rule names, and how many rows they have."""
    if not accounts:
        return None
    told = [
        Message("mapping.rows", file=_files(each.source), count=len(each.source))
        for each in accounts[:_TOLD]
    ]
    more = len(accounts) - _TOLD
    rest = [Message("mapping.more_tables", count=more)] if more > 0 else []
    return Note("mapping.not_read", tables=(*told, *rest))


def write_ledger(accounts: Sequence[Account], path: Path) -> None:
    """Write every row of the sources as CSV, with rule, outcome and reason."""
    say = Speaker()
    with path.open("wb") as file:
        file.write(record(LEDGER_COLUMNS).encode())
        for account in accounts:
            said = [_said(reason, say) for reason in account.reasons]
            rest = [
                "," + record([account.rule, *pair])
                for pair in zip(account.outcomes, said, strict=True)
            ]
            for name, start, end in account.source.parts():
                for at in range(start, end, _PART):
                    rows = slice(at, min(at + _PART, end))
                    file.write(_ledger_text(account, name, rest, rows))


def _ledger_text(account: Account, name: str, rest: Sequence[str], rows: slice) -> pa.Buffer:
    """Return the records of some rows of one file: its name, the line, and the rest."""
    lines = pa.array(account.source.lines[rows]).cast(pa.string())
    ends = pa.array(rest, pa.string()).take(pa.array(account.outcome[rows]))
    texts = pc.binary_join_element_wise(record([name, ""]).rstrip("\n"), lines, ends, "")
    # The texts of a column of Arrow stand one behind the other: that is the file.
    return texts.buffers()[2]


def _said(reason: Message | str | None, say: Speaker) -> str | None:
    return say(reason) if isinstance(reason, Message) else reason


def unread_tables(
    sources: Mapping[str, SourceTable], read: set[str], joined: Mapping[str, Mask]
) -> list[Account]:
    """Return the accounts of the tables that no rule reads by itself."""
    return [
        looked_up(source, joined.get(name, np.zeros(len(source), dtype=bool)))
        for name, source in sources.items()
        if name not in read
    ]
