"""`relgraph show`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.resources import resource_dir
from tests.conftest import Relgraph

STAKEHOLDERS = """\
id,name,market,owner,revenue,status,left_on,colour
C1,Ann,customer,E1,100,active,,red
C2,Bob,customer,E1,50,left,2024-02-01,
C3,Bob,customer,,,,,
E1,Eve,employee,,,,,
"""
RELATIONSHIPS = """\
source,target,type,strength,level,note
C1,C2,REFERS,0.5,3,met at a fair
C3,C1,REFERS,0.9,,
E1,C1,KNOWS,,2,
C1,C1,LENDS_TO,,,
"""
INTERACTIONS = """\
source,target,at,channel,value
E1,C1,2024-01-01,mail,
E1,C1,2024-03-01,phone,10
C1,E1,2024-02-01T08:30:00+08:00,mail,5
"""


@pytest.fixture
def store(relgraph: Relgraph) -> Relgraph:
    Path("stakeholders.csv").write_text(STAKEHOLDERS)
    Path("relationships.csv").write_text(RELATIONSHIPS)
    Path("interactions.csv").write_text(INTERACTIONS)
    assert relgraph("import", ".").exit_code == 0
    return relgraph


def test_contacts_without_a_value_have_no_sum(store: Relgraph) -> None:
    Path("more.csv").write_text("source,target,at\nE1,C2,2024-01-01\n")
    assert store("import", "--interactions", "more.csv").exit_code == 0
    shown = json.loads(store("show", "C2", "--json").stdout)
    assert [contact["value"] for contact in shown["contacts"]] == [None]


def test_all_about_one_stakeholder_as_json(store: Relgraph) -> None:
    shown = json.loads(store("show", "C1", "--json").stdout)
    assert shown["properties"] == {
        "id": "C1",
        "name": "Ann",
        "market": "customer",
        "owner": "E1",
        "revenue": 100.0,
        "status": "active",
        "colour": "red",
    }
    ties = [
        (tie["type"], tie["direction"], tie["id"], tie["strength"], tie["properties"])
        for tie in shown["ties"]
    ]
    assert ties == [
        ("KNOWS", "both", "E1", None, {"level": 2}),
        ("LENDS_TO", "out", "C1", None, {}),
        ("REFERS", "in", "C3", 0.9, {}),
        ("REFERS", "out", "C2", 0.5, {"level": 3, "note": "met at a fair"}),
    ]
    assert shown["contacts"] == [
        {
            "direction": "out",
            "id": "E1",
            "name": "Eve",
            "market": "employee",
            "contacts": 1,
            "first": "2024-02-01T00:30:00Z",
            "last": "2024-02-01T00:30:00Z",
            "value": 5.0,
        },
        {
            "direction": "in",
            "id": "E1",
            "name": "Eve",
            "market": "employee",
            "contacts": 2,
            "first": "2024-01-01T00:00:00Z",
            "last": "2024-03-01T00:00:00Z",
            "value": 10.0,
        },
    ]
    degree = shown["ranks"][0]
    assert degree == {"measure": "degree", "value": 2, "rank": 1, "of": 3}


def test_the_text_has_every_section(store: Relgraph) -> None:
    result = store("show", "Ann")
    lines = result.stdout.splitlines()
    assert lines[0] == "Ann (C1)"
    assert "Ties (4)" in lines
    assert "Contacts (2)" in lines
    assert any("met at a fair" in line and "→" in line for line in lines)
    assert any(line.split()[:2] == ["pagerank", "0.4865"] for line in lines)


def test_owner_money_and_risk_come_first(store: Relgraph) -> None:
    Path("money.csv").write_text(
        "id,name,market,margin,retention\nC1,Ann,customer,12345.6,0.8\nC3,Bob,customer,-200,\n"
    )
    assert store("import", "money.csv").exit_code == 0
    lines = store("show", "Ann").stdout.splitlines()
    assert lines[2] == "Owner, money and risk"
    shown = dict(line.split(None, 1) for line in lines[3 : lines.index("", 3)])
    assert shown["owner"] == "Eve (E1)"
    assert shown["margin"] == "12,346"
    assert shown["clv"] == "32,922"  # 12,345.6 · 0.8/(1.1 − 0.8)
    assert (shown["p_leave"], shown["direct"]) == ("0.2000", "32,922")
    properties = lines[lines.index("", 3) :]
    assert any(line.split() == ["margin", "12,346"] for line in properties)
    other = json.loads(store("show", "C3", "--json").stdout)
    assert list(other)[:3] == ["owner", "money", "risk"]
    assert other["owner"] is None
    assert other["money"]["margin"] == -200
    assert other["risk"]["reasons"] == {"unowned": 1.5}
    text = store("show", "C3").stdout
    assert "nobody looks after it × 1.5" in text
    without = json.loads(store("show", "C1", "--no-money", "--json").stdout)
    assert (without["owner"], without["money"]) == ({"id": "E1", "name": "Eve"}, {})


def test_ranks_by_measures_of_ones_own(store: Relgraph) -> None:
    shown = store("show", "C1", "--measure", "closeness", "--measure", "in_degree", "--json")
    ranks = [(row["measure"], row["rank"]) for row in json.loads(shown.stdout)["ranks"]]
    assert ranks == [("closeness", 2), ("in_degree", 1)]
    wrong = store("show", "C1", "--measure", "closenes")
    assert wrong.exit_code == 2
    assert "--measure: 'closenes' is not one of" in wrong.stderr


def test_who_left_has_no_ranks_and_it_is_said(store: Relgraph) -> None:
    result = store("show", "C2")
    assert "Ranks: none" in result.stdout
    assert "C2 is not in this network" in result.stderr
    assert json.loads(store("show", "C2", "--json").stdout)["ranks"] == []


def test_an_unknown_or_shared_name_is_said(store: Relgraph) -> None:
    result = store("show", "An")
    assert result.exit_code == 2
    assert "did you mean 'Ann'" in result.stderr
    result = store("show", "Bob")
    assert result.exit_code == 2
    assert "give an id (C2, C3)" in result.stderr


def test_a_stakeholder_without_ties_reads_well(relgraph: Relgraph) -> None:
    Path("stakeholders.csv").write_text("id,name,market\nx,,customer\n".replace(",,", ",X,"))
    relgraph("import", "stakeholders.csv")
    result = relgraph("show", "x")
    assert result.exit_code == 0
    assert "Ties: none" in result.stdout
    assert "Contacts: none" in result.stdout


def test_every_shipped_stakeholder_can_be_shown(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "northwind").exit_code == 0
    for name in ("FISSA", "emp-4", "firm", "dist-2", "sup-18"):
        assert relgraph("show", name).exit_code == 0
    shown = json.loads(relgraph("show", "emp-4", "--json").stdout)
    assert shown["properties"]["revenue"] == pytest.approx(232890.85, abs=0.005)
