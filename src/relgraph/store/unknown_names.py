"""Names in a query that a store doesn't have: what there is instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from relgraph.errors import QueryFailed, did_you_mean
from relgraph.messages import Message
from relgraph.model import ALL_MARKETS, NODE_LABEL, ColumnType
from relgraph.store.schema import StoredSchema

Named = Literal["label", "type", "property"]


class UnknownName(QueryFailed):
    """A query names a label, a relationship type or a property that the store lacks.

    Parameters
    ----------
    name : str
        The name.
    named : {"label", "type", "property"}
        What it should be.
    variable : str, optional
        What the property was asked of.
    """

    def __init__(self, name: str, named: Named, variable: str | None = None) -> None:
        super().__init__("query.failed", reason=name)
        self.name = name
        self.named = named
        self.variable = variable

    def is_known(self, schema: StoredSchema) -> bool:
        """Return whether a store could hold it, though nothing has it yet."""
        if self.named == "label":  # on a server, markets are labels too
            return self.name == NODE_LABEL or self.name.lower() in ALL_MARKETS
        if self.named == "type":
            return self.name in schema.relationships
        return self.name in schema.stakeholders or self.name in _of_ties(schema)

    def explained(self, schema: StoredSchema, cypher: str) -> QueryFailed:
        """Return the error with what the store has."""
        if self.named == "label":
            return self._label()
        if self.named == "type":
            return self._lacking("query.unknown_type", schema.relationships)
        if self.variable and re.search(rf"\[\s*{re.escape(self.variable)}\b", cypher):
            return self._lacking("query.no_tie_property", _of_ties(schema))
        if self.variable:
            return self._lacking("query.no_property", schema.stakeholders)
        known = {**schema.stakeholders, **_of_ties(schema)}
        return self._lacking("query.unknown_property", known)

    def _label(self) -> QueryFailed:
        market = did_you_mean(self.name, ALL_MARKETS, 0.8)
        value = market.values["word"] if market else ALL_MARKETS[0]
        pattern = f"(:{NODE_LABEL} {{market: '{value}'}})"
        return QueryFailed("query.unknown_label", name=self.name, label=NODE_LABEL, pattern=pattern)

    def _lacking(self, key: str, known: Iterable[str]) -> QueryFailed:
        names = tuple(sorted(known))
        return QueryFailed(key, name=self.name, meant=did_you_mean(self.name, names), known=names)


def _of_ties(schema: StoredSchema) -> dict[str, ColumnType]:
    return schema.properties_of(schema.relationships)


def raise_unknown(names: Iterable[UnknownName], schema: StoredSchema, cypher: str) -> None:
    """Raise the first name that a store can't hold, with what it has."""
    for unknown in names:
        if not unknown.is_known(schema):
            raise unknown.explained(schema, cypher) from None


def syntax_error(reason: str) -> Message | None:
    """Return what an engine says about a query that can't be read, in plain words, or None."""
    if match := re.search(r"Invalid input <(.*)>: expected .*\(line: (\d+)", reason):
        return Message("query.syntax", line=match[2], text=match[1][-60:])
    if match := re.fullmatch(r"Variable (\S+) is not in scope\.?", reason):
        return Message("query.unknown_variable", name=match[1], quoted=f"'{match[1]}'")
    return None
