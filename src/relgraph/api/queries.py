"""Queries: list, show and run the named ones, and run a user's own Cypher for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.named_queries import (
    Parameter,
    check_readonly,
    check_values,
    find_parameters,
    find_query,
    load_queries,
)
from relgraph.result import Result
from relgraph.store import Store, run


def list_queries() -> Result:
    """Return the `name`, `purpose` and `parameters` of every named query."""
    from relgraph.store.columns import objects

    queries = load_queries()
    return Result(
        {
            "name": objects(list(queries)),
            "purpose": objects([query.purpose for query in queries.values()]),
            "parameters": objects(
                [", ".join(map(str, query.parameters)) for query in queries.values()]
            ),
        }
    )


@checked
def show_query(name: str) -> str:
    """Return the text of a named query's file: what it is for, its parameters, its Cypher."""
    return find_query(name).cypher


@checked
def run_named_query(store: Store, name: str, parameters: Mapping[str, Any] | None = None) -> Result:
    """Run a named query.

    Parameters
    ----------
    name : str
        The query's name, as `list_queries` gives it.
    parameters : mapping of str to object, optional
        A value, or the text of one, for each parameter without a default.

    Returns
    -------
    Result
        The columns that the query declares.

    Raises
    ------
    UsageError
        The query, a parameter or a stakeholder is unknown, a parameter missing or ill-typed.
    QueryFailed
        The store failed to run it.
    """
    query = find_query(name)
    values = query.check_parameters(parameters or {})
    for parameter in query.parameters:
        if parameter.type == "STAKEHOLDER":
            [values[parameter.name]] = find_ids(store, values[parameter.name], "parameters")
    return run(store, query, values)


@checked
def run_cypher(
    store: Store,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    place: str = "query",
) -> Result:
    """Run one reading statement of a user's own.

    Two locks keep it to reading: the store is read only, and the statement may have reading
    clauses only (docs/cypher-subset.md lists them).

    Parameters
    ----------
    cypher : str
        The statement, in the Cypher that this store understands.
    parameters : mapping of str to object, optional
        A value for each `$name` in it.
    place : str
        What to call the query in messages: a file's name.

    Returns
    -------
    Result
        The columns that it returns.

    Raises
    ------
    ForbiddenCypher
        It is not one reading statement; the message names what was found, and the line.
    UsageError
        A parameter is missing, or is not in the query.
    QueryFailed
        The store refused it, or failed.
    """
    # A lone carriage return ends a comment for one engine and not for the other.
    cypher = cypher.replace("\r\n", "\n").replace("\r", "\n")
    used = find_parameters(check_readonly(cypher, place))
    values = check_values(place, map(Parameter, used), parameters or {})
    return store.execute(cypher, values)
