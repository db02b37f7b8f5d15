"""Queries: `list_queries`, `show_query`, `run_named_query` and `run_cypher`."""

from __future__ import annotations

from typing import Any

import pytest

from relgraph import list_queries, run_cypher, run_named_query, show_query
from relgraph.errors import ForbiddenCypher, QueryFailed, UnknownStakeholder, UsageError
from relgraph.store import Store
from tests.api.refusing import refused


def test_queries_are_listed_and_shown() -> None:
    listed = {row["name"]: row for row in list_queries().rows()}
    purpose = listed["by-market"]["purpose"]
    assert purpose == "The stakeholders of one market, highest revenue first."
    assert listed["by-market"]["parameters"] == "market MARKET"
    shown = show_query("by-market")
    assert shown.startswith(f"// {purpose}\n")
    assert "WHERE s.market = $market" in shown


def test_a_named_query_runs(acme: Store) -> None:
    customers = run_named_query(acme, "by-market", {"market": "customer"})
    assert customers["id"].tolist() == ["a", "b", "x"]
    assert customers["margin"][:2].tolist() == [100, 50]
    strong = run_named_query(acme, "strongest-partnerships", {"at_least": 0.85})
    assert set(strong["strength"]) == {1.0, 0.9}
    assert len(run_named_query(acme, "strongest-partnerships")) > len(strong)


@pytest.mark.parametrize("wrong", ["by-markets", "", "../by-market", 3, None])
def test_unknown_queries(acme: Store, wrong: Any) -> None:
    with refused("name"):
        show_query(wrong)
    with refused("name"):
        run_named_query(acme, wrong)


def test_an_unknown_query_gets_a_suggestion() -> None:
    with refused("name", "there is no query 'by-markets' (did you mean 'by-market'?)"):
        show_query("by-markets")


@pytest.mark.parametrize(
    ("query", "parameters", "said"),
    [
        ("by-market", None, "parameter market is missing"),
        ("by-market", {"market": "custard"}, "'custard'"),
        ("by-market", {"market": "customer", "top": 3}, "parameter 'top' is unknown"),
        ("strongest-partnerships", {"at_least": "much"}, "'much'"),
        ("strongest-partnerships", {"at_least": float("nan")}, "nan"),
    ],
)
def test_wrong_parameters(acme: Store, query: str, parameters: Any, said: str) -> None:
    with pytest.raises(UsageError, match=f"query {query}: .*{said}"):
        run_named_query(acme, query, parameters)


def test_parameters_are_a_mapping_and_stakeholders_are_known(acme: Store) -> None:
    with refused("parameters", "'market=customer' is not a mapping"):
        run_named_query(acme, "by-market", "market=customer")
    with refused("parameters", "'Nobody' is neither an id nor a name", UnknownStakeholder):
        run_named_query(acme, "referral-partners", {"stakeholder_id": "Nobody"})


def test_own_cypher_reads(acme: Store) -> None:
    cypher = "MATCH (s:Stakeholder {market: $market}) RETURN s.id AS id ORDER BY id"
    assert run_cypher(acme, cypher, {"market": "employee"})["id"].tolist() == ["e", "g", "h"]
    assert run_cypher(acme, "// how many\rMATCH (s) RETURN count(s) AS n")["n"].tolist()[0] > 7


@pytest.mark.parametrize(
    ("cypher", "parameters", "kind", "said"),
    [
        ("", None, ForbiddenCypher, "mine:1: the query is empty"),
        ("MATCH (s)\nDETACH DELETE s", None, ForbiddenCypher, "mine:2: DETACH is not allowed"),
        ("RETURN 1 AS one; RETURN 2 AS two", None, ForbiddenCypher, "mine:1"),
        ("RETURN $x AS x", None, UsageError, "mine: parameter x is missing"),
        ("RETURN 1 AS x", {"x": 1}, UsageError, "mine: parameter 'x' is unknown"),
        ("RETURN $x AS x", {"x": object()}, QueryFailed, ""),
        ("MATCH (s:Nobody) RETURN s.id AS id", None, QueryFailed, ""),
    ],
)
def test_what_is_no_reading_statement_is_refused(
    acme: Store, cypher: str, parameters: Any, kind: Any, said: str
) -> None:
    with pytest.raises(kind, match=f"^{said}"):
        run_cypher(acme, cypher, parameters, place="mine")


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("cypher", None, "None is not text"),
        ("parameters", ["x"], "['x'] is not a mapping"),
        ("place", 3, "3 is not text"),
    ],
)
def test_wrong_kinds(acme: Store, name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        run_cypher(acme, **({"cypher": "RETURN 1 AS one"} | {name: wrong}))
