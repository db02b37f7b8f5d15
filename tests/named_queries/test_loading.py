"""Files of queries: found, parsed, and held to reading when they are loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from relgraph.errors import InvalidInput, UsageError
from relgraph.named_queries import find_query, load_queries, read_query
from relgraph.resources import resource_dir

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

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the file `good.cypher` and return its path."""

    def write_it(text: str) -> Path:
        path = tmp_path / "good.cypher"
        path.write_text(text, encoding="utf-8")
        return path

    return write_it


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_query(path)
    return [str(problem) for problem in caught.value.problems]


def test_a_file_is_read_whole(write: Write) -> None:
    query = read_query(write(GOOD))
    assert query.name == "good"
    assert query.purpose == "Stakeholders of a market who were contacted lately."
    assert [str(one) for one in query.parameters] == [
        "market MARKET",
        "window DURATION = 30",
        "prefix STRING = 'a b'",
    ]
    assert [str(one) for one in query.returns] == ["id STRING", "name STRING", "contacts INTEGER"]
    assert query.cypher == GOOD
    assert query.check_parameters({"market": "customer"}) == {
        "market": "customer",
        "window": timedelta(days=30),
        "prefix": "a b",
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("ORDER BY", "SET s.x = 1 RETURN 1 ORDER BY", "good.cypher:15: SET is not allowed"),
        ("MATCH", "CALL apoc.x() MATCH", "good.cypher:12: CALL of apoc.x is not allowed"),
        ("count(*)", "apoc.x()", "good.cypher:14: the function apoc.x is not allowed"),
        ("DESC, id", "DESC, id; CHECKPOINT", "good.cypher:15: a second statement after ';'"),
        ("= $market", "= 'x' OR 'y", "good.cypher:13: a text without its closing '"),
        ("market MARKET", "market TEXT", "good.cypher:6: 'market TEXT' is not NAME TYPE or "),
        ("DURATION = 30", "DURATION = soon", "good.cypher:7: parameter window takes a DURATION"),
        ("name STRING\n", "name TEXT\n", "good.cypher:9: 'name TEXT' is not NAME TYPE; types"),
    ],
)
def test_what_cannot_be_run_is_told_with_file_and_line(
    write: Write, old: str, new: str, problem: str
) -> None:
    assert old in GOOD
    assert problem in "\n".join(problems(write(GOOD.replace(old, new))))


def test_all_problems_are_told_in_the_order_of_lines(write: Write) -> None:
    text = GOOD.replace("MARKET", "TEXT").replace("= 30", "= soon").replace("RETURN", "SET")
    assert [problem.split(": ")[0] for problem in problems(write(text))] == [
        "good.cypher:6",
        "good.cypher:7",
        "good.cypher:14",
    ]


def test_an_empty_file_is_a_problem(write: Write) -> None:
    assert "good.cypher:1: the query is empty" in "\n".join(problems(write("")))


def test_loading_tells_the_problems_of_all_files(write: Write) -> None:
    path = write("")
    shutil.copy(path, path.with_name("other.cypher"))
    with pytest.raises(InvalidInput) as caught:
        load_queries(path.parent)
    assert {problem.file for problem in caught.value.problems} == {"good.cypher", "other.cypher"}


def test_a_query_is_found_by_its_name(write: Write) -> None:
    folder = write(GOOD).parent
    assert find_query("good", folder).name == "good"
    with pytest.raises(UsageError, match=r"there is no query 'god' \(did you mean 'good'\?\)"):
        find_query("god", folder)
    with pytest.raises(UsageError, match=r"'\.\./good': `relgraph query list` lists them"):
        find_query("../good", folder / "..")


def test_the_shipped_queries_load_and_those_of_the_plan_are_there() -> None:
    queries = load_queries()
    assert len(queries) >= 16
    assert queries.keys() >= {
        "market-overview",
        "strongest-partnerships",
        "referral-partners",
        "single-contact-customers",
        "unowned-stakeholders",
        "cooling-ties",
        "supplier-coverage",
        "departures",
    }


def test_an_editable_install_reads_them_at_the_top_of_the_repository() -> None:
    assert resource_dir("queries") == Path(__file__).parents[2] / "queries"
