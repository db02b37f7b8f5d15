"""Pairs that may be the same, against all pairs compared one by one."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.analysis.duplicates import pairs
from relgraph.analysis.duplicates.pairs import name_pairs, shared_values
from relgraph.analysis.duplicates.rows import COLUMNS, People, duplicate_rows


def likeness(one: str, other: str) -> float:
    """Return twice the longest common subsequence over both lengths, in percent."""

    @cache
    def common(a: int, b: int) -> int:
        if a == len(one) or b == len(other):
            return 0
        if one[a] == other[b]:
            return 1 + common(a + 1, b + 1)
        return max(common(a + 1, b), common(a, b + 1))

    return 200 * common(0, 0) / (len(one) + len(other))


@settings(max_examples=30)
@given(st.lists(st.text("ab ", min_size=1, max_size=12), max_size=12), st.integers(1, 40))
def test_no_pair_is_missed(names: list[str], cells: int) -> None:
    expected = {
        (one, other): likeness(names[one], names[other])
        for one, other in combinations(range(len(names)), 2)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_CELLS", cells)
        found = name_pairs(names, 80)
    assert found == pytest.approx({p: score for p, score in expected.items() if score >= 80})


def test_empty_names_are_like_none() -> None:
    assert name_pairs(["", "", "ann", "ann"]) == {(2, 3): 100}
    assert name_pairs([]) == {}


def test_what_many_share_makes_no_pair() -> None:
    office = [["info@acme.com"]] * 11
    assert shared_values([*office, ["ann@x.org", "bo@x.org"], ["bo@x.org", "ann@x.org"]]) == (
        {(11, 12): "ann@x.org"},
        1,
    )


def rows(people: People) -> list[dict[str, object]]:
    found = duplicate_rows(people)
    assert tuple(found.columns) == COLUMNS
    return [dict(row) | {"reason": str(row["reason"])} for row in found.rows()]


def people(
    *given: tuple[str, str, str], emails: dict[str, str] | None = None, phone: tuple[str, ...] = ()
) -> People:
    ids = [each[0] for each in given]
    mail = emails or {}
    return People(
        ids,
        [each[1] for each in given],
        [each[2] for each in given],
        [[mail[each]] if each in mail else [] for each in ids],
        [["079460001"] if each in phone else [] for each in ids],
        {"b": {"x", "y", "z"}, "a": {"y", "x"}},
    )


def test_a_row_holds_the_evidence() -> None:
    (row,) = rows(people(("a", "Acme Ltd", "customer"), ("b", "ACME Limited", "customer")))
    assert row == {
        "id": "b",
        "name": "ACME Limited",
        "market": "customer",
        "other": "a",
        "other_name": "Acme Ltd",
        "other_market": "customer",
        "score": 100,
        "likely": "high",
        "shared": 2,
        "shared_with": "x; y",
        "same_email": None,
        "same_phone": None,
        "reason": "same name",
        "same": None,
    }


def test_how_likely_a_pair_is() -> None:
    found = rows(
        people(
            ("a", "Stone Logistics", "customer"),
            ("b", "Stone Logistcs", "customer"),
            ("c", "Harbour Depot 3", "customer"),
            ("d", "Harbour Depot 4", "customer"),
            ("e", "Ann Lee", "supplier"),
            ("f", "A. Lee-Wong", "supplier"),
            ("g", "Bright Star", "supplier"),
            ("h", "Bright Star", "customer"),
            ("i", "Green Mill", "customer"),
            ("j", "Old Quarry", "customer"),
            emails={"e": "ann@lee.org", "f": "ann@lee.org"},
            phone=("i", "j"),
        )
    )
    assert [(row["id"], row["other"], row["likely"], row["reason"]) for row in found] == [
        ("b", "a", "medium", "names alike"),
        ("e", "f", "medium", "names differ, same mail address"),
        ("g", "h", "low", "same name, but other markets"),
        ("c", "d", "low", "names alike, but another number in the name"),
        ("i", "j", "low", "names differ, same telephone number"),
    ]
    # 14 letters in common of 15 and 14
    assert found[0]["score"] == pytest.approx(200 * 14 / 29, abs=0.05)
