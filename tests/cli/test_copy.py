"""`relgraph copy`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.errors import WriteFailed
from relgraph.resources import resource_dir
from relgraph.store import fetch_dataset, open_store
from relgraph.store.frames import checksum
from tests.conftest import Relgraph


@pytest.fixture
def filled(relgraph: Relgraph) -> Relgraph:
    folder = resource_dir("sample_data") / "worked_example"
    assert relgraph("import", folder, "-d", "one.lbug").exit_code == 0
    return relgraph


def content(url: str) -> str:
    with open_store(url) as store:
        return checksum(fetch_dataset(store))


def test_a_file_is_copied_and_checked(filled: Relgraph) -> None:
    result = filled("copy", "one.lbug", "two.lbug", "--json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [(row["table"], row["rows"], row["created"]) for row in rows] == [
        ("stakeholders", 10, 10),
        ("relationships", 12, 12),
        ("interactions", 0, 0),
    ]
    assert content("one.lbug") == content("two.lbug")
    assert f"SHA-256 {content('one.lbug')}" in result.stderr
    assert "import" in filled("info", "-d", "two.lbug", "--csv").stdout


def test_a_store_that_holds_something_is_not_overwritten_unasked(filled: Relgraph) -> None:
    Path("stakeholders.csv").write_text("id,name,market\nx,X,customer\n")
    assert filled("import", "stakeholders.csv", "-d", "two.lbug").exit_code == 0
    before = content("two.lbug")
    result = filled("copy", "one.lbug", "two.lbug")
    assert result.exit_code == 2
    assert "two.lbug holds 1 stakeholder: add --replace" in result.stderr
    assert content("two.lbug") == before
    assert filled("copy", "one.lbug", "two.lbug", "--replace").exit_code == 0
    assert content("two.lbug") == content("one.lbug")


def test_there_has_to_be_something_to_copy(relgraph: Relgraph) -> None:
    result = relgraph("copy", "one.lbug", "two.lbug")
    assert result.exit_code == 3
    assert list(Path().iterdir()) == []


def test_a_copy_that_is_not_equal_is_an_error(
    filled: Relgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = iter(["a" * 64, "b" * 64])
    monkeypatch.setattr("relgraph.api.copying.checksum", lambda _: next(sums))
    result = filled("copy", "one.lbug", "two.lbug")
    assert result.exit_code == WriteFailed.exit_code
    assert "doesn't hold what one.lbug holds" in result.stderr


@pytest.mark.parametrize("options", [[], ["--batched"]], ids=["whole", "batched"])
def test_a_store_goes_to_a_server_and_back(
    filled: Relgraph, neo4j_url: str, options: list[str]
) -> None:
    sample = resource_dir("sample_data") / "six_markets"
    assert filled("import", sample, "-d", "one.lbug", "--replace").exit_code == 0
    assert filled("copy", "one.lbug", neo4j_url, *options).exit_code == 0
    assert filled("copy", neo4j_url, "back.lbug").exit_code == 0
    assert content("one.lbug") == content(neo4j_url) == content("back.lbug")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.cli.options.store.is_interactive", lambda: True)


def test_a_person_is_asked_for_the_servers_password(
    relgraph: Relgraph, neo4j_url: str, monkeypatch: pytest.MonkeyPatch, terminal: None
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "to be restored")
    monkeypatch.delenv("NEO4J_PASSWORD")
    result = relgraph("info", "-d", neo4j_url, input="not it\n")
    assert result.exit_code == 3
    assert f"Password of neo4j at {neo4j_url}" in result.stderr
    assert "not it" not in result.output
    assert "refuses user 'neo4j'" in result.stderr
