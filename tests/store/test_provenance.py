"""Rows that are no longer in a file of the same name: told, and kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from relgraph.store.provenance import pack, unpack
from tests.conftest import Relgraph

PEOPLE = "id,name,market\n" + "".join(f"c{n},N{n},customer\n" for n in range(6))
TIES = "source,target,type\nc0,c1,KNOWS\nc1,c2,REFERS\nc2,c3,REFERS\nc3,c4,REFERS\nc4,c5,REFERS\n"
CONTACTS = (
    "source,target,at,channel\nc0,c1,2026-01-01,mail\nc0,c1,2026-01-01,mail\nc0,c2,2026-01-02,\n"
)


@pytest.fixture
def stored(relgraph: Relgraph) -> Relgraph:
    """Return a command line whose store was filled from three files in the current folder."""
    Path("stakeholders.csv").write_text(PEOPLE)
    Path("relationships.csv").write_text(TIES)
    Path("interactions.csv").write_text(CONTACTS)
    assert relgraph("import", ".").stderr == ""
    return relgraph


def said(relgraph: Relgraph, *arguments: str) -> list[str]:
    """Return the notes of an import."""
    result = relgraph("import", *arguments)
    assert result.exit_code == 0, result.stderr
    return [line.removeprefix("relgraph: note: ") for line in result.stderr.splitlines()]


def test_the_same_files_again_say_nothing(stored: Relgraph) -> None:
    assert said(stored, ".") == []


def test_what_is_gone_is_counted_and_stays(stored: Relgraph) -> None:
    Path("stakeholders.csv").write_text(PEOPLE.replace("c5,N5,customer\n", ""))
    Path("relationships.csv").write_text("source,target,type\nc0,c1,KNOWS\n")
    Path("interactions.csv").write_text("\n".join(CONTACTS.splitlines()[:2]))
    expected = [
        "1 stakeholder of an earlier import of stakeholders.csv is not in it any more and stays "
        "stored: 'c5'",
        "4 relationships of an earlier import of relationships.csv are not in it any more and stay "
        "stored: c1 REFERS c2, c2 REFERS c3, c3 REFERS c4, 1 more",
        "2 interactions of an earlier import of interactions.csv are not in it any more and stay "
        "stored: 2026-01-01T00:00:00Z from c0 to c1, 2026-01-02T00:00:00Z from c0 to c2",
    ]
    assert [note for note in said(stored, ".", "--dry-run") if "dry run" not in note] == expected
    assert said(stored, ".") == expected
    assert said(stored, ".") == expected  # until they are removed, or come back
    counts = json.loads(stored("info", "--json").stdout)[:3]
    assert [row["count"] for row in counts] == [6, 5, 3]
    Path("relationships.csv").write_text(TIES)
    assert said(stored, "relationships.csv") == []


def test_a_dry_run_says_it_too(stored: Relgraph) -> None:
    Path("relationships.csv").write_text(TIES.replace("c4,c5,REFERS\n", ""))
    notes = said(stored, "relationships.csv", "--dry-run")
    assert sum("1 relationship of an earlier import" in note for note in notes) == 1


def test_the_name_counts_not_the_folder(stored: Relgraph) -> None:
    Path("2026-02").mkdir()
    Path("2026-02/relationships.csv").write_text("source,target,type\nc0,c1,KNOWS\n")
    assert said(stored, "2026-02")[0].startswith("4 relationships of an earlier import of rel")
    Path("others.csv").write_text("source,target,type\nc0,c2,KNOWS\n")
    assert said(stored, "--relationships", "others.csv") == []


def test_what_another_file_of_the_import_gives_is_not_gone(stored: Relgraph) -> None:
    header, *rows = TIES.splitlines()
    Path("relationships.csv").write_text("\n".join([header, *rows[:2]]))
    Path("more.csv").write_text("\n".join([header, *rows[2:4]]))
    notes = said(stored, "relationships.csv", "--relationships", "more.csv")
    assert notes == [
        "1 relationship of an earlier import of relationships.csv is not in it any more and stays "
        "stored: c4 REFERS c5"
    ]


def test_a_tie_named_from_its_other_end_is_there(stored: Relgraph) -> None:
    Path("relationships.csv").write_text(TIES.replace("c0,c1,KNOWS", "c1,c0,KNOWS"))
    assert said(stored, "relationships.csv") == []


def test_what_was_removed_is_not_said_to_stay(stored: Relgraph) -> None:
    stored("remove", "c5")
    Path("stakeholders.csv").write_text(PEOPLE.replace("c5,N5,customer\n", ""))
    Path("relationships.csv").write_text(TIES.replace("c4,c5,REFERS\n", ""))
    assert said(stored, "stakeholders.csv", "relationships.csv") == []


def test_replacing_starts_anew(stored: Relgraph) -> None:
    Path("relationships.csv").write_text("source,target,type\nc0,c1,KNOWS\n")
    assert said(stored, "stakeholders.csv", "relationships.csv", "--replace") == []
    assert said(stored, "stakeholders.csv", "relationships.csv") == []


def test_a_copy_knows_it_too(stored: Relgraph) -> None:
    stored("copy", "relgraph.lbug", "copy.lbug")
    Path("relationships.csv").write_text("source,target,type\nc0,c1,KNOWS\n")
    assert len(said(stored, "relationships.csv", "-d", "copy.lbug")) == 1


def test_an_empty_table_has_lost_all(stored: Relgraph) -> None:
    Path("relationships.csv").write_text("source,target,type\n")
    assert said(stored, "relationships.csv")[0].startswith("5 relationships of an earlier")


def test_sheets_of_a_workbook_and_lists_of_a_json_file(relgraph: Relgraph) -> None:
    people = [{"id": f"c{n}", "name": f"N{n}", "market": "customer"} for n in range(3)]
    ties = [{"source": "c0", "target": "c1", "type": "KNOWS"}]
    content = {"stakeholders": people, "relationships": ties}
    for number in range(2):
        Path("all.json").write_text(json.dumps(content))
        book = Workbook()
        for table, rows in content.items():
            sheet = book.create_sheet(table)
            for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
                sheet.append(row)
        book.save("all.xlsx")
        for file in ("all.json", "all.xlsx"):
            notes = said(relgraph, "-d", f"{file}.lbug", file)
            assert len(notes) == 2 * number
        content = {"stakeholders": people[:2]}  # a list and a sheet are gone altogether


def test_numbers_are_kept_whole() -> None:
    for numbers in ([], [0], [1, 2**48 - 1], range(0, 2**40, 2**33)):
        array = np.array(numbers, dtype=np.uint64)
        assert unpack(pack(array)).tolist() == list(numbers)
