"""Moments of iCalendar: dates and times in any zone, and when an event repeats, in UTC."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

from relgraph.mail.calendar_lines import EventLines, Property

MOST_TIMES = 5000  # of one event
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_UNTIL = re.compile(r";?UNTIL=([^;]*)", re.IGNORECASE)
_BOUNDED = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)", re.IGNORECASE)
_ENDLESS = re.compile(r"INTERVAL=0*(;|$)", re.IGNORECASE)


class BrokenTime(ValueError):
    """A time or a rule that can't be read."""


@dataclass
class Zones:
    """The time zones of a file, by name; those that nobody knows are taken as UTC.

    Parameters
    ----------
    texts : mapping of str to str
        The VTIMEZONE that the file has for a name.
    unknown : set of str
        Names that were asked for and are not known.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def find(self, name: str) -> tzinfo:
        """Return a zone."""
        zone = _zone(name, self.texts.get(name, ""))
        if zone is None:
            self.unknown.add(name)
        return zone or UTC


@lru_cache(maxsize=256)
def _zone(name: str, text: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    if text:
        from dateutil.tz import tzical

        try:
            found: tzinfo | None = tzical(StringIO(text + "\r\n")).get(name)
        except (ValueError, TypeError, IndexError, KeyError, AttributeError):
            return None
        return found
    return None


def read_moment(given: Property, zones: Zones) -> datetime:
    """Return a date or time as its zone's; without a zone it is UTC, a date its midnight there.

    Raises
    ------
    BrokenTime
        It is none.
    """
    found = _STAMP.fullmatch(given.value.strip())
    if found is None:
        raise BrokenTime(given.name)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        raise BrokenTime(given.name) from None
    name = given.parameters.get("TZID", "")
    is_local = found[4] is not None and not found[7] and name
    return moment.replace(tzinfo=zones.find(name) if is_local else UTC)


def _all(properties: Iterable[Property], zones: Zones) -> Iterator[datetime]:
    for each in properties:
        for value in each.value.split(","):
            yield read_moment(each._replace(value=value.partition("/")[0]), zones)


def find_times(event: EventLines, zones: Zones, now: datetime) -> list[datetime]:
    """Return when an event was, in UTC, up to now: its start, and its repetitions.

    Raises
    ------
    BrokenTime
        A time or the rule of repetition can't be read, or it repeats by the hour or faster.
    """
    start = event.first("DTSTART")
    if start is None:
        raise BrokenTime("DTSTART")
    begin = read_moment(start, zones)
    times = [begin]
    for rule in event.all("RRULE")[:1]:
        times += islice(_repeated(rule.value.strip(), begin, now, zones), MOST_TIMES)
    times += _all(event.all("RDATE"), zones)
    without = {_utc(moment) for moment in _all(event.all("EXDATE"), zones)}
    return sorted({_utc(moment) for moment in times} - without)[: MOST_TIMES + 1]


def _repeated(rule: str, begin: datetime, now: datetime, zones: Zones) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr

    if not _BOUNDED.search(rule) or _ENDLESS.search(rule):
        raise BrokenTime("RRULE")
    zone = begin.tzinfo
    last = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)
    if until := _UNTIL.search(rule):
        end = read_moment(Property("UNTIL", {}, until[1]), zones)
        is_date = "T" not in until[1].upper()
        naive = end.replace(tzinfo=None) + timedelta(days=1, seconds=-1)
        last = min(last, naive if is_date else _local(end, until[1], zone))
    local = begin.replace(tzinfo=None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # both COUNT and an end
        try:
            found = rrulestr(_UNTIL.sub("", rule).strip(";"), dtstart=local).replace(until=last)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            raise BrokenTime("RRULE") from None
    for moment in found:
        yield moment.replace(tzinfo=zone)


def _local(end: datetime, text: str, zone: tzinfo | None) -> datetime:
    moved = end.astimezone(zone) if text.upper().endswith("Z") else end
    return moved.replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
