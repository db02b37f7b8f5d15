"""From the TOML of a mapping to its parts; every key is checked, and problems name their rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from relgraph.errors import UsageError, did_you_mean
from relgraph.mapping.form import (
    JOIN_KEYS,
    READ_KEYS,
    RULE_KEYS,
    RULE_NEEDS,
    TOP,
    Condition,
    Join,
    Key,
    Macro,
    Mapping,
    Read,
    Rule,
    rule_keys,
)
from relgraph.mapping.value_types import read_type
from relgraph.messages import Message
from relgraph.model import TABLES, TableName
from relgraph.readwrite.formats.encoding import check_encoding
from relgraph.readwrite.formats.postgres_reader import is_url
from relgraph.readwrite.problems import ProblemLog, shortened

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_MACRO = re.compile(r"\s*\(([\w\s,]*)\)\s*AS\s+(.+)", re.IGNORECASE | re.DOTALL)
_NO_SEPARATOR = '"\r\n'
_NAME = re.compile(r"[A-Za-z_]\w*")


def parse_mapping(text: str, file: str, log: ProblemLog) -> Mapping:
    """Return what a mapping says; the log is told of all that it can't mean."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error))
        log.add(Message("settings.not_toml", reason=reason), file, int(line[1]) if line else None)
        return Mapping(file)
    except RecursionError as error:
        log.add(Message("settings.not_toml", reason=str(error)), file)
        return Mapping(file)
    _Section(file, log).known(content, TOP)
    missing = _Section(file, log).texts(content, "missing")
    faulty: set[str] = set()
    reads = tuple(_reads(content.get("read", {}), file, log, faulty))
    macros = tuple(_macros(content.get("macros", {}), file, log, faulty))
    rules = tuple(
        rule for table in content if table in TABLES for rule in _rules(content, table, file, log)
    )
    if not rules and not len(log):
        log.add(Message("mapping.no_rule", tables=TABLES), file)
    by_name: dict[str, Read] = {}
    for read in reads:
        if by_name.setdefault(read.name.casefold(), read) is not read:
            log.add(Message("mapping.read_twice", name=read.name), f"{file}: [read.{read.name}]")
    return Mapping(file, by_name, macros, rules, missing, frozenset(faulty))


class _Section:
    """One section of the file: checks its keys, and names its place in problems."""

    def __init__(self, place: str, log: ProblemLog) -> None:
        self.place = place
        self.log = log

    def wrong(self, key: str, **values: Any) -> None:
        self.log.add(Message(key, **values), self.place)

    def known(self, content: dict[str, Any], names: Sequence[str]) -> None:
        for key in content:
            if key not in names:
                meant = did_you_mean(key, names)
                self.wrong("mapping.unknown_key", name=shortened(key), meant=meant, names=names)

    def table(self, value: Any, name: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.wrong("mapping.not_table", name=name)
        return {}

    def text(self, content: dict[str, Any], name: str) -> str | None:
        value = content.get(name)
        if value is None or (isinstance(value, str) and value):
            return value
        self.wrong("mapping.not_text", name=name, value=shortened(value))
        return None

    def texts(self, content: dict[str, Any], name: str) -> tuple[str, ...]:
        value = content.get(name, [])
        value = [value] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.wrong("mapping.not_texts", name=name, value=shortened(value))
        return ()

    def flag(self, content: dict[str, Any], name: str) -> bool:
        value = content.get(name, False)
        if not isinstance(value, bool):
            self.wrong("mapping.not_flag", name=name, value=shortened(value))
        return value is True

    def sql(self, value: Any, name: str) -> str | None:
        """Return an expression; a number, true or false stands for itself."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return repr(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong("mapping.not_sql", name=name, value=shortened(value))
        return None


def _reads(content: Any, file: str, log: ProblemLog, faulty: set[str]) -> Iterator[Read]:
    names = tuple(key.name for key in READ_KEYS)
    for name, given in _Section(file, log).table(content, "read").items():
        before = len(log)
        section = _Section(f"{file}: [read.{name}]", log)
        given = section.table(given, name)
        section.known(given, names)
        texts: dict[str, Any] = {
            key.name: section.text(given, key.name) for key in READ_KEYS if key.kind == "text"
        }
        read = Read(
            name,
            **texts,
            columns=section.texts(given, "columns"),
            missing=section.texts(given, "missing"),
            types=_types(section, given),
        )
        header = given.get("header")
        if header is not None and not (isinstance(header, int) and header > 0):
            section.wrong("mapping.not_line", value=shortened(header))
            header = None
        ragged = given.get("ragged", read.ragged)
        choices = next(key.choices for key in READ_KEYS if key.name == "ragged")
        if read.separator is not None and any(sign in read.separator for sign in _NO_SEPARATOR):
            section.wrong("mapping.separator", value=read.separator)
        if read.url is not None and not is_url(read.url):
            section.wrong("mapping.not_url")  # and no word of what it is: it may hold a password
        if read.url is not None and read.file is not None:
            section.wrong("mapping.file_or_url")
        if read.encoding is not None:
            try:
                check_encoding(read.encoding)
            except UsageError as error:
                section.log.add(error.message, section.place)
        if ragged not in choices:
            meant = did_you_mean(str(ragged), choices)
            section.wrong("choice.unknown", value=ragged, choices=choices, meant=meant)
            ragged = read.ragged
        optional = section.flag(given, "optional")
        if len(log) > before:
            faulty.add(name.casefold())
        yield replace(read, header=header, ragged=ragged, optional=optional)


def _types(section: _Section, given: dict[str, Any]) -> dict[str, str]:
    types = section.table(given.get("types", {}), "types")
    good = {}
    for column, says in types.items():
        problem = read_type(says) if isinstance(says, str) else None
        if isinstance(problem, Message) or problem is None:
            told = problem or Message("mapping.not_text", name=column, value=shortened(says))
            section.wrong("mapping.type", column=shortened(column), problem=told)
        else:
            good[column] = says
    return good


def _macros(content: Any, file: str, log: ProblemLog, faulty: set[str]) -> Iterator[Macro]:
    section = _Section(f"{file}: [macros]", log)
    for name, value in section.table(content, "macros").items():
        found = _MACRO.fullmatch(value) if isinstance(value, str) else None
        names = [each.strip() for each in found[1].split(",")] if found else []
        names = [] if names == [""] else names
        if not found or not _NAME.fullmatch(name) or not all(map(_NAME.fullmatch, names)):
            section.wrong("mapping.not_macro", name=name, value=shortened(value))
            faulty.add(name.casefold())
        else:
            yield Macro(name, tuple(names), found[2].strip())


def _rules(content: dict[str, Any], table: TableName, file: str, log: ProblemLog) -> Iterator[Rule]:
    given = content[table]
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        _Section(file, log).wrong("mapping.not_rules", name=table)
        return
    for number, each in enumerate(given, 1):
        before = len(log)
        rule = _rule(each, Rule(table, number), file, log)
        if len(log) == before:
            yield rule


def _rule(given: dict[str, Any], rule: Rule, file: str, log: ProblemLog) -> Rule:
    section = _Section(f"{file}: {rule.name}", log)
    keys: tuple[Key, ...] = rule_keys(rule.table)
    section.known(given, tuple(key.name for key in keys))
    own = [key.name for key in RULE_KEYS]
    columns = {name: sql for name, sql in given.items() if name not in own}
    properties = section.table(given.get("properties", {}), "properties")
    for name in properties.keys() & {key.name for key in keys}:
        section.wrong("mapping.own_key", name=name)
    expressions = {name: section.sql(sql, name) for name, sql in (columns | properties).items()}
    for name in RULE_NEEDS[rule.table]:
        if name not in columns:
            section.wrong("mapping.needs", name=name, table=rule.table)
    source = section.text(given, "from")
    if source is None and (given.keys() & {"join", "where", "one_per"}):
        section.wrong("mapping.needs_from")
    return replace(
        rule,
        source=source,
        joins=tuple(_joins(section, given)),
        where=tuple(_conditions(section, given.get("where", []))),
        one_per=section.texts(given, "one_per"),
        columns={name: sql for name, sql in expressions.items() if sql is not None},
    )


def _joins(section: _Section, given: dict[str, Any]) -> Iterator[Join]:
    for name, value in section.table(given.get("join", {}), "join").items():
        if isinstance(value, dict):
            section.known(value, tuple(key.name for key in JOIN_KEYS))
            on, table = value.get("on"), section.text(value, "table")
            optional = section.flag(value, "optional")
        else:
            on, table, optional = value, None, False
        condition = section.sql(on, f"join.{name}")
        if condition is not None:
            yield Join(name, table or name, condition, optional)


def _conditions(section: _Section, given: Any) -> Iterator[Condition]:
    """Yield conditions, each as SQL or as a pair of SQL and the reason to tell."""
    given = [given] if isinstance(given, str) else given
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, str) and each.strip():
            yield Condition(each.strip())
        elif (
            isinstance(each, list)
            and len(each) == 2
            and all(isinstance(part, str) and part.strip() for part in each)
        ):
            yield Condition(each[0].strip(), each[1].strip())
        else:
            section.wrong("mapping.not_condition", value=shortened(each))
