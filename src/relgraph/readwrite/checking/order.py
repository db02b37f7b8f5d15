"""Dates that are out of order, and stakeholders who stand above each other in a circle."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from relgraph.messages import Message, Note
from relgraph.model import TableName
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.known import KnownIds, Stored
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.settings import end_of_today

_DATES = ("since", "until")
_ENDS = ("source", "target")
_KEY = (*_ENDS, "type")
_SHOWN = 3


def check_tie_dates(frame: pd.DataFrame, stored: Stored, log: ProblemLog) -> None:
    """Report ties that end before they begin, by what the row gives and what is stored."""
    if not {*_KEY}.issubset(frame.columns) or not {*_DATES}.intersection(frame.columns):
        return
    dates = frame.reindex(columns=[*_KEY, *_DATES])
    for name in _DATES:
        dates[name] = pd.to_datetime(dates[name])
    half = dates["since"].isna() != dates["until"].isna()
    if half.any():
        _fill(dates, half, stored)
    wrong = dates[dates["until"] < dates["since"]]
    days = [wrong[name].dt.date.tolist() for name in _DATES]
    for (file, line), since, until in zip(wrong.index.tolist(), *days, strict=True):
        log.add(Message("row.ends_first", since=since, until=until), file, line)


def _fill(dates: pd.DataFrame, half: pd.Series[bool], stored: Stored) -> None:
    """Add to rows that give one of the two dates the other one, if it is stored."""
    rows = half.to_numpy()
    known = stored.read_ties(sorted(dates.loc[rows, "type"].dropna().unique()))
    if known.empty or not {*_DATES}.issubset(known.columns):
        return
    kinds = stored.settings.kinds.values()
    both = known[known["type"].isin([kind.name for kind in kinds if kind.both_ways])]
    turned = both.rename(columns={"source": "target", "target": "source"})
    known = pd.concat([known, turned]).drop_duplicates([*_KEY]).set_index([*_KEY])
    wanted = pd.MultiIndex.from_frame(dates.loc[rows, [*_KEY]])
    for name in _DATES:
        before = pd.to_datetime(known[name]).reindex(wanted).to_numpy()
        given = dates[name].to_numpy(copy=True)
        given[rows] = np.where(np.isnat(given[rows]), before, given[rows])
        dates[name] = given


def note_late(frames: Mapping[TableName, pd.DataFrame], log: ProblemLog) -> None:
    """Note contacts that are still to come, and what is dated after somebody left."""
    people, contacts = frames["stakeholders"], frames["interactions"]
    if "at" in contacts and {*_ENDS}.issubset(contacts):
        at = pd.to_datetime(contacts["at"], utc=True)
        late = contacts[at > pd.Timestamp(end_of_today(), tz="UTC")]
        if len(late):
            log.note(Note("contacts.future", count=len(late), named=_named(late, "at")))
    if not {"id", "left_on"}.issubset(people):
        return
    left_on = people.dropna(subset=["id", "left_on"]).drop_duplicates("id").set_index("id")
    day = pd.to_datetime(left_on["left_on"])
    for table, rows, name in (
        ("relationships", frames["relationships"], "since"),
        ("interactions", contacts, "at"),
    ):
        if len(day) and name in rows and {*_ENDS}.issubset(rows):
            when = pd.to_datetime(rows[name], utc=name == "at").dt.tz_localize(None).dt.normalize()
            gone = [when > rows[end].map(day) for end in _ENDS]
            after = rows[gone[0] | gone[1]]
            if len(after):
                named = _named(after, name)
                log.note(Note(f"after_leaving.{table}", count=len(after), named=named))


def _named(rows: pd.DataFrame, date: str) -> tuple[Message, ...]:
    """Return the day and the ends of the first few rows."""
    first = rows.sort_values(date, kind="stable").head(_SHOWN)
    named = [
        Message("contact.named", source=shortened(source), target=shortened(target), at=day)
        for source, target, day in zip(
            first["source"].astype(str),
            first["target"].astype(str),
            pd.to_datetime(first[date]).dt.date,
            strict=True,
        )
    ]
    more = len(rows) - len(named)
    return (*named, Message("contacts.more", more=more)) if more else tuple(named)


def check_above(
    cells: Cells, frame: pd.DataFrame, stored: Stored, known: KnownIds, log: ProblemLog
) -> None:
    """Report parents and organisations in a circle; note those that nobody has as an id."""
    for name in ("organisation", "parent"):
        if name not in frame:
            continue
        lacking = known.lack(frame[name])
        if lacking.any():
            ids = frame[name][lacking].drop_duplicates()
            shown = [repr(shortened(each)) for each in ids.head(_SHOWN)]
            more = ["…"] if len(ids) > _SHOWN else []
            log.note(Note(f"unknown.{name}", count=int(lacking.sum()), ids=(*shown, *more)))
        _check_circles(cells, frame, name, stored, log)


def _check_circles(
    cells: Cells, frame: pd.DataFrame, name: str, stored: Stored, log: ProblemLog
) -> None:
    """Report the rows of stakeholders who stand above themselves, through others."""
    given = frame.dropna(subset=["id", name])
    before = stored.stakeholders.reindex(columns=["id", name]).dropna()
    above = dict(zip(before["id"], before[name], strict=True))
    above |= dict(zip(given["id"], given[name], strict=True))
    above = {node: top for node, top in above.items() if node != top}
    in_circle = _in_circles(above)
    rows = frame["id"].isin(list(in_circle)).to_numpy() & frame[name].notna().to_numpy()

    def circle(row: int) -> Message:
        path = [frame["id"].iloc[row]]
        while len(path) < 2 or path[-1] != path[0]:
            path.append(above[path[-1]])
        shown = path if len(path) <= 2 * _SHOWN else [*path[:_SHOWN], "…", path[-1]]
        return Message(f"circle.{name}", path=" > ".join(shortened(each) for each in shown))

    cells.report(rows, circle, log)


def _in_circles(above: Mapping[str, str]) -> set[str]:
    """Return who stands above themselves.

    Examples
    --------
    >>> sorted(_in_circles({"a": "b", "b": "c", "c": "b", "d": "e"}))
    ['b', 'c']
    """
    seen: dict[str, int] = {}
    found: set[str] = set()
    for walk, start in enumerate(above):
        node: str | None = start
        while node is not None and node not in seen:
            seen[node] = walk
            node = above.get(node)
        if node is not None and seen[node] == walk and node not in found:
            first = node
            found.add(node)
            while (node := above[node]) != first:
                found.add(node)
    return found
