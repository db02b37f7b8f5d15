"""`relgraph portfolio`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_rows(
        tmp_path / "relgraph.lbug",
        [
            {"id": "f", "name": "Acme", "market": "firm"},
            {"id": "e", "name": "Eve", "market": "employee"},
            *(
                {"id": f"c{n}", "name": f"Customer {n}", "market": "customer", "margin": 10.0 * n}
                for n in range(1, 7)
            ),
            {"id": "s", "name": "Sol", "market": "supplier", "revenue": 3.0, "sub_market": "x"},
        ],
        [{"source": "e", "target": "c6", "type": "MANAGES", "level": 4}],
    )


def test_rows_have_advice_in_words(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("portfolio", "--json", "--draws", "20")
    assert run.exit_code == 0, run.stderr
    first = json.loads(run.stdout)[0]
    assert (first["id"], first["class"], first["gap"]) == ("c6", "under-served", -1)
    assert (first["advice"], first["partner_group"]) == ("raise to level 5", "buyer")
    assert 0 < first["sure"] <= 1
    assert first["saves"] == pytest.approx(-12 * 0.02 * 35)


@pytest.mark.parametrize("model", ["value", "supply", "salience", "power"])
def test_every_model_has_a_table(relgraph: Relgraph, store: Path, model: str) -> None:
    run = relgraph("portfolio", "--model", model, "--draws", "20", "--csv")
    assert run.exit_code == 0, run.stderr
    assert run.stdout.startswith("rank,id,name,market,class,")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--model", "kotler"), "'kotler' is not one of"),
        (("--assume", "grid_few_A=6"), "grid_few_A: 6 is not from 0 to 5"),
        (("--assume", "grid_few_D=1"), "'grid_few_D' (did you mean 'grid_few_"),
        (("--draws", "-1"), "-1 is not from 0 to"),
    ],
)
def test_bad_input_is_one_line(
    relgraph: Relgraph, store: Path, arguments: tuple[str, ...], line: str
) -> None:
    run = relgraph("portfolio", *arguments)
    assert run.exit_code == 2
    assert line in run.stderr
    assert len(run.stderr.splitlines()) == 1
