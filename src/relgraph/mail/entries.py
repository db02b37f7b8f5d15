"""Entries: what is read of one message or meeting, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from relgraph.messages import Message

Channel = Literal["email", "meeting"]
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]@]+@[^\s<>,;:\"'()\[\]@]+")
_IN_BRACKETS = re.compile(rf"<({_ADDRESS.pattern})>")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: an address in lower case, and the name beside it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message or meeting of a file.

    Parameters
    ----------
    file : str
    line : int
        Where it begins.
    channel : {"email", "meeting"}
    key : tuple of str
        What it is known by in other files; empty where it says nothing.
    times : tuple of datetime
        When it was, in UTC; several for a meeting that repeats.
    first : Party or None
        Who wrote or called it.
    others : tuple of Party
        Whom it went to, or who was asked and didn't decline.
    dropped : Message or None
        Why it is no contact.
    """

    file: str
    line: int
    channel: Channel
    key: tuple[str, ...] = ()
    times: tuple[datetime, ...] = ()
    first: Party | None = None
    others: tuple[Party, ...] = ()
    dropped: Message | None = field(default=None)


def reason(name: str) -> Message:
    """Return a reason why an entry is no contact."""
    return Message(f"mail.{name}")


def read_parties(values: Iterable[str]) -> tuple[Party, ...]:
    """Return who address fields name, each once; members of a group, too.

    Examples
    --------
    >>> [party.address for party in read_parties(["Team: Ann <A@x.org>, bo@x.org;", "A@X.ORG"])]
    ['a@x.org', 'bo@x.org']
    """
    found: dict[str, Party] = {}
    for value in values:
        for name, address in _pairs(value):
            folded = address.casefold()
            found.setdefault(folded, Party(folded, _decoded(name)))
    return tuple(found.values())


def _pairs(value: str) -> list[tuple[str, str]]:
    parsed = [pair for pair in getaddresses([value]) if _ADDRESS.fullmatch(pair[1])]
    if parsed:
        return parsed
    text = value if "@" in value else _decoded(value)  # some encode addresses, too
    found = _IN_BRACKETS.findall(text) or _ADDRESS.findall(text)
    return [("", address) for address in found]


def _decoded(text: str) -> str:
    """Return a header in which encoded words are text."""
    try:
        return str(make_header(decode_header(text))) if "=?" in text else text
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text


def read_date(text: str, now: datetime) -> datetime | Message:
    """Return the moment of a Date field in UTC, or why it is none."""
    try:
        moment = parsedate_to_datetime(text)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return reason("broken_date") if text else reason("no_date")
    if not EARLIEST <= moment <= now + timedelta(days=1):
        return reason("impossible_date")
    return moment.replace(microsecond=0)
