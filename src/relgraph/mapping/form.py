"""The form of a mapping: its sections, their keys, and what was read of them.

The parser, the JSON Schema and the reference in the documents are made from `SECTIONS`; what each
key is says the message `mapping.is.SECTION.KEY`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from relgraph.messages import Message
from relgraph.model import COLUMNS, TABLES, TableName

Kind = Literal[
    "text", "texts", "line", "choice", "types", "expression", "expressions", "joins", "conditions",
    "properties",
]  # fmt: skip


class Key(NamedTuple):
    """One key of a section: its name, what it holds, whether it must be given, its choices."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()


RAGGED = ("refuse", "cut")
READ_KEYS = (
    Key("file", "text"),
    Key("url", "text"),
    Key("table", "text"),
    Key("query", "text"),
    Key("separator", "text"),
    Key("row_end", "text"),
    Key("columns", "texts"),
    Key("header", "line"),
    Key("encoding", "text"),
    Key("missing", "texts"),
    Key("ragged", "choice", choices=RAGGED),
    Key("types", "types"),
    Key("optional", "choice", choices=("true", "false")),
)
RULE_KEYS = (
    Key("from", "text"),
    Key("join", "joins"),
    Key("where", "conditions"),
    Key("one_per", "expressions"),
    Key("properties", "properties"),
)
JOIN_KEYS = (
    Key("on", "expression", required=True),
    Key("table", "text"),
    Key("optional", "choice", choices=("true", "false")),
)
# What makes a row of each table; a rule says all of it.
RULE_NEEDS: dict[TableName, tuple[str, ...]] = {
    "stakeholders": ("id",),
    "relationships": ("source", "type", "target"),
    "interactions": ("source", "target", "at"),
}


def rule_keys(table: TableName) -> tuple[Key, ...]:
    """Return the keys of a rule for a table: its own, and the columns of the table."""
    columns = (
        Key(name, "expression", name in RULE_NEEDS[table])
        for name in COLUMNS[table]
        if name != "market_as_read"
    )
    return (*RULE_KEYS, *columns)


SECTIONS: dict[str, tuple[Key, ...]] = {
    "read": READ_KEYS,
    "join": JOIN_KEYS,
    **{table: rule_keys(table) for table in TABLES},
}
# What stands beside the sections at the top of the file.
TOP = ("description", "missing", "read", "macros", *TABLES)


@dataclass(frozen=True)
class Read:
    """How a source table is read; see `READ_KEYS`."""

    name: str
    file: str | None = None
    url: str | None = None
    table: str | None = None
    query: str | None = None
    separator: str | None = None
    row_end: str | None = None
    columns: tuple[str, ...] = ()
    header: int | None = None
    encoding: str | None = None
    missing: tuple[str, ...] = ()
    ragged: str = RAGGED[0]
    types: Pairs[str, str] = field(default_factory=dict)
    optional: bool = False


class Macro(NamedTuple):
    """A short name for an expression with parameters."""

    name: str
    parameters: tuple[str, ...]
    sql: str


class Join(NamedTuple):
    """Another table beside the rows of a rule, under a name of its own."""

    name: str
    table: str
    on: str
    optional: bool = False


class Condition(NamedTuple):
    """What must hold of a row, and the reason that is told where it doesn't."""

    sql: str
    reason: str | None = None


@dataclass(frozen=True)
class Rule:
    """How the rows of one source table become rows of one of the three tables.

    Parameters
    ----------
    table : {"stakeholders", "relationships", "interactions"}
        What the rule gives.
    number : int
        Its place among the rules for that table, from 1.
    source : str or None
        The table whose rows it reads; None for a single row without a source.
    columns : mapping of str to str
        The expression of each column.
    """

    table: TableName
    number: int
    source: str | None = None
    joins: tuple[Join, ...] = ()
    where: tuple[Condition, ...] = ()
    one_per: tuple[str, ...] = ()
    columns: Pairs[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What messages call the rule.

        Examples
        --------
        >>> Rule("relationships", 3).name
        'relationships 3'
        """
        return f"{self.table} {self.number}"

    def expressions(self) -> list[str]:
        """Return all its expressions."""
        conditions = [each.sql for each in self.where] + [each.on for each in self.joins]
        return [*self.columns.values(), *self.one_per, *conditions]

    def tables(self) -> list[str]:
        """Return the source tables that the rule names, the one it reads first."""
        first = [] if self.source is None else [self.source]
        return [*first, *(join.table for join in self.joins)]


@dataclass(frozen=True)
class Mapping:
    """A mapping as it was read.

    Parameters
    ----------
    file : str
        Its name in messages.
    reads : mapping of str to Read
        By the name of the source table, in lower case.
    macros : tuple of Macro
        In the order given.
    rules : tuple of Rule
        In the order given, without those that have a problem.
    missing : tuple of str
        Texts that mean an empty cell, in all tables.
    faulty : frozenset of str
        The source tables and macros that have a problem, in lower case.
    """

    file: str
    reads: Pairs[str, Read] = field(default_factory=dict)
    macros: tuple[Macro, ...] = ()
    rules: tuple[Rule, ...] = ()
    missing: tuple[str, ...] = ()
    faulty: frozenset[str] = frozenset()

    @cached_property
    def _texts(self) -> str:
        """All that expressions and types say, without case, with spaces for quotes."""
        texts = [macro.sql for macro in self.macros]
        texts += [column for read in self.reads.values() for column in read.types]
        texts += [sql for rule in self.rules for sql in rule.expressions()]
        return "\n".join(texts).replace('""', "").replace('"', " ").casefold()

    def mentions(self, header: str) -> bool:
        """Return whether a column may be meant anywhere; never False for one that is.

        Examples
        --------
        >>> rule = Rule("stakeholders", 1, "deals", columns={"id": "deals.Id", "name": "Name_2"})
        >>> mapping = Mapping("crm.toml", rules=(rule,))
        >>> [mapping.mentions(header) for header in ("ID", "Name", "Deal")]
        [True, True, False]
        """
        name = re.escape(header.strip().replace('"', "").casefold())
        numbered = rf"(?<!\w){name}(_\d+)?(?!\w)"  # as the second column of one name is
        return re.search(numbered, self._texts) is not None

    def read(self, name: str) -> Read:
        """Return how a source table is read."""
        return self.reads.get(name.casefold()) or Read(name)

    def needs_files(self) -> bool:
        """Return whether a rule reads anything but servers."""
        names = {name for rule in self.rules for name in rule.tables()}
        return not names or any(self.read(name).url is None for name in names)


def key_meaning(section: str, key: str) -> Message:
    """Return what a key of a section is; the three kinds of rule share those of `rule`."""
    shared = section in TABLES and any(each.name == key for each in RULE_KEYS)
    return Message(f"mapping.is.{'rule' if shared else section}.{key}")
