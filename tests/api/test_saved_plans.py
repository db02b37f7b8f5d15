"""Saved plans: what they hold, as scenarios, and reviewed after a quarter that was simulated."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relgraph import compare_scenario, import_files, open_store, plan_investments, review_plan
from relgraph.errors import InvalidInput, OutputError, UsageError
from relgraph.resources import resource_dir
from tests.stored import Rows, store_rows
from tests.told import told

START, PLANNED, REVIEWED = date(2025, 1, 1), date(2025, 12, 31), date(2026, 3, 31)
USUAL = 24  # contacts a year with every customer
SURE: dict[str, Any] = {"assume": {"contact_cost": 0.001}, "draws": 0}


class Simulation:
    """Thirty customers of one employee, and a quarter in which some of a plan is done."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(7)
        self.ids = [f"c{number:02}" for number in range(30)]
        self.people: list[dict[str, Any]] = [
            {"id": "firm", "market": "firm"},
            {"id": "e", "market": "employee"},
            {"id": "g", "market": "employee"},
            *(self._customer(number, node_id) for number, node_id in enumerate(self.ids)),
        ]
        self.contacts: list[dict[str, Any]] = [
            {"source": "e", "target": "firm", "at": datetime(2025, 1, 1)}
        ]
        self.contacts += [{"source": "e", "target": "firm", "at": datetime(2025, 12, 31)}]
        for node_id in self.ids:
            self.meet("e", node_id, START, PLANNED, USUAL)
        self.ties: list[dict[str, Any]] = [
            {"source": "e", "target": "g", "type": "KNOWS", "strength": 0.9}
        ]

    def _customer(self, number: int, node_id: str) -> dict[str, Any]:
        unhappy = number % 3 == 0
        satisfaction = 0.2 if unhappy else 0.8
        margin = 1000.0 + 100 * number
        owner = {} if number % 3 == 1 else {"owner": "e"}
        return {
            "id": node_id,
            "name": f"Customer {number}",
            "market": "customer",
            "margin": margin,
            "satisfaction": satisfaction,
            **owner,
        }

    def meet(self, who: str, node_id: str, first: date, last: date, count: int) -> None:
        """Let so many contacts fall evenly between two days, at hours drawn at random."""
        days = (last - first).days
        for number in range(count):
            day = first + timedelta(days=1 + number * (days - 1) // max(1, count))
            at = datetime(day.year, day.month, day.day, int(self.rng.integers(1, 23)))
            self.contacts.append({"source": who, "target": node_id, "at": at})

    def store(self, path: Path) -> Path:
        return store_rows(path, self.people, self.ties, self.contacts)


def test_a_review_says_what_a_simulation_did(tmp_path: Path) -> None:
    firm = Simulation()
    before = firm.store(tmp_path / "before.lbug")
    with open_store(before) as store:
        plan = list(plan_investments(store, save=tmp_path / "q.toml", count=9, **SURE).rows())
    content = tomllib.loads((tmp_path / "q.toml").read_text(encoding="utf-8"))
    chosen = [row["id"] for row in content["action"]]
    others = [row["id"] for row in content["next"]]
    assert chosen == [row["id"] for row in plan]
    assert (len(chosen), len(others)) == (9, 9)

    # The truth: the first five are done in full, the next two in nothing, one leaves, one is
    # removed on request; the others go on as before.
    done, undone, left, removed = set(chosen[:5]), set(chosen[5:7]), chosen[7], chosen[8]
    people = {row["id"]: row for row in firm.people}
    quarter = (REVIEWED - PLANNED).days / 365.25
    made = {}
    for row in (*content["action"], *content["next"]):
        node_id, actions = row["id"], row["action"].split("+")
        added = row["contacts"] if node_id in done else 0
        made[node_id] = round((USUAL + added) * quarter)
        firm.meet("e", node_id, PLANNED, REVIEWED, made[node_id])
        if node_id in done:
            if "recover" in actions:
                people[node_id]["satisfaction"] = 0.8
            if "assign" in actions:
                people[node_id]["owner"] = "e"
            if "cover" in actions:
                firm.ties.append(
                    {"source": "g", "target": node_id, "type": "KNOWS", "strength": 0.4}
                )
    people[left] |= {"status": "left", "left_on": date(2026, 2, 1)}
    firm.people = [row for row in people.values() if row["id"] != removed]
    firm.contacts = [row for row in firm.contacts if row["target"] != removed]
    after = firm.store(tmp_path / "after.lbug")

    with open_store(after) as store:
        result = review_plan(store, tmp_path / "q.toml", as_of=REVIEWED, draws=500)
        again = review_plan(store, tmp_path / "q.toml", as_of=REVIEWED, draws=500)
    rows = {row["id"]: row for row in result.rows()}
    assert list(rows) == [*chosen, *others]
    for node_id in done:
        assert (rows[node_id]["done"], rows[node_id]["open"]) == (rows[node_id]["action"], None)
    for node_id in undone:
        assert (rows[node_id]["done"], rows[node_id]["open"]) == (None, rows[node_id]["action"])
    assert rows[left]["status"] == "left"
    assert rows[removed]["status"] == "missing"
    for node_id in (*done, *undone, *others):
        assert rows[node_id]["status"] == "active"
        assert rows[node_id]["made"] == made[node_id]
        happier = node_id in done and "recover" in rows[node_id]["action"]
        assert (rows[node_id]["satisfaction_now"] > rows[node_id]["satisfaction_then"]) is happier
    for row in content["action"][:7]:
        due = (row["contacts_before"] + row["contacts"]) * 90 / 365.25
        assert rows[row["id"]]["due"] == pytest.approx(due, rel=0.02)
    notes = told(result.notes)
    assert notes == told(again.notes)
    assert any(
        note.startswith("of 9 investments planned as of 2025-12-31, 5 are") for note in notes
    )
    assert any(note == f"left since: {left}" for note in notes)
    assert any(note.startswith(f"not in the store any more: {removed}") for note in notes)
    assert any("no proof" in note for note in notes)
    # By hand: satisfaction rose by 0.6 where it was recovered, and nowhere else.
    recovered = sum("recover" in rows[node_id]["action"] for node_id in done)
    shift = next(note for note in result.notes if note.key == "review.satisfaction")
    assert shift.values["chosen"] == pytest.approx(0.6 * recovered / 7)
    assert shift.values["others"] == 0
    assert shift.values["low"] <= shift.values["difference"] <= shift.values["high"]


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("six") / "six.lbug"
    with open_store(path, write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
    return path


def test_a_saved_plan_is_a_scenario_that_does_what_it_expects(six: Path, tmp_path: Path) -> None:
    file = tmp_path / "q3.toml"
    with open_store(six) as store:
        plan_investments(store, save=file, draws=0)
        result = compare_scenario(store, file, measures=["p_leave"], draws=0)
    after = {row["id"]: row["after"] for row in result.rows()}
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    assert len(content["action"]) == 10
    for row in content["action"]:
        assert after[row["id"]] == pytest.approx(row["p_after"], abs=1e-5), row["id"]


def test_the_file_is_the_same_each_time_and_never_overwritten(six: Path, tmp_path: Path) -> None:
    with open_store(six) as store:
        for name in ("a.toml", "b.toml"):
            plan_investments(store, save=tmp_path / name, draws=20)
        assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()
        with pytest.raises(OutputError, match="already there"):
            plan_investments(store, save=tmp_path / "a.toml", draws=20)


def test_names_are_text_in_the_file(tmp_path: Path) -> None:
    name = 'He said "x"\\\n[plan]\t\x7f # no\u2028 comment'
    people: Rows = [
        {"id": "firm", "market": "firm"},
        {"id": "e", "market": "employee"},
        {"id": "a]]\n", "name": name, "market": "customer", "owner": "e", "margin": 9e9},
    ]
    ties: Rows = [{"source": "e", "target": "a]]\n", "type": "MANAGES", "strength": 0.3}]
    path = store_rows(tmp_path / "s.lbug", people, ties, [])
    with open_store(path) as store:
        plan_investments(store, save=tmp_path / "q.toml", **SURE)
    row = tomllib.loads((tmp_path / "q.toml").read_text(encoding="utf-8"))["action"][0]
    assert (row["id"], row["name"]) == ("a]]\n", name)


WRONG = """
[plan]
as_of = "spring"
seed = -1
draws = true
[plan.assume]
discuont = 0.1
discount = "much"

[[action]]
id = "a"
action = "love"
p_leave = 1.2
contacts = -1

[[action]]
id = "a"
action = "deepen"
net = nan
strenght = 0.3

[[next]]
market = "moon"
"""


def test_everything_wrong_is_told_at_once(six: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.toml"
    file.write_text(WRONG, encoding="utf-8")
    with open_store(six) as store, pytest.raises(InvalidInput) as caught:
        review_plan(store, file)
    lines = [str(problem).removeprefix(f"{file}: ") for problem in caught.value.problems]
    for expected in (
        "[plan]: as_of is 'spring'; expected a date, such as 2026-03-31",
        "[plan]: draws is 'True'; expected a number",
        "[plan.assume]: discount is 'much'; expected a number",
        "[[action]] #1: action is 'love'; expected one of ",
        "[[action]] #1: p_leave is '1.2'; expected a number from 0 to 1",
        "[[action]] #1: contacts is '-1'; expected a whole number from 0 on",
        "[[action]] #2: id 'a' stands twice; an account has one investment",
        "[[action]] #2: net is 'nan'; expected a number",
        "[[action]] #2: 'strenght' is nothing that a saved plan has",
        "[[next]] #1: id is missing",
        "[[next]] #1: action is missing",
        "[[next]] #1: market is 'moon'; expected one of ",
    ):
        assert any(line.startswith(expected) for line in lines), (expected, lines)
    assert any("discuont" in line for line in lines)
    assert any("-1" in line and "[plan]" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = [", "TOML"),
        ("name = 'a scenario'", "no section [plan]"),
        ("plan = 3", "plan"),
        ("[plan]\nas_of = 2026-01-01\n[action]\nid = 'a'", "action"),
        (f"[plan]\nas_of = 2026-01-01\nseed = {'9' * 5000}", "TOML"),
        ("[plan]\nas_of = 2026-01-01\nx = " + "[" * 5000, "TOML"),
        (
            f"[plan]\nas_of = 2026-01-01\n[[next]]\nid='a'\naction='deepen'\nnet = 1{'0' * 400}",
            "net",
        ),
    ],
)
def test_hostile_files_give_a_line(six: Path, tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "q.toml"
    file.write_text(text, encoding="utf-8")
    with open_store(six) as store, pytest.raises(InvalidInput, match=expected.replace("[", r"\[")):
        review_plan(store, file)


def test_a_review_looks_at_a_later_day(six: Path, tmp_path: Path) -> None:
    with open_store(six) as store:
        plan_investments(store, save=tmp_path / "q.toml", draws=0)
        with pytest.raises(UsageError, match="is earlier"):
            review_plan(store, tmp_path / "q.toml", as_of="2026-01-01")
        same = review_plan(store, tmp_path / "q.toml", draws=0)
        assert any("no contact is later" in note for note in told(same.notes))
        with pytest.raises(UsageError):
            review_plan(store, tmp_path / "none.toml")


@pytest.mark.parametrize("seed", range(4))
def test_what_a_scenario_expects_holds_for_ties_of_every_kind(seed: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    people: list[dict[str, Any]] = [{"id": "firm", "market": "firm"}]
    people += [{"id": f"e{number}", "market": "employee"} for number in range(4)]
    ties: list[dict[str, Any]] = []
    contacts: list[dict[str, Any]] = []
    kinds = ("MANAGES", "KNOWS", "PARTNERS_WITH", "REFERS")
    for number in range(12):
        node_id = f"c{number:02}"
        row = {"id": node_id, "market": "customer", "margin": float(rng.integers(100, 9000))}
        row |= {"owner": "e0"} if rng.random() < 0.6 else {}
        row |= {"satisfaction": float(rng.random())} if rng.random() < 0.7 else {}
        people += [row, {"id": f"p{number:02}", "market": "customer", "organisation": node_id}]
        for end in (node_id, f"p{number:02}"):
            for kind in kinds:
                if rng.random() < 0.4:
                    who = rng.choice(["e0", "e1", "firm"])
                    strength = float(rng.uniform(0.05, 0.9)) if rng.random() < 0.6 else None
                    pair = (who, end) if kind == "MANAGES" or rng.random() < 0.5 else (end, who)
                    if kind in ("KNOWS", "PARTNERS_WITH"):
                        pair = (min(pair), max(pair))
                    row = {"source": pair[0], "target": pair[1], "type": kind, "strength": strength}
                    ties.append(row)
            for _ in range(int(rng.integers(0, 9))):
                at = datetime(2025, int(rng.integers(1, 13)), int(rng.integers(1, 28)))
                contacts.append({"source": "e2", "target": end, "at": at})
    path = store_rows(tmp_path / "s.lbug", people, ties, contacts)
    with open_store(path) as store:
        plan_investments(store, save=tmp_path / "q.toml", **SURE)
        result = compare_scenario(
            store, tmp_path / "q.toml", measures=["p_leave"], draws=0, assume=SURE["assume"]
        )
    after = {row["id"]: row["after"] for row in result.rows()}
    content = tomllib.loads((tmp_path / "q.toml").read_text(encoding="utf-8"))
    assert len(content["action"]) > 5
    for row in content["action"]:
        if row.get("satisfaction_after") != 1:
            assert after[row["id"]] == pytest.approx(row["p_after"], abs=2e-5), row
