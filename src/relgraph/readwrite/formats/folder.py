"""A folder of files that are written together: the old ones stay until all new ones are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from relgraph.errors import OutputError, reason_of
from relgraph.replacing import replacing
from relgraph.store_settings import SETTINGS_FILE


@contextmanager
def written_together(folder: Path) -> Iterator[Callable[[str], Path]]:
    """Give what returns, for the name of a file in the folder, where to write it for now.

    Raises
    ------
    OutputError
        The folder or a file can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("write.no_folder", path=folder, reason=reason_of(error)) from error
    with ExitStack() as together:
        yield lambda name: together.enter_context(replacing(folder / name))


def write_settings(settings: str | None, folder: Path, beside: Callable[[str], Path]) -> None:
    """Write the settings of a store, if there are any, or were in that folder."""
    if settings or (folder / SETTINGS_FILE).exists():
        beside(SETTINGS_FILE).write_text(settings or "", encoding="utf-8", newline="")
