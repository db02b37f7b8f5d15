"""docs/data-format.md names everything that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.messages import Speaker
from relgraph.model import ALL_MARKETS, COLUMNS, CONTACTED, RELATIONSHIP_TYPES, TABLES, TableName
from relgraph.readwrite import names

TEXT = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text("utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", TEXT))
CHINESE = set(re.findall(r"[一-鿿]+", TEXT))


def section(table: str) -> str:
    """Return the part of the document about a table."""
    return TEXT.partition(f"\n## {table}\n")[2].partition("\n## ")[0]


def told(name: str, text: str) -> str:
    """Return what the last cell of the row about a name says."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    (row,) = (row for row in rows if f"`{name}`" in row[1])
    return row[3].strip()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_told_in_its_table(table: TableName) -> None:
    say = Speaker()
    text = section(table).partition("\n\n|")[2].partition("\n\n")[0]
    for name in COLUMNS[table]:
        assert told(name, text).startswith(say(f"column_meaning.{table}.{name}"))


def test_every_type_is_told() -> None:
    say = Speaker()
    text = section("relationships").partition("| type |")[2]
    for name in set(RELATIONSHIP_TYPES) - {CONTACTED}:
        assert told(name, text).startswith(say(f"type_runs.{name}"))


def test_every_market_is_named() -> None:
    assert set(ALL_MARKETS) - CODE == set()


def test_every_chinese_name_is_told_and_nothing_else() -> None:
    readings = [
        *(reading for table in TABLES for reading in names.COLUMN_NAMES[table]),
        *(reading for column in names.VALUE_NAMES.values() for reading in column),
        *(*names._TYPE_NAMES, *names.TABLE_NAMES),
    ]
    assert {reading for reading in readings if not reading.isascii()} - CHINESE == set()
    assert CHINESE - set(readings) == set()
