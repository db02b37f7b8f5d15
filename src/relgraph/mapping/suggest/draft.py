"""The draft: a mapping in TOML that imports as it stands, its guesses marked `# ?`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from relgraph.mapping.expressions import quoted
from relgraph.mapping.suggest.events import Event, find_events
from relgraph.mapping.suggest.links import Link, find_key, find_links
from relgraph.mapping.suggest.people import People, find_people
from relgraph.mapping.suggest.profiles import TableSeen
from relgraph.mapping.suggest.seeing import see_tables
from relgraph.messages import Message, Note, Speaker
from relgraph.readwrite.problems import ProblemLog

_PLAIN = re.compile(r"[A-Za-z_]\w*")
_SQL_WORDS = frozenset(
    {"all", "and", "as", "asc", "by", "case", "desc", "end", "from", "group", "in", "is", "limit"}
    | {
        "not",
        "null",
        "on",
        "or",
        "order",
        "select",
        "table",
        "then",
        "to",
        "union",
        "when",
        "where",
    }
    | {"default", "check", "column", "primary", "references", "user", "using", "with", "offset"}
)
FIRM = "'firm'"


@dataclass
class Draft:
    """What is written so far."""

    people: Sequence[People]
    types: dict[str, dict[str, str]] = field(default_factory=dict)
    doubts: dict[str, list[Message]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    say: Speaker = field(default_factory=Speaker)

    def comment(self, message: Message) -> str:
        """Return a sentence that stays on its line, whatever names are in it."""
        return "".join(c if c.isprintable() else " " for c in self.say(message))

    def rule(self, table: str, *lines: tuple[str, str, Message | None]) -> None:
        """Add a rule: its keys, their values, and why each was guessed."""
        written = [f"[[{table}]]"]
        for key, value, why in lines:
            note = f"  # ? {self.comment(why)}" if why is not None else ""
            written.append(f"{key} = {value}{note}")
        self.rules.append("\n".join(written))

    def typed(self, table: TableSeen, column: str) -> str:
        """Return a column as SQL, and note how its cells are written."""
        profile = table.columns[column]
        if profile.marked is None:
            fitting = profile.moment or profile.number
            if fitting:
                self.types.setdefault(table.name, {})[column] = fitting[0]
            if len(fitting) > 1 and profile.moment and " " in fitting[0]:
                doubt = Message("suggest.also", column=column, type=fitting[1])
                self.doubts.setdefault(table.name, []).append(doubt)
        return sql(column)

    def id_of(self, people: TableSeen, column: str) -> str:
        """Return the id of a stakeholder of a table, as SQL over the column that has it."""
        each = next(each for each in self.people if each.table is people)
        return f"{each.prefix}({column})" if each.prefix else column


def draft_mapping(paths: Sequence[str | Path]) -> tuple[str, tuple[Note, ...]]:
    """Return the draft of a mapping for some files, and notes on those that can't be read.

    Parameters
    ----------
    paths : sequence of str or Path
        Folders and files.

    Raises
    ------
    UsageError
        A path can't be used.
    """
    log = ProblemLog()
    tables = see_tables(paths, log)
    for table in tables:
        table.key = find_key(table)
    links = find_links(tables)
    people = find_people(tables, links)
    if not people:
        log.note(Note("suggest.none"))
    draft = Draft(people)
    draft.rule("stakeholders", *_firm())
    for each in people:
        _add_people(draft, each)
    for event in find_events(tables, links, people):
        _add_event(draft, event)
    used = draft.used | {each.table.name for each in people}
    return _written(draft, tables, used), log.notes


def sql(column: str) -> str:
    """Return a column as an expression names it.

    Examples
    --------
    >>> sql("Total"), sql("Account Name"), sql("Order")
    ('Total', '"Account Name"', '"Order"')
    """
    plain = _PLAIN.fullmatch(column) and column.lower() not in _SQL_WORDS
    return column if plain else quoted(column)


def toml(text: str) -> str:
    """Return a text as TOML, in the quotes that it doesn't have itself.

    Examples
    --------
    >>> print(toml("'firm'"), toml('"Account Name"'))
    "'firm'" '"Account Name"'
    """
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _firm() -> Iterable[tuple[str, str, Message | None]]:
    yield "id", toml(FIRM), None
    yield "name", toml("'The firm'"), Message("suggest.firm")
    yield "market", toml(FIRM), None


def _add_people(draft: Draft, each: People) -> None:
    table = each.table
    lines: list[tuple[str, str, Message | None]] = [
        ("from", toml(table.name), None),
        ("id", toml(draft.id_of(table, sql(each.key))), None),
        ("name", toml(_name(each)), None),
        ("market", toml(f"'{each.market}'"), each.why),
    ]
    if each.is_person:
        lines.append(("kind", toml("'person'"), None))
    if each.owner is not None:
        to = draft.id_of(each.owner.to, sql(each.owner.column))
        lines.append(("owner", toml(to), each.owner.why))
    draft.rule("stakeholders", *lines)
    if each.above is not None:
        draft.rule(
            "relationships",
            ("from", toml(table.name), None),
            ("source", toml(draft.id_of(table, sql(each.key))), None),
            ("type", toml("'REPORTS_TO'"), each.above.why),
            ("target", toml(draft.id_of(table, sql(each.above.column))), None),
        )


def _name(each: People) -> str:
    if len(each.names) > 1:
        return " || ' ' || ".join(map(sql, each.names))
    return sql(each.names[0]) if each.names else sql(each.key)


def _add_event(draft: Draft, event: Event) -> None:
    """Add what the rows of a table say of two stakeholders."""
    joins: dict[str, str] = {}

    def end(link: Link) -> str:
        """Return the id that a column leads to; a row without a match is left out by a join."""
        column = f"{quoted(event.table.name)}.{sql(link.column)}"
        if event.through is None and link.complete:
            column = sql(link.column)
        if not link.complete:
            other = f"{quoted(link.to.name)}.{sql(link.to.key or '')}"
            joins[link.to.name] = f"{column} = {other}"
        return draft.id_of(link.to, column)

    draft.used.add(event.table.name)
    if event.through is not None:
        draft.used.add(event.through.table.name)
    source, target = (FIRM if link is None else end(link) for link in (event.source, event.target))
    table = event.table if event.through is None else event.through.table
    if event.through is not None:
        here = f"{quoted(table.name)}.{sql(event.through.column)}"
        there = f"{quoted(event.table.name)}.{sql(event.through.to.key or '')}"
        joins = {event.table.name: f"{here} = {there}", **joins}
    lines: list[tuple[str, str, Message | None]] = [("from", toml(table.name), None)]
    if joins:
        told = ", ".join(f"{_key(name)} = {toml(on)}" for name, on in joins.items())
        lines.append(("join", f"{{ {told} }}", None))
    lines.append(("source", toml(source), event.source.why if event.source else None))
    if event.type is not None:
        lines.append(("type", toml(f"'{event.type}'"), None))
    lines.append(("target", toml(target), event.target.why if event.target else None))
    amount = " * ".join(
        f"(1 - {draft.typed(table, column)})"
        if column == event.discount
        else draft.typed(table, column)
        for column in event.amount
    )
    moment = None if event.moment is None else draft.typed(event.table, event.moment)
    if event.type is None:
        lines += [("at", toml(moment or "NULL"), None)]
        lines += [("value", toml(amount), None)] if amount else []
        draft.rule("interactions", *lines)
        return
    if amount and event.counts:
        lines.append(("margin", toml(f"sum({amount})"), Message("suggest.margin")))
    if moment and event.counts and event.through is None:
        lines.append(("since", toml(f"min({moment})::DATE"), None))
    draft.rule("relationships", *lines)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml(name)


def _written(draft: Draft, tables: Sequence[TableSeen], used: set[str]) -> str:
    """Return all parts as a file."""
    say = draft.comment
    parts = [f"# {say(Message('suggest.head'))}"]
    empty = sorted({word for table in tables for word in table.empty_words})
    if empty:
        parts.append(f"missing = [{', '.join(map(toml, empty))}]")
    for table in tables:
        lines = []
        if table.header:
            lines.append(f"header = {table.header}  # ? {say(Message('suggest.header'))}")
        if table.ragged:
            lines.append(
                f'ragged = "cut"  # ? {say(Message("suggest.ragged", count=table.ragged))}'
            )
        if types := draft.types.get(table.name):
            told = ", ".join(f"{_key(column)} = {toml(says)}" for column, says in types.items())
            doubts = "; ".join(map(say, draft.doubts.get(table.name, [])))
            lines.append(f"types = {{ {told} }}" + (f"  # ? {doubts}" if doubts else ""))
        if lines and (table.name in used or table.ragged or table.header):
            parts.append("\n".join([f"[read.{_key(table.name)}]", *lines]))
    macros = [
        f"{each.prefix} = {toml('(x) AS ' + quote_text(each.prefix + '-') + ' || x')}"
        for each in draft.people
        if each.prefix
    ]
    if macros:
        parts.append("\n".join(["[macros]", *macros]))
    parts += draft.rules
    left = [table.name for table in tables if table.name not in used]
    if left:
        parts.append(f"# {say(Message('suggest.left', names=tuple(left)))}")
    return "\n\n".join(parts) + "\n"


def quote_text(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"
