"""Lines of iCalendar files: unfolded, and of events only the properties that contacts need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_WANTED = frozenset(
    (
        *("UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS"),
        *("ORGANIZER", "ATTENDEE"),
    )
)
_PIECE = 1 << 16
_MOST = 1 << 16  # bytes of a property
_NAME = re.compile(rb"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')


class Property(NamedTuple):
    """A property: its name and parameters in upper case, and its value."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class EventLines:
    """The properties of one event, the line where it begins, and the method of its calendar."""

    line: int
    method: str
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name."""
        return [each for each in self.properties if each.name == name]

    def first(self, name: str) -> Property | None:
        """Return the first property of a name, or None."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """Return the value of the first property of a name, or nothing."""
        found = self.first(name)
        return found.value.strip() if found else ""


def read_events(path: Path) -> tuple[list[EventLines], dict[str, str]]:
    """Return the events of a file, and its time zones as iCalendar text by their names."""
    events: list[EventLines] = []
    zones: dict[str, str] = {}
    stack: list[str] = []
    zone: list[str] = []
    method = ""
    for number, line in _unfolded(path):
        name, _, value = line.partition(":")
        name, value = name.upper(), value.strip().upper()
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append(EventLines(number, method))
        if "VTIMEZONE" in stack:
            zone.append(line)
        elif stack[-1:] == ["VEVENT"] and name != "BEGIN":
            if (found := parse(line)).name in _WANTED:
                events[-1].properties.append(found)
        elif name == "METHOD":
            method = value
        if name == "END" and stack and stack.pop() == "VTIMEZONE":
            names = (each for each in zone if each.upper().startswith("TZID"))
            zones[next(names, ":").partition(":")[2].strip()] = "\r\n".join(zone)
            zone = []
    return events, zones


def parse(line: str) -> Property:
    """Return the property on an unfolded line.

    Examples
    --------
    >>> parse('ATTENDEE;CN="Lee: Ann";PARTSTAT=DECLINED:mailto:ann@x.org')
    Property(name='ATTENDEE', parameters={'CN': 'Lee: Ann', 'PARTSTAT': 'DECLINED'},
    value='mailto:ann@x.org')
    """
    name = re.match(r"[A-Za-z0-9-]*", line)
    at = name.end() if name else 0
    parameters = {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = found[2].strip('"')
        at = found.end()
    return Property(line[: name.end() if name else 0].upper(), parameters, line[at + 1 :])


def _unfolded(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be wanted, folded ones joined, with their numbers."""
    number, begun, kept = 0, 0, b""
    whole = True
    with path.open("rb") as file:
        while piece := file.readline(_PIECE):
            begins, whole = whole, piece.endswith(b"\n")
            if not begins:
                continue
            number += 1
            if number == 1:
                piece = piece.removeprefix(b"\xef\xbb\xbf")
            if piece[:1] in b" \t":
                if kept and len(kept) < _MOST:
                    kept += piece[1:].rstrip(b"\r\n")
                continue
            if kept:
                yield begun, kept.decode("utf-8", "replace")
            kept, begun = (piece.rstrip(b"\r\n"), number) if _may_be_wanted(piece) else (b"", 0)
    if kept:
        yield begun, kept.decode("utf-8", "replace")


def _may_be_wanted(line: bytes) -> bool:
    """Return whether a line is of an event's wanted properties, or of what frames and zones are."""
    name = _NAME.match(line)
    text = name.group().decode().upper() if name else ""
    return text in _WANTED or text in ("BEGIN", "END", "METHOD") or text.startswith("TZ")
