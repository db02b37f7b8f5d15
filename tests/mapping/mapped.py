"""Shorthand for tests of mappings: write files and a mapping, read them, or get the problems."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from relgraph.errors import InvalidInput
from relgraph.mapping.reading import MappedReading, read_mapped
from tests.readwrite.reading import write_files

FIRM = """
[[stakeholders]]
id = "'firm'"
name = "'Firm'"
market = "'firm'"
"""


def mapped(folder: Path, files: Mapping[str, str | bytes], mapping: str) -> MappedReading:
    """Write files and a mapping beside them, and read them by it."""
    write_files(folder, files)
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return read_mapped(folder / "m.toml")


def notes(folder: Path, files: Mapping[str, str | bytes], mapping: str) -> list[str]:
    """Return what is noted on reading."""
    dataset = mapped(folder, files, mapping).reading.dataset
    return [str(note).replace(f"{folder}/", "") for note in dataset.notes]


def wrong(folder: Path, files: Mapping[str, str | bytes], mapping: str) -> list[str]:
    """Return the problems of reading, without the folder's name."""
    with pytest.raises(InvalidInput) as caught:
        mapped(folder, files, mapping)
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]
