"""`relgraph import --source`, `--sync`, `--clear`, `relgraph sources`, and removing of a part."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import relgraph.api as api
from tests.conftest import Relgraph

PEOPLE = (
    "id,name,market,margin,owner\nE1,Eve,employee,,\nC1,Ann,customer,10,E1\nC2,Bob,customer,20,\n"
)
TIES = "source,target,type,strength\nC1,C2,REFERS,.5\nC2,C1,REFERS,.25\n"
CONTACTS = "source,target,at,channel\nE1,C1,2026-01-01T10:00,mail\nE1,C2,2026-01-02T10:00,mail\n"


def write(people: str = PEOPLE, ties: str = TIES, contacts: str = CONTACTS) -> None:
    folder = Path("crm")
    folder.mkdir(exist_ok=True)
    for name, text in (
        ("stakeholders", people),
        ("relationships", ties),
        ("interactions", contacts),
    ):
        (folder / f"{name}.csv").write_text(text)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a store of one source."""
    folder = tmp_path_factory.mktemp("sources")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write()
        with api.open_store("all.lbug", write=True) as store:
            api.import_files(store, "crm", source="crm")
    return (folder / "all.lbug").read_bytes()


@pytest.fixture
def store(relgraph: Relgraph, stored: bytes) -> Relgraph:
    write()
    Path("relgraph.lbug").write_bytes(stored)
    return relgraph


def rows(relgraph: Relgraph, *arguments: str) -> list[dict[str, Any]]:
    done = relgraph(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def content(relgraph: Relgraph) -> Any:
    assert relgraph("export", "-o", "all.json").exit_code == 0
    return json.loads(Path("all.json").read_text())


def without_bob() -> None:
    write(
        PEOPLE.replace("C2,Bob,customer,20,\n", "").replace(",10,", ",12,"),
        TIES[:28],
        CONTACTS[:52],
    )


def test_sources_list_their_files(store: Relgraph) -> None:
    found = {row["file"]: row for row in rows(store, "sources")}
    assert list(found) == [
        f"crm/{table}.csv" for table in ("interactions", "relationships", "stakeholders")
    ]
    row = found["crm/stakeholders.csv"]
    assert row["name"] == "crm"
    assert row["rows"] == 3
    assert row["sha256"] == sha256(PEOPLE.encode()).hexdigest()
    assert (row["stakeholders"], row["relationships"], row["interactions"]) == (3, 2, 2)


def test_without_a_source_a_note_says_so(relgraph: Relgraph) -> None:
    write()
    relgraph("import", "crm")
    done = relgraph("sources", "--json")
    assert json.loads(done.stdout) == []
    assert "knows of no source" in done.stderr


def test_info_keeps_all_imports(store: Relgraph) -> None:
    Path("more.csv").write_text("id,margin\nC1,11\n")
    store("import", "--stakeholders", "more.csv")
    imports = [row for row in rows(store, "info") if row["kind"] == "import"]
    assert [row["name"] for row in imports][-1] == "more.csv"
    assert len(imports) == 4


@pytest.mark.parametrize("gone", ["keep", "left", "remove"])
def test_a_step_tells_before_does_and_repeats_nothing(store: Relgraph, gone: str) -> None:
    without_bob()
    command = ("import", "crm", "--source", "crm", "--sync", "--gone", gone)
    before = content(store)
    told = rows(store, *command, "--dry-run")
    assert content(store) == before
    assert rows(store, *command) == told
    changed = [row for row in told if row["what"] == "changed"]
    assert [(row["id"], row["field"], row["before"], row["after"]) for row in changed] == [
        ("C1", "margin", 10, 12)
    ]
    outcome = {"keep": "kept", "left": "left", "remove": "removed"}[gone]
    lost = {row["id"]: row["after"] for row in told if row["what"] == "gone"}
    assert lost == {
        "C2": outcome,
        "C1 REFERS C2": outcome,
        "C2 REFERS C1": outcome,
        "E1 CONTACTED C2": "kept" if gone == "left" else outcome,
    }
    after = content(store)
    again = store(*command)
    assert "0 created, 0 updated, 2 unchanged, 1 gone" in again.stderr or gone == "remove"
    assert content(store) == after
    people = {row["id"]: row for row in after["stakeholders"]}
    assert ("C2" in people) == (gone != "remove")
    assert (people.get("C2", {}).get("status") == "left") == (gone == "left")


def test_no_snapshot_is_left_of_a_step_that_changes_nothing(store: Relgraph) -> None:
    without_bob()
    for _ in range(2):
        store("import", "crm", "--source", "crm", "--sync", "--gone", "remove")
    assert len(rows(store, "history")) == 1


def test_a_source_removed_and_imported_again_gives_the_same_store(store: Relgraph) -> None:
    Path("erp.csv").write_text("id,name,market,revenue\nS1,Sue,supplier,7\nE1,Eve,employee,\n")
    store("import", "--stakeholders", "erp.csv", "--source", "erp")
    before = content(store)
    assert {r["table"]: r["removed"] for r in rows(store, "remove", "--source", "crm")} == {
        "stakeholders": 2,
        "relationships": 2,
        "interactions": 2,
    }
    assert [row["name"] for row in rows(store, "sources")] == ["erp"]
    assert [row["id"] for row in content(store)["stakeholders"]] == ["E1", "S1"]
    store("import", "crm", "--source", "crm")
    assert content(store) == before


def test_what_others_gave_stays(store: Relgraph) -> None:
    Path("list.csv").write_text("id,name,market\nC2,Bob,customer\n")
    store("import", "--stakeholders", "list.csv")
    without_bob()
    done = store("import", "crm", "--source", "crm", "--sync", "--gone", "remove", "--json")
    assert {r["id"]: r["after"] for r in json.loads(done.stdout) if r["what"] == "gone"}[
        "C2"
    ] == "shared"
    assert store("show", "C2").exit_code == 0


def test_what_was_changed_by_hand_is_not_removed(store: Relgraph) -> None:
    store("set", "C2", "satisfaction=.5")
    without_bob()
    done = store("import", "crm", "--source", "crm", "--sync", "--gone", "remove")
    assert "a value was set by hand" in done.stderr
    assert store("show", "C2").exit_code == 0


def test_a_table_that_was_not_read_stays(store: Relgraph) -> None:
    done = store(
        "import",
        "--stakeholders",
        "crm/stakeholders.csv",
        "--source",
        "crm",
        "--sync",
        "--gone",
        "remove",
    )
    assert "no relationships were read, so its 2 relationships stay" in done.stderr
    assert len(content(store)["relationships"]) == 2


def test_a_wrong_row_changes_nothing(store: Relgraph) -> None:
    before = content(store)
    write(PEOPLE.replace("C2,Bob,customer", "C2,Bob,custommer"), TIES[:28])
    done = store("import", "crm", "--source", "crm", "--sync", "--gone", "remove")
    assert done.exit_code == 4
    assert content(store) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sync",), "--sync: needs --source"),
        (("--gone", "left"), "--gone: needs --sync"),
        (("--source", "crm", "--sync", "--replace"), "--replace: can't be combined"),
        (("--source", " "), "--source: ' ' is not a name"),
        (("--clear", "marign"), "'marign' (did you mean 'margin'?)"),
        (("--clear", "market"), "every row needs it"),
    ],
)
def test_what_does_not_go_together(store: Relgraph, arguments: tuple[str, ...], said: str) -> None:
    done = store("import", "crm", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_empty_cell_empties_only_what_is_asked_for(store: Relgraph) -> None:
    write(PEOPLE.replace("10,E1", ",").replace("20,", ","))
    kept = store("import", "crm", "--source", "crm", "--sync")
    assert "cells that are empty now leave what is stored (margin 2, owner 1)" in kept.stderr
    told = rows(store, "import", "crm", "--source", "crm", "--sync", "--clear", "margin")
    assert [(r["id"], r["field"], r["before"], r["after"]) for r in told] == [
        ("C1", "margin", 10, None),
        ("C2", "margin", 20, None),
    ]
    people = {row["id"]: row for row in content(store)["stakeholders"]}
    assert "margin" not in people["C1"] or people["C1"]["margin"] is None
    assert people["C1"]["owner"] == "E1"


def test_ties_and_contacts_are_removed_alone(store: Relgraph) -> None:
    assert rows(store, "remove", "--tie", "Ann", "refers", "C2", "--dry-run")[0]["removed"] == 1
    assert rows(store, "remove", "--tie", "Ann", "refers", "C2") == [
        {"table": "relationships", "removed": 1}
    ]
    assert rows(store, "remove", "--contact", "E1", "C1", "--at", "2026-01-01T10:00") == [
        {"table": "interactions", "removed": 1}
    ]
    held = content(store)
    assert [(tie["source"], tie["target"]) for tie in held["relationships"]] == [("C2", "C1")]
    assert [contact["target"] for contact in held["interactions"]] == ["C2"]
    assert (
        "between the two there is C2 REFERS C1"
        in store("remove", "--tie", "C1", "REFERS", "C2").stderr
    )
    missing = store("remove", "--contact", "E1", "C2", "--at", "2026-01-03")
    assert missing.exit_code == 2
    assert "2026-01-02T10:00:00Z" in missing.stderr


def test_removing_somebody_takes_them_from_sources_too(store: Relgraph) -> None:
    store("remove", "C2")
    row = rows(store, "sources")[0]
    assert (row["stakeholders"], row["relationships"], row["interactions"]) == (2, 0, 1)
