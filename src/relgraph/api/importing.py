"""Import: files into a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from relgraph.api.source_steps import NO_SOURCE, SourceSettings, plan_import
from relgraph.arguments import checked, listed
from relgraph.comparison.datasets import compare_datasets
from relgraph.comparison.merging import merge
from relgraph.comparison.step import Gone
from relgraph.comparison.stored import as_imported, what_is_stored
from relgraph.dataset import Dataset
from relgraph.errors import UsageError, check_range
from relgraph.messages import Note
from relgraph.model import TABLES
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.checking.notation import Notation
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import Reading, TableRead, read_files
from relgraph.replacing import replacing
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.fetch import fetch_dataset
from relgraph.store.provenance import TableOrigin, trace_rows
from relgraph.store.records import ImportedFile, ImportRecord, TableChange, WriteSummary
from relgraph.store.snapshots import KEPT

if TYPE_CHECKING:
    from relgraph.mapping.account import Account

Paths = Iterable[str | Path] | Path


@checked
def import_files(
    store: Store,
    paths: Paths = (),
    *,
    stakeholders: Paths = (),
    relationships: Paths = (),
    interactions: Paths = (),
    mapping: str | Path | None = None,
    ledger: str | Path | None = None,
    replace: bool = False,
    dry_run: bool = False,
    batched: bool = False,
    keep: int = KEPT,
    source: str | None = None,
    sync: bool = False,
    gone: Gone | None = None,
    clear: Iterable[str] = (),
    encoding: str | None = None,
    allow_change: bool = False,
    strength_from: str | None = None,
    strength_scale: str | None = None,
    decimal: str = ".",
    thousands: str = "",
    null: Iterable[str] = (),
    market: str | None = None,
    market_from: str | None = None,
    market_map: Mapping[str, str] | None = None,
    type_from: str | None = None,
    transposed: bool = False,
    progress: Progress = SILENT,
) -> Result:
    """Read files, check them, and store what they hold, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    paths : path or iterable of paths
        Folders, `.csv`, `.tsv`, `.xlsx` and `.json` files.
    stakeholders, relationships, interactions : path or iterable of paths
        Files of this table, whatever their names.
    mapping : str or Path, optional
        A TOML file of rules, or the name of a mapping that ships with relgraph: what the files hold
        becomes stakeholders, relationships and interactions by its rules.
    ledger : str or Path, optional
        Where to write, as CSV, what became of every row that the mapping read.
    replace : bool
        Make the store hold exactly these files.
    dry_run : bool
        Do everything but store.
    batched : bool
        On a server, store in many transactions; see `Store.write`.
    keep : int
        How many snapshots of what imports replaced are kept, this one's included; 0 for none.
    source : str, optional
        Marks the rows as given by the source of this name, such as an export of a CRM.
    sync : bool
        Bring the store into step with the source: what it gave before and doesn't now is gone.
    gone : {"keep", "left", "remove"}, optional
        What becomes of rows that are gone: they are kept, which is the default; stakeholders are
        marked as left and ties as ended; or they are removed. What others gave, too, stays.
    clear : iterable of str
        Columns in which an empty cell empties what is stored.
    encoding : str, optional
        The encoding of text files; recognised for None.
    allow_change : bool
        Let stored stakeholders change name and market at once, which else is taken for an id that
        was given to somebody else.
    strength_from : str, optional
        The column of relationships that holds strengths: each is divided by the largest value.
    strength_scale : str, optional
        The scale of that column, as `1-5`: each is divided by its upper end.
    decimal : str
        What stands before the decimals of numbers in text: `.` or `,`.
    thousands : str
        What may stand between their thousands: `,`, `.`, a space, `'` or `_`.
    null : iterable of str
        Texts that mean an empty cell, such as `n/a`.
    market : str, optional
        The market of stakeholders for whom the files give none; also of the ends of ties that no
        table of stakeholders has, who then become stakeholders.
    market_from : str, optional
        The attribute of nodes that tells their market.
    market_map : mapping of str to str, optional
        The market that each value of this attribute means, where it isn't the market's own name.
    type_from : str, optional
        The attribute of edges that tells the type of a relationship.
    transposed : bool
        Whether ties of an adjacency matrix run from its columns to its rows.
    progress : Progress
        Reports files read and rows stored.

    Returns
    -------
    Result
        Columns `file` (`book.xlsx#sheet` for a sheet), `rows`, `created`, `updated` and
        `unchanged`, one row a file or sheet. With `sync` the rows are what changes, as
        `relgraph.comparison.datasets.compare_datasets` has it: `kind, what, id, name, market,
        field, before, after, change`; for a row that is gone, `after` says
        what becomes of it.

    Raises
    ------
    InvalidInput
        With every problem that was found; nothing was stored.
    UsageError
        A path or encoding can't be used, or nothing says which table a file is.
    """
    check_range(keep, "keep", 0)
    if ledger is not None and mapping is None:
        raise UsageError("ledger.alone", parameter="ledger")
    columns = listed(clear, "clear")
    settings = SourceSettings.asked(source, sync, gone, columns, replace=replace, batched=batched)
    reading, accounts = _read(
        store,
        paths,
        stakeholders=stakeholders,
        relationships=relationships,
        interactions=interactions,
        mapping=mapping,
        ledger=ledger,
        replace=replace,
        encoding=encoding,
        allow_change=allow_change,
        strength_from=strength_from,
        strength_scale=strength_scale,
        decimal=decimal,
        thousands=thousands,
        null=null,
        market=market,
        market_from=market_from,
        market_map=market_map,
        type_from=type_from,
        transposed=transposed,
        progress=progress,
    )
    return store_reading(
        store,
        reading,
        accounts,
        ledger=ledger,
        replace=replace,
        dry_run=dry_run,
        batched=batched,
        keep=keep,
        settings=settings,
        progress=progress,
    )


def store_reading(
    store: Store,
    reading: Reading,
    accounts: Sequence[Account] = (),
    *,
    ledger: str | Path | None = None,
    replace: bool = False,
    dry_run: bool = False,
    batched: bool = False,
    keep: int = KEPT,
    settings: SourceSettings = NO_SOURCE,
    progress: Progress = SILENT,
) -> Result:
    """Store what was read, whole or not at all, and return the rows of `import_files`."""
    now = datetime.now(UTC)
    files = tuple(ImportedFile(*file) for file in reading.files)
    record = ImportRecord(now, files, settings.source, settings.sync)
    present = as_imported(store)
    plan = plan_import(present, reading, settings, replace=replace, day=now.date())
    names = [file.name for file in reading.files]
    origins = [TableOrigin.of(file, names, table) for file, table, _ in reading.tables]
    graph = None if replace else present.graph()
    provenance, gone = trace_rows(graph, reading.dataset, names, origins)
    with _writing(ledger, accounts):
        if dry_run:
            summary = present.count_changes(plan.rows, replace=replace, progress=progress)
        else:
            summary = store.write(
                plan.rows,
                replace=replace,
                edits=plan.edits,
                record=record,
                texts={"rows": provenance, "sources": plan.sources.with_record(record).to_text()},
                batched=batched,
                keep=keep,
                progress=progress,
            )
    if plan.changes is not None:  # which tell of all that is gone
        gone = ()
    notes = (*reading.dataset.notes, *plan.notes, *gone, *summary.notes)
    rows = _rows(reading.tables, summary) if plan.changes is None else plan.changes
    return rows.with_notes(*notes)


@checked
def preview_import(
    store: Store,
    paths: Paths = (),
    *,
    stakeholders: Paths = (),
    relationships: Paths = (),
    interactions: Paths = (),
    mapping: str | Path | None = None,
    replace: bool = False,
    encoding: str | None = None,
    allow_change: bool = False,
    strength_from: str | None = None,
    strength_scale: str | None = None,
    decimal: str = ".",
    thousands: str = "",
    null: Iterable[str] = (),
    market: str | None = None,
    market_from: str | None = None,
    market_map: Mapping[str, str] | None = None,
    type_from: str | None = None,
    transposed: bool = False,
    progress: Progress = SILENT,
) -> Result:
    """Return which rows and values an import would change, and how; nothing is stored.

    Its columns are those of `relgraph.comparison.datasets.compare_datasets`.

    Parameters
    ----------
    store : Store
        What the files would go into.
    paths, stakeholders, relationships, interactions : path or iterable of paths
        The files, as for `import_files`.
    mapping : str or Path, optional
        The rules by which they are read, as for `import_files`.
    replace, encoding, allow_change, strength_from, strength_scale, decimal, thousands, null
        How they are read, as for `import_files`.
    market, market_from, market_map, type_from, transposed
        How they are read, as for `import_files`.
    progress : Progress
        Told of the files read.

    Raises
    ------
    InvalidInput
        With every problem that was found.
    """
    reading, _ = _read(
        store,
        paths,
        stakeholders=stakeholders,
        relationships=relationships,
        interactions=interactions,
        mapping=mapping,
        replace=replace,
        encoding=encoding,
        allow_change=allow_change,
        strength_from=strength_from,
        strength_scale=strength_scale,
        decimal=decimal,
        thousands=thousands,
        null=null,
        market=market,
        market_from=market_from,
        market_map=market_map,
        type_from=type_from,
        transposed=transposed,
        progress=progress,
    )
    present = fetch_dataset(as_imported(store))
    kept = Dataset(settings=present.settings) if replace else present
    return compare_datasets(present, merge(kept, reading.dataset))


@checked
def suggest_mapping(paths: Paths) -> tuple[str, tuple[Note, ...]]:
    """Return the draft of a mapping for some files, with why each guess was made; store nothing.

    Parameters
    ----------
    paths : path or iterable of paths
        Folders and files, such as the exports of a CRM.

    Returns
    -------
    str
        A mapping for `import_files` in TOML; lines that were guessed end in `# ?` and why.
    tuple of Note
        Which files can't be read as tables.

    Raises
    ------
    UsageError
        A path can't be used.
    """
    from relgraph.mapping.suggest.draft import draft_mapping

    return draft_mapping(listed(paths, "paths", str | Path))


def _read(
    store: Store,
    paths: Paths,
    *,
    mapping: str | Path | None,
    ledger: str | Path | None = None,
    replace: bool,
    encoding: str | None,
    allow_change: bool,
    strength_from: str | None,
    strength_scale: str | None,
    decimal: str,
    thousands: str,
    null: Iterable[str],
    market: str | None,
    market_from: str | None,
    market_map: Mapping[str, str] | None,
    type_from: str | None,
    transposed: bool,
    progress: Progress,
    **asked: Paths,
) -> tuple[Reading, tuple[Account, ...]]:
    """Read and check the files of an import; by a mapping, with the account of their rows."""
    strengths = StrengthSource.asked(strength_from, strength_scale)
    stored = what_is_stored(store, replace=replace)
    if mapping is not None:
        from relgraph.mapping.reading import read_mapped

        said: dict[str, object] = {
            **asked,
            "encoding": encoding,
            "thousands": thousands,
            "market": market,
        }
        said |= {
            "market_from": market_from,
            "market_map": market_map,
            "type_from": type_from,
            "transposed": transposed,
        }
        said["decimal"] = "" if decimal == "." else decimal
        for parameter, value in said.items():
            if value:
                raise UsageError("mapping.says", parameter=parameter)
        return read_mapped(
            mapping,
            listed(paths, "paths", str | Path),
            without=() if ledger is None else (ledger,),
            missing=listed(null, "null"),
            stored=stored,
            allow_change=allow_change,
            strengths=strengths,
            progress=progress,
        )
    tables = {table: listed(asked[table], table, str | Path) for table in TABLES}
    reading = read_files(
        listed(paths, "paths", str | Path),
        asked=tables,
        encoding=encoding,
        stored=stored,
        notation=Notation(decimal, thousands),
        missing=listed(null, "null"),
        allow_change=allow_change,
        strengths=strengths,
        choices=GraphChoices(market, market_from, dict(market_map or {}), type_from, transposed),
        progress=progress,
    )
    return reading, ()


@contextmanager
def _writing(ledger: str | Path | None, accounts: Sequence[Account]) -> Iterator[None]:
    """Write the ledger beside its place, and put it there once all is stored."""
    if ledger is None:
        yield
        return
    from relgraph.mapping.account import write_ledger

    with replacing(ledger) as beside:
        write_ledger(accounts, beside)
        yield


def _rows(tables: Iterable[TableRead], summary: WriteSummary) -> Result:
    """Return what happened to the rows of each file; a JSON file's tables count together."""
    counts: dict[str, list[int]] = {}
    for file, table, rows in tables:
        change = summary.files.get((file, table), TableChange())
        more = [rows, change.created, change.updated, change.unchanged]
        before = counts.get(file, [0] * len(more))
        counts[file] = [sum(pair) for pair in zip(before, more, strict=True)]
    names = ("rows", "created", "updated", "unchanged")
    numbers = np.array(list(counts.values()), dtype=np.int64).reshape(-1, len(names))
    return Result(
        {"file": np.array(list(counts), dtype=object)} | dict(zip(names, numbers.T, strict=True))
    )
