"""`export_person`: all that is kept of somebody, and `remove` leaves none of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from relgraph import export_person, import_files, mark_same, remove_stakeholders
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.store import Store, open_store
from tests.conftest import Relgraph

PEOPLE = """id,name,market,owner,email,margin
C1,Cleo Fox,customer,E1,cleo@fox.org,5
C9,C. Fox,customer,,c@fox.org,7
E1,Ann Lee,employee,,ann@acme.com,
X1,Other,customer,,,
"""
TIES = "source,target,type,strength\nE1,C1,MANAGES,.5\nC9,X1,KNOWS,.4\nE1,X1,KNOWS,.2\n"
CONTACTS = "source,target,at,channel\nE1,C1,2026-01-05,phone\nE1,X1,2026-01-06,phone\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a store in which C1 and C9 are one, and were two in snapshots."""
    data = tmp_path / "data"
    data.mkdir()
    files = {"relationships.csv": TIES, "interactions.csv": CONTACTS}
    for name, text in (files | {"stakeholders.csv": PEOPLE.replace("Cleo", "Clara")}).items():
        (data / name).write_text(text)
    (data / "relgraph.toml").write_text("[capacities]\nE1 = 120\n")
    review = tmp_path / "review.csv"
    review.write_text("id,other,same\nC1,C9,yes\n")
    with open_store(tmp_path / "s.lbug", write=True) as store:
        import_files(store, data)
        (data / "stakeholders.csv").write_text(PEOPLE)
        import_files(store, data)
        mark_same(store, review)
    return tmp_path


def opened(folder: Path, *, write: bool = False) -> Store:
    return open_store(folder / "s.lbug", write=write)


def export(store: Store, who: str, path: Path) -> Any:
    export_person(store, who, path)
    return json.loads(path.read_text("utf-8"))


def test_all_that_is_kept_is_written(folder: Path) -> None:
    with opened(folder) as store:
        notes = export_person(store, "C9", folder / "cleo.json")
        url = store.url
    told = json.loads((folder / "cleo.json").read_text("utf-8"))
    assert told["ids"] == ["C1", "C9"]
    (person,) = told["stored"]["stakeholders"]
    assert (person["id"], person["margin"]) == ("C1", 12)
    assert person["email"] == "cleo@fox.org; c@fox.org"
    ends = [(row["source"], row["target"]) for row in told["stored"]["relationships"]]
    assert sorted(ends) == [("C1", "X1"), ("E1", "C1")]
    assert [row["at"][:10] for row in told["stored"]["interactions"]] == ["2026-01-05"]
    before = {row["id"]: row["margin"] for row in told["before_joining"]["stakeholders"]}
    assert before == {"C1": 5, "C9": 7}
    assert told["marked"] == {"same": [["C1", "C9"]], "different": []}
    assert told["files"] == {
        "stakeholders": ["stakeholders.csv"],
        "relationships": ["relationships.csv"],
        "interactions": ["interactions.csv"],
    }
    snapshots = [each["snapshot"] for each in told["snapshots"]]
    assert snapshots == [f"{url}@1", f"{url}@2"]
    names = [each["stakeholders"][0]["name"] for each in told["snapshots"]]
    assert names == ["Clara Fox", "Cleo Fox"]
    assert [str(note) for note in notes] == [
        f"also in {url}@1, {url}@2, whose rows are written, too"
    ]
    assert "Other" not in (folder / "cleo.json").read_text("utf-8")


def test_an_employee_has_a_capacity_and_who_refers_to_them(folder: Path) -> None:
    with opened(folder) as store:
        told = export(store, "Ann Lee", folder / "ann.json")
    assert told["settings"] == {"capacities": {"E1": 120}}
    assert told["stored"]["referred_to_by"] == [{"id": "C1", "property": "owner"}]


def test_who_was_removed_has_nothing_left(folder: Path) -> None:
    with opened(folder, write=True) as store:
        assert export(store, "Clara Fox", folder / "c.json")["ids"] == ["C1", "C9"]  # a former name
        remove_stakeholders(store, "C9")
        for who in ("C1", "C9", "Cleo Fox", "C. Fox", "Clara Fox"):
            with pytest.raises(UnknownStakeholder):
                export_person(store, who, folder / "none.json")
        told = export(store, "E1", folder / "ann.json")
    assert not (folder / "none.json").exists()
    assert "Fox" not in json.dumps(told)
    assert "C9" not in json.dumps(told)


def test_a_folder_and_another_ending(folder: Path) -> None:
    with opened(folder) as store:
        export_person(store, "X1", folder / "x1")
        with pytest.raises(UsageError, match=r"as \.json, or into a folder"):
            export_person(store, "X1", folder / "x1.xlsx")
    files = {file.name for file in (folder / "x1").iterdir()}
    assert files >= {"person.json", "stakeholders.csv", "relationships.csv", "interactions.csv"}
    rows = (folder / "x1" / "stakeholders.csv").read_text().splitlines()
    assert len(rows) == 2


def test_the_command(relgraph: Relgraph, folder: Path) -> None:
    done = relgraph("export", "-d", folder / "s.lbug", "--person", "X1", "-o", "x1.json")
    assert done.exit_code == 0
    assert json.loads(Path("x1.json").read_text("utf-8"))["ids"] == ["X1"]
    assert (
        relgraph("export", "-d", folder / "s.lbug", "--person", "?", "-o", "y.json").exit_code == 2
    )
