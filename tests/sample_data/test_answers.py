"""The commands give the answers that the READMEs of the sample data print."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

from relgraph.resources import resource_dir
from tests.conftest import Relgraph

SAMPLES = resource_dir("sample_data")


def printed(name: str, heading: str) -> list[dict[str, str]]:
    """Return the table under a heading of a README, row by row."""
    readme = (SAMPLES / name / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def rows_of(relgraph: Relgraph, command: str) -> list[dict[str, Any]]:
    run = relgraph(*shlex.split(command), "--json")
    assert run.exit_code == 0, run.stderr
    rows: list[dict[str, Any]] = json.loads(run.stdout)
    return rows


@pytest.fixture
def sample(relgraph: Relgraph, request: pytest.FixtureRequest) -> Relgraph:
    """Import the sample that the test names, as relgraph.lbug."""
    assert relgraph("import", SAMPLES / request.param).exit_code == 0
    return relgraph


@pytest.mark.parametrize("sample", ["worked_example"], indirect=True)
def test_worked_example(sample: Relgraph) -> None:
    centrality = {row["id"]: row for row in rows_of(sample, "centrality --measure all")}
    for row in printed("worked_example", "Centrality"):
        for measure, figure in list(row.items())[1:]:
            decimals = len(figure.partition(".")[2])
            assert f"{centrality[row['id']][measure]:.{decimals}f}" == figure, (row["id"], measure)
    for row in printed("worked_example", "Reach"):
        hops = rows_of(sample, f"reach {row['id']}")
        assert ", ".join(str(hop["reached"]) for hop in hops) == row["reached"]
        assert f"{hops[-1]['expected']:g}" == row["expected"]


@pytest.mark.parametrize("sample", ["six_markets"], indirect=True)
def test_six_markets(sample: Relgraph) -> None:
    for row in printed("six_markets", "What the commands say"):
        command = row["command"].strip("`").removeprefix("relgraph ")
        ids = [
            next(str(v) for v in found.values() if is_id(v)) for found in rows_of(sample, command)
        ]
        expected = row["answer"].split(", ")
        assert ids[: len(expected)] == expected, command
    first = rows_of(sample, "reach")[0]
    assert (first["reached"], len(rows_of(sample, "reach"))) == (74, 109)


def is_id(value: object) -> bool:
    return isinstance(value, str) and (value == "firm" or value[3:4] == "-")


@pytest.mark.parametrize("sample", ["northwind"], indirect=True)
def test_northwind(sample: Relgraph) -> None:
    found = {
        row["name"]: row["count"] for row in rows_of(sample, "info") if row["kind"] == "market"
    }
    assert found == {
        "customer": 91,
        "supplier": 29,
        "distributor": 3,
        "employee": 9,
        "firm": 1,
        "competitor": 0,
        "influencer": 0,
    }
    lonely = rows_of(sample, "query run single-contact-customers")
    assert [row["id"] for row in lonely] == ["CENTC"]
    cypher = "MATCH (s:Stakeholder {market: 'customer'}) RETURN s.id AS id, s.revenue AS revenue"
    sample_query = sample("query", "run", "--cypher", "-", "--json", input=f"{cypher} ORDER BY id")
    revenue = {row["id"]: row["revenue"] for row in json.loads(sample_query.stdout)}
    assert round(sum(revenue.values()), 2) == 1_265_793.04
    assert sorted(revenue, key=lambda node: -revenue[node])[:3] == ["QUICK", "ERNSH", "SAVEA"]
    assert (revenue["QUICK"], revenue["PARIS"]) == (110_277.31, 0)
