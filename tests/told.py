"""What notes and errors tell a reader of English."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.messages import Note


def told(notes: Iterable[Note]) -> tuple[str, ...]:
    """Return the sentence of each note."""
    return tuple(map(str, notes))
