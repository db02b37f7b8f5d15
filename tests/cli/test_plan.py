"""`relgraph plan`: the ten, why, and what to ask first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import Rows, store_rows

PEOPLE: Rows = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    {"id": "g", "name": "Gus", "market": "employee"},
    {"id": "a", "name": "Ann", "market": "customer", "owner": "e", "margin": 900.0},
    {"id": "b", "name": "Bob", "market": "customer", "owner": "e", "margin": 100.0},
    {"id": "d", "name": "Dia", "market": "distributor", "margin": 400.0, "satisfaction": 0.2},
]
TIES: Rows = [
    {"source": "e", "target": "a", "type": "MANAGES", "strength": 0.4, "level": 2},
    {"source": "e", "target": "b", "type": "MANAGES", "strength": 0.4, "level": 2},
    {"source": "g", "target": "d", "type": "KNOWS", "strength": 0.4, "level": 2},
]
CHEAP = ("--assume", "contact_cost=0.001", "--draws", "50")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_rows(tmp_path / "relgraph.lbug", PEOPLE, TIES, [])


def test_a_plan(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("plan", *CHEAP, "--json")
    assert run.exit_code == 0, run.stderr
    rows = json.loads(run.stdout)
    assert {row["id"] for row in rows} == {"a", "b", "d"}
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert "of the best possible under these assumptions" in run.stderr
    one = json.loads(relgraph("plan", *CHEAP, "-k", "1", "--json").stdout)
    assert [row["id"] for row in one] == [rows[0]["id"]]


def test_seven_columns_and_grouped_money(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("plan", *CHEAP)
    header = run.stdout.splitlines()[0].split()
    assert header == ["name", "id", "action", "owner", "net", "top_ten", "reasons"]


def test_limits_choose(relgraph: Relgraph, store: Path) -> None:
    def ids(*arguments: str) -> list[str]:
        run = relgraph("plan", *CHEAP, "--json", *arguments)
        assert run.exit_code == 0, run.stderr
        return [row["id"] for row in json.loads(run.stdout)]

    assert ids("--market", "distributor") == ["d"]
    assert ids("--owner", "Gus") == ["d"]
    assert set(ids("--exclude", "Ann")) == {"b", "d"}
    assert ids("-k", "1", "--must", "Bob") == ["b"]
    assert ids("--budget", "0") == []


def test_other_answers(relgraph: Relgraph, store: Path) -> None:
    frontier = json.loads(relgraph("plan", *CHEAP, "--frontier", "--json").stdout)
    assert list(frontier[0]) == ["budget", "chosen", "net"]
    assert frontier[-1]["chosen"] == 3
    steps = json.loads(relgraph("plan", *CHEAP, "--explain", "Ann", "--json").stdout)
    assert list(steps[0]) == ["step", "symbol", "value", "formula", "from"]
    assert steps[-1]["symbol"] == "net"
    run = relgraph("plan", *CHEAP, "--questions", "--json")
    assert run.exit_code == 0, run.stderr
    assert "knowing everything would be worth" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--frontier", "--questions"), "answers to different questions"),
        (("--must", "Ann", "--exclude", "a"), "--must: must be chosen and left out at once: a"),
        (("--must", "Eve"), "--must: 'e' is not an active customer"),
        (("--must", "nobody"), "--must: 'nobody' is neither an id nor a name"),
        (("--owner", "Ann"), "--owner: 'a' is not an active employee"),
        (("--budget", "-1"), "--budget: -1"),
        (("-k", "101"), "-k"),
        (("--questions", "--draws", "3"), "--draws: 3 is"),
        (("--respect-capacity",), "--respect-capacity: the settings of the store say of nobody"),
        (("--explain", "firm-x"), "--explain: 'firm-x' is neither"),
        (("--explain", "Eve"), "--explain: 'e' is not an active customer"),
    ],
)
def test_impossible_wishes(
    relgraph: Relgraph, store: Path, arguments: tuple[str, ...], line: str
) -> None:
    run = relgraph("plan", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert line in run.stderr


def test_capacities_of_the_settings(relgraph: Relgraph, store: Path, tmp_path: Path) -> None:
    settings = tmp_path / "s.toml"
    settings.write_text("[capacities]\ndefault = 4\ne = 0\n", encoding="utf-8")
    assert relgraph("settings", settings).exit_code == 0
    run = relgraph("plan", *CHEAP, "--json")
    assert "overfull calendars: e (0 contacts in the last year and" in run.stderr
    run = relgraph("plan", *CHEAP, "--respect-capacity", "--json")
    assert [row["owner"] for row in json.loads(run.stdout)] == ["g"]
    assert "overfull" not in run.stderr
    settings.write_text("[capacities]\ne = -3\ng = 'many'\n", encoding="utf-8")
    run = relgraph("settings", settings)
    assert run.exit_code == 4
    assert "capacities.e is '-3'; write how many contacts a year" in run.stderr
    assert "capacities.g is 'many'" in run.stderr


def test_documents_by_the_ending(relgraph: Relgraph, store: Path, tmp_path: Path) -> None:
    for name, start in (("p.html", b"<!doctype html>"), ("p.md", b"# Acme"), ("p.xlsx", b"PK")):
        run = relgraph("plan", *CHEAP, "-o", name, "--theme", "Spring", "--save", f"{name}.toml")
        assert run.exit_code == 0, run.stderr
        assert run.stdout == ""
        assert f"{name}: plan with 3 investments" in run.stderr
        assert "it holds names" in run.stderr
        assert (tmp_path / name).read_bytes().startswith(start)
    run = relgraph("plan", *CHEAP, "-o", "p.csv")
    assert run.exit_code == 0, run.stderr
    assert (tmp_path / "p.csv").read_text(encoding="utf-8").startswith("rank,id,name")
    run = relgraph("plan", *CHEAP, "--questions", "-o", "q.html")
    assert run.exit_code == 0, run.stderr
    assert b"<th" in (tmp_path / "q.html").read_bytes()


def test_what_belongs_to_documents_alone(relgraph: Relgraph, store: Path) -> None:
    run = relgraph("plan", "--theme", "Spring")
    assert run.exit_code == 2
    assert "--theme" in run.stderr
    assert ".html, .md, .xlsx" in run.stderr
    for option in (("--top", "3"), ("--columns", "id")):
        run = relgraph("plan", *option, "-o", "p.html")
        assert (run.exit_code, option[0] in run.stderr) == (2, True)
    run = relgraph("plan", "--review", "q.toml", "--market", "customer")
    assert (run.exit_code, "--market" in run.stderr) == (2, True)


def test_what_is_sent_away_is_a_document(relgraph: Relgraph, store: Path) -> None:
    for option in ("--without-money", "--anonymise", "--key=who.csv"):
        result = relgraph("-d", store, "plan", option)
        assert result.exit_code == 2
        assert f"{option.partition('=')[0]}: only a plan written as a document" in result.stderr
    asked = ("plan", "-o", "plan.md", "--draws", "0", "--anonymise", "--without-money")
    result = relgraph("-d", store, *asked)
    assert result.exit_code == 0, result.stderr
    assert "plan.key.csv: who is who" in result.stderr
    assert Path("plan.key.csv").stat().st_mode & 0o777 == 0o600


def test_a_review_on_the_command_line(relgraph: Relgraph, store: Path, tmp_path: Path) -> None:
    assert relgraph("plan", *CHEAP, "--save", "q.toml").exit_code == 0
    again = relgraph("plan", *CHEAP, "--save", "q.toml")
    assert (again.exit_code, "already there" in again.stderr) == (1, True)
    run = relgraph("plan", "--review", "q.toml", "--json")
    assert run.exit_code == 0, run.stderr
    rows = json.loads(run.stdout)
    assert [row["group"] for row in rows] == ["chosen"] * 3
    assert "no proof" in run.stderr or "too few" in run.stderr
    table = relgraph("plan", "--review", "q.toml").stdout.splitlines()[0].split()
    assert table == ["name", "id", "group", "done", "open", "status", "made"]
    wrong = relgraph("plan", "--review", "q.toml", "--questions")
    assert wrong.exit_code == 2
    (tmp_path / "bad.toml").write_text("[plan]\nas_of = 3\n[[action]]\nid = 4\n", encoding="utf-8")
    bad = relgraph("plan", "--review", "bad.toml")
    assert bad.exit_code == 4
    assert "bad.toml: [plan]: as_of is '3'; expected a date" in bad.stderr
    assert "bad.toml: [[action]] #1: id is '4'; expected text" in bad.stderr
    assert "bad.toml: [[action]] #1: action is missing" in bad.stderr
    assert relgraph("plan", "--review", "none.toml").exit_code == 2


def test_a_market_narrows_the_choice(relgraph: Relgraph, store: Path) -> None:
    best = json.loads(relgraph("plan", *CHEAP, "-k", "1", "--json").stdout)
    assert [row["id"] for row in best] == ["d"]
    run = relgraph("plan", *CHEAP, "-k", "1", "--market", "customer", "--json")
    assert [row["id"] for row in json.loads(run.stdout)] == ["a"]
