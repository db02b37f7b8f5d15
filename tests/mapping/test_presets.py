"""The mappings that ship: what they make of a small export of each CRM, counted by hand.

Every export has an account Acme, a customer, whom Ann Ames works for. Two of its deals were won:
1,200.50 on 1 February 2024 by the account's owner, and 800 on 30 November 2023; one was lost.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pytest

from relgraph.mapping.reading import MappedReading, read_mapped

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "tests" / "data" / "exports"
SHIPPED = sorted(path.stem for path in (ROOT / "mappings").glob("*.toml"))


class Expected(NamedTuple):
    """What an export holds: ids of Acme, its owner and its other winner, and counts."""

    acme: str
    owner: str
    winner: str
    markets: dict[str, int]
    ties: dict[str, int]
    contacts: int
    dropped: int


MARKETS = {"firm": 1, "employee": 2, "customer": 2, "distributor": 1}
TIES = {"MANAGES": 3, "BUYS_FROM": 1}
EXPECTED = {
    "salesforce": Expected("001A", "005E", "005E", MARKETS, TIES | {"MANAGES": 2}, 2, 7),
    "hubspot": Expected(
        "company-101",
        "owner-Eve Ek",
        "firm",
        MARKETS | {"customer": 3, "supplier": 1},
        TIES,
        contacts=2,
        dropped=13,
    ),
    "dynamics": Expected(
        "6f96-a1",
        "owner-Eve Ek",
        "firm",
        MARKETS | {"employee": 3, "influencer": 1},
        TIES,
        contacts=3,
        dropped=9,
    ),
    "zoho": Expected(
        "zcrm_1101",
        "zcrm_901",
        "firm",
        MARKETS | {"supplier": 2},
        TIES | {"BUYS_FROM": 2},
        contacts=3,
        dropped=7,
    ),
    "pipedrive": Expected(
        "organization-1", "owner-Eve Ek", "firm", MARKETS | {"customer": 3}, TIES, 2, 7
    ),
    "suitecrm": Expected("a1-000", "owner-eve", "firm", MARKETS | {"influencer": 1}, TIES, 3, 6),
    "espocrm": Expected("65a1", "65u1", "firm", MARKETS | {"influencer": 1}, TIES, 2, 8),
}


def given(rows: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    return rows[rows[column] == key]


def check(name: str, read: MappedReading) -> None:
    expected = EXPECTED[name]
    people = read.reading.dataset.stakeholders
    ties = read.reading.dataset.relationships
    contacts = read.reading.dataset.interactions
    assert Counter(people["market"]) == expected.markets
    assert Counter(ties["type"]) == expected.ties
    acme = given(people, "id", expected.acme).iloc[0]
    assert (acme["name"], acme["market"], acme["owner"]) == ("Acme", "customer", expected.owner)
    ann = given(people, "name", "Ann Ames").iloc[0]
    assert (ann["market"], ann["organisation"]) == ("customer", expected.acme)
    sale = given(given(ties, "type", "BUYS_FROM"), "source", expected.acme).iloc[0]
    assert (sale["target"], sale["sales"]) == ("firm", pytest.approx(2000.5))
    assert sale["since"] == pd.Timestamp(2023, 11, 30)
    won = given(contacts, "target", expected.acme).sort_values("at")
    assert [
        (at.date(), who, value) for at, who, value in won[["at", "source", "value"]].values
    ] == [
        (date(2023, 11, 30), expected.winner, 800),
        (date(2024, 2, 1), expected.owner, 1200.5),
    ]
    assert len(contacts) == expected.contacts


def test_each_mapping_that_ships_is_tested_and_told_of() -> None:
    assert set(SHIPPED) == EXPECTED.keys()
    page = (ROOT / "docs" / "how-to" / "coming-from.md").read_text(encoding="utf-8")
    told = re.findall(r"^relgraph import --mapping (\w+) export$", page, re.MULTILINE)
    assert sorted(told) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_an_export(name: str) -> None:
    read = read_mapped(name, [EXPORTS / name])
    check(name, read)
    dataset = read.reading.dataset
    # A customer's own turnover is no money of the firm's, and sales aren't margin.
    for column in ("revenue", "margin"):
        assert dataset.stakeholders.get(column, pd.Series(dtype=float)).isna().all()
        assert dataset.relationships.get(column, pd.Series(dtype=float)).isna().all()
    # Every row of every file is read by a rule, and used or dropped for a reason.
    assert all(account.rule for account in read.accounts)
    dropped = sum(int((account.outcome > 0).sum()) for account in read.accounts)
    assert dropped == EXPECTED[name].dropped
    for account in read.accounts:
        assert len(account.outcome) == len(account.source)


@pytest.mark.parametrize("name", SHIPPED)
def test_accounts_alone(name: str, tmp_path: Path) -> None:
    for path in (EXPORTS / name).iterdir():
        if any(word in path.name.lower() for word in ("account", "compan", "organization", "user")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    dataset = read_mapped(name, [tmp_path]).reading.dataset
    assert set(dataset.relationships["type"]) == {"MANAGES"}
    assert dataset.interactions.empty


def test_workbooks_of_dynamics(tmp_path: Path) -> None:
    """Dynamics writes workbooks with a hidden sheet, and the time of the export in the name."""
    for path in (EXPORTS / "dynamics").iterdir():
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = path.stem
        with path.open(encoding="utf-8") as file:
            for row in csv.reader(file):
                sheet.append([as_cell(text) for text in row])
        book.create_sheet("hiddenSheet").sheet_state = "veryHidden"
        book.save(tmp_path / f"{path.stem} 6-1-2024 10-00-00 AM.xlsx")
    check("dynamics", read_mapped("dynamics", [tmp_path]))


def as_cell(text: str) -> str | float | datetime | None:
    """Return a cell of a workbook: numbers and dates have their types there."""
    for parse in (float, datetime.fromisoformat):
        try:
            return parse(text)
        except ValueError:
            continue
    return text or None
