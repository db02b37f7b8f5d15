"""`relgraph overdue`: whom to call, and the exit code of a scheduled job."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import Rows, store_rows

PEOPLE: Rows = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    {"id": "c", "name": "Cui", "market": "customer", "owner": "e", "margin": 100.0},
    {"id": "s", "name": "Sol", "market": "supplier"},
]
CONTACTS: Rows = [
    {"source": "e", "target": "c", "at": "2024-01-01"},
    {"source": "e", "target": "s", "at": "2025-03-01"},
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    ties: Rows = [{"source": "e", "target": "c", "type": "MANAGES", "level": 3}]
    return store_rows(tmp_path / "relgraph.lbug", PEOPLE, ties, CONTACTS)


def test_the_list_is_no_failure(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("overdue", "--json")
    assert run.exit_code == 0, run.stderr
    [row] = json.loads(run.stdout)
    assert (row["id"], row["owner"], row["level"], row["due_every"]) == ("c", "e", 3, 60)
    assert row["overdue"] == 425 - 60
    assert "contacts count up to the latest, 2025-03-01" in run.stderr
    assert "trend" not in run.stderr


def test_a_job_fails_if_there_is_somebody_to_call(relgraph: Relgraph, store: Path) -> None:
    assert relgraph("overdue", "--fail-if-any").exit_code == 5
    assert relgraph("overdue", "--fail-if-any", "--owner", "Eve", "--top", "1").exit_code == 5
    assert relgraph("overdue", "--fail-if-any", "--market", "supplier").exit_code == 0
    assert relgraph("overdue", "--fail-if-any", "--as-of", "2024-02-01").exit_code == 0
    assert "5    something was found" in relgraph("--help").stdout


def test_all_can_not_fail(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("overdue", "--all", "--fail-if-any")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "--fail-if-any looks at who is to be called" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--owner", "nobody"), "--owner: 'nobody' is neither an id nor a name"),
        (("--owner", "Cui"), "--owner: 'c' is not an active employee"),
        (("--assume", "due_3=0"), "--assume: due_3: 0 is not from 1 to"),
        (("--assume", "due_6=4"), "no assumption of that name can be set: 'due_6' (did you mean"),
        (("--by", "name"), "'name' is not one of"),
        (("--draws", "7"), "No such option '--draws'"),
    ],
)
def test_bad_input_is_one_line(
    relgraph: Relgraph, store: Path, arguments: tuple[str, ...], line: str
) -> None:
    run = relgraph("overdue", *arguments)
    assert run.exit_code == 2
    assert line in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_ties_are_of_each_employee(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("overdue", "--ties", "--all", "--csv")
    assert [line.split(",")[1:6] for line in run.stdout.splitlines()] == [
        ["id", "name", "market", "employee", "employee_name"],
        ["c", "Cui", "customer", "e", "Eve"],
        ["s", "Sol", "supplier", "e", "Eve"],
    ]
    header = relgraph("overdue", "--ties", "--all").stdout.splitlines()[0].split()
    assert header == ["name", "id", "employee", "last", "overdue", "quiet", "at_stake"]
