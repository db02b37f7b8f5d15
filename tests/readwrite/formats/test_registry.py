"""The registry of formats: what it names exists, and help and documents tell the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.cli.commands import export, import_
from relgraph.readwrite.formats.registry import FORMATS, READABLE, WRITABLE

TEXT = (Path(__file__).parents[3] / "docs" / "data-format.md").read_text("utf-8")
WORDS = {"table": "one table", "tables": "all tables", "graph": "a graph"}


@pytest.mark.parametrize("ending", FORMATS)
def test_what_reads_and_writes_a_format_exists(ending: str) -> None:
    format = FORMATS[ending]
    for named, load in ((format.reads, format.reader), (format.writes, format.writer)):
        if named:
            assert load().__name__ == named.partition(".")[2]
    assert format.reads or format.writes


def endings(help: str | None) -> set[str]:
    return set(re.findall(r"(?<!\w)\.(?:##)?[a-z]+2?\b", help or ""))


def test_help_names_every_format() -> None:
    assert endings(import_.command.help) == {*READABLE, ".mbox", ".ics"}
    option = next(option for option in export.command.params if "--output" in option.opts)
    assert endings(option.to_info_dict()["help"]) == set(WRITABLE)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_document_tells_what_a_format_is_for(ending: str) -> None:
    format = FORMATS[ending]
    read, written = ("yes" if does else "" for does in (format.reads, format.writes))
    written = "as a folder" if ending in (".csv", ".parquet") else written
    (row,) = (line for line in TEXT.splitlines() if line.startswith(f"| `{ending}` |"))
    cells = [cell.strip() for cell in row.split("|")[2:5]]
    assert cells == [read, written, WORDS[format.holds]]
