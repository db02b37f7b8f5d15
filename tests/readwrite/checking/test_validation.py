"""What is wrong with files: all of it in one pass, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from relgraph.readwrite import problems as problems_module
from relgraph.readwrite.checking.known import Stored
from tests.readwrite.reading import PEOPLE, problems, read
from tests.readwrite.test_reading import stored

MARKETS = "customer, supplier, distributor, competitor, influencer, employee, firm"


def people_problems(folder: Path, *rows: str, header: str = "id,name,market") -> list[str]:
    """Return the problems of stakeholders.csv with these rows, without the file's name."""
    found = problems(folder, {"stakeholders.csv": "\n".join((header, *rows))})
    return [line.removeprefix("stakeholders.csv:") for line in found]


def tie_problems(
    folder: Path, *rows: str, header: str = "source,target,type", store: Stored | None = None
) -> list[str]:
    """Return the same of relationships.csv, beside good stakeholders."""
    files = {"stakeholders.csv": PEOPLE, "relationships.csv": "\n".join((header, *rows))}
    return [line.removeprefix("relationships.csv:") for line in problems(folder, files, store)]


def test_everything_in_one_pass(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": "id,name,market,satisfaction,left_on\n"
        "c1,Ann,customer,0.5,\nc2,Bob\nc1,Cid,refferal,7,2024-13-01\n,Dot,customer,,\n",
        "relationships.csv": "source,target,type,strength\nc1,c2,KNOWS,2\nc1,c9,KNOWS,\n",
        "interactions.csv": "source,target,at\nc1,c1,yesterday\n",
    }
    assert problems(tmp_path, files) == [
        "stakeholders.csv:3: the row has 2 cells, but the header has 5",
        f"stakeholders.csv:4: market 'refferal' is not one of {MARKETS} (did you mean 'referral'?)",
        "stakeholders.csv:4: satisfaction '7' is not from 0 to 1",
        "stakeholders.csv:4: left_on '2024-13-01' is not a date; write it like 2024-05-31",
        "stakeholders.csv:4: id 'c1' is already at stakeholders.csv:2; give each id once",
        "stakeholders.csv:5: id is empty; every row needs one",
        "relationships.csv:2: strength '2' is not above 0 and at most 1; on another scale, give "
        "strength_from strength",
        "relationships.csv:3: target 'c9' is in neither the files nor the store",
        "interactions.csv:2: at 'yesterday' is not a time; write it like 2024-05-31T14:30Z",
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"revenue": "1,5"}, "revenue '1,5' is not a number; write a decimal point, and nothing"),
        ({"margin": "NaN"}, "margin 'NaN' is not a number"),
        ({"margin": "inf"}, "margin 'inf' is not a number"),
        ({"margin": "-1e999"}, "margin '-1e999' is not a number"),
        ({"satisfaction": "-0.1"}, "satisfaction '-0.1' is not from 0 to 1"),
        ({"power": "1.01"}, "power '1.01' is not from 0 to 1"),
        ({"circle": "-1"}, "circle '-1' is below 0"),
        ({"kind": "robot"}, "kind 'robot' is not one of person, organisation"),
        ({"status": "actve"}, "status 'actve' is not one of active, left (did you mean 'active'?)"),
        ({"left_reason": "boredom"}, "left_reason 'boredom' is not one of price, product"),
        ({"left_on": "31.12.2024"}, "left_on '31.12.2024' is not a date"),
        ({"market": "</script>\t\x1b[31m"}, r"market '</script>\t\x1b[31m' is not one of"),
        ({"market": "x" * 200}, f"market '{'x' * 59}…' is not one of"),
        ({"owner": "nobody"}, "owner 'nobody' is in neither the files nor the store"),
        ({"owner": "a"}, "owner 'a' is in market customer; an owner must be an employee"),
        ({"name": ""}, "name is empty; every row needs one"),
    ],
)
def test_cells_of_stakeholders(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    row = {"id": "a", "name": "A", "market": "customer", **cells}
    (found,) = people_problems(
        tmp_path, "", ",".join(f'"{cell}"' for cell in row.values()), header=",".join(row)
    )
    assert found.startswith(f"3: {problem}")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"strength": "0"}, "strength '0' is not above 0 and at most 1"),
        ({"strength": "1e-301"}, "strength '1e-301' is too little to compute with"),
        ({"strength": "1.5"}, "strength '1.5' is not above 0 and at most 1"),
        ({"bond": "4"}, "bond '4' is not one of 1 financial, 2 social, 3 structural"),
        ({"bond": "1.5"}, "bond '1.5' is not one of"),
        ({"bond": "9" * 5000}, f"bond '{'9' * 59}…' is not one of"),
        ({"level": "0"}, "level '0' is not one of 1 basic, 2 reactive, 3 accountable"),
        ({"level": "best"}, "level 'best' is not one of"),
        ({"sign": "0"}, "sign '0' is not one of +1, -1"),
        ({"since": "2024"}, "since '2024' is not a date"),
        ({"trust": "x"}, "trust 'x' is not a number"),
        ({"type": "R&D"}, "type 'R&D' can't name a type of relationship"),
        ({"type": "contacted"}, "type 'contacted' is a contact, not a relationship"),
        ({"type": ""}, "type is empty"),
        ({"source": ""}, "source is empty"),
        (
            {"target": "C1"},
            "target 'C1' is in neither the files nor the store (did you mean 'c1",
        ),
    ],
)
def test_cells_of_relationships(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    row = {"source": "c1", "target": "c2", "type": "KNOWS", **cells}
    (found,) = tie_problems(tmp_path, ",".join(row.values()), header=",".join(row))
    assert found.startswith(f"2: {problem}")


@pytest.mark.parametrize(
    "cells", [{"sign": "+1"}, {"sign": "−1"}, {"bond": "3.0"}, {"level": " Partnership "}]
)
def test_good_cells_of_relationships(tmp_path: Path, cells: dict[str, str]) -> None:
    row = {"source": "c1", "target": "c2", "type": "KNOWS", **cells}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    read(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text})


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("id,name,market,ID", "headers 'id' and 'ID' differ only in case"),
        ("id,name,market,id", "header 'id' is given twice"),
        ("id,name,market,编号", "headers 'id' and '编号' both mean id"),
        ("id,name,market,x,X", "headers 'x' and 'X' differ only in case"),
        ("id,name,market,Name:text", "headers 'name' and 'Name:text' both mean name"),
        ("id,name,market,", "column 4 has values but no header"),
        ('id,name,market,"a\nb"', r"header 'a\nb' contains a line break or a NUL"),
    ],
)
def test_headers(tmp_path: Path, header: str, problem: str) -> None:
    width = header.count(",") + 1
    (found,) = people_problems(
        tmp_path, ",".join(["a", "A", "customer", "x", "y"][:width]), header=header
    )
    assert found.startswith(f"1: {problem}")


def test_names_that_the_store_keeps(tmp_path: Path) -> None:
    store = Stored(reserved_columns=frozenset({"_id"}), reserved_types=frozenset({"import"}))
    files = {
        "stakeholders.csv": "id,name,market,_ID:text\na,A,customer,1\n",
        "relationships.csv": "source,target,type\na,a,Import\n",
    }
    assert problems(tmp_path, files, store) == [
        "stakeholders.csv:1: header '_ID' is reserved by the store; rename the column",
        "relationships.csv:2: type IMPORT is reserved by the store; use another name",
    ]


def test_occurrence_is_counted_not_given(tmp_path: Path) -> None:
    text = "source,target,at,Occurrence\nc1,c2,2024-01-01,0\n"
    (found,) = problems(tmp_path, {"stakeholders.csv": PEOPLE, "interactions.csv": text})
    assert found.startswith("interactions.csv:1: header 'Occurrence' is relgraph's own count")


def test_an_empty_column_without_header_is_passed_over(tmp_path: Path) -> None:
    frame = read(tmp_path, {"stakeholders.csv": "id,name,market,\na,A,customer,\n"}).stakeholders
    assert list(frame.columns) == ["id", "name", "market"]


def test_missing_columns(tmp_path: Path) -> None:
    (found,) = tie_problems(tmp_path, "c1,KNOWS", header="source,type")
    assert found == (
        "1: column target is missing; relationships need source, target, type "
        "(found: 'source', 'type')"
    )


def test_duplicate_ids_across_files(tmp_path: Path) -> None:
    files = {"stakeholders.csv": PEOPLE, "more.csv": PEOPLE}
    found = problems(tmp_path, files)
    assert found[0] == ("more.csv:2: id 'c1' is already at stakeholders.csv:2; give each id once")
    assert len(found) == 4


def test_a_second_firm(tmp_path: Path) -> None:
    rows = ("a,A,firm", "b,B,firm", "c,C,firm")
    assert people_problems(tmp_path, *rows) == [
        "3: the firm is already at stakeholders.csv:2; there can be only one",
        "4: the firm is already at stakeholders.csv:2; there can be only one",
    ]
    store = stored([("z", "firm", None)])
    assert problems(tmp_path, {"stakeholders.csv": "id,name,market\na,A,firm\n"}, store) == [
        "stakeholders.csv:2: the firm is already in the store; there can be only one"
    ]
    moved = "id,name,market\na,A,firm\nz,Z,customer\n"
    assert len(read(tmp_path, {"stakeholders.csv": moved}, store).stakeholders) == 2


def test_owners_may_be_stored_employees(tmp_path: Path) -> None:
    store = stored([("e", "employee", None), ("s", "supplier", None)])
    text = "id,name,market,owner\na,A,customer,e\n"
    assert len(read(tmp_path, {"stakeholders.csv": text}, store).stakeholders) == 1
    assert problems(tmp_path, {"stakeholders.csv": text.replace(",e\n", ",s\n")}, store) == [
        "stakeholders.csv:2: owner 's' is in market supplier; an owner must be an employee"
    ]


def test_an_owner_is_reported_on_its_own_line(tmp_path: Path) -> None:
    rows = (
        ",No id,customer,",
        "a,A,customer,",
        "a,Again,customer,",
        "b,B,customer,a",
        "c,C,firm,x",
    )
    assert people_problems(tmp_path, *rows, header="id,name,market,owner")[2:] == [
        "5: owner 'a' is in market customer; an owner must be an employee",
        "6: owner 'x' is in neither the files nor the store",
    ]


def test_an_owner_stays_an_employee(tmp_path: Path) -> None:
    store = stored([("e", "employee", None), ("a", "customer", "e"), ("b", "customer", "e")])
    text = "id,name,market,owner\ne,E,supplier,\n"
    assert problems(tmp_path, {"stakeholders.csv": text}, store) == [
        "stakeholders.csv:2: market supplier: 'e' owns 2 stored stakeholders, and an owner must "
        "be an employee; give them another owner first"
    ]
    moved = "id,name,market,owner\ne,E,supplier,\nx,X,employee,\na,,,x\nb,,,x\n"
    assert len(read(tmp_path, {"stakeholders.csv": moved}, store).stakeholders) == 4


def test_nobody_is_called_unknown_where_stakeholders_could_not_be_read(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": 'id,name,market,owner\na,"A,customer,\n',
        "relationships.csv": "source,target,type\na,zz,KNOWS\n",
    }
    assert problems(tmp_path, files) == [
        "stakeholders.csv:2: a quote is opened here and never closed"
    ]


def test_a_ragged_row_is_reported_once(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": "id,name,market\na,A,customer\nb,B, Inc.,customer\n",
        "relationships.csv": "source,target,type\na,b,KNOWS\n",
    }
    assert problems(tmp_path, files) == [
        "stakeholders.csv:3: the row has 4 cells, but the header has 3"
    ]


def test_sheets_are_named_with_their_row(tmp_path: Path) -> None:
    from tests.readwrite.formats.test_xlsx_reader import saved, workbook

    book = workbook(stakeholders=[["id", "name", "market"], [], ["a", "A", "x"]])
    (found,) = problems(tmp_path, {"book.xlsx": saved(book)})
    assert found.startswith("book.xlsx#stakeholders:3: market 'x' is not one of")


def test_many_problems_are_counted_past_a_thousand(tmp_path: Path) -> None:
    found = people_problems(tmp_path, *(f"c{number},,x" for number in range(2000)))
    assert len(found) == problems_module.LIMIT + 1
    assert found[-1] == "3,000 more problems are not listed; fix these first"
    assert found[0].startswith("2: ")


def test_suggestions_in_a_large_file_are_bounded(tmp_path: Path) -> None:
    people = "".join(f"c{number},A,customer\n" for number in range(30_000))
    ties = "".join(f"x{number},c1,KNOWS\n" for number in range(3000))
    files = {
        "stakeholders.csv": f"id,name,market\n{people}",
        "relationships.csv": f"source,target,type\n{ties}",
    }
    assert len(problems(tmp_path, files)) == problems_module.LIMIT + 1


CHANGED = "(the id is '{}': write it so; a spreadsheet or program changed the number)"


@pytest.mark.parametrize(
    ("people", "source", "meant"),
    [
        ("1,Acme", "1.0", CHANGED.format("1")),
        ("007,Acme", "7", CHANGED.format("007")),
        ("1.0,Acme", "1", CHANGED.format("1.0")),
        ("c1,Acme", "acme", "(that is a name; give the id 'c1')"),
        ("c1,Acme\nc2,ACME", "Acme", "(that is a name; give the id of one of them: 'c1', 'c2')"),
        ("c1,Acme", "c1x", "(did you mean 'c1'?)"),
        ("c1,Acme", "с1", "(there is one that looks the same, with U+0063 in place of U+0441)"),
        ("c1,Acme", "zebra", None),
    ],
)
def test_what_an_unknown_id_may_mean(
    tmp_path: Path, people: str, source: str, meant: str | None
) -> None:
    rows = "".join(f"{row},customer\n" for row in people.split("\n"))
    files = {
        "stakeholders.csv": f"id,name,market\nx,X,customer\n{rows}",
        "relationships.csv": f"source,target,type\n{source},x,KNOWS\n",
    }
    (found,) = problems(tmp_path, files)
    said = f"relationships.csv:2: source '{source}' is in neither the files nor the store"
    assert found == (f"{said} {meant}" if meant else said)


def test_a_name_that_is_stored_is_no_id(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": ["c1"], "name": ["Acme"], "market": ["customer"], "owner": [None]})
    text = "source,target,type\nAcme,c1,KNOWS\n"
    (found,) = problems(tmp_path, {"relationships.csv": text}, Stored(people.astype("str")))
    assert found.endswith("(that is a name; give the id 'c1')")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("stakeholders.csv", "id,name,market\n1.23457E+17,Acme,customer\n"),
        ("stakeholders.json", '[{"id": 1.23457E+17, "name": "Acme", "market": "customer"}]'),
    ],
)
def test_an_id_that_a_spreadsheet_shortened(tmp_path: Path, file: str, text: str) -> None:
    (found,) = problems(tmp_path, {file: text})
    assert "id '1.23457" in found
    assert "is a number without its last digits" in found


def test_codes_that_only_look_like_numbers_are_ids(tmp_path: Path) -> None:
    read(tmp_path, {"stakeholders.csv": "id,name,market\n1E5,A,customer\n12E+3,B,customer\n"})
    text = '[{"id": "1.23457E+17", "name": "Acme", "market": "customer"}]'
    read(tmp_path, {"stakeholders.json": text})
