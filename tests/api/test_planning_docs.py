"""The examples of docs/planning.md are what the commands say of the sample data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relgraph.api import (
    import_files,
    plan_investments,
    rank_exits,
    rank_partnerships,
    trace_exit,
    value_stakeholders,
)
from relgraph.resources import resource_dir
from relgraph.result import Result
from relgraph.store import Store, open_store
from tests.told import told

PAGE = " ".join((Path(__file__).parents[2] / "docs" / "planning.md").read_text("utf-8").split())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("six") / "six.lbug"
    with open_store(path, write=True) as opened:
        import_files(opened, resource_dir("sample_data") / "six_markets")
        yield opened


def row_of(result: Result, node_id: str) -> dict[str, Any]:
    return next(row for row in result.rows() if row["id"] == node_id)


def test_what_an_account_is_worth(store: Store) -> None:
    result = value_stakeholders(store, draws=0)
    row = row_of(result, "cus-42")
    customers = sum(each["clv"] for each in result.rows() if each["market"] == "customer")
    assert round(row["clv"] / customers, 2) == 0.25
    assert f"brings {row['margin']:,.2f} a year." in PAGE
    assert f"stay this year is {row['retention']:.0%}".replace("%", " %") in PAGE
    assert f"its lifetime value is {row['clv']:,.0f}, a quarter of what all customers" in PAGE


def test_ties_at_risk(store: Store) -> None:
    result = rank_partnerships(store, by="at_stake", at_risk=True)
    first = list(result.rows())[:3]
    assert f"In six_markets {len(result)} ties are at risk." in PAGE
    assert {row["account"] for row in first} == {"cus-42"}
    assert f"with {first[0]['at_stake']:,.0f} at stake" in PAGE


def test_what_leaves_with_an_employee(store: Store) -> None:
    result = trace_exit(store, ["emp-06"])
    row = row_of(rank_exits(store), "emp-06")
    held = row_of(result, "cus-42")
    only = row_of(result, "cus-33")
    assert len(result) == 7
    assert f"15.4 % of that share of its {held['value']:,.0f} is {held['loss']:,.0f}." in PAGE
    assert f"would save {only['cover_saves']:,.0f} of {only['loss']:,.0f}." in PAGE
    interval = f"{row['loss']:,.0f} is lost ({row['loss_low']:,.0f} to {row['loss_high']:,.0f})"
    assert interval in PAGE
    assert (
        interval.replace("(", "[").replace(" to ", ", ").replace(")", "]") in told(result.notes)[0]
    )
    assert f"chance of {row['p_leave']:.1%} a year".replace("%", " %") in PAGE
    assert f"certain keeping is worth {row['budget']:,.0f} this year" in PAGE


def test_where_to_invest(store: Store) -> None:
    result = plan_investments(store)
    values = next(note.values for note in result.notes if note.key == "plan.total")
    text = (
        "On six_markets ten investments of {contacts} contacts cost {cost:,.0f} "
        "and bring {net:,.0f} beyond that a year "
        "({low:,.0f} to {high:,.0f}; {expected:,.0f} on average over the draws)."
    )
    assert text.format(**values) in PAGE
    assert len(result) == 10
    assert sum(share > 0.9 for share in result["top_ten"].tolist()) == 5
