"""A market for all who have none: lists of edges alone, and nodes without markets."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import UsageError
from relgraph.readwrite.reading import Reading, read_files
from tests.conftest import Relgraph
from tests.readwrite.reading import write_files

EDGES = "Source,Target,Weight\na,b,1\nb,c,2\nc, a ,1\n"


def read(folder: Path, files: dict[str, str | bytes], market: str = "customer") -> Reading:
    return read_files(write_files(folder, files), market=market)


def test_a_list_of_edges_alone_makes_stakeholders(tmp_path: Path) -> None:
    dataset = read(tmp_path, {"friends.csv": EDGES}).dataset
    assert dataset.stakeholders.to_dict("records") == [
        {"id": each, "name": each, "market": "customer"} for each in "abc"
    ]
    assert dataset.relationships["type"].unique().tolist() == ["LINKED_TO"]
    told = [str(note).replace(f"{tmp_path}/", "") for note in dataset.notes]
    assert "friends.csv gives no types: all ties are LINKED_TO" in told
    assert "3 stakeholders were made of the ends of ties, in market customer" in told


def test_nodes_keep_what_they_have(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "nodes.csv": "id,name,market\na,Ann,supplier\nb,Bob,\n",
        "edges.csv": "source,target,type\na,b,KNOWS\nb,d,KNOWS\n",
    }
    frame = read(tmp_path, files, "influencer").dataset.stakeholders
    assert frame[["id", "name", "market"]].to_numpy().tolist() == [
        *(["a", "Ann", "supplier"], ["b", "Bob", "influencer"], ["d", "d", "influencer"]),
    ]


def test_contacts_are_no_list_of_edges(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"mails.csv": "source,target,at\na,b,2024-01-01\n"}
    dataset = read(tmp_path, files).dataset
    assert len(dataset.interactions) == 1
    assert dataset.stakeholders["id"].tolist() == ["a", "b"]


def test_the_market_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="market: 'friend' is not one of customer"):
        read(tmp_path, {"friends.csv": EDGES}, "friend")


def test_a_second_import_changes_nothing_and_keeps_names(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    (tmp_path / "e.csv").write_text(EDGES)
    assert relgraph("import", "e.csv", "--market", "customer").exit_code == 0
    (tmp_path / "stakeholders.csv").write_text("id,name\na,Ann\n")
    assert relgraph("import", "stakeholders.csv").exit_code == 0
    again = relgraph("import", "e.csv", "--market", "supplier")
    assert "not in it any more" not in again.stderr
    found = relgraph(
        "query",
        "run",
        "--cypher",
        "-",
        "--json",
        input=(
            "MATCH (s:Stakeholder {id: 'a'}) RETURN s.name AS name, "
            "s.market AS market ORDER BY name"
        ),
    )
    assert found.stdout.split() == ["[", '{"name":', '"Ann",', '"market":', '"customer"}', "]"]
    assert again.stdout.split()[-4:] == ["6", "0", "0", "6"]
