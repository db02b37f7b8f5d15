"""What an expression of a mapping may hold: one value of one row, or of a group of rows.

The engine's own parser gives the syntax; all that isn't known to be harmless is refused: queries,
tables, parameters, and functions that read settings, wait, or make much of little.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from relgraph.errors import did_you_mean
from relgraph.mapping.engine import Engine, SqlFailed
from relgraph.mapping.form import Macro
from relgraph.mapping.functions import is_aggregate, is_harmless, words
from relgraph.messages import Message
from relgraph.readwrite.problems import shortened

LONGEST = 10_000  # characters of an expression
LARGEST = 20_000  # parts of an expression, its macros written out
_CLASSES = words(
    """
    FUNCTION COLUMN_REF CONSTANT CAST CASE COMPARISON CONJUNCTION OPERATOR WINDOW BETWEEN LAMBDA
    LAMBDA_REF COLLATE TYPE
    """
)


@dataclass(frozen=True)
class Expression:
    """An expression that may be run.

    Parameters
    ----------
    sql : str
        As it goes into a statement.
    columns : frozenset of tuple of str
        What it names: `(column,)` or `(table, column)`.
    aggregates : bool
        Whether it makes one value of many rows.
    size : int
        How many parts it has.
    """

    sql: str
    columns: frozenset[tuple[str, ...]] = frozenset()
    aggregates: bool = False
    size: int = 1


class Checker:
    """Reads expressions; knows the macros of the mapping."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._macros: dict[str, Expression] = {}

    def read(self, sql: str) -> Expression | Message:
        """Return an expression, or why it can't be one."""
        if len(sql) > LONGEST:
            return Message("mapping.sql.long", count=len(sql), most=LONGEST)
        try:
            tree = self._engine.tree(f"SELECT {sql}\n")
            if tree.get("error"):
                several = tree.get("error_type") == "not implemented"
                reason = Message("mapping.sql.one") if several else tree["error_message"]
                return Message("mapping.sql.syntax", reason=reason)
            return self._read(sql, tree)
        except (SqlFailed, RecursionError) as error:
            return Message("mapping.sql.syntax", reason=shortened(error))

    def row_parts(self, expression: Expression) -> list[str]:
        """Return what an expression asks of each row: itself, or what its aggregates take."""
        if not expression.aggregates:
            return [expression.sql]
        tree = self._engine.tree(f"SELECT {expression.sql}\n")
        only = tree["statements"][0]["node"]["select_list"]
        taken = [
            argument["expression"]
            for node, _ in _nodes(only[0], frozenset())
            if node["class"] == "FUNCTION"
            and is_aggregate(
                node["function_name"], self._engine.functions.get(node["function_name"], ())
            )
            for argument in node["arguments"]
        ]
        parts = []
        for each in taken:
            only[0] = each
            (text,) = self._engine.rows("SELECT json_deserialize_sql($1)", [json.dumps(tree)])[0]
            parts.append(str(text).removeprefix("SELECT "))
        return parts

    def add_macro(self, macro: Macro) -> Message | None:
        """Let expressions call a macro; return why that can't be."""
        body = self.read(macro.sql)
        if isinstance(body, Message):
            return body
        free = {
            names for names in body.columns if names[-1].lower() not in _lower(macro.parameters)
        }
        if free:
            return Message("mapping.sql.free", name=".".join(min(free)))
        if macro.name.lower() in self._engine.functions:
            return Message("mapping.sql.taken", name=macro.name)
        parameters = ", ".join(map(quoted, macro.parameters))
        try:
            self._engine.rows(
                f"CREATE TEMP MACRO {quoted(macro.name)}({parameters}) AS ({body.sql}\n)"
            )
        except SqlFailed as error:
            return Message("mapping.sql.failed", reason=error.reason)
        self._macros[macro.name.lower()] = body
        return None

    def _read(self, sql: str, tree: Mapping[str, Any]) -> Expression | Message:
        found = _only_expression(tree)
        if isinstance(found, Message):
            return found
        columns: set[tuple[str, ...]] = set()
        aggregates = False
        for node, bound in _nodes(found, frozenset()):
            kind = node["class"]
            if kind not in _CLASSES:
                key = {"SUBQUERY": "query", "STAR": "star"}.get(kind)
                return (
                    Message(f"mapping.sql.{key}") if key else Message("mapping.sql.part", part=kind)
                )
            if kind == "COLUMN_REF":
                names = tuple(node["column_names"])
                if names[0].lower() not in bound:
                    columns.add(names)
            if kind in ("FUNCTION", "WINDOW"):
                name = node["function_name"].lower()
                if node.get("schema") or node.get("catalog"):
                    return Message("mapping.sql.function_refused", name=name)
                if name in self._macros:
                    aggregates |= self._macros[name].aggregates
                elif problem := self._refusal(name):
                    return problem
                else:
                    aggregates |= is_aggregate(name, self._engine.functions[name])
        size = self._size(found)
        if size > LARGEST:
            return Message("mapping.sql.large", count=size, most=LARGEST)
        return Expression(sql, frozenset(columns), aggregates, size)

    def _size(self, value: Any) -> int:
        """Return how many parts an expression has, at most, once its macros are written out."""
        if isinstance(value, list):
            return sum(map(self._size, value))
        if not isinstance(value, dict):
            return 0
        inside = sum(map(self._size, value.values()))
        if "class" not in value:
            return inside
        macro = self._macros.get(str(value.get("function_name", "")).lower())
        return 1 + inside if macro is None else macro.size * (1 + inside)

    def _refusal(self, name: str) -> Message | None:
        """Return why a function can't be called, or None."""
        known = self._engine.functions.get(name)
        if known is None:
            allowed = [
                each for each, said in self._engine.functions.items() if is_harmless(each, said)
            ]
            meant = did_you_mean(name, (*self._macros, *allowed), 0.75)
            return Message("mapping.sql.function_unknown", name=name, meant=meant)
        if is_harmless(name, known):
            return None
        return Message("mapping.sql.function_refused", name=name)


def _only_expression(tree: Mapping[str, Any]) -> dict[str, Any] | Message:
    """Return the one expression of a statement that is nothing but that."""
    node = tree["statements"][0]["node"] if len(tree["statements"]) == 1 else {}
    listed = node.get("select_list", [])
    bare = (
        node.get("type") == "SELECT_NODE"
        and node["from_table"]["type"] == "EMPTY"
        and not any(node.get(part) for part in ("modifiers", "group_expressions", "group_sets"))
        and not any(node.get(part) for part in ("where_clause", "having", "sample", "qualify"))
        and not node["cte_map"]["map"]
        and len(listed) == 1
    )
    if not bare:
        return Message("mapping.sql.one")
    if listed[0].get("alias"):
        return Message("mapping.sql.alias", name=listed[0]["alias"])
    only: dict[str, Any] = listed[0]
    return only


def _nodes(value: Any, bound: frozenset[str]) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Yield each part of an expression, with the names that functions around it bind."""
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, bound)
    elif isinstance(value, dict):
        if "class" in value:
            yield value, bound
        if value.get("class") == "LAMBDA":
            names = [
                node["column_names"][0]
                for node, _ in _nodes(value["lhs"], bound)
                if node["class"] == "COLUMN_REF"
            ]
            yield from _nodes(value["expr"], bound | _lower(names))
            return
        for each in value.values():
            yield from _nodes(each, bound)


def _lower(names: Collection[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def quoted(name: str) -> str:
    """Return a name as SQL quotes it.

    Examples
    --------
    >>> print(quoted("order"), quoted('"') == '"' * 4)
    "order" True
    """
    return '"' + name.replace('"', '""') + '"'
