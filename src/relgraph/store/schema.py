"""What a store is made of: its label, types and properties, and pieces of Cypher with their names.

The same on every store. Each known property is declared on every store from the start, so that a
portable query may read `s.satisfaction` before any is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relgraph.errors import InvalidInput, Problem, QueryFailed, UnsupportedVersion
from relgraph.messages import Message
from relgraph.model import (
    COLUMNS,
    CONTACTED,
    NODE_LABEL,
    OCCURRENCE,
    RELATIONSHIP_TYPES,
    ColumnType,
    TableName,
)

SCHEMA_VERSION = 1
IMPORT_LABEL = "Import"

# Names that a store keeps for itself, in lower case, because Ladybug ignores case.
RESERVED_TYPES = frozenset({NODE_LABEL.lower(), IMPORT_LABEL.lower()})
# Neo4j reads an escape wherever it stands: \u0060 would end the name that it is in.
_QUOTABLE = re.compile(r"((?!\\u)[^\0])+", re.DOTALL)
RESERVED_PROPERTIES = frozenset({"_id", "_label", "_src", "_dst"})


def quote_identifier(name: str) -> str:
    r"""Return a label, type or property name in back quotes, as Cypher text that is only a name.

    The one place where a name from data enters Cypher; all values go as parameters.

    Raises
    ------
    InvalidInput
        The name is empty, or holds a NUL or an escape like \u0060: no store keeps it safely.

    Examples
    --------
    >>> print(quote_identifier("favourite colour"), quote_identifier("a`) DETACH DELETE n //"))
    `favourite colour` `a``) DETACH DELETE n //`
    """
    if not _QUOTABLE.fullmatch(name):
        raise InvalidInput([_unquotable(name)])
    return "`" + name.replace("`", "``") + "`"


def _unquotable(name: str) -> Problem:
    return Problem(Message("name.unquotable", name=name[:40]))


def fold_case(name: str) -> str:
    """Return the name as Ladybug compares it: ASCII letters in lower case, others as they are.

    Examples
    --------
    >>> fold_case("ÉTAGE")
    'Étage'
    """
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


@dataclass(frozen=True)
class StoredSchema:
    """Which properties a store holds, and the type of each.

    Parameters
    ----------
    stakeholders : dict of property name to type
        Of the one node label.
    relationships : dict of relationship type to its properties' types
        Without `source`, `target` and `type`; `CONTACTED` among them.
    """

    stakeholders: dict[str, ColumnType]
    relationships: dict[str, dict[str, ColumnType]]

    def choose_types(self, types: Iterable[str] | None = None) -> list[str]:
        """Return those of the types that are here, sorted; for None all but CONTACTED."""
        here = set(self.relationships)
        return sorted(here - {CONTACTED} if types is None else here & set(types))

    def properties_of(self, types: Iterable[str] | None = None) -> dict[str, ColumnType]:
        """Return the properties that relationships of these types have between them."""
        found: dict[str, ColumnType] = {}
        for name in self.choose_types(types):
            found |= self.relationships[name]
        return found

    def of_table(self, table: TableName) -> dict[str, ColumnType]:
        """Return the properties that the rows of a table have."""
        if table == "stakeholders":
            return self.stakeholders
        return self.properties_of([CONTACTED] if table == "interactions" else None)


def declare_known() -> StoredSchema:
    """Return the properties that every store has before anything is imported."""
    return StoredSchema(
        {name: spec.type for name, spec in COLUMNS["stakeholders"].items()},
        {name: known_properties(name) for name in RELATIONSHIP_TYPES},
    )


def known_properties(relationship_type: str) -> dict[str, ColumnType]:
    """Return the properties that a type has from the start, without its ends and name."""
    table = COLUMNS["interactions" if relationship_type == CONTACTED else "relationships"]
    known = {
        name: spec.type for name, spec in table.items() if name not in ("source", "target", "type")
    }
    return known | {OCCURRENCE: "integer"} if relationship_type == CONTACTED else known


def check_names(types: Iterable[str], properties: Iterable[str]) -> None:
    """Refuse the names that a store keeps for itself, all in one error.

    Raises
    ------
    InvalidInput
        A type or property has a reserved name, or one that can't be quoted.
    """
    problems = [
        Problem(Message("name.of_label", name=name))
        for name in types
        if fold_case(name) in RESERVED_TYPES
    ]
    problems += [
        Problem(Message("name.reserved", name=name))
        for name in properties
        if fold_case(name) in RESERVED_PROPERTIES
    ]
    problems += [
        _unquotable(name) for name in (*types, *properties) if not _QUOTABLE.fullmatch(name)
    ]
    if problems:
        raise InvalidInput(problems)


def find_new_properties(
    stored: Mapping[str, ColumnType], given: Mapping[str, ColumnType]
) -> dict[str, ColumnType]:
    """Return the given properties that are not stored yet.

    Raises
    ------
    InvalidInput
        A property is stored with another type.
    """
    problems = [
        Problem(Message("property.other_type", name=name, given=kind, stored=stored[name]))
        for name, kind in given.items()
        if name in stored and not fits(kind, stored[name])
    ]
    if problems:
        raise InvalidInput(problems)
    return {name: kind for name, kind in given.items() if name not in stored}


def fits(given: ColumnType, stored: ColumnType) -> bool:
    """Return whether values of one type can be kept in a property of another unchanged."""
    return given == stored or (given, stored) == ("integer", "number")


def check_layout(url: str, versions: Iterable[object]) -> None:
    """Raise UnsupportedVersion if another version of relgraph made the store."""
    found = list(versions)
    if found != [SCHEMA_VERSION]:
        raise UnsupportedVersion("store.layout", url=url, found=found, reads=SCHEMA_VERSION)


def check_parameters(cypher: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a statement that names a parameter without a value, or that can't be read.

    Ladybug would return no rows and no error.

    Raises
    ------
    QueryFailed
        The message names the parameter, or what can't be read.

    Examples
    --------
    >>> check_parameters("RETURN $name AS name, '$other' AS text", {"name": "Ann"})
    """
    from relgraph.named_queries.tokens import CypherFault, find_parameters, tokenise

    try:
        used = find_parameters(tokenise(cypher))
    except CypherFault as fault:
        raise QueryFailed(
            "cypher.at", place="query", line=fault.line, found=fault.message
        ) from None
    missing = [name for name in used if name not in parameters]
    if missing:
        raise QueryFailed("query.no_value", name=missing[0])


def check_columns(names: Sequence[str]) -> None:
    """Raise QueryFailed if two columns have the same name."""
    if len(set(names)) < len(names):
        raise QueryFailed("query.same_name")


def aliased(expressions: Iterable[str]) -> str:
    """Return expressions under aliases of ours, which are no words of Cypher.

    Examples
    --------
    >>> aliased(["s.id", "s.name"])
    's.id AS _0, s.name AS _1'
    """
    return ", ".join(f"{text} AS _{place}" for place, text in enumerate(expressions))


def where_equal(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a WHERE clause that holds where each pair is equal, or missing on both sides.

    Examples
    --------
    >>> where_equal([("r.at", "$at")])
    'WHERE (r.at = $at OR (r.at IS NULL AND $at IS NULL)) '
    """
    equal = [f"({one} = {other} OR ({one} IS NULL AND {other} IS NULL))" for one, other in pairs]
    return f"WHERE {' AND '.join(equal)} " if equal else ""


def one_line(message: str) -> str:
    """Return what a driver says of an error, as one line."""
    return " ".join(message.split())
