"""What the shell is offered while a word is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from relgraph.cli import main
from tests.stored import store_rows


def offered(*words: str) -> list[str]:
    """Return what is offered for the last word, after the others."""
    *before, typed = words
    shell = BashComplete(main, {}, "relgraph", "_RELGRAPH_COMPLETE")
    return [item.value for item in shell.get_completions(before, typed)]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    people = [{"id": i, "name": i, "market": "customer"} for i in ("ann", "anton", "bob", "an' x")]
    return store_rows(tmp_path / "relgraph.lbug", people, [], [])


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("command", ["show", "exit", "reach", "strength", "intro", "remove"])
def test_ids_are_those_of_the_store(command: str) -> None:
    assert offered(command, "an") == ["an' x", "ann", "anton"]
    assert offered(command, "x") == []


def test_the_store_is_the_one_that_is_named(store: Path) -> None:
    other = store_rows(
        store.parent / "b.lbug", [{"id": "c", "name": "c", "market": "firm"}], [], []
    )
    assert offered("show", "-d", str(other), "") == ["c"]
    assert offered("-d", str(other), "show", "") == ["c"]


def test_a_store_that_cannot_be_opened_offers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert offered("show", "") == []
    (tmp_path / "relgraph.lbug").write_text("no store")
    assert offered("show", "") == []
    assert offered("show", "-d", "neo4j://nowhere.invalid", "") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("centrality", "--measure", "clo"), ["closeness"]),
        (("centrality", "--columns", "ma"), ["market"]),
        (("centrality", "--columns", "name,ma"), ["name,market"]),
        (("brokers", "--columns", "name,liaison,broker_sh"), ["name,liaison,broker_share"]),
        (("query", "run", "single"), ["single-contact-customers"]),
        (("query", "show", "single"), ["single-contact-customers"]),
        (("explain", "eigen"), ["eigenvector"]),
        (("explain", "discou"), ["discount"]),
    ],
)
def test_names(words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected
