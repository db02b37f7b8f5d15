"""Outlook's exports as CSV: of messages and of a calendar, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from relgraph.mail.entries import EARLIEST, Entry, Party, read_parties, reason
from relgraph.mail.mbox import message_entry
from relgraph.messages import Message
from relgraph.readwrite.formats.csv_reader import read_csv
from relgraph.readwrite.formats.encoding import decode
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.sources import read_bytes

_SENDER = ("from: (address)", "发件人: (地址)")
_RECIPIENTS = (
    *("to: (address)", "cc: (address)", "bcc: (address)"),
    *("收件人: (地址)", "抄送: (地址)", "密件抄送: (地址)"),
)
_SENT = (
    *("sent", "sent on", "date sent", "received", "received on", "date received", "date"),
    *("发送时间", "接收时间", "日期"),
)
_DAY, _TIME = ("start date", "开始日期"), ("start time", "开始时间")
_ORGANISER = ("meeting organizer", "会议组织者")
_ASKED = ("required attendees", "optional attendees", "必需的与会者", "可选的与会者")
_NUMBERS = re.compile(r"(\d{1,4})([-/.年])(\d{1,2})[-/.月](\d{1,4})日?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp][Mm])?|(上午|下午)\s*(\d{1,2}):(\d\d)(?::\d\d)?"
)


def is_outlook(path: Path) -> bool:
    """Return whether a CSV file has the header of an export of messages or of a calendar."""
    try:
        with path.open("rb") as file:
            head = file.read(1 << 13).replace(b"\0", b"").split(b"\n", 1)[0]
    except OSError:
        return False
    for encoding in ("utf-8", "gb18030"):
        line = head.decode(encoding, "replace").casefold()
        day, asked = any(each in line for each in _DAY), any(each in line for each in _ASKED)
        if any(each in line for each in _SENDER) or (day and asked):
            return True
    return False


def read_outlook(
    name: str, path: Path, now: datetime, log: ProblemLog, *, day_first: bool | None
) -> Iterator[Entry]:
    """Yield the rows of an export as entries.

    Parameters
    ----------
    name : str
        What messages call the file.
    path : Path
    now : datetime
        Nothing is later.
    log : ProblemLog
        Told of a file that gives no moments.
    day_first : bool, optional
        Whether 3/4 is the third of April; for None, what the other dates of the file say.
    """
    text = decode(read_bytes(name, path), name, log)
    (raw,) = read_csv(text, name, path.stem, log)
    headers = [header.strip().casefold() for header in raw.headers]
    if any(header in _SENDER for header in headers):
        yield from _messages(raw, headers, now, log, day_first)
    else:
        yield from _meetings(raw, headers, now, log, day_first)


def _cells(raw: RawTable, headers: Sequence[str], wanted: Sequence[str]) -> list[list[str]]:
    """Return the cells of each row under some headers."""
    columns = [raw.columns[headers.index(each)].to_pylist() for each in wanted if each in headers]
    return [[cell or "" for cell in cells] for cells in zip(*columns, strict=True)] or [
        [] for _ in range(len(raw))
    ]


def _messages(
    raw: RawTable,
    headers: Sequence[str],
    now: datetime,
    log: ProblemLog,
    day_first: bool | None,
) -> Iterator[Entry]:
    sent = [each for each in _SENT if each in headers][:1]
    if not sent:
        log.add(Message("mail.no_dates"), raw.file, raw.header_line)
        return
    dates = [cells[0] for cells in _cells(raw, headers, sent)]
    moments = _moments(dates, dates, raw, now, log, day_first)
    senders, others = (_cells(raw, headers, names) for names in (_SENDER, _RECIPIENTS))
    rows = zip(raw.lines.tolist(), senders, others, moments, strict=True)
    for line, sender, other, at in rows:
        yield message_entry(raw.file, line, read_parties(sender), read_parties(other), at)


def _meetings(
    raw: RawTable,
    headers: Sequence[str],
    now: datetime,
    log: ProblemLog,
    day_first: bool | None,
) -> Iterator[Entry]:
    days, clocks = (
        [cells[0] if cells else "" for cells in _cells(raw, headers, names)]
        for names in (_DAY, _TIME)
    )
    moments = _moments(days, clocks, raw, now, log, day_first)
    organisers, asked = (_cells(raw, headers, names) for names in ((*_ORGANISER,), _ASKED))
    rows = zip(raw.lines.tolist(), organisers, asked, moments, strict=True)
    for line, organiser, others, at in rows:
        if isinstance(at, Message):
            yield Entry(raw.file, line, "meeting", dropped=at)
            continue
        first = next(iter(_named(organiser)), None)
        parties = tuple(party for party in _named(others) if party != first)
        if not parties:
            yield Entry(raw.file, line, "meeting", dropped=reason("no_address"))
            continue
        names = sorted(party.address for party in (*parties, *((first,) if first else ())))
        yield Entry(
            raw.file, line, "meeting", ("row", at.isoformat(), *names), (at,), first, parties
        )


def _named(cells: Sequence[str]) -> list[Party]:
    """Return who cells name: addresses, or names as Outlook shows them, which stand for one."""
    found: dict[str, Party] = {}
    for part in (part.strip() for cell in cells for part in cell.split(";")):
        for party in read_parties([part]) or ((Party(part.casefold(), part),) if part else ()):
            found.setdefault(party.address, party)
    return list(found.values())


def _moments(
    days: Sequence[str],
    clocks: Sequence[str],
    raw: RawTable,
    now: datetime,
    log: ProblemLog,
    day_first: bool | None,
) -> list[datetime | Message]:
    """Return the moments of days and times, in UTC as they stand, or why they are none."""
    found = [_NUMBERS.match(day.strip()) for day in days]
    if day_first is None:
        slashed = [each for each in found if each and each[2] == "/" and len(each[1]) < 3]
        day_first = any(int(each[1]) > 12 for each in slashed)
        if slashed and not day_first and all(int(each[3]) <= 12 for each in slashed):
            log.add(Message("mail.which_day", value=slashed[0][0]), raw.file)
            return [reason("broken_date")] * len(days)
    return [
        _moment(numbers, clock, now, day_first=day_first)
        for numbers, clock in zip(found, clocks, strict=True)
    ]


def _moment(
    numbers: re.Match[str] | None, clock: str, now: datetime, *, day_first: bool
) -> datetime | Message:
    if numbers is None:
        return reason("broken_date")
    one, sign, two, three = numbers.groups()
    if len(one) == 4:
        year, month, day = int(one), int(two), int(three)
    else:
        early = day_first or sign == "."
        day, month = (int(one), int(two)) if early else (int(two), int(one))
        year = int(three) + (2000 if len(three) < 3 else 0)
    hour, minute, second = _clock(clock)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return reason("broken_date")
    if moment > now:
        return reason("to_come")
    return moment if moment >= EARLIEST else reason("impossible_date")


def _clock(text: str) -> tuple[int, int, int]:
    """Return the hour, minute and second in a text; midnight where it has none."""
    found = _CLOCK.search(text)
    if found is None:
        return 0, 0, 0
    if found[5]:
        return int(found[6]) % 12 + 12 * (found[5] == "下午"), int(found[7]), 0
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return hour, int(found[2]), int(found[3] or 0)
