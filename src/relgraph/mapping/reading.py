"""Reading files by a mapping: from its TOML and any export to a checked dataset."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from relgraph.errors import InvalidInput, Problem, UsageError, did_you_mean, reason_of
from relgraph.mapping.account import (
    Account,
    rest_note,
    rule_account,
    rule_note,
    unread,
    unread_note,
    unread_tables,
)
from relgraph.mapping.engine import Engine, SqlFailed
from relgraph.mapping.expressions import Checker
from relgraph.mapping.files import find_files
from relgraph.mapping.form import Mapping as MappingFile
from relgraph.mapping.parsing import parse_mapping
from relgraph.mapping.rules import (
    CheckedRule,
    check_rule,
    explain_failure,
    give_rows,
    sort_rows,
)
from relgraph.mapping.tables import SourceTable, Tables
from relgraph.messages import Message, Note
from relgraph.model import TABLES, TableName
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.checking.assembly import assemble
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask, RawTable
from relgraph.readwrite.reading import FileRead, Reading, TableRead
from relgraph.resources import resource_dir

ENDING = ".toml"
_CALLED = re.compile(r"(\w+)\s*\(")


class MappedReading(NamedTuple):
    """What the files hold, and what became of each of their rows."""

    reading: Reading
    accounts: tuple[Account, ...]


def read_mapped(
    mapping: str | Path,
    paths: Sequence[str | Path] = (),
    *,
    frames: Sequence[RawTable] = (),
    without: Sequence[str | Path] = (),
    missing: Sequence[str] = (),
    stored: Stored | None = None,
    allow_change: bool = False,
    strengths: StrengthSource | None = None,
    progress: Progress = SILENT,
) -> MappedReading:
    """Read and check files by a mapping.

    Parameters
    ----------
    mapping : str or Path
        A `.toml` file, or the name of a mapping that ships with relgraph.
    paths : sequence of str or Path
        Folders and files; the mapping's own folder if there are none. `-` is standard input.
    frames : sequence of RawTable
        Tables in memory; with them, no folder is read that wasn't given.
    without : sequence of str or Path
        Files that are no sources, though they stand in a folder: an earlier ledger.
    missing : sequence of str
        Texts that mean an empty cell, besides those of the mapping.
    stored, allow_change, strengths, progress
        As for `relgraph.readwrite.reading.read_files`.

    Raises
    ------
    InvalidInput
        With every problem of the mapping, or of the files, that was found.
    UsageError
        A path can't be used.
    """
    log = ProblemLog()
    text, file, folder = find_mapping(mapping)
    parsed = parse_mapping(text, file, log)
    if not parsed.rules:
        log.raise_any()
    needs_files = not frames and parsed.needs_files()
    given = paths or ((folder,) if folder is not None and needs_files else ())
    patterns = [read.file for read in parsed.reads.values() if read.file is not None]
    try:
        files = find_files(given, patterns, without) if given or needs_files else []
    except UsageError:
        log.raise_any()
        raise
    tables = Tables(parsed, files, log, missing, frames)
    sources = _read_sources(parsed, tables, log, progress)
    rules = parsed.rules
    parsed = _with_tables(parsed, sources, log)
    skipped = tuple(rule.table for rule in rules if rule not in parsed.rules)
    raws, accounts = _run(parsed, sources, log)
    log.raise_any()
    digest = hashlib.sha256(text.encode()).hexdigest()
    seen = [FileRead(each.name, each.sha256, each.rows) for each in tables.seen]
    counts: Counter[tuple[str, TableName]] = Counter()
    for table in TABLES:
        for raw in raws[table]:
            counts[raw.file, table] += len(raw)
    reads = tuple(TableRead(file, table, rows) for (file, table), rows in counts.items())
    dataset = assemble(
        raws, stored or Stored(), log, allow_change=allow_change, strengths=strengths
    )
    rest = list(map(unread, tables.rest()))
    if note := rest_note(rest):
        dataset = replace(dataset, notes=(*dataset.notes, note))
    ruled = tuple(rule.table for rule in parsed.rules)
    reading = Reading(dataset, (*seen, FileRead(file, digest, 0)), reads, ruled, skipped)
    return MappedReading(reading, (*accounts, *rest))


def find_mapping(mapping: str | Path) -> tuple[str, str, Path | None]:
    """Return the text of a mapping, what messages call it, and the folder of its files.

    Raises
    ------
    UsageError
        There is no such file, and no mapping of that name ships.
    """
    path = Path(mapping)
    if path.suffix != ENDING and not path.exists():
        shipped = {each.stem: each for each in resource_dir("mappings").glob(f"*{ENDING}")}
        name = str(mapping)
        if name not in shipped:
            meant = did_you_mean(name, shipped)
            names = tuple(sorted(shipped))
            raise UsageError(
                "mapping.unknown", parameter="mapping", name=name, meant=meant, names=names
            )
        return shipped[name].read_text(encoding="utf-8-sig"), f"{name}{ENDING}", None
    if not path.exists():
        raise UsageError("path.missing", parameter="mapping", path=str(mapping))
    try:
        return path.read_text(encoding="utf-8-sig"), str(mapping), path.parent
    except OSError as error:
        raise UsageError("path.failed", path=str(mapping), reason=reason_of(error)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = Message("mapping.not_utf8")
        raise InvalidInput([Problem(message, str(mapping), line)]) from error


def _read_sources(
    mapping: MappingFile, tables: Tables, log: ProblemLog, progress: Progress
) -> dict[str, SourceTable]:
    """Return the source tables that the rules name, each once."""
    names = dict.fromkeys(name for rule in mapping.rules for name in rule.tables())
    progress.start("progress.reading_files", len(names))
    sources: dict[str, SourceTable | None] = {}
    for name in names:
        if name.casefold() not in mapping.faulty:
            sources[name] = tables.read(name)
        progress.advance()
    progress.finish()
    unused = [r.name for key, r in mapping.reads.items() if key not in map(str.casefold, names)]
    for name in unused:
        log.note(Note("mapping.read_unused", name=name, file=mapping.file))
    return {name: source for name, source in sources.items() if source is not None}


def _with_tables(
    mapping: MappingFile, sources: Mapping[str, SourceTable], log: ProblemLog
) -> MappingFile:
    """Return the mapping without the rules whose optional tables aren't there."""
    kept = []
    for rule in mapping.rules:
        absent = [name for name in rule.tables() if name not in sources]
        if absent:
            log.note(Note("mapping.skipped", rule=rule.name, names=tuple(absent)))
        else:
            kept.append(rule)
    return replace(mapping, rules=tuple(kept))


def _run(
    mapping: MappingFile, sources: Mapping[str, SourceTable], log: ProblemLog
) -> tuple[dict[TableName, list[RawTable]], list[Account]]:
    """Return what the rules give, and the account of all rows."""
    names = {name: f"t{at}" for at, name in enumerate(sources)}
    raws: dict[TableName, list[RawTable]] = {table: [] for table in TABLES}
    accounts: list[Account] = []
    joined: dict[str, Mask] = {}
    with Engine({names[name]: source.data for name, source in sources.items()}) as engine:
        checker = Checker(engine)
        checked = _checked(mapping, sources, names, checker, engine, log)
        log.raise_any()
        for rule in checked:
            try:
                outcome = sort_rows(rule, engine)
                given = give_rows(rule, engine, mapping.file, log)
            except SqlFailed as error:
                explain_failure(rule, error, checker, engine, mapping.file, log)
                continue
            raws[rule.rule.table] += given
            if rule.rule.source is None:
                continue
            source = sources[rule.rule.source]
            account = rule_account(rule.rule, source, outcome)
            accounts.append(account)
            log.note(rule_note(account, sum(map(len, given))))
            if outcome.several is not None:
                file, line = source.place(outcome.several)
                log.note(Note("mapping.multiplied", rule=rule.rule.name, place=f"{file}:{line}"))
            for table, rows in outcome.joined.items():
                joined[table] = joined.get(table, False) | rows
    read = {rule.source for rule in mapping.rules if rule.source is not None}
    rest = unread_tables(sources, read, joined)
    for note in filter(None, map(unread_note, rest)):
        log.note(note)
    return raws, [*accounts, *rest]


def _checked(
    mapping: MappingFile,
    sources: Mapping[str, SourceTable],
    names: Mapping[str, str],
    checker: Checker,
    engine: Engine,
    log: ProblemLog,
) -> list[CheckedRule]:
    """Return the rules that can be run; the log is told of all others.

    What uses a macro that has a problem itself isn't judged.
    """
    faulty = set(mapping.faulty)
    for macro in mapping.macros:
        if _uses(macro.sql, faulty):
            faulty.add(macro.name.casefold())
        elif problem := checker.add_macro(macro):
            faulty.add(macro.name.casefold())
            message = Message(
                "mapping.sql", key=macro.name, sql=shortened(macro.sql), problem=problem
            )
            log.add(message, f"{mapping.file}: [macros]")
    checked = [
        check_rule(rule, sources, names, checker, engine, mapping.file, log)
        for rule in mapping.rules
        if not any(_uses(sql, faulty) for sql in rule.expressions())
    ]
    return [rule for rule in checked if rule is not None]


def _uses(sql: str, macros: Collection[str]) -> bool:
    return any(name.casefold() in macros for name in _CALLED.findall(sql))
