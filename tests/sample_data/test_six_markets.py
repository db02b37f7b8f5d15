"""The fictional firm: the script gives the same bytes, and its README tells the truth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from relgraph.model import COLUMNS, LEFT_REASONS, RELATIONSHIP_TYPES, TABLES, TableName
from relgraph.resources import resource_dir

FOLDER = resource_dir("sample_data") / "six_markets"
SCRIPT = Path(__file__).parents[2] / "scripts" / "make_six_markets.py"


@pytest.fixture(scope="module")
def frames() -> dict[TableName, pd.DataFrame]:
    return {table: pd.read_csv(FOLDER / f"{table}.csv", dtype="str") for table in TABLES}


@pytest.fixture(scope="module")
def customers(frames: dict[TableName, pd.DataFrame]) -> pd.DataFrame:
    people = frames["stakeholders"].set_index("id")
    people["margin"] = people["margin"].astype(float)
    return people[people["market"] == "customer"]


def test_script_writes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True)
    for table in TABLES:
        assert (tmp_path / f"{table}.csv").read_bytes() == (FOLDER / f"{table}.csv").read_bytes()


def test_markets(frames: dict[TableName, pd.DataFrame]) -> None:
    assert frames["stakeholders"]["market"].value_counts().to_dict() == {
        "customer": 50,
        "influencer": 18,
        "supplier": 17,
        "employee": 14,
        "distributor": 11,
        "competitor": 9,
        "firm": 1,
    }
    assert frames["stakeholders"]["name"].is_unique
    assert frames["stakeholders"]["name"].str.contains("[一-龥]").sum() == 45


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_model_is_in_use(
    frames: dict[TableName, pd.DataFrame], table: TableName
) -> None:
    used = frames[table].dropna(axis="columns", how="all")
    # What a firm has that keeps the people of its customers apart, or sells in several currencies.
    further = {"retention", "organisation", "role", "parent", "currency", "until"}
    assert set(COLUMNS[table]) - set(used.columns) <= further


def test_every_type_of_relationship_is_in_use(frames: dict[TableName, pd.DataFrame]) -> None:
    types = set(frames["relationships"]["type"]) | {"CONTACTED"}
    assert types == set(RELATIONSHIP_TYPES)
    assert len(frames["interactions"]) == 2760


def test_margins_follow_paretos_law(customers: pd.DataFrame) -> None:
    paying = customers.loc[customers["margin"] > 0, "margin"]
    alpha = len(paying) / np.log(paying / 4000).sum()
    assert alpha == pytest.approx(1.36, abs=0.02)
    assert (customers["margin"] < 0).sum() == 6
    assert customers["margin"].sum() == pytest.approx(487_130, abs=1)


def test_who_left_and_why(frames: dict[TableName, pd.DataFrame]) -> None:
    left = frames["stakeholders"].query("status == 'left'")
    assert len(left) == 10
    assert left["left_on"].notna().all()
    assert set(left["left_reason"].dropna()) == set(LEFT_REASONS)


def test_unowned_and_unhappy(customers: pd.DataFrame) -> None:
    active = customers[customers["status"] == "active"]
    unowned = set(active.index[active["owner"].isna()])
    assert unowned == {*(f"cus-{n}" for n in ("07", "08", "10", "17", "25", "26")), "cus-44"}
    unhappy = set(active.index[active["satisfaction"].astype(float) < 0.5])
    assert unhappy == {f"cus-{n}" for n in ("02", "08", "13", "33", "38", "42")}


def test_cooling_ties(frames: dict[TableName, pd.DataFrame]) -> None:
    contacts = frames["interactions"].assign(at=pd.to_datetime(frames["interactions"]["at"]))
    last = contacts["at"].max()
    for other, days in [("cus-01", 90), ("cus-42", 90), ("dis-08", 180), ("sup-06", 180)]:
        owner = frames["stakeholders"].set_index("id")["owner"][other]
        pair = contacts[contacts["source"].isin([owner, other])]
        age = last - pair.loc[pair["target"].isin([owner, other]), "at"]
        now = (age < pd.Timedelta(days=days)).sum()
        before = (age < pd.Timedelta(days=2 * days)).sum() - now
        assert (now - before) / max(now, before) <= -0.75


def test_some_ties_have_contacts_only(frames: dict[TableName, pd.DataFrame]) -> None:
    def pairs(table: TableName) -> set[frozenset[str]]:
        return set(
            map(frozenset, zip(frames[table]["source"], frames[table]["target"], strict=True))
        )

    assert len(pairs("interactions") - pairs("relationships")) == 8


def test_some_contacts_are_equal_rows(frames: dict[TableName, pd.DataFrame]) -> None:
    assert frames["interactions"].duplicated().sum() == 4
