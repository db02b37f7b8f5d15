"""DOT as Graphviz defines it: edges by hand, counts that networkx gives for the same graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import read_files
from tests.readwrite.reading import write_files


def read(folder: Path, text: str) -> Dataset:
    paths = write_files(folder, {"g.dot": text})
    return read_files(paths, choices=GraphChoices(market="customer")).dataset


def ties(dataset: Dataset) -> list[tuple[str, str, str]]:
    frame = dataset.relationships[["source", "target", "type"]]
    return sorted(map(tuple, frame.itertuples(index=False)))


LINKED = [("a", "b", "LINKED_TO"), ("a", "c", "LINKED_TO"), ("b", "c", "LINKED_TO")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("digraph { a -> b -> c; a -> c }", LINKED),
        ("strict digraph G { a -> {b c} b:port:n -> c }", LINKED),
        ("digraph { subgraph cluster_1 { a; b } a -> b; {a b} -> c }", LINKED),
        ("digraph{a->b[label=x]// c->d\n/* e->f */\n# g->h\na->c;b->c}", LINKED),
        ('graph "my graph" { a -- b }', [("a", "b", "KNOWS")]),
        ('digraph { "a"->"b c"; }', [("a", "b c", "LINKED_TO")]),
        ('digraph { a -> "b" + "c" }', [("a", "bc", "LINKED_TO")]),
        ("digraph { a -> b [dir=back]; }", [("b", "a", "LINKED_TO")]),
        ("digraph { a -> b [dir=both]; }", [("a", "b", "KNOWS")]),
        ("digraph { rankdir=LR; node [shape=box] 1.5 -> -2; }", [("1.5", "-2", "LINKED_TO")]),
    ],
)
def test_edges(tmp_path: Path, text: str, expected: list[tuple[str, str, str]]) -> None:
    dataset = read(tmp_path, text)
    assert ties(dataset) == expected
    assert set(dataset.stakeholders["id"]) == {end for tie in expected for end in tie[:2]}


def test_attributes(tmp_path: Path) -> None:
    text = """digraph {
    node [team="sales" color=red];
    a [label="Ann\\nLee", age=31, pos="1,2"];
    node [team="it"]
    b [label=<<b>Bob</b> &amp; Co>];
    edge [since="2020-01-01"]
    a -> b [weight=2, label="reports to", penwidth=3];
}"""
    dataset = read(tmp_path, text)
    people = dataset.stakeholders.set_index("id")
    assert people["name"].to_dict() == {"a": "Ann Lee", "b": "Bob & Co"}
    assert people["team"].to_dict() == {"a": "sales", "b": "it"}
    assert people.loc["a", "age"] == 31
    assert set(people.columns) == {"name", "market", "team", "age"}
    (tie,) = dataset.relationships.to_dict("records")
    assert (tie["weight"], tie["label"], str(tie["since"].date())) == (
        2,
        "reports to",
        "2020-01-01",
    )
    assert "penwidth" not in tie


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a -> b", 1, "no DOT in it: it begins with graph or digraph"),
        ("digraph {\n a -> b\n", 1, "a bracket is opened here and never closed"),
        ("digraph {\n a -- b }", 2, "'--' between nodes; in this kind of graph it is ->"),
        ("digraph {\n a -> ; }", 2, "';' stands where a name should stand"),
        ("digraph {\n a [x=] }", 2, "']' stands where a name should stand"),
        ('digraph {\n a [x="1] }', 2, "'\"' stands where DOT should stand"),
        ("digraph", 1, "it ends where { should stand"),
        ("digraph { }", 1, "no graph in it"),
        ("digraph " + 200 * "{", 1, "brackets inside brackets, deeper than any graph has them"),
    ],
)
def test_problems_have_their_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    assert str(caught.value) == f"{tmp_path}/g.dot:{line}: {problem}"
