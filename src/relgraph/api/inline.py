"""Pages that a notebook shows where they were made."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Protocol

HEIGHT = 800  # pixels


class _Written(Protocol):
    @property
    def path(self) -> Path: ...


class Inline:
    """What was written to `path`; a notebook shows a page inline, in a frame of its own.

    The frame is sandboxed: the page's scripts run, but reach neither the notebook nor its kernel.
    """

    def _repr_html_(self: _Written) -> str | None:
        if self.path.suffix not in (".html", ".htm") or not self.path.is_file():
            return None
        return framed(self.path.read_text(encoding="utf-8"), self.path.name)


def framed(page: str, title: str) -> str:
    """Return a page as a frame of a notebook's."""
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(page)}" width="100%" height="{HEIGHT}" '
        f'style="border: 0" title="{escape(title)}"></iframe>'
    )
