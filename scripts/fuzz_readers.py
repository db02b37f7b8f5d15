"""Fuzz the readers of files, guided by coverage.

Usage: python scripts/fuzz_readers.py [-max_total_time=SECONDS] [CORPUS]

It needs atheris (the dependency group `fuzz`). Every file must be read, or refused with its
problems.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["relgraph.readwrite"]):
    from relgraph.errors import RelgraphError
    from relgraph.readwrite.reading import read_files

ENDINGS = ("csv", "tsv", "xlsx", "json", "graphml", "gexf")
FOLDER = Path(tempfile.mkdtemp(prefix="relgraph-fuzz-"))


def read_one(data: bytes) -> None:
    """Read bytes as a file of one of the endings."""
    if data:
        path = FOLDER / f"stakeholders.{ENDINGS[data[0] % len(ENDINGS)]}"
        path.write_bytes(data[1:])
        with suppress(RelgraphError):
            read_files([path])


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
