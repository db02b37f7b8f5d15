"""Both locks on both stores: the store refuses writes itself, the list refuses the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph.api.queries import run_cypher
from relgraph.errors import ForbiddenCypher, InvalidInput, QueryFailed
from relgraph.named_queries import find_query
from relgraph.store import Store, open_store, run
from tests.queries.golden_rows import fill

COUNT = "MATCH (s:Stakeholder) RETURN count(*) AS n"
WRITES = {
    "CREATE": "CREATE (:Stakeholder {id: 'new'})",
    "MERGE": "MERGE (s:Stakeholder {id: 'new'})",
    "SET": "MATCH (s:Stakeholder) SET s.name = 'x'",
    "DELETE": "MATCH (s:Stakeholder)-[r]->() DELETE r",
    "DETACH": "MATCH (s:Stakeholder) DETACH DELETE s",
}


@pytest.fixture(scope="module")
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as new:
        fill(new, "small")
    with open_store(store_url) as filled:
        yield filled


@pytest.mark.parametrize(("clause", "cypher"), WRITES.items())
def test_each_lock_alone_keeps_a_write_out(store: Store, clause: str, cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match=f"query:1: {clause} is not allowed"):
        run_cypher(store, cypher)
    with pytest.raises(QueryFailed):
        store.execute(cypher)
    assert store.execute(COUNT)["n"].tolist() == [18]


@pytest.mark.parametrize(("clause", "cypher"), WRITES.items())
def test_a_named_query_that_writes_is_refused(tmp_path: Path, clause: str, cypher: str) -> None:
    (tmp_path / "own.cypher").write_text(f"// Writes.\n{cypher}", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        find_query("own", tmp_path)
    assert f"own.cypher:2: {clause} is not allowed" in str(caught.value)


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("RETURN $id AS id", "needs a value for \\$id"),
        ("RETURN 1 AS n", "gave the columns n instead of id"),
    ],
)
def test_a_named_query_that_is_wrong_in_form_fails_at_its_run(
    store: Store, tmp_path: Path, cypher: str, message: str
) -> None:
    (tmp_path / "own.cypher").write_text(f"// returns: id STRING\n{cypher}", encoding="utf-8")
    with pytest.raises(QueryFailed, match=message):
        run(store, find_query("own", tmp_path))


@pytest.mark.parametrize("cypher", ["CALL db.labels() YIELD label RETURN label", "CALL db.ping()"])
def test_procedures_of_a_server(store: Store, store_kind: str, cypher: str) -> None:
    if "ping" in cypher:
        with pytest.raises(ForbiddenCypher, match=r"CALL of db\.ping is not allowed; .*db\.labels"):
            run_cypher(store, cypher)
    elif store_kind == "neo4j":
        assert "Stakeholder" in run_cypher(store, cypher)["label"]
    else:
        with pytest.raises(QueryFailed):
            run_cypher(store, cypher)


def test_functions_of_an_embedded_store(store: Store, store_kind: str) -> None:
    cypher = "CALL show_tables() RETURN name ORDER BY name"
    if store_kind == "ladybug":
        assert "Stakeholder" in run_cypher(store, cypher)["name"]
    else:
        with pytest.raises(QueryFailed):
            run_cypher(store, cypher)


def test_a_carriage_return_is_a_line_to_both(store: Store) -> None:
    """Ladybug reads a comment over it; the list must see what the engine sees."""
    assert run_cypher(store, "RETURN 1 AS x // '\rORDER BY x")["x"].tolist() == [1]
    with pytest.raises(ForbiddenCypher, match="CREATE"):
        run_cypher(store, "RETURN 1 AS x // '\r\n CREATE (:Stakeholder {id: 'new'}) //'")


def test_a_query_may_return_whole_nodes(store: Store) -> None:
    [row] = run_cypher(store, "MATCH (s:Stakeholder {id: 'K1'}) RETURN s AS s").rows()
    assert {"id": "K1", "name": "Rival Pumps", "market": "competitor"}.items() <= row["s"].items()
