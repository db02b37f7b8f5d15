"""Hostile texts as parameters: returned as they are or refused with a line; nothing happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph.api.queries import run_cypher, run_named_query
from relgraph.errors import QueryFailed, UsageError
from relgraph.named_queries import find_query
from relgraph.store import Store, open_store
from tests.queries.golden_rows import fill

DEPARTURES = find_query("departures")
NAUGHTY = Path(__file__).resolve().parents[1] / "data" / "naughty_strings" / "blns.json"
TEXTS: list[str] = [
    *json.loads(NAUGHTY.read_text(encoding="utf-8")),
    *("`}) DETACH DELETE n //", "``", "\0", "a\0b", "\\u0027", "$x", "'}) RETURN 1 //"),
    *("x" * 10_000, "\ufeff", "\u2028", "\r\n"),
]


@pytest.fixture(scope="module")
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as new:
        fill(new, "small")
    with open_store(store_url) as filled:
        yield filled


@pytest.fixture(autouse=True)
def _unchanged(store: Store) -> Iterator[None]:
    """Look at the stored stakeholders before and after."""
    before = list(store.read_stakeholders(["name", "market", "owner"]).rows())
    yield
    assert list(store.read_stakeholders(["name", "market", "owner"]).rows()) == before


def test_a_text_comes_back_as_it_is(store: Store) -> None:
    cypher = "UNWIND $texts AS x RETURN x AS x"
    assert run_cypher(store, cypher, {"texts": TEXTS})["x"].tolist() == TEXTS
    one = "MATCH (s:Stakeholder {id: 'C1'}) WHERE s.name <> $x RETURN $x AS x"
    for text in TEXTS[:: len(TEXTS) // 40]:
        assert run_cypher(store, one, {"x": text})["x"].tolist() == [text]


def test_a_text_names_no_stakeholder_by_accident(store: Store) -> None:
    for text in TEXTS[:: len(TEXTS) // 40]:
        with pytest.raises(UsageError, match="is neither an id nor a name"):
            run_named_query(store, "referral-partners", {"stakeholder_id": text})


def test_a_lone_surrogate_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="valid Unicode"):
        run_named_query(store, "referral-partners", {"stakeholder_id": "\ud800"})
    with pytest.raises(QueryFailed):
        run_cypher(store, "RETURN $x AS x", {"x": "\ud800"})


def test_a_number_beyond_64_bits_is_refused(store: Store) -> None:
    with pytest.raises(QueryFailed):
        run_cypher(store, "RETURN $x AS x", {"x": 2**63})


@pytest.mark.parametrize("name", ["x`", "x y", "创建", "set"])
def test_a_parameter_in_back_quotes(store: Store, store_kind: str, name: str) -> None:
    cypher = f"RETURN $`{name.replace('`', '``')}` AS x"
    if store_kind == "ladybug":  # it has no quotes there
        with pytest.raises(QueryFailed, match=r"^[^\n]* not found"):
            run_cypher(store, cypher, {name: 1})
    else:
        assert run_cypher(store, cypher, {name: 1})["x"].tolist() == [1]


@pytest.mark.parametrize("name", ["创建", "set", "_1"])
def test_a_parameter_with_any_plain_name(store: Store, name: str) -> None:
    assert run_cypher(store, f"RETURN ${name} AS x", {name: 1})["x"].tolist() == [1]


def test_a_hostile_name_of_a_query_or_parameter_is_a_line(store: Store) -> None:
    for text in TEXTS:
        with pytest.raises(UsageError, match="there is no query") as caught:
            run_named_query(store, text)
        assert str(caught.value).isprintable()
        with pytest.raises(UsageError, match="is unknown: the query takes none") as caught:
            DEPARTURES.check_parameters({text: "1"})
        assert str(caught.value).isprintable()
