"""What the ending of a file's name says about the format that it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import splitext
from typing import TYPE_CHECKING

from relgraph.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

# Endings of files that would be broken if they held anything else, and that nothing here writes.
_OTHERS = frozenset(
    {
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".svg",
        ".doc",
        ".docx",
        ".pptx",
        ".xls",
        ".ods",
        ".zip",
        ".gz",
    }
)


def choose_format(
    path: str | Path, endings: Mapping[str, str], given: str | None, usual: str
) -> str:
    """Return the format of a file: the one that is given, else what its ending says.

    Parameters
    ----------
    path : str or Path
        The file; without an ending, or as `-`, it says nothing.
    endings : mapping of str to str
        The format of each ending that can be written.
    given : str or None
        The format that was asked for.
    usual : str
        The format where nothing says one.

    Raises
    ------
    UsageError
        The ending says another format than the one given, or one that can't be written.

    Examples
    --------
    >>> endings = {".html": "html", ".md": "markdown"}
    >>> choose_format("report.md", endings, None, "html"), choose_format("r", endings, None, "html")
    ('markdown', 'html')
    >>> choose_format("report.pdf", endings, None, "html")
    Traceback (most recent call last):
    relgraph.errors.UsageError: report.pdf: can't write .pdf; end it with .html, .md
    """
    ending = splitext(path)[1].lower()  # noqa: PTH122 pathlib is slow to import
    said = endings.get(ending)
    if said is None and ending and (given is None or ending in _OTHERS):
        raise UsageError("ending.unknown", path=path, ending=ending, endings=tuple(endings))
    if given is not None and said not in (None, given):
        fitting = tuple(name for name, format in endings.items() if format == given)
        raise UsageError("ending.contradicts", path=path, given=given, said=said, endings=fitting)
    return given or said or usual
