"""`relgraph map`: what it writes, says and refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

from relgraph.dataset import DTYPES, Dataset
from relgraph.model import COLUMNS, TableName
from relgraph.resources import resource_dir
from relgraph.store import open_store
from tests.conftest import Relgraph


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = dict.fromkeys(name for row in rows for name in row)
    known = COLUMNS[cast(TableName, table)]
    return pd.DataFrame(
        {
            name: pd.Series(
                [row.get(name) for row in rows],
                dtype=DTYPES[known[name].type if name in known else "text"],
            )
            for name in names
        }
    )


def fill(stakeholders: list[dict[str, Any]], relationships: list[dict[str, Any]]) -> None:
    tables = {"stakeholders": stakeholders, "relationships": relationships}
    frames: Any = {name: frame(name, rows) for name, rows in tables.items() if rows}
    with open_store("relgraph.lbug", write=True) as store:
        store.create_schema()
        store.write(Dataset(**frames))


def stakeholder(node_id: str, market: str, **more: Any) -> dict[str, Any]:
    return {"id": node_id, "name": f"Name of {node_id}", "market": market, **more}


def tie(source: str, target: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "type": kind, **more}


def drawn(path: str = "map.html") -> Any:
    html = Path(path).read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture
def firm(relgraph: Relgraph) -> Relgraph:
    fill(
        [
            stakeholder("f", "firm"),
            stakeholder("c1", "customer", satisfaction=0.2),
            stakeholder("c2", "customer"),
            stakeholder("c3", "customer", status="left"),
            stakeholder("s1", "supplier"),
            stakeholder("k1", "competitor"),
        ],
        [
            tie("c1", "f", "BUYS_FROM", strength=0.8, level=4),
            tie("c1", "c2", "KNOWS", strength=0.4),
            tie("c2", "c1", "KNOWS", strength=0.4),
            tie("c2", "c1", "REFERS"),
            tie("c3", "c1", "KNOWS"),
            tie("s1", "f", "SUPPLIES", strength=0.5),
            tie("k1", "f", "COMPETES_WITH"),
            tie("s1", "s1", "SUPPLIES"),
        ],
    )
    return relgraph


def test_it_writes_a_page_and_says_what_it_drew(firm: Relgraph) -> None:
    result = firm("map")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "map.html: 4 stakeholders and 5 ties drawn" in result.stderr
    left_out = "1 stakeholder is left out: they have left, or are outside the chosen markets"
    assert left_out in result.stderr
    assert "1 self loop left out" in result.stderr
    assert "nobody is drawn in 3 markets: distributor, influencer, employee" in result.stderr
    payload = drawn()
    assert payload["title"] == "Name of f: relationship map"
    assert payload["sheet"]["nodes"]["key"] == ["c1", "c2", "f", "k1", "s1"]


def test_all_that_it_says_is_on_the_page_too_and_in_chinese(firm: Relgraph) -> None:
    said = firm("map", "--focus", "c1", "--market", "supplier", "--as-of", "2020-01-01").stderr
    notes = drawn()["sheet"]["notes"]
    assert len(notes) >= 5
    for note in notes:
        assert f"relgraph: note: {note['en']}" in said
        assert re.search("[\u4e00-\u9fff]", note["zh"]), note


def test_the_same_seed_gives_the_same_bytes(firm: Relgraph) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert firm("map", "-o", name, "--seed", seed).exit_code == 0
    assert Path("a").read_bytes() == Path("b").read_bytes()
    assert Path("a").read_bytes() != Path("c").read_bytes()


def test_who_left_can_be_drawn(firm: Relgraph) -> None:
    assert firm("map", "--include-left").exit_code == 0
    assert "c3" in drawn()["sheet"]["nodes"]["key"]


@pytest.mark.parametrize(
    ("options", "keys", "said"),
    [
        (["--focus", "c2"], ["c1", "c2"], "3 stakeholders are left out: more than 1 step from"),
        (["--focus", "Name of c2", "--hops", "2"], ["c1", "c2", "f"], "more than 2 steps"),
        (["--market", "supplier"], ["f", "s1"], "3 stakeholders are left out: not in supplier"),
        (["--top", "1", "--size", "degree"], ["c1", "f"], "3 stakeholders are left out: below"),
        (["--within", "customer"], ["c1", "c2"], "there is no firm"),
        (["--type", "REFERS"], ["c1", "c2", "f", "k1", "s1"], "4 stakeholders and 1 tie drawn"),
    ],
)
def test_smaller_maps(firm: Relgraph, options: list[str], keys: list[str], said: str) -> None:
    result = firm("map", *options)
    assert result.exit_code == 0, result.stderr
    assert drawn()["sheet"]["nodes"]["key"] == keys
    assert said in result.stderr


def test_people_who_hear_are_those_of_reach(firm: Relgraph) -> None:
    firm("map")
    sheet = drawn()["sheet"]
    rows = json.loads(firm("reach", "c2", "--json").stdout)
    assert sheet["people"][1] == pytest.approx([row["people"] for row in rows], abs=0.05)


def test_ties_at_risk_are_those_of_strength(firm: Relgraph) -> None:
    firm("map")
    ties = drawn()["sheet"]["ties"]
    risky = ties["columns"]["risk"]
    rows = json.loads(firm("strength", "--json").stdout)
    assert any(row["at_risk"] for row in rows)
    assert any(risky["of"][place] for place in risky["at"])


@pytest.mark.parametrize("radius", ["hop", "strength", "level"])
def test_rings(firm: Relgraph, radius: str) -> None:
    assert firm("map", "--radius", radius).exit_code == 0
    assert drawn()["sheet"]["rings"][0]["kind"] == radius


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--focus", "nobody"], 2, "'nobody' is neither an id nor a name"),
        (["--focus", "c3"], 2, "left out of this network: c3"),
        (["--size", "beauty"], 2, "--size: 'beauty' is not one of pagerank, degree"),
        (["-o", "no/such/folder.html"], 1, "does not exist"),
        (["-d", "missing.lbug"], 3, "missing.lbug"),
    ],
)
def test_refusals_are_one_line(firm: Relgraph, options: list[str], code: int, said: str) -> None:
    result = firm("map", *options)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not Path("map.html").exists()


@pytest.mark.parametrize(
    ("stakeholders", "relationships", "said"),
    [
        ([], [], "0 stakeholders and 0 ties drawn"),
        ([stakeholder("f", "firm")], [], "there are no ties between those who are drawn"),
        ([stakeholder("c", "customer")], [], "there is no firm in this network"),
        (
            [stakeholder("c", "customer"), stakeholder("d", "customer")],
            [tie("c", "c", "KNOWS"), tie("c", "d", "KNOWS"), tie("d", "c", "REFERS")],
            "2 stakeholders and 2 ties drawn",
        ),
    ],
    ids=["nobody", "firm only", "one", "no firm"],
)
def test_thin_data_is_drawn_and_said(
    relgraph: Relgraph, stakeholders: Any, relationships: Any, said: str
) -> None:
    fill(stakeholders, relationships)
    result = relgraph("map")
    assert result.exit_code == 0, result.stderr
    assert said in result.stderr


def test_open_hands_the_file_to_the_browser(
    firm: Relgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    assert firm("map", "--open").exit_code == 0
    assert opened == [str(Path("map.html").resolve())]


def test_a_store_without_stakeholders_has_every_measure_of_nobody(relgraph: Relgraph) -> None:
    fill([], [])
    result = relgraph("map", "--top", "3")
    assert result.exit_code == 0, result.stderr
    assert "0 stakeholders and 0 ties drawn" in result.stderr
    assert drawn()["sheet"]["measures"]["pagerank"] == []


def test_size_and_colour_show_any_numeric_column(firm: Relgraph) -> None:
    assert firm("map", "--size", "satisfaction", "--colour", "degree").exit_code == 0
    sheet = drawn()["sheet"]
    assert (sheet["choices"][0], sheet["colour"]) == ("satisfaction", "degree")
    wrong = firm("map", "--size", "satisfction")
    assert wrong.exit_code == 2
    assert "--size: 'satisfction' is not one of pagerank, degree" in wrong.stderr
    assert "did you mean 'satisfaction'?" in wrong.stderr
    wrong = firm("map", "--colour", "los")
    assert (wrong.exit_code, "did you mean 'loss'?" in wrong.stderr) == (2, True)


def test_it_is_headed_by_the_plan_and_marks_the_ten(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    chosen = json.loads(relgraph("plan", "--json").stdout)
    assert relgraph("map").exit_code == 0
    payload = drawn()
    nodes = payload["sheet"]["nodes"]
    ranks = {i: rank for i, rank in zip(nodes["key"], ranks_of(nodes), strict=True) if rank}
    assert ranks == {row["id"]: row["rank"] for row in chosen}
    first, *rest = payload["headline"]
    assert first["named"] == [[row["id"], row["name"]] for row in chosen[:3]]
    assert first["said"]["en"].startswith("Invest this quarter in 10 relationships")
    assert len(rest) == 4
    assert relgraph("map", "--no-plan").exit_code == 0
    payload = drawn()
    assert payload["sheet"]["nodes"]["rank"] == {"all": None}
    assert payload["headline"] == rest  # what is at stake is known without a plan


def ranks_of(nodes: Any) -> list[int | None]:
    column = nodes["rank"]
    return column if isinstance(column, list) else [column["of"][at] for at in column["at"]]


def test_a_map_without_names_says_where_the_key_is(firm: Relgraph) -> None:
    result = firm("map", "--anonymise", "--key", "who.csv", "--title", "Name of c1")
    assert result.exit_code == 0, result.stderr
    assert "who.csv: who is who" in result.stderr
    assert "Name of" not in json.dumps(drawn())
    key = Path("who.csv").read_text(encoding="utf-8")
    assert drawn()["title"] in {f"customer {number}" for number in (1, 2, 3)}
    assert f"{drawn()['title']},customer,c1,Name of c1" in key
    result = firm("map", "--key", "who.csv")
    assert result.exit_code == 2
    assert "a key is kept only where names are replaced" in result.stderr
