"""Reading mail and calendars into contacts, with an account of every message and meeting."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from relgraph.dataset import DTYPES, ORIGIN, Dataset, empty_frame
from relgraph.errors import UsageError, reason_of
from relgraph.mail.calendar import read_calendars
from relgraph.mail.entries import Entry, reason
from relgraph.mail.matching import Book
from relgraph.mail.mbox import read_mbox
from relgraph.mail.outlook import is_outlook, read_outlook
from relgraph.messages import Message, Note
from relgraph.model import OCCURRENCE
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.problems import ProblemLog, first_lines
from relgraph.readwrite.reading import FileRead, Reading, TableRead

MBOX, CALENDAR = ".mbox", ".ics"
_SHOWN = 3  # lines that a reason names


@dataclass(frozen=True)
class Unknown:
    """An address that is nobody's, with its domain, its name, and when it was met how often."""

    domain: str
    address: str
    name: str
    count: int
    first: datetime | None
    last: datetime | None


def is_mail(path: str | Path) -> bool:
    """Return whether a file holds mail or a calendar."""
    ending = Path(path).suffix.lower()
    return ending in (MBOX, CALENDAR) or (ending == ".csv" and is_outlook(Path(path)))


class _Account:
    """What became of the entries of one file."""

    def __init__(self) -> None:
        self.read = self.used = self.gives = 0
        self.reasons: Counter[str] = Counter()
        self.lines: dict[str, list[int]] = defaultdict(list)

    def drop(self, why: Message, line: int) -> None:
        self.reasons[why.key] += 1
        if len(self.lines[why.key]) <= _SHOWN:
            self.lines[why.key].append(line)

    def note(self, file: str) -> Note:
        if self.read != self.used + self.reasons.total():
            raise AssertionError(f"{file}: entries are unaccounted for")
        told = tuple(
            Message(
                "mapping.dropped",
                count=count,
                reason=Message(key),
                places=Message(
                    "mapping.lines", count=min(count, _SHOWN), lines=first_lines(self.lines[key])
                ),
            )
            for key, count in self.reasons.most_common()
        )
        dropped = Message("mapping.all_dropped", reasons=told) if told else None
        counts = {"read": self.read, "used": self.used, "gives": self.gives}
        return Note("mail.account", file=file, dropped=dropped, **counts)


def read_mail(
    paths: Iterable[str | Path],
    book: Book,
    *,
    day_first: bool | None = None,
    now: datetime | None = None,
    progress: Progress = SILENT,
) -> tuple[Reading, tuple[Unknown, ...]]:
    """Return the contacts in files of mail and calendars, and the addresses that are nobody's.

    Parameters
    ----------
    paths : iterable of str or Path
    book : Book
        Whose address is whose.
    day_first : bool, optional
        How Outlook's exports write dates; see `read_outlook`.
    now : datetime, optional
        What is later hasn't happened; the present for None.
    progress : Progress
        Told of the files read.

    Raises
    ------
    InvalidInput
        A file gives no moments.
    UsageError
        A file can't be used.
    """
    files = _check(paths)
    log = ProblemLog()
    now = now or datetime.now(UTC)
    progress.start("progress.reading_files", len(files))
    accounts = {name: _Account() for name, _ in files}
    rows: list[tuple[str, int, str, str, datetime, str]] = []
    seen: set[tuple[str, ...]] = set()
    for entry in _entries(files, now, log, day_first, progress):
        account = accounts[entry.file]
        account.read += 1
        pairs: list[tuple[str, str]] | Message
        if entry.dropped is not None:
            pairs = entry.dropped
        elif entry.key and entry.key in seen:
            pairs = reason("repeated")
        else:
            seen.add(entry.key)
            pairs = book.contacts(entry)
        if isinstance(pairs, Message):
            account.drop(pairs, entry.line)
            continue
        account.used += 1
        account.gives += len(pairs) * len(entry.times)
        for at in entry.times:
            rows += [(entry.file, entry.line, *pair, at, entry.channel) for pair in pairs]
    progress.finish()
    for name, account in accounts.items():
        if not account.read and not log.problems:
            log.add(Message("mail.empty"), name)
    log.raise_any()
    notes = [account.note(name) for name, account in accounts.items()]
    unknown = _unknown(book)
    if unknown:
        domains = len({each.domain for each in unknown})
        notes.append(Note("mail.unmatched", count=len(unknown), domains=domains))
    dataset = Dataset(
        interactions=_frame(rows),
        notes=(*log.notes, Note("mail.read"), *book.notes, *notes),
    )
    read = [FileRead(name, _sha256(path), accounts[name].gives) for name, path in files]
    tables = [TableRead(name, "interactions", accounts[name].gives) for name, _ in files]
    return Reading(dataset, tuple(read), tuple(tables)), unknown


def _check(paths: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """Return the files, each once."""
    found: dict[Path, tuple[str, Path]] = {}
    for given in paths:
        path = Path(given)
        if not path.is_file():
            raise UsageError("path.missing", path=given)
        if not is_mail(path):
            raise UsageError("mail.other", path=given)
        found.setdefault(path.resolve(), (str(given), path))
    return list(found.values())


def _entries(
    files: Sequence[tuple[str, Path]],
    now: datetime,
    log: ProblemLog,
    day_first: bool | None,
    progress: Progress,
) -> Iterator[Entry]:
    """Yield the entries of all files; calendars come together, since they speak of one another."""
    try:
        for name, path in files:
            ending = path.suffix.lower()
            if ending == MBOX:
                yield from read_mbox(name, path, now)
            elif ending != CALENDAR:
                yield from read_outlook(name, path, now, log, day_first=day_first)
            progress.advance()
        calendars = [(name, path) for name, path in files if path.suffix.lower() == CALENDAR]
        entries, notes = read_calendars(calendars, now)
    except OSError as error:
        raise UsageError("path.failed", path=error.filename, reason=reason_of(error)) from error
    for note in notes:
        log.note(note)
    yield from entries


def _frame(rows: list[tuple[str, int, str, str, datetime, str]]) -> pd.DataFrame:
    """Return contacts as interactions, equal ones counted."""
    if not rows:
        return empty_frame("interactions")
    files, lines, sources, targets, times, channels = zip(*rows, strict=True)
    frame = pd.DataFrame(
        {
            "source": pd.Series(sources, dtype=DTYPES["text"]),
            "target": pd.Series(targets, dtype=DTYPES["text"]),
            "at": pd.Series(list(times), dtype=pd.api.types.pandas_dtype(DTYPES["time"])),
            "channel": pd.Series(channels, dtype=DTYPES["text"]),
        }
    )
    frame[OCCURRENCE] = frame.groupby(list(frame.columns)).cumcount().astype("Int64")
    frame.index = pd.MultiIndex.from_arrays([files, lines], names=ORIGIN)
    return frame


def _unknown(book: Book) -> tuple[Unknown, ...]:
    """Return addresses that are nobody's, those of the domains that are met most first."""
    found = [
        Unknown(address.partition("@")[2], address, each.name, each.count, each.first, each.last)
        for address, each in book.unmatched.items()
    ]
    met: Counter[str] = Counter()
    for each in found:
        met[each.domain] += each.count
    found.sort(key=lambda each: (-met[each.domain], each.domain, -each.count, each.address))
    return tuple(found)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
