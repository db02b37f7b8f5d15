"""What a store is made of: label, types, properties, quoting, and the record of the last import.

The same on every store. Each known property is declared on every store from the start, so that a
portable query may read `s.satisfaction` before anybody has given one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message
from relgraph.model import (
    COLUMNS,
    CONTACTED,
    NODE_LABEL,
    OCCURRENCE,
    RELATIONSHIP_TYPES,
    ColumnType,
)
from relgraph.store.base import ImportedFile, ImportRecord

SCHEMA_VERSION = 1
IMPORT_LABEL = "Import"

# What orders the contacts of a pair, so that sums over them are the same on every store.
CONTACT_ORDER = ("at", "channel", OCCURRENCE)

# Names that a store keeps for itself, in lower case, because Ladybug ignores case.
RESERVED_TYPES = frozenset({NODE_LABEL.lower(), IMPORT_LABEL.lower()})
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
    if not _can_be_quoted(name):
        raise InvalidInput([_unquotable(name)])
    return "`" + name.replace("`", "``") + "`"


def _can_be_quoted(name: str) -> bool:
    # Neo4j reads an escape wherever it stands: \u0060 would end the name that it is in.
    return bool(name) and "\0" not in name and "\\u" not in name


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


class Declared(NamedTuple):
    """The properties that a store has declared for stakeholders and for each type."""

    stakeholders: dict[str, ColumnType]
    relationships: dict[str, dict[str, ColumnType]]


def declare_known() -> Declared:
    """Return the properties that every store has before anything is imported."""
    return Declared(
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
    problems += [_unquotable(name) for name in (*types, *properties) if not _can_be_quoted(name)]
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


def record_to_json(record: ImportRecord) -> str:
    """Return an import record as the text that a store keeps."""
    files = [{"name": file.name, "sha256": file.sha256, "rows": file.rows} for file in record.files]
    return json.dumps({"at": record.at.isoformat(), "files": files})


def record_from_json(text: str) -> ImportRecord:
    """Return the import record that `record_to_json` wrote.

    Examples
    --------
    >>> from datetime import UTC
    >>> record = ImportRecord(datetime(2024, 5, 1, tzinfo=UTC), (ImportedFile("a.csv", "9f", 3),))
    >>> record_from_json(record_to_json(record)) == record
    True
    """
    stored = json.loads(text)
    files = tuple(ImportedFile(**file) for file in stored["files"])
    return ImportRecord(datetime.fromisoformat(stored["at"]), files)
