"""Scope: the tables that one rule sees, and its expressions checked against their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from relgraph.errors import did_you_mean
from relgraph.mapping.engine import Engine, SqlFailed
from relgraph.mapping.expressions import Checker, Expression, quoted
from relgraph.mapping.form import Join, Rule
from relgraph.mapping.tables import LINE, SourceTable
from relgraph.messages import Message
from relgraph.model import COLUMNS

NOTHING = "(SELECT 0::BIGINT AS _row)"
_NESTED = ("[", "STRUCT", "MAP", "UNION", "BLOB", "INTERVAL", "BIT", "VARIANT")
_CHOICES = {
    word for columns in COLUMNS.values() for spec in columns.values() for word in spec.choices
}


class Joined(NamedTuple):
    """A table beside the rows of a rule: its name in expressions, and the condition."""

    name: str
    table: SourceTable
    on: Expression
    optional: bool


@dataclass(frozen=True)
class Scope:
    """What the expressions of a rule see.

    Parameters
    ----------
    base : str
        The name of the table whose rows the rule reads.
    tables : mapping of str to SourceTable
        By the name in expressions.
    names : mapping of str to str
        What the engine calls each source table, by its name in the mapping.
    joins : tuple of Joined
        The other tables, in order.
    """

    base: str
    tables: Mapping[str, SourceTable]
    names: Mapping[str, str]
    joins: tuple[Joined, ...] = ()

    def from_clause(self) -> str:
        """Return the tables as a statement names them."""
        if not self.tables:
            return f"FROM {NOTHING} AS {quoted(self.base)}"
        parts = [f"FROM {self.names[self.tables[self.base].name]} AS {quoted(self.base)}"]
        parts += [
            f"LEFT JOIN ({self._joined(each.table)}) AS {quoted(each.name)} ON ({each.on.sql}\n)"
            for each in self.joins
        ]
        return " ".join(parts)

    def _joined(self, table: SourceTable) -> str:
        return f"SELECT * EXCLUDE {LINE} FROM {self.names[table.name]}"  # noqa: S608 our own names

    def row(self, name: str) -> str:
        """Return the number of the row of a table, as SQL."""
        return f"{quoted(name)}._row"


class ScopeChecker:
    """Checks the expressions of one rule; see `Checker` for their syntax."""

    def __init__(self, scope: Scope, checker: Checker, engine: Engine) -> None:
        self.scope = scope
        self._checker = checker
        self._engine = engine

    def read(self, sql: str, *, aggregates: bool = True) -> Expression | Message:
        """Return an expression that this rule can use, or why it can't.

        A text that is exactly a header of the table read first is that column.
        """
        base = self.scope.tables.get(self.scope.base)
        if base is not None and sql in base.columns:
            name = f"{quoted(self.scope.base)}.{quoted(sql)}"
            return self._bound(Expression(name, frozenset({(self.scope.base, sql)})))
        found = self._checker.read(sql)
        if isinstance(found, Message):
            return found
        if found.aggregates and not aggregates:
            return Message("mapping.sql.aggregate")
        for names in sorted(found.columns):
            if problem := self._unknown(names):
                return problem
        return self._bound(found)

    def join(self, join: Join, table: SourceTable) -> Scope | Message:
        """Return the scope with one more table, or why its condition can't be used."""
        if join.name in self.scope.tables:
            return Message("mapping.join_twice", name=join.name)
        wider = Scope(
            self.scope.base,
            {**self.scope.tables, join.name: table},
            self.scope.names,
            (*self.scope.joins, Joined(join.name, table, Expression("true"), join.optional)),
        )
        on = ScopeChecker(wider, self._checker, self._engine).read(join.on, aggregates=False)
        if isinstance(on, Message):
            return on
        joined = Joined(join.name, table, on, join.optional)
        return Scope(wider.base, wider.tables, wider.names, (*self.scope.joins, joined))

    def _bound(self, expression: Expression) -> Expression | Message:
        """Return an expression after the engine has looked at its types."""
        query = f"DESCRIBE SELECT ({expression.sql}\n) {self.scope.from_clause()}"
        try:
            kind = str(self._engine.rows(query)[0][1])
        except SqlFailed as error:
            hint = Message("mapping.sql.untyped") if "VARCHAR" in error.reason else None
            return Message("mapping.sql.failed_with", reason=error.reason, hint=hint)
        if any(part in kind for part in _NESTED):
            return Message("mapping.sql.nested", type=kind)
        return expression

    def _unknown(self, names: tuple[str, ...]) -> Message | None:
        """Return that a column isn't there, and what may have been meant."""
        tables = {name.casefold(): table for name, table in self.scope.tables.items()}
        table = tables.get(names[0].casefold()) if len(names) == 2 else None
        looked = [table] if table is not None else list(tables.values())
        columns = [column for each in looked for column in each.columns] + [LINE]
        plain = len(names) == 1 or table is not None
        if plain and names[-1].casefold() in map(str.casefold, columns):
            return None
        if not tables:
            return Message("mapping.no_columns", name=".".join(names))
        text = Message("mapping.quote") if names[-1] in _CHOICES or names[0].isupper() else None
        meant = did_you_mean(names[-1], columns) or text or Message("mapping.quote")
        where = " + ".join(self.scope.tables) if table is None else names[0]
        return Message("mapping.no_column", name=".".join(names), table=where, meant=meant)


def base_name(rule: Rule) -> str:
    """Return what expressions call the table that a rule reads."""
    return rule.source or "nothing"
