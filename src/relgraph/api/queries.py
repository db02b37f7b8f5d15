"""Queries: list, show and run the named ones, and run a user's own Cypher for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked, listed
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.named_queries import (
    Parameter,
    check_readonly,
    check_values,
    find_parameters,
    find_query,
    load_queries,
)
from relgraph.readwrite.names import canonical_market
from relgraph.result import Result
from relgraph.store import Store, run

# A query that asks for types by name, or for hostile ties.
_BY_MEANING = re.compile(r"\.sign\b|\[\w+:(?!CONTACTED\])")

# Who has a day of leaving, but not the status that queries go by.
_UNSAID = """
MATCH (s:Stakeholder)
WHERE s.left_on IS NOT NULL AND coalesce(s.status, 'active') <> 'left'
RETURN count(*) AS count
"""


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
def run_named_query(
    store: Store,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    markets: Iterable[str] = (),
) -> Result:
    """Run a named query.

    Parameters
    ----------
    name : str
        The query's name, as `list_queries` gives it.
    parameters : mapping of str to object, optional
        A value, or the text of one, for each parameter without a default.
    markets : str or iterable of str
        Keep only rows of these markets: rows that name a stakeholder in one of them, if they have
        no column `market`.

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
    given = dict(parameters or {})
    for parameter in query.parameters:
        if parameter.type == "MARKET" and isinstance(given.get(parameter.name), str):
            given[parameter.name] = canonical_market(given[parameter.name])
    values = query.check_parameters(given)
    for parameter in query.parameters:
        if parameter.type == "STAKEHOLDER":
            [values[parameter.name]] = find_ids(store, values[parameter.name], "parameters")
    result = _of_markets(store, run(store, query, values), markets)
    return result.with_notes(*_limits(store, query.cypher))


def _limits(store: Store, cypher: str) -> Iterator[Note]:
    """Return what a named query doesn't know of a store."""
    declared = store.read_settings().declared
    if declared and _BY_MEANING.search(cypher):
        yield Note("query.declared", types=tuple(declared))
    if ".status" in cypher and (count := int(store.execute(_UNSAID)["count"][0])):
        yield Note("query.left_on", count=count)


@checked
def run_cypher(
    store: Store,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    place: str = "query",
    markets: Iterable[str] = (),
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
    markets : str or iterable of str
        As in `run_named_query`.

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
    return _of_markets(store, store.execute(cypher, values), markets)


def _of_markets(store: Store, result: Result, markets: Iterable[str]) -> Result:
    """Return the rows of markets: by their column `market`, else by the stakeholders they name."""
    import numpy as np

    wanted = listed(markets, "markets")
    if not wanted:
        return result
    if "market" in result.columns:
        return result.take(np.isin(result["market"].astype(object), wanted))
    people = store.read_stakeholders(["market"])
    market_of = dict(zip(people["id"].tolist(), people["market"].tolist(), strict=True))
    rows = np.zeros(len(result), dtype=bool)
    names_some = not len(result)
    for column in result.columns.values():
        values = column.tolist()
        if column.dtype == object and all(v is None or _is_in(v, market_of) for v in values):
            names_some = True
            rows |= np.array([market_of.get(value) in wanted for value in values], dtype=bool)
    if not names_some:
        columns = tuple(result.columns)
        raise UsageError("query.no_market", parameter="markets", columns=columns)
    return result.take(rows)


def _is_in(value: Any, ids: Mapping[str, str]) -> bool:
    return isinstance(value, str) and value in ids
