"""The shipped queries have the form that docs/cypher-subset.md asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relgraph.resources import resource_dir
from tests.queries.form import find_faults

GOOD = """\
// Stakeholders of a market who were
// contacted lately.
//
// A remark: it is no part of the purpose.
//
// param: market MARKET
// param: window DURATION = 30
// param: prefix STRING = 'a b'
// returns: id STRING, name STRING
// returns: contacts INTEGER
// example: relgraph query run good -p market customer -p prefix "c d"
MATCH (a:Stakeholder)-[c:CONTACTED]->(s:Stakeholder)
WHERE s.market = $market AND c.at > $window AND s.name STARTS WITH $prefix
RETURN s.id AS id, s.name AS name, count(*) AS contacts
ORDER BY contacts DESC, id
"""

Faults = Callable[[str], list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return what is wrong with a text as the file `good.cypher`."""

    def find(text: str) -> list[str]:
        path = tmp_path / "good.cypher"
        path.write_text(text, encoding="utf-8")
        return find_faults(path)

    return find


@pytest.mark.parametrize(
    "path", sorted(resource_dir("queries").iterdir()), ids=lambda path: path.name
)
def test_a_shipped_query_has_the_form(path: Path) -> None:
    assert path.suffix == ".cypher"
    assert find_faults(path) == []


def test_a_good_query_has_no_faults(faults: Faults) -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("$window", "$widnow", "good.cypher:13: $widnow has no line `// param: widnow TYPE`"),
        ("c.at > $window AND ", "", "good.cypher:7: parameter window is never used as $window"),
        ("returns: id STRING, ", "returns: ", "good.cypher:14: RETURN gives id, name, contacts"),
        ("id STRING, name", "name STRING, id", "good.cypher:14: RETURN gives id, name, contacts, "),
        ("s.id AS id, ", "s.id, ", "good.cypher:14: column 1 of RETURN has no name"),
        ("ORDER BY contacts DESC, id\n", "", "good.cypher:14: RETURN has no ORDER BY"),
        ("RETURN s.id", "WITH s.id", "good.cypher:14: the query doesn't end with RETURN"),
        ("count(*)", "size(collect(c))", "good.cypher:14: the function collect is outside the"),
        ("count(*)", "count(*", "good.cypher:14: a ( without its closing half"),
        ("count(*)", "count(*))", "good.cypher:14: a ) without its opening half"),
        ("count(*)", "count(*])", "good.cypher:14: a ] without its opening half"),
        ("name STRING\n", "id STRING\n", "good.cypher:9: column id is declared twice"),
        ("window DURATION = 30", "market MARKET", "good.cypher:7: parameter market is declared t"),
        ("run good", "run bad", "good.cypher:11: the example is not `relgraph query run good"),
        ('"c d"', '"c d', "good.cypher:11: the example is not `relgraph query run good"),
        ("-p market customer ", "", "good.cypher:11: the example fails: query good: parameter ma"),
        ("-p prefix", "-p", "good.cypher:11: the example is not `relgraph query run good"),
        ("// example", "// sample", "good.cypher:1: no line `// example:`"),
        ("// returns", "// gives", "good.cypher:1: no line `// returns:`"),
        ("// Stakeholders of a market who were\n// contacted lately.", "//", "good.cypher:1: no p"),
    ],
)
def test_a_fault_is_told_with_file_and_line(faults: Faults, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    assert fault in "\n".join(faults(GOOD.replace(old, new)))


def test_faults_are_told_in_the_order_of_lines(faults: Faults) -> None:
    text = GOOD.replace("$window", "$widnow").replace("count(*)", "round(1)")
    assert [fault.split(": ")[0] for fault in faults(text)] == [
        "good.cypher:7",
        "good.cypher:13",
        "good.cypher:14",
    ]
