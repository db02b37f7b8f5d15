"""`relgraph intro`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import Rows, store_rows

PEOPLE: Rows = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    {"id": "m", "name": "Mo", "market": "customer"},
    {"id": "t", "name": "Tan", "market": "influencer"},
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    ties: Rows = [
        {"source": "e", "target": "m", "type": "KNOWS", "strength": 0.5},
        {"source": "m", "target": "t", "type": "REFERS", "strength": 0.5},
    ]
    return store_rows(tmp_path / "relgraph.lbug", PEOPLE, ties)


def test_rows(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("intro", "Tan", "--json")
    assert run.exit_code == 0, run.stderr
    assert json.loads(run.stdout) == [
        {
            "rank": 1,
            "way": "e > m > t",
            "names": "Eve > Mo > Tan",
            "chance": 0.25,
            "together": 0.25,
            "weakest": "e > m",
            "weakest_strength": 0.5,
        }
    ]


def test_no_way_is_no_failure(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("intro", "t", "--hops", "1", "--csv")
    assert (run.exit_code, len(run.stdout.splitlines())) == (0, 1)
    assert "the shortest has 2 (--hops 2)" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nobody",), "TARGET: 'nobody' is neither an id nor a name"),
        (("e",), "TARGET: 'e' is of the firm"),
        (("t", "--from", "f"), "--from: 'f' can't begin a way"),
        (("t", "--exclude", "x"), "--exclude: 'x' is neither an id nor a name"),
        (("t", "-k", "0"), "-k"),
        (("t", "--hops", "99"), "99 is not from 1 to 10"),
        ((), "Missing argument 'TARGET'"),
    ],
)
def test_bad_input_is_one_line(
    relgraph: Relgraph, store: Path, arguments: tuple[str, ...], line: str
) -> None:
    run = relgraph("intro", *arguments)
    assert run.exit_code == 2
    assert line in run.stderr
    assert len(run.stderr.splitlines()) == 1
