"""`relgraph brokers`, `keyplayers`, `communities`, `info --network` and `--write`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from relgraph.store import open_store
from tests.conftest import Relgraph
from tests.stored import store_rows

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def store(worked_example: Path, tmp_path: Path) -> Path:
    path = tmp_path / "we.lbug"
    path.write_bytes(worked_example.read_bytes())
    return path


def rows(relgraph: Relgraph, *arguments: str | Path) -> list[dict[str, Any]]:
    done = relgraph(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def test_brokers_of_the_worked_example(relgraph: Relgraph, store: Path) -> None:
    found = {row["id"]: row for row in rows(relgraph, "brokers", "-d", store)}
    names = (
        *("constraint", "effective_size", "efficiency", "hierarchy", "coordinator"),
        *("consultant", "gatekeeper", "representative", "liaison"),
    )
    assert list(found["E1"])[:13] == ["rank", "id", "name", "market", *names]
    assert found["E1"]["constraint"] == 0.25
    assert (found["E1"]["gatekeeper"], found["E1"]["liaison"]) == (2, 2)
    assert {node for node, row in found.items() if row["articulation"]} == {"C3", "D1", "E1"}
    assert found["E1"]["cut_off"] == 2


def test_brokers_by_another_measure_and_model(relgraph: Relgraph, store: Path) -> None:
    found = rows(relgraph, "brokers", "-d", store, "--by", "liaison", "--model", "ego")
    assert [row["id"] for row in found[:2]] == ["D1", "E1"]
    sure = rows(relgraph, "brokers", "-d", store, "--confidence", "--seed", "3")
    assert list(sure[0])[-3:] == ["rank_low", "rank_high", "stays_ahead"]


def test_between_markets_and_bridges(relgraph: Relgraph, store: Path) -> None:
    arguments = ("brokers", "-d", store, "--between", "--permutations", "20")
    between = rows(relgraph, *arguments)
    assert len(between) == 36
    assert between[0]["broker"] == "D1"
    assert between == rows(relgraph, *arguments)
    ties = rows(relgraph, "brokers", "-d", store, "--bridges")
    assert {(row["source"], row["target"]) for row in ties} == {
        ("E1", "S1"),
        ("E1", "S2"),
        ("D1", "K1"),
        ("C3", "I1"),
    }


@pytest.mark.parametrize(
    "options",
    [("--between", "--bridges"), ("--between", "--write", "x"), ("--bridges", "--confidence")],
)
def test_what_does_not_go_together(relgraph: Relgraph, store: Path, options: tuple[str]) -> None:
    done = relgraph("brokers", "-d", store, *options)
    assert done.exit_code == 2
    assert "--between and --bridges can't be combined" in done.stderr


def test_key_players_of_the_worked_example(relgraph: Relgraph, store: Path) -> None:
    (one,) = rows(relgraph, "keyplayers", "-d", store, "-k", "1")
    assert one["id"] == "E1"
    assert one["fragmentation"] == pytest.approx(0.6412, abs=5e-5)
    assert one["disconnected_pairs"] == pytest.approx(0.4167, abs=5e-5)
    done = relgraph("keyplayers", "-d", store, "-k", "2", "--json")
    last = json.loads(done.stdout)[-1]
    assert {row["id"] for row in json.loads(done.stdout)} == {"E1", "C1"}
    assert last["fragmentation"] == pytest.approx(0.7708, abs=5e-5)
    assert (
        "fragmentation of the whole network: 0.4578 by distance, 0.0000 by disconnected pairs"
        in done.stderr
    )
    assert "exact: none of the 45 sets of 2 is better" in done.stderr
    by_pairs = relgraph("keyplayers", "-d", store, "-k", "2", "--criterion", "F", "--json")
    assert json.loads(by_pairs.stdout)[-1]["disconnected_pairs"] == pytest.approx(0.6786, abs=5e-5)
    assert "1 other set of 2 is just as good" in by_pairs.stderr
    reach = rows(relgraph, "keyplayers", "-d", store, "-k", "2", "--goal", "reach")
    assert {row["id"] for row in reach} == {"E1", "C3"}
    assert reach[-1]["reach"] == pytest.approx(0.95)


def test_direction_is_an_option_of_key_players(relgraph: Relgraph, store: Path) -> None:
    (along,) = rows(relgraph, "keyplayers", "-d", store, "-k", "1", "--goal", "reach", "--directed")
    assert along["id"] == "E1"
    (both,) = rows(relgraph, "keyplayers", "-d", store, "-k", "1", "--goal", "reach")
    assert both["id"] == "D1"


def test_how_sure_key_players_are(relgraph: Relgraph, store: Path) -> None:
    arguments = ("keyplayers", "-d", store, "-k", "2", "--confidence", "--seed", "1")
    found = rows(relgraph, *arguments)
    assert all(0 < row["chosen"] <= 1 for row in found)
    assert found == rows(relgraph, *arguments)


def test_too_many_key_players(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("keyplayers", "-d", store, "-k", "11")
    assert done.exit_code == 2
    assert "-k: 11 is more than the 10 stakeholders who can be chosen" in done.stderr
    assert "'-k': 0 is not from 1 to 1,000" in relgraph("keyplayers", "-d", store, "-k", "0").stderr


def test_communities(relgraph: Relgraph, store: Path) -> None:
    found = rows(relgraph, "communities", "-d", store)
    assert [row["community"] for row in found] == sorted(row["community"] for row in found)
    assert found == rows(relgraph, "communities", "-d", store, "--seed", "0")
    ei = {row["id"]: row["ei_index"] for row in found}
    assert ei["S1"] == 1


def test_figures_of_the_network(relgraph: Relgraph, store: Path) -> None:
    found = rows(relgraph, "info", "--network", "-d", store, "--undirected")
    by_name = {(row["figure"], row["market"]): row["value"] for row in found}
    assert by_name["ei_index", "customer"] == pytest.approx(1 / 3)
    assert by_name["ei_index", "employee"] == pytest.approx(0.6)
    assert by_name["assortativity", None] == pytest.approx(0.0276, abs=5e-5)
    assert by_name["articulation_points", None] == 3


def stored(path: Path, name: str) -> dict[str, Any]:
    with open_store(str(path)) as store:
        columns = store.read_stakeholders([name]).columns
    return dict(zip(columns["id"].tolist(), columns[name].tolist(), strict=True))


def test_a_result_is_written_as_a_property(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("centrality", "-d", store, "--measure", "degree", "--write", "ties", "--json")
    assert done.exit_code == 0
    assert "degree is now the property ties of 10 stakeholders" in done.stderr
    assert stored(store, "ties") == {row["id"]: row["degree"] for row in json.loads(done.stdout)}
    for command, name in (("communities", "group"), ("brokers", "boxed"), ("keyplayers", "key")):
        assert relgraph(command, "-d", store, "--write", name).exit_code == 0
    assert sorted(value for value in stored(store, "key").values() if value == value) == [
        *range(1, 6)
    ]


def test_what_was_written_before_is_emptied(relgraph: Relgraph, store: Path) -> None:
    assert relgraph("keyplayers", "-d", store, "-k", "3", "--write", "Key").exit_code == 0
    assert relgraph("keyplayers", "-d", store, "-k", "1", "--write", "key").exit_code == 0
    # The property keeps the spelling that it was first written with.
    assert [node for node, rank in stored(store, "Key").items() if rank == rank] == ["E1"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("revenue", "the column revenue that imports fill"),
        ("名称", "the column name that imports fill"),
        ("a b", "can't name a property"),
        ("1st", "can't name a property"),
        ("_id", "can't name a property"),
        ("x`y", "can't name a property"),
    ],
)
def test_names_that_are_refused(relgraph: Relgraph, store: Path, name: str, said: str) -> None:
    done = relgraph("centrality", "-d", store, "--write", name)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_property_of_another_type_is_refused(relgraph: Relgraph, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "stakeholders.csv").write_text(
        "id,name,market,colour,visits\na,A,customer,red,3\nb,B,customer,blue,4\n", "utf-8"
    )
    path = tmp_path / "typed.lbug"
    assert relgraph("import", folder, "-d", path).exit_code == 0
    done = relgraph("centrality", "-d", path, "--write", "colour")
    assert done.exit_code == 2
    assert "property 'colour' holds text, not numbers" in done.stderr
    done = relgraph("centrality", "-d", path, "--write", "visits")
    assert done.exit_code == 2
    assert "holds integers and pagerank has fractions" in done.stderr
    assert stored(path, "visits") == {"a": 3, "b": 4}
    assert (
        relgraph("centrality", "-d", path, "--measure", "degree", "--write", "visits").exit_code
        == 0
    )
    assert stored(path, "visits") == {"a": 0, "b": 0}


def test_a_missing_store_is_not_made_by_writing(relgraph: Relgraph, tmp_path: Path) -> None:
    done = relgraph("centrality", "-d", tmp_path / "none.lbug", "--write", "x")
    assert done.exit_code == 3
    assert not (tmp_path / "none.lbug").exists()


def test_the_firm_is_no_key_player(relgraph: Relgraph, tmp_path: Path) -> None:
    path = store_rows(
        tmp_path / "star.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm"},
            *({"id": i, "name": i, "market": "customer"} for i in "abc"),
        ],
        [{"source": i, "target": "firm", "type": "BUYS_FROM"} for i in "abc"],
    )
    found = rows(relgraph, "keyplayers", "-d", path, "-k", "3")
    assert {row["id"] for row in found} == set("abc")
