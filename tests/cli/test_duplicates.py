"""`relgraph duplicates` and `import --same`: a review list, applied and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conftest import Relgraph

PEOPLE = """id,name,market,email,phone,margin
C1,Acme Logistics Ltd,customer,ops@acme.com,+44 20 7946 0001,10
C2,ACME LOGISTICS LIMITED,customer,,020 7946 0001,20
C3,Acme Logistcs,customer,OPS@acme.com,,
C4,Harbour Depot 3,customer,,,
C5,Harbour Depot 4,customer,,,
S1,Acme Logistics,supplier,,,
E1,Eve,employee,,,
"""
TIES = "source,target,type,strength\nE1,C1,KNOWS,.5\nC2,E1,KNOWS,.7\nC4,C2,REFERS,.3\n"
CONTACTS = "source,target,at\nE1,C1,2026-01-05\nE1,C2,2026-02-05\n"


@pytest.fixture
def twice(relgraph: Relgraph) -> Relgraph:
    Path("data").mkdir()
    Path("data/stakeholders.csv").write_text(PEOPLE)
    Path("data/relationships.csv").write_text(TIES)
    Path("data/interactions.csv").write_text(CONTACTS)
    assert relgraph("import", "data").exit_code == 0
    return relgraph


def review(*marks: tuple[str, str, str]) -> Path:
    lines = [",".join(mark) for mark in (("id", "other", "same"), *marks)]
    Path("review.csv").write_text("\n".join(lines) + "\n")
    return Path("review.csv")


def ids(relgraph: Relgraph) -> list[str]:
    return sorted(row["id"] for row in json.loads(export(relgraph))["stakeholders"])


def export(relgraph: Relgraph) -> str:
    assert relgraph("export", "-o", "out.json").exit_code == 0
    return Path("out.json").read_text()


def test_the_list_is_written_filled_in_and_applied(twice: Relgraph) -> None:
    before = export(twice)
    assert twice("duplicates", "-o", "review.csv").exit_code == 0
    lines = Path("review.csv").read_text().splitlines()
    assert lines[0].split(",")[-2:] == ["reason", "same"]
    listed = [line.split(",") for line in lines[1:]]
    pairs = [(row[0], row[3], row[7]) for row in listed]
    assert pairs[:3] == [("C2", "C1", "high"), ("C1", "C3", "high"), ("C2", "C3", "medium")]
    assert {pair[2] for pair in pairs[3:]} == {"low"}
    Path("review.csv").write_text("\n".join([lines[0], *(f"{line}yes" for line in lines[1:4])]))
    done = twice("import", "--same", "review.csv", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (
        0,
        [{"id": "C2", "name": "ACME LOGISTICS LIMITED", "others": "C1; C3"}],
    )
    assert ids(twice) == ["C2", "C4", "C5", "E1", "S1"]
    shown = json.loads(twice("show", "C3", "--json").stdout)
    assert shown["properties"]["id"] == "C2"
    assert shown["properties"]["margin"] == 30
    assert json.loads(twice("show", "Acme Logistcs", "--json").stdout) == shown
    assert "C3" not in twice("duplicates", "--csv").stdout
    assert twice("duplicates", "--marked", "-o", "marked.csv").exit_code == 0
    marked = Path("marked.csv").read_text()
    assert marked.count(",yes\n") == 3
    Path("marked.csv").write_text(marked.replace(",yes\n", ",no\n"))
    assert twice("import", "--same", "marked.csv").exit_code == 0
    assert export(twice) == before
    again = twice("duplicates", "--json")
    assert {row["likely"] for row in json.loads(again.stdout)} == {"low"}
    assert "3 pairs are left out as marked no" in again.stderr


def test_later_imports_go_on_with_the_ids_of_the_files(twice: Relgraph) -> None:
    review(("C1", "C2", "yes"))
    assert twice("import", "--same", "review.csv").exit_code == 0
    joined = export(twice)
    again = twice("import", "data", "--json")
    assert [row["unchanged"] for row in json.loads(again.stdout)] == [7, 3, 2]
    assert sum(row["created"] + row["updated"] for row in json.loads(again.stdout)) == 0
    assert export(twice) == joined
    Path("more.csv").write_text("source,target,type\nC2,C5,REFERS\n")
    assert twice("import", "--relationships", "more.csv").exit_code == 0
    ties = json.loads(twice("show", "C1", "--json").stdout)["ties"]
    assert {tie["id"] for tie in ties} == {"E1", "C4", "C5"}
    dry = twice("import", "data", "--dry-run")
    assert dry.exit_code == 0
    Path("data/stakeholders.csv").write_text(PEOPLE.replace("C2,ACME", "C9,ACME"))
    gone = twice("import", "--stakeholders", "data/stakeholders.csv")
    assert "C2" in gone.stderr


def test_a_dry_run_changes_nothing(twice: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    done = twice("import", "--same", review(("C1", "C2", "yes")), "--dry-run", "--json")
    assert json.loads(done.stdout)[0]["others"] == "C2"
    assert Path("relgraph.lbug").read_bytes() == before


def test_a_snapshot_has_what_was_there_before(twice: Relgraph) -> None:
    before = export(twice)
    assert twice("import", "--same", review(("C1", "C2", "yes"))).exit_code == 0
    assert twice("export", "-d", "relgraph.lbug@1", "-o", "old.json").exit_code == 0
    assert Path("old.json").read_text() == before


def test_everything_wrong_is_said_at_once_and_nothing_is_stored(twice: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    review(
        ("C1", "C2", "yes"),
        ("C2", "C3", "yes"),
        ("C1", "C3", "no"),
        ("C4", "C5", "yes"),
        ("C5", "C4", "no"),
        ("C1", "S1", "yes"),
        ("C1", "C77", "yes"),
        ("C4", "C4", "yes"),
        ("C4", "C3", "maybe"),
    )
    done = twice("import", "--same", "review.csv")
    assert done.exit_code == 4
    assert done.stderr.splitlines() == [
        "relgraph: error: review.csv:4: 'C1' and 'C3' are marked no, but others make them one: C1, "
        "C2, C3, S1",
        "relgraph: error: review.csv:6: 'C5' and 'C4' are marked otherwise in line 5",
        "relgraph: error: review.csv:7: 'C1' and 'S1' can't be one: customer and supplier are "
        "different markets; mark them no, or correct the market",
        "relgraph: error: review.csv:8: there is no stakeholder 'C77'",
        "relgraph: error: review.csv:9: 'C4' stands on both sides",
        "relgraph: error: review.csv:10: same: 'maybe' is neither yes nor no",
    ]
    assert Path("relgraph.lbug").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("import", "--same", "none.csv"), 2, "none.csv"),
        (("import", "data", "--same", "review.csv"), 2, "import them first"),
        (("duplicates", "--email", "mial"), 2, "no stakeholder has a property 'mial'"),
        (("import", "--same", "data/relationships.csv"), 4, "no column id, other, same"),
    ],
)
def test_what_can_not_be_done(
    twice: Relgraph, arguments: tuple[str, ...], code: int, told: str
) -> None:
    review()
    done = twice(*arguments)
    assert done.exit_code == code
    assert told in done.stderr


def test_nothing_marked_is_told(twice: Relgraph) -> None:
    done = twice("import", "--same", review(("C1", "C2", "")))
    assert done.exit_code == 0
    assert "marks nothing" in done.stderr


def test_a_workbook_in_chinese_is_read(twice: Relgraph) -> None:
    book = Workbook()
    for row in (("id", "other", "same"), ("C1", "C2", "是")):
        book.active.append(row)
    book.save("review.xlsx")
    assert twice("import", "--same", "review.xlsx").exit_code == 0
    assert "C2" not in ids(twice)


def test_properties_of_another_name_count_if_told(twice: Relgraph) -> None:
    Path("fax.csv").write_text("id,name,market,fax\nC4,Harbour Depot 3,customer,12345678\n")
    with Path("fax.csv").open("a") as file:
        file.write("E1,Eve,employee,1234-5678\n")
    assert twice("import", "--stakeholders", "fax.csv").exit_code == 0
    rows = json.loads(twice("duplicates", "--phone", "fax", "--json").stdout)
    assert ("C4", "E1", "12345678") in {
        (row["id"], row["other"], row["same_phone"]) for row in rows
    } | {(row["other"], row["id"], row["same_phone"]) for row in rows}


def margins(relgraph: Relgraph) -> dict[str, float | None]:
    rows = json.loads(export(relgraph))["stakeholders"]
    return {row["id"]: row.get("margin") for row in rows if row["id"] in ("C1", "C2")}


def test_money_set_by_hand_counts_once_and_stays_with_the_first(twice: Relgraph) -> None:
    assert twice("import", "--same", review(("C1", "C2", "yes"))).exit_code == 0
    assert margins(twice) == {"C1": 30}
    done = twice("set", "C2", "margin=100")
    assert "margin of 1 other row of the same stakeholder is emptied" in done.stderr
    assert margins(twice) == {"C1": 100}
    assert twice("import", "--same", review(("C1", "C2", "no"))).exit_code == 0
    assert margins(twice) == {"C1": 100, "C2": None}


def test_a_tie_set_by_hand_is_that_of_whoever_has_it(twice: Relgraph) -> None:
    assert twice("import", "--same", review(("C1", "C2", "yes"))).exit_code == 0
    assert twice("tie", "C4", "REFERS", "C1", "margin=5").exit_code == 0
    assert twice("import", "--same", review(("C1", "C2", "no"))).exit_code == 0
    ties = json.loads(export(twice))["relationships"]
    assert [
        (tie["source"], tie["target"], tie.get("margin")) for tie in ties if tie["type"] == "REFERS"
    ] == [("C4", "C2", 5)]
