"""What a page contains, as sentences that it carries: who may read it is decided from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from relgraph.api.shared import Shared
from relgraph.api.sheets import Gathered
from relgraph.messages import Message
from relgraph.render.report import MONEY_SHOWN
from relgraph.render.sheet import Sheet

_PEOPLE, _TIES = ("name", "id", "market"), ("type", "strength", "level", "bond")


class Counts(NamedTuple):
    """How many stakeholders, ties and contacts a page rests on, and the day of the latest."""

    stakeholders: int
    ties: int
    contacts: int
    day: str | None


def counts_of(gathered: Gathered) -> Counts:
    """Return the counts of a map or a report."""
    picture = gathered.picture
    contacts = len(picture.evidence.contacts)
    return Counts(picture.stakeholders, len(picture.ties), contacts, picture.as_of_date)


def shown_columns(sheet: Sheet) -> Iterator[str]:
    """Return the columns that a map carries: of stakeholders, then of ties."""
    yield from (*_PEOPLE, *sheet.nodes.attributes, *_TIES)
    yield from (name for name in sheet.ties.figures if name != "reasons")


def page_contents(shared: Shared, counts: Counts, columns: Iterable[str]) -> tuple[Message, ...]:
    """Return what a page contains: columns, counts, the date, and whether money and names.

    Parameters
    ----------
    shared : Shared
        What may be shown of the store.
    counts : Counts
    columns : iterable of str
        Of stakeholders and ties that the page shows or carries.
    """
    names = [*dict.fromkeys(columns)]
    money = shared.money and any(name in MONEY_SHOWN for name in names)
    contacts = Message(
        "contents.contacts" if counts.contacts else "contents.no_contacts",
        count=counts.contacts,
        day=counts.day,
    )
    told = [
        Message("contents.people", count=counts.stakeholders),
        Message("contents.ties", count=counts.ties),
        contacts,
        Message("contents.columns", columns=tuple(map(_named, names))),
        Message("contents.names" if shared.names else "contents.no_names"),
        Message(f"contents.{'money' if money else 'no_money' if shared.money else 'money_out'}"),
    ]
    if shared.left_out:
        told.append(Message("contents.left_out", columns=tuple(map(_named, shared.left_out))))
    return tuple(told)


def _named(name: str) -> Message:
    return Message(f"column.{name}", own=name)
