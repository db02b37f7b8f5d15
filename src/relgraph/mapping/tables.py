"""Source tables: found in the files, read once, their columns given the types they have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import Problem, did_you_mean
from relgraph.mapping import files as given
from relgraph.mapping.databases import read_table, run_query, table_names
from relgraph.mapping.files import File
from relgraph.mapping.form import Mapping, Read
from relgraph.mapping.opening import open_bytes
from relgraph.mapping.value_types import ValueType, read_type, read_values
from relgraph.messages import Message, Note
from relgraph.readwrite.checking.parsing import infer_type
from relgraph.readwrite.formats.sqlite_reader import count_rows
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.sources import read_bytes

ROW, LINE = "_row", "_line"


@dataclass(frozen=True, eq=False)
class SourceTable:
    """The rows of a source table, from one file or several of the same form.

    Parameters
    ----------
    name : str
        As the mapping calls it.
    data : pyarrow.Table
        `_row`, `_line` and the columns, typed.
    files : tuple of str
        As messages call them.
    starts : ndarray of int
        The first row of each file.
    lines : ndarray of int
        The line of each row.
    """

    name: str
    data: pa.Table
    files: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers."""
        return tuple(self.data.column_names[2:])

    def file_of(self, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Return the number of the file of each row."""
        found: npt.NDArray[np.int64] = np.searchsorted(self.starts, rows, side="right") - 1
        return found

    def parts(self) -> Iterator[tuple[str, int, int]]:
        """Yield each file, with its first row and the one after its last."""
        ends = [*self.starts[1:].tolist(), len(self)]
        yield from zip(self.files, self.starts.tolist(), ends, strict=True)

    def place(self, row: int) -> tuple[str, int]:
        """Return the file and line of a row."""
        return self.files[int(self.file_of(np.array([row]))[0])], int(self.lines[row])


@dataclass
class FileSeen:
    """A file that was read, for the record of the import."""

    name: str
    sha256: str
    rows: int = 0


class Tables:
    """Finds and reads the source tables that the rules of a mapping name.

    Parameters
    ----------
    mapping : Mapping
        What it says of them.
    files : sequence of File
        What was given.
    log : ProblemLog
        Told of all that is missing or can't be read.
    missing : sequence of str
        Texts that mean an empty cell, besides those of the mapping.
    frames : sequence of RawTable
        Tables in memory, found by their names.
    """

    def __init__(
        self,
        mapping: Mapping,
        files: Sequence[File],
        log: ProblemLog,
        missing: Sequence[str] = (),
        frames: Sequence[RawTable] = (),
    ) -> None:
        self._mapping = mapping
        self._frames = {raw.name.casefold(): raw for raw in frames}
        self._missing = (*mapping.missing, *missing)
        self._files = files
        self._log = log
        self._contents: dict[str, tuple[bytes, FileSeen]] = {}
        self._opened: dict[str, tuple[list[RawTable], ProblemLog]] = {}
        self._read: set[str] = set()
        self.seen: list[FileSeen] = []

    def read(self, name: str) -> SourceTable | None:
        """Return a source table; None if an optional one isn't there, or the log says why not."""
        read = self._mapping.read(name)
        before = len(self._log)
        raws = self._find(read)
        raws = [raw.with_missing((*self._missing, *read.missing)) for raw in raws if raw.headers]
        if not raws:
            if len(self._log) == before and not read.optional:
                self._log.add(self._not_found(read), self._mapping.file)
            return None
        for raw in raws:
            self._count(raw)
            self._read.add(raw.file)
        return _joined(name, raws, read, self._mapping.file, self._log)

    def _find(self, read: Read) -> list[RawTable]:
        """Return the tables of one name: from the files that the mapping names, else any."""
        if (read.table or read.name).casefold() in self._frames:
            return [self._frames[(read.table or read.name).casefold()]]
        if read.url is not None:
            return self._in_file(File.of_url(read.url), read, only=True)
        if read.file is not None:
            found = given.matching(self._files, read.file)
            return [
                raw for file in found for raw in self._in_file(file, read, only=len(found) == 1)
            ]
        wanted = (read.table or read.name).casefold()
        named = [file for file in self._files if file.stem.casefold() == wanted]
        simple = [file for file in named if not file.holds_several()]
        if simple:
            return self._in_file(simple[0], read, only=True)
        for file in filter(File.holds_several, self._files):
            alone = file in named or (len(self._files) == 1 and file.below == given.STDIN)
            if tables := self._in_file(file, read, only=alone):
                return tables
        return []

    def _in_file(self, file: File, read: Read, *, only: bool) -> list[RawTable]:
        """Return the tables that a file has under a name; with `only`, its one table."""
        wanted = (read.table or read.name).casefold()
        if file.is_database():
            return self._in_database(file, read, only=only)
        data = self._see(file)
        raws = self._open(data, file, read)
        named = [raw for raw in raws if raw.name.casefold() == wanted]
        if not named and only and len(raws) == 1 and read.table is None:
            named = raws
        if not named and read.file is not None and file.ending not in given.SEVERAL:
            named = raws
        if named or only:
            self._tell(file)
        if not named and only:
            self._no_table(file.name, read, [raw.name for raw in raws])
        return named

    def _in_database(self, file: File, read: Read, *, only: bool) -> list[RawTable]:
        """Return the table that a database has under a name, or what a query gives."""
        log = ProblemLog() if file.name in self._contents else self._log  # a problem is told once
        if file.url is None:
            self._see(file)
        if read.query is not None:
            return [self._from_database(file, run_query(file, read.query, read.name, self._log))]
        wanted = (read.table or read.name).casefold()
        names = table_names(file, log)
        name = next((each for each in names if each.casefold() == wanted), None)
        if name is None and only and (read.table or len(names) != 1):
            self._no_table(file.name, read, names)
            return []
        if name is None and not only:
            return []
        return [self._from_database(file, read_table(file, name or names[0], self._log))]

    def _from_database(self, file: File, raw: RawTable) -> RawTable:
        """Enter what a server gave in the record of the import; files are there already."""
        if file.url is not None:
            batch = pa.record_batch(list(raw.columns), names=list(raw.headers))
            digest = hashlib.sha256(batch.serialize()).hexdigest()
            self.seen.append(FileSeen(raw.file, digest))
        return raw

    def _open(self, data: bytes, file: File, read: Read) -> list[RawTable]:
        """Return the tables in a file; one that holds several is opened once."""
        if file.ending not in given.SEVERAL:
            wanted = self._mapping.mentions
            return open_bytes(data, file.ending, file.name, file.stem, read, self._log, wanted)
        if file.name not in self._opened:
            apart = ProblemLog()
            raws = open_bytes(data, file.ending, file.name, file.stem, read, apart)
            self._opened[file.name] = raws, apart
        return self._opened[file.name][0]

    def _tell(self, file: File) -> None:
        """Tell what was found on opening a file, now that a table of it is wanted."""
        apart = self._opened[file.name][1] if file.name in self._opened else ProblemLog()
        self._log.problems += apart.problems
        for note in apart.notes:
            self._log.note(note)
        apart.problems, apart.notes = [], ()

    def rest(self) -> list[SourceTable]:
        """Return the tables that were given and not read, without their columns."""
        rest = [
            _without_columns(raw.name, raw.file, raw.lines)
            for raw in self._frames.values()
            if raw.file not in self._read
        ]
        for file in self._files:
            if not file.ending:
                continue  # a text of another kind, or standard input, which a rule has read
            if file.is_database():
                for name in table_names(file, ProblemLog()):
                    place = f"{file.name}#{name}"
                    if place not in self._read:
                        lines = np.arange(1, count_rows(file.path, name) + 1)
                        rest.append(_without_columns(name, place, lines))
            elif file.ending in given.SEVERAL or file.name not in self._contents:
                data = read_bytes(file.name, file.path)
                quiet = ProblemLog()
                opened = self._opened.get(file.name)
                raws = (
                    opened[0]
                    if opened
                    else open_bytes(
                        data, file.ending, file.name, file.stem, Read(file.stem), quiet, _no_cells
                    )
                )
                rest += [
                    _without_columns(raw.name, raw.file, raw.lines)
                    for raw in raws
                    if raw.file not in self._read and raw.headers
                ]
        return rest

    def _see(self, file: File) -> bytes:
        """Return the content of a file, which is read once and entered in the record."""
        if file.name not in self._contents:
            is_stdin = file.below == given.STDIN
            data = given.read_stdin() if is_stdin else read_bytes(file.name, file.path)
            seen = FileSeen(file.name, hashlib.sha256(data).hexdigest())
            self.seen.append(seen)
            kept = b"" if not is_stdin and file.is_database() else data
            self._contents[file.name] = kept, seen
        return self._contents[file.name][0]

    def _count(self, raw: RawTable) -> None:
        for seen in self.seen:
            if raw.file == seen.name or raw.file.startswith(f"{seen.name}#"):
                seen.rows += len(raw)

    def _no_table(self, file: str, read: Read, names: Sequence[str]) -> None:
        wanted = read.table or read.name
        meant = did_you_mean(wanted, names)
        self._log.add(
            Message("source.no_table", name=wanted, meant=meant, names=tuple(names)), file
        )

    def _not_found(self, read: Read) -> Message:
        if read.file is not None:
            meant = did_you_mean(read.file, [file.below for file in self._files])
            return Message("source.no_file", name=read.name, file=read.file, meant=meant)
        wanted = read.table or read.name
        known = [*(file.stem for file in self._files), *self._frames]
        meant = did_you_mean(wanted, known)
        return Message("source.none", name=wanted, read=read.name, meant=meant)


def _no_cells(header: str) -> bool:
    """Want no cells, where rows are only counted."""
    return False


def _without_columns(name: str, file: str, lines: npt.NDArray[np.int64]) -> SourceTable:
    return SourceTable(name, pa.table({}), (file,), np.zeros(1, dtype=np.int64), lines)


def _joined(
    name: str, raws: Sequence[RawTable], read: Read, mapping_file: str, log: ProblemLog
) -> SourceTable:
    """Return the tables of several files of one form as one."""
    headers = _headers(raws[0], log)
    types = {}
    for column, says in read.types.items():
        if column.casefold() not in (each.casefold() for each in headers.values()):
            meant = did_you_mean(column, headers.values())
            place = f"{mapping_file}: [read.{name}]"
            message = Message("mapping.no_column", name=column, table=name, meant=meant)
            log.add(Message("mapping.type", column=column, problem=message), place)
        said = read_type(says)
        if isinstance(said, ValueType):
            types[column.casefold()] = said, says
    parts: dict[str, list[pa.Array]] = {header: [] for header in headers.values()}
    for raw in raws:
        places = {header: place for place, header in _headers(raw, log).items()}
        if missing := parts.keys() - places.keys():
            first = min(missing)
            log.add(Message("source.other_columns", name=first, file=raws[0].file), raw.file)
        for header, cells in parts.items():
            if header in places:
                cells.append(_typed(raw, places[header], types.get(header.casefold()), log))
            else:
                cells.append(pa.nulls(len(raw), pa.string()))
    sizes = [len(raw) for raw in raws]
    lines = np.concatenate([raw.lines for raw in raws]) if len(raws) > 1 else raws[0].lines
    data = {ROW: pa.array(np.arange(sum(sizes), dtype=np.int32)), LINE: pa.array(lines)}
    data |= {header: _unified(cells) for header, cells in parts.items()}
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    return SourceTable(name, pa.table(data), tuple(raw.file for raw in raws), starts, lines)


def _headers(raw: RawTable, log: ProblemLog) -> dict[int, str]:
    """Return the columns that have a name; the second of one name is called `name_2`."""
    taken: set[str] = set()
    headers: dict[int, str] = {}
    for place, header in enumerate(raw.headers):
        name, number = header.strip(), 1
        if not name:
            continue
        while name.casefold() in taken or name.casefold() in (ROW, LINE):
            number += 1
            name = f"{header.strip()}_{number}"
        if number > 1:
            log.note(Note("source.twice", file=raw.file, header=shortened(header), name=name))
        taken.add(name.casefold())
        headers[place] = name
    return headers


def _typed(
    raw: RawTable, place: int, said: tuple[ValueType, str] | None, log: ProblemLog
) -> pa.Array:
    """Return a column as values: as `types` says, else as the file itself marks them."""
    cells = _texts(raw, place)
    if said is not None:
        return _as_said(raw, place, said, log)
    if raw.texts is None:
        return cells
    marks = raw.texts[place]
    if marks[cells.is_valid().to_numpy(zero_copy_only=False)].any():
        return cells
    values, bad = read_values(cells, ValueType(infer_type(cells)))
    return cells if bad.any() else values


def _texts(raw: RawTable, place: int) -> pa.StringArray:
    """Return the cells of a column as text; the whole number that a file keeps as 7.0 is 7."""
    cells = raw.columns[place]
    if raw.texts is None:
        return cells
    whole = pc.replace_substring_regex(cells, r"^(-?\d+)\.0$", r"\1")
    return pc.if_else(pa.array(raw.texts[place]), cells, whole)


def _as_said(raw: RawTable, place: int, said: tuple[ValueType, str], log: ProblemLog) -> pa.Array:
    """Return values as `types` says; a workbook's own numbers and dates are read as they are."""
    type, says = said
    cells = _texts(raw, place)
    values, bad = read_values(cells, type)
    if raw.texts is not None:
        own_kind = "number" if type.kind in ("money", "percent") else type.kind
        own, own_bad = read_values(cells, ValueType(own_kind))
        plain = pa.array(~raw.texts[place] & ~own_bad)
        values = pc.if_else(plain, own, values)
        bad &= ~plain.to_numpy(zero_copy_only=False)
    header = shortened(raw.headers[place].strip())

    def misfit(row: int) -> Problem:
        message = Message(
            "source.misfit", column=header, value=shortened(cells[row]), type=_told(type, says)
        )
        return Problem(message, raw.file, int(raw.lines[row]))

    log.add_each(np.flatnonzero(bad), misfit)
    return values


def _told(type: ValueType, says: str) -> Message:
    """Return what a cell should have been."""
    form = says.partition(" ")[2].strip() or None
    return Message(
        f"source.type.{type.kind}", form=Message("source.form", form=form) if form else None
    )


def _unified(parts: Sequence[pa.Array]) -> pa.ChunkedArray:
    """Return the cells of several files as one column; text where their types differ."""
    types = {part.type for part in parts if part.null_count < len(part)}
    types = types or {part.type for part in parts}
    if len(types) == 1:
        kind = types.pop()
    else:
        kind = pa.float64() if types <= {pa.int64(), pa.float64()} else pa.string()
    return pa.chunked_array([part.cast(kind) for part in parts])
