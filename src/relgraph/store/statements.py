"""Checks of a statement before a store sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relgraph.errors import QueryFailed
from relgraph.named_queries.tokens import UnreadableCypher, find_parameters, tokenise


def check_parameters(cypher: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a statement that names a parameter nobody gave, and one that can't be read.

    Ladybug would return no rows and no error.

    Raises
    ------
    QueryFailed
        The message names the parameter, or what can't be read.

    Examples
    --------
    >>> check_parameters("RETURN $name AS name, '$other' AS text", {"name": "Ann"})
    """
    try:
        used = find_parameters(tokenise(cypher))
    except UnreadableCypher as error:
        raise QueryFailed("query.failed", reason=error.fault.message) from error
    missing = [name for name in used if name not in parameters]
    if missing:
        raise QueryFailed("query.no_value", name=missing[0])
