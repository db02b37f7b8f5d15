"""Snapshots: what imports have replaced, each whole and compressed, to look back at.

They are kept as one ZIP archive with a folder for each, called by its number: `snapshot.json` says
when it was replaced and by what, three Parquet files are its tables, `relgraph.toml` its settings
(docs/decisions/0127-whole-snapshots-in-the-file.md). What is damaged of it is no harm to the rest.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Self

from relgraph.errors import NotADatabase, StoreNotFound
from relgraph.messages import Note
from relgraph.model import TABLES, TableName

KEPT = 12  # snapshots that an import keeps by default
FORMAT = 1
RECORD, SETTINGS = "snapshot.json", "relgraph.toml"
FILES = (RECORD, SETTINGS, *(f"{table}.parquet" for table in TABLES))

_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Snapshot:
    """What is known of a snapshot: the store as it was before an import.

    Parameters
    ----------
    number : int
        Counts the imports that replaced something.
    at : datetime
        When the import replaced it.
    since : datetime or None
        When the import before was, which made it; None if it is not known.
    files : tuple of str
        What was imported.
    changed : int
        The rows that the import created or updated.
    rows : mapping of table name to int
        The rows that the snapshot holds.
    form : int
        Of its files.
    size : int
        Their bytes.
    """

    number: int
    at: datetime
    since: datetime | None
    files: tuple[str, ...]
    changed: int
    rows: Mapping[TableName, int]
    form: int = FORMAT
    size: int = 0

    @property
    def known(self) -> bool:
        """Return whether this version of relgraph reads its form."""
        return self.form <= FORMAT

    def to_json(self) -> bytes:
        """Return the text of `snapshot.json`."""
        since = self.since and self.since.isoformat()
        text = asdict(self) | {"at": self.at.isoformat(), "since": since}
        return json.dumps({name: text[name] for name in text if name != "size"}).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Return what `snapshot.json` says."""
        read = json.loads(text)
        since = read["since"] and datetime.fromisoformat(read["since"])
        at, files = datetime.fromisoformat(read["at"]), tuple(read["files"])
        numbers = {name: int(read[name]) for name in ("number", "changed", "form")}
        rows = {table: int(read["rows"][table]) for table in TABLES}
        return cls(at=at, since=since, files=files, rows=rows, **numbers)


class Snapshots:
    """The snapshots of a store, oldest first.

    Parameters
    ----------
    files : mapping of int to mapping of str to bytes
        The files of each, by its number.
    damaged : iterable of int
        Numbers of those that can't be read.
    unreadable : bool
        Whether the archive as a whole can't be read.

    Attributes
    ----------
    last : int
        A number that was given already, whether or not it is among these.
    """

    def __init__(
        self,
        files: Mapping[int, Mapping[str, bytes]] | None = None,
        damaged: frozenset[int] = frozenset(),
        *,
        unreadable: bool = False,
    ) -> None:
        self.files: dict[int, Mapping[str, bytes]] = {}
        self.records: dict[int, Snapshot] = {}
        self.damaged = set(damaged)
        self.unreadable = unreadable
        self.last = 0
        for number, held in sorted((files or {}).items()):
            try:
                record = Snapshot.from_json(held[RECORD])
                complete = not record.known or held.keys() >= {*FILES}
            except (ValueError, KeyError, TypeError):
                complete = False
            if not complete or record.number != number:
                self.damaged.add(number)
                continue
            self.files[number] = held
            self.records[number] = replace(record, size=sum(map(len, held.values())))

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Return the snapshots of an archive; one without any is no bytes."""
        if not content:
            return cls()
        files: dict[int, dict[str, bytes]] = {}
        damaged = set()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for entry in archive.infolist():
                    folder, _, name = entry.filename.partition("/")
                    number = int(folder)
                    try:
                        files.setdefault(number, {})[name] = archive.read(entry)
                    except _DAMAGED:
                        damaged.add(number)
        except _DAMAGED:
            return cls(unreadable=True)
        whole = {number: held for number, held in files.items() if number not in damaged}
        return cls(whole, frozenset(damaged))

    def to_bytes(self) -> bytes:
        """Return the archive of those that can be read."""
        if not self.files:
            return b""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number, held in self.files.items():
                for name, content in held.items():
                    archive.writestr(zipfile.ZipInfo(f"{number}/{name}"), content)
        return buffer.getvalue()

    def limited(self, keep: int | None = None, most: int | None = None) -> Snapshots:
        """Return the newest: so many at most, and of so many bytes together."""
        files = dict(self.files)
        for number in [*files][: max(0, len(files) - keep)] if keep is not None else ():
            del files[number]
        kept = Snapshots(files)
        while most is not None and kept.files and len(kept.to_bytes()) > most:
            del files[next(iter(files))]
            kept = Snapshots(files)
        return kept

    def until(self, last: int) -> Snapshots:
        """Return those up to a number, after which the next is counted."""
        files = {number: held for number, held in self.files.items() if number <= last}
        damaged = frozenset(number for number in self.damaged if number <= last)
        found = Snapshots(files, damaged, unreadable=self.unreadable)
        found.last = last
        return found

    def beside(self, others: Snapshots) -> Snapshots:
        """Return these, and others of other numbers."""
        return Snapshots({**others.files, **self.files})

    @property
    def next_number(self) -> int:
        """Return the number of the next snapshot."""
        return max((self.last, *self.files, *self.damaged)) + 1

    def notes(self, url: str) -> tuple[Note, ...]:
        """Return what is damaged of the snapshots of a store."""
        if self.unreadable:
            return (Note("snapshot.all_damaged", url=url),)
        numbers = sorted(self.damaged)
        return tuple(Note("snapshot.damaged", url=url, number=number) for number in numbers)

    def check(self, url: str) -> None:
        """Raise NotADatabase if one is damaged."""
        if self.unreadable:
            raise NotADatabase("snapshot.all_damaged", url=url)
        if self.damaged:
            raise NotADatabase("snapshot.damaged", url=url, number=min(self.damaged))

    def find(self, url: str, which: int | datetime) -> Snapshot | None:
        """Return the snapshot of a number or moment; None is the present state.

        Parameters
        ----------
        url : str
            What messages call the store.
        which : int or datetime
            A number, or a moment in UTC, without a zone.

        Raises
        ------
        StoreNotFound
            There is none.
        NotADatabase
            It is damaged.
        """
        if self.unreadable:
            raise NotADatabase("snapshot.all_damaged", url=url)
        if isinstance(which, int):
            if which in self.damaged:
                raise NotADatabase("snapshot.damaged", url=url, number=which)
            if which not in self.records:
                raise StoreNotFound("snapshot.none", url=url, number=which, known=[*self.records])
            return self.records[which]
        later = [number for number, each in self.records.items() if _utc(each.at) > which]
        if not later:
            return None
        found = self.records[later[0]]
        begun = found.since is None or _utc(found.since) <= which
        if not begun and found.number - 1 not in self.records:
            self.check(url)
            raise StoreNotFound("snapshot.too_old", url=url, moment=which, since=found.since)
        return found


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)
