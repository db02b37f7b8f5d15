"""Shorthand for tests that read files: write texts, read them, or get the problems as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.reading import read_files

PEOPLE = "id,name,market\nc1,Ann,customer\nc2,Bob,customer\ne1,Eve,employee\nf,Firm,firm\n"


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Write files and return their paths."""
    paths = [folder / name for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return paths


def read(folder: Path, files: Mapping[str, str | bytes], stored: Stored | None = None) -> Dataset:
    """Write files, then read them together."""
    return read_files(write_files(folder, files), stored=stored).dataset


def problems(
    folder: Path, files: Mapping[str, str | bytes], stored: Stored | None = None
) -> list[str]:
    """Write files, and return the problems of reading them, without the folder's name."""
    paths = write_files(folder, files)
    with pytest.raises(InvalidInput) as caught:
        read_files(paths, stored=stored)
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]
