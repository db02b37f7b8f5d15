"""Meetings of iCalendar files: who was asked by whom and didn't decline, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from relgraph.mail.calendar_lines import EventLines, Property, read_events
from relgraph.mail.entries import EARLIEST, Entry, Party, read_parties, reason
from relgraph.mail.moments import (
    MOST_TIMES,
    BrokenTime,
    Zones,
    find_times,
    read_moment,
)
from relgraph.messages import Note

_NO_PEOPLE = ("ROOM", "RESOURCE")


class Event(NamedTuple):
    """An event of a file, with the time zones of that file."""

    file: str
    lines: EventLines
    zones: Zones

    @property
    def cancelled(self) -> bool:
        """Return whether it, or the calendar that it came in, cancels it."""
        return self.lines.method == "CANCEL" or self.lines.text("STATUS").upper() == "CANCELLED"

    @property
    def sequence(self) -> int:
        """Return which version it is."""
        text = self.lines.text("SEQUENCE")
        return int(text) if text.isdecimal() else 0

    def instance(self) -> datetime | None:
        """Return which repetition it is of, or None for an event by itself."""
        given = self.lines.first("RECURRENCE-ID")
        return read_moment(given, self.zones) if given else None


def read_calendars(
    files: Iterable[tuple[str, Path]], now: datetime
) -> tuple[list[Entry], list[Note]]:
    """Return the events of files as entries, in the order of the files.

    Of an event that several files have, or one has twice, the latest version counts. A repetition
    that was moved or cancelled by itself doesn't count where it was.
    """
    events = []
    for name, path in files:
        found, texts = read_events(path)
        zones = Zones(texts)
        events += [Event(name, each, zones) for each in found]
    latest: dict[tuple[str, datetime | None], int] = {}
    moved: dict[str, set[datetime]] = defaultdict(set)
    for place, event in enumerate(events):
        if uid := event.lines.text("UID"):
            try:
                instance = event.instance()
            except BrokenTime:
                continue
            if instance is not None:
                moved[uid].add(instance)
            before = latest.setdefault((uid, instance), place)
            if events[before].sequence < event.sequence:
                latest[uid, instance] = place
    counted = {*latest.values()}
    entries = [
        _entry(event, now, moved, repeated=bool(event.lines.text("UID")) and place not in counted)
        for place, event in enumerate(events)
    ]
    unknown = {name for event in events for name in event.zones.unknown}
    notes = [Note("mail.unknown_zone", names=sorted(unknown))] if unknown else []
    return entries, notes


def _entry(
    event: Event, now: datetime, moved: dict[str, set[datetime]], *, repeated: bool
) -> Entry:
    lines = event.lines
    uid = lines.text("UID")

    def dropped(why: str) -> Entry:
        return Entry(event.file, lines.line, "meeting", dropped=reason(why))

    try:
        instance = event.instance()
        if repeated:
            return dropped("repeated")
        if event.cancelled:
            return dropped("cancelled")
        times = find_times(lines, event.zones, now)
    except BrokenTime as error:
        return dropped("broken_rule" if str(error) == "RRULE" else "broken_date")
    if len(times) > MOST_TIMES:
        return dropped("too_often")
    if instance is None and uid in moved:
        times = [each for each in times if each not in moved[uid]]
    past = tuple(each for each in times if EARLIEST <= each <= now)
    first, others, declined = _parties(lines)
    if not past:
        return dropped("to_come" if times and times[-1] > now else "no_time_left")
    if not others:
        return dropped("declined" if declined else "no_address")
    key = ("event", uid, instance.isoformat() if instance else "") if uid else ()
    return Entry(event.file, lines.line, "meeting", key, past, first, others)


def _parties(lines: EventLines) -> tuple[Party | None, tuple[Party, ...], bool]:
    """Return who asked, who was asked and came as far as is known, and whether any declined."""
    organisers = [party for each in lines.all("ORGANIZER") for party in _party(each)]
    asked: dict[str, Party] = {}
    declined: set[str] = set()
    for each in lines.all("ATTENDEE"):
        if each.parameters.get("CUTYPE", "").upper() in _NO_PEOPLE:
            continue
        for party in _party(each):
            if each.parameters.get("PARTSTAT", "").upper() == "DECLINED":
                declined.add(party.address)
            else:
                asked[party.address] = party
    first = next((party for party in organisers if party.address not in declined), None)
    if first is not None:
        asked.pop(first.address, None)
    return first, tuple(asked.values()), bool(declined)


def _party(given: Property) -> list[Party]:
    """Return the party that a property names, if by a mail address."""
    value = given.parameters.get("EMAIL", "")
    if given.value.lower().startswith("mailto:"):
        value = given.value[len("mailto:") :].partition("?")[0]
    found = read_parties([value])
    return [Party(each.address, given.parameters.get("CN", "")) for each in found]
