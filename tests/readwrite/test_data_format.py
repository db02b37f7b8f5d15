"""docs/data-format.md names everything that is read."""

from __future__ import annotations

import re
from pathlib import Path

from relgraph.model import ALL_MARKETS, COLUMNS, CONTACTED, RELATIONSHIP_TYPES, TABLES
from relgraph.readwrite import names
from relgraph.readwrite.formats.registry import READABLE

TEXT = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text("utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", TEXT))
CHINESE = set(re.findall(r"[一-鿿]+", TEXT))


def section(table: str) -> str:
    """Return the part of the document about a table."""
    return TEXT.partition(f"\n## {table}\n")[2].partition("\n## ")[0]


def test_every_column_stands_in_its_table() -> None:
    for table in TABLES:
        assert [name for name in COLUMNS[table] if f"`{name}`" not in section(table)] == []


def test_every_market_type_and_ending_is_named() -> None:
    types = set(RELATIONSHIP_TYPES) - {CONTACTED}
    assert {*ALL_MARKETS, *types, *READABLE} - CODE == set()


def test_every_chinese_name_is_told_and_nothing_else() -> None:
    readings = [
        *(reading for table in TABLES for reading in names.COLUMN_NAMES[table]),
        *(reading for column in names.VALUE_NAMES.values() for reading in column),
        *(*names._TYPE_NAMES, *names.TABLE_NAMES),
    ]
    assert {reading for reading in readings if not reading.isascii()} - CHINESE == set()
    assert CHINESE - set(readings) == set()
