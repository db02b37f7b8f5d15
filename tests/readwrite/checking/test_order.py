"""Dates that are out of order, and who stands above whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.readwrite.reading import problems, read
from tests.told import told

PEOPLE = "id,name,market,left_on,status\na,A,customer,,\nb,B,customer,2020-06-30,left\n"
TIES = "source,target,type,since,until\n"


def test_a_tie_that_ends_before_it_begins(tmp_path: Path) -> None:
    ties = TIES + "a,b,KNOWS,2020-01-02,2020-01-01\nb,a,REFERS,2020-01-01,2020-01-01\n"
    assert problems(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": ties}) == [
        "relationships.csv:2: until 2020-01-01 is before since 2020-01-02: a tie can't end before "
        "it begins"
    ]


@pytest.mark.parametrize("ends", ["a,b", "b,a"])
def test_the_stored_beginning_counts(relgraph: Relgraph, tmp_path: Path, ends: str) -> None:
    (tmp_path / "stakeholders.csv").write_text(PEOPLE)
    ties = tmp_path / "relationships.csv"
    ties.write_text(TIES + "a,b,KNOWS,2020-01-02,\n")
    assert relgraph("import", tmp_path).exit_code == 0
    ties.write_text(f"source,target,type,until\n{ends},KNOWS,2020-01-01\n")
    told = relgraph("import", ties)
    assert told.exit_code == 4
    assert "until 2020-01-01 is before since 2020-01-02" in told.stderr
    ties.write_text(f"source,target,type,until\n{ends},KNOWS,2020-01-02\n")
    assert relgraph("import", ties).exit_code == 0


def notes(folder: Path, **tables: str) -> list[str]:
    """Return the notes on files, in English."""
    files = {f"{name}.csv": text for name, text in tables.items()}
    return list(told(read(folder, files).notes))


def test_what_is_dated_after_somebody_left(tmp_path: Path) -> None:
    found = notes(
        tmp_path,
        stakeholders=PEOPLE,
        relationships=TIES + "a,b,KNOWS,2020-07-01,\na,b,REFERS,2020-06-30,\n",
        interactions="source,target,at\na,b,2020-06-30T12:00\na,b,2020-07-02\n",
    )
    assert found == [
        "1 tie begins after one of its ends left: 2020-07-01 from a to b",
        "1 contact is dated after one of its ends left: 2020-07-02 from a to b",
    ]


def test_a_contact_that_is_still_to_come_is_named(tmp_path: Path) -> None:
    contacts = "source,target,at\na,b,2020-01-01\nb,a,2262-01-01T10:00\n"
    (found,) = notes(
        tmp_path, stakeholders="id,name,market\na,A,customer\nb,B,customer\n", interactions=contacts
    )
    assert (
        found == "1 contact is dated after today, and counts from then on: 2262-01-01 from b to a"
    )


@pytest.mark.parametrize("name", ["parent", "organisation"])
def test_above_themselves(tmp_path: Path, name: str) -> None:
    text = (
        f"id,name,market,{name}\na,A,customer,b\nb,B,customer,c\nc,C,customer,b\nd,D,customer,d\n"
    )
    assert problems(tmp_path, {"stakeholders.csv": text}) == [
        f"stakeholders.csv:3: {name} leads in a circle: b > c > b",
        f"stakeholders.csv:4: {name} leads in a circle: c > b > c",
    ]


def test_a_circle_with_what_is_stored(relgraph: Relgraph, tmp_path: Path) -> None:
    file = tmp_path / "stakeholders.csv"
    file.write_text("id,name,market,parent\na,A,customer,b\nb,B,customer,\n")
    assert relgraph("import", file).exit_code == 0
    file.write_text("id,parent\nb,a\n")
    told = relgraph("import", file)
    assert told.exit_code == 4
    assert "parent leads in a circle: b > a > b" in told.stderr


def test_nobody_above(tmp_path: Path) -> None:
    text = "id,name,market,parent,organisation\na,A,customer,x,Acme Ltd\nb,B,customer,x,\n"
    assert notes(tmp_path, stakeholders=text) == [
        "the organisation of 1 stakeholder is in neither the files nor the store, and says "
        "nothing: 'Acme Ltd'",
        "the parent of 2 stakeholders is in neither the files nor the store, and says nothing: 'x'",
    ]
