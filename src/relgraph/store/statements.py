"""What is the same for the statements of every store: checks, and pieces of Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from relgraph.errors import QueryFailed


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
