"""Reading files into a dataset: typed and checked, with every problem found in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput
from relgraph.messages import Message, Note
from relgraph.model import TABLES, TableName
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.checking.assembly import assemble
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.checking.notation import PLAIN, Notation
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.foreign import is_foreign
from relgraph.readwrite.formats.encoding import check_encoding, decode
from relgraph.readwrite.formats.matrix import edges_of, is_matrix
from relgraph.readwrite.formats.registry import FORMATS
from relgraph.readwrite.graph_choices import EdgeTypes, GraphChoices
from relgraph.readwrite.neo4j_headers import share_ids, without_neo4j_headers
from relgraph.readwrite.one_market import as_nodes, with_market, with_names, with_type
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.settings_lines import holds_settings, settings_text
from relgraph.readwrite.sources import Source, find_sources, read_bytes
from relgraph.readwrite.tables import choose_tables
from relgraph.store_settings import SETTINGS_FILE, parse_settings

# Seconds that an import takes for each byte of its files, storing included, on a usual machine.
SECONDS_A_BYTE = 2.5e-7


_NONE = GraphChoices()


class FileRead(NamedTuple):
    """A file that was read: its name as given, the SHA-256 of its bytes, its number of rows."""

    name: str
    sha256: str
    rows: int


class TableRead(NamedTuple):
    """A table that was read: its file (`book.xlsx#sheet`), which table it is, its rows."""

    file: str
    table: TableName
    rows: int


class Reading(NamedTuple):
    """What the files of an import hold.

    Parameters
    ----------
    dataset : Dataset
        Typed and checked.
    files : tuple of FileRead
        The files, in the order read.
    tables : tuple of TableRead
        The tables in them.
    ruled : tuple of table names
        Tables that the rules of a mapping give, even without a row.
    skipped : tuple of table names
        Tables of which some rows were not asked for, since a rule of a mapping was left out.
    """

    dataset: Dataset
    files: tuple[FileRead, ...]
    tables: tuple[TableRead, ...]
    ruled: tuple[TableName, ...] = ()
    skipped: tuple[TableName, ...] = ()

    @property
    def covered(self) -> frozenset[TableName]:
        """Return the tables that were read in full, so that a row that isn't in them is gone."""
        read = {table for _, table, _ in self.tables}
        return frozenset(read.union(self.ruled).difference(self.skipped))


class Gathered(NamedTuple):
    """The tables of some files, the files themselves, and settings with the file they are from."""

    raws: dict[TableName, list[RawTable]]
    files: tuple[FileRead, ...]
    settings: tuple[tuple[str, str], ...]


def read_files(
    paths: Iterable[str | Path] = (),
    *,
    asked: Mapping[TableName, Iterable[str | Path]] | None = None,
    encoding: str | None = None,
    notation: Notation = PLAIN,
    missing: Sequence[str] = (),
    stored: Stored | None = None,
    allow_change: bool = False,
    strengths: StrengthSource | None = None,
    choices: GraphChoices = _NONE,
    market: str | None = None,
    progress: Progress = SILENT,
) -> Reading:
    """Read and check files.

    Parameters
    ----------
    paths : iterable of str or Path
        Folders, `.csv`, `.tsv`, `.xlsx` and `.json` files.
    asked : mapping of table name to paths, optional
        Files whose table is given.
    encoding : str, optional
        The encoding of text files; recognised for None.
    notation : Notation
        How numbers are written in text.
    missing : sequence of str
        Texts that mean an empty cell.
    stored : Stored, optional
        What the store holds that the files go into; nothing for None.
    allow_change : bool
        Whether a stored stakeholder may change name and market at once.
    strengths : StrengthSource, optional
        Where strengths are, if not in their own column.
    choices : GraphChoices
        Where markets and the types of ties are, if the files are a graph.
    market : str, optional
        The market of stakeholders that have none, and of ends that no table of stakeholders has;
        one of the choices.
    progress : Progress
        Told of the files read.

    Raises
    ------
    InvalidInput
        With every problem that was found.
    UsageError
        A path or encoding can't be used, or nothing says which table a file is.
    """
    if encoding is not None:
        check_encoding(encoding)
    if notation != PLAIN:
        notation.check()
    log = ProblemLog()
    stored = stored or Stored()
    if market is not None:
        choices = replace(choices, market=market)
    choices.check()
    edges = EdgeTypes(choices, stored.settings.kinds, log) if choices else None
    gathered = gather_tables(paths, asked or {}, encoding, missing, log, progress, edges=edges)
    raws = gathered.raws
    if edges is not None:
        edges.check()
    ids = set(stored.stakeholders["id"])
    has_market = choices.market is not None or choices.market_from is not None
    named = [
        with_names(raw, ids, log) if has_market or raw.is_graph else raw
        for raw in raws["stakeholders"]
    ]
    raws = {**raws, "stakeholders": named}
    if has_market:
        raws = with_market(raws, choices, ids, log)
    tables_read = [TableRead(raw.file, table, len(raw)) for table in TABLES for raw in raws[table]]
    text = None
    if gathered.settings:
        stored, text = _settle(stored, gathered.settings, log)
    dataset = assemble(raws, stored, log, notation, allow_change=allow_change, strengths=strengths)
    return Reading(replace(dataset, settings=text), gathered.files, tuple(tables_read))


def gather_tables(
    paths: Iterable[str | Path],
    asked: Mapping[TableName, Iterable[str | Path]],
    encoding: str | None,
    missing: Sequence[str],
    log: ProblemLog,
    progress: Progress = SILENT,
    *,
    edges: EdgeTypes | None = None,
) -> Gathered:
    """Return the tables in some files, their cells not yet understood; see `read_files`.

    With `edges`, tables of ids alone are nodes, and those of sources and targets relationships.
    """
    sources = find_sources(paths, asked)
    progress.expect(SECONDS_A_BYTE * sum(_size(path) for each in sources for _, path in each.files))
    progress.start("progress.reading_files", sum(len(source.files) for source in sources))
    settings: list[tuple[str, str]] = []
    read: list[tuple[Source, str, str, list[RawTable]]] = []
    for source in sources:
        for name, path in source.files:
            data = read_bytes(name, path)
            if path.name == SETTINGS_FILE:
                settings.append((name, decode(data, name, log)))
                tables = []
            else:
                tables = _read_tables(data, name, path, encoding, log)
            kept = [raw for raw in tables if holds_settings(raw)]
            settings += [(raw.file, settings_text(raw)) for raw in kept]
            tables = [raw.emptied(missing) for raw in tables if raw not in kept]
            read.append((source, name, hashlib.sha256(data).hexdigest(), tables))
            progress.advance()
    prefixed = share_ids((raw for *_, tables in read for raw in tables), log)
    files: list[FileRead] = []
    found: dict[int, list[RawTable]] = {id(source): [] for source in sources}
    for source, name, digest, tables in read:
        tables = [without_neo4j_headers(raw, prefixed=prefixed) for raw in tables]
        if edges is not None:
            tables = [each for raw in tables for each in _graph_tables(raw, edges, log)]
        files.append(FileRead(name, digest, sum(map(len, tables))))
        found[id(source)] += tables
    raws: dict[TableName, list[RawTable]] = {table: [] for table in TABLES}
    for source in sources:
        for table, raw in choose_tables(found[id(source)], source.name, log, source.asked):
            raws[table].append(raw)
    progress.finish()
    return Gathered(raws, tuple(files), tuple(settings))


def _graph_tables(raw: RawTable, edges: EdgeTypes, log: ProblemLog) -> list[RawTable]:
    """Return a table as nodes or edges with their types, a matrix as both."""
    found = edges_of(raw, log, transposed=edges.transposed) if is_matrix(raw) else [raw]
    found = [replace(each, is_graph=each.is_graph or is_foreign(each)) for each in found]
    return [as_nodes(with_type(edges(each), log)) for each in found]


def _settle(
    stored: Stored, given: Sequence[tuple[str, str]], log: ProblemLog
) -> tuple[Stored, str]:
    """Return the store with the settings that the files give it, and these."""
    file, text = given[0]
    for other, _ in given[1:]:
        log.add(Message("settings.two_files", file=file), other)
    try:
        settings = parse_settings(text, file)
    except InvalidInput as error:
        log.problems += error.problems
        return stored, text
    if stored.settings.text not in ("", settings.text):
        log.note(Note("settings.replaced", file=file))
    return replace(stored, settings=settings), settings.text


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it says why


def _read_tables(
    data: bytes, name: str, path: Path, encoding: str | None, log: ProblemLog
) -> list[RawTable]:
    """Return the tables in one file."""
    format = FORMATS[path.suffix.lower()]
    is_graph = format.holds == "graph"
    if not format.is_text:
        raws = format.reader()(data, name, path.stem, log)
        return [replace(raw, is_graph=is_graph) for raw in raws]
    before = len(log)
    text = decode(data, name, log, encoding)
    in_full = len(log) == before
    raws = format.reader()(text, name, path.stem, log)
    return [
        replace(raw, whole=raw.whole and in_full, is_graph=is_graph or raw.is_graph) for raw in raws
    ]
