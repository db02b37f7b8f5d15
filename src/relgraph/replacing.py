"""Files that are replaced whole: written beside, then moved into place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relgraph.errors import OutputError, reason_of


@contextmanager
def replacing(path: str | Path, *, private: bool = False) -> Iterator[Path]:
    """Give a path to write to that takes the place of `path` when the block ends well.

    A symbolic link stays and what it points at is replaced; the permissions of an existing
    file stay, unless it is to be `private`: only its owner may then read it. A device or pipe is
    written to as it is. An error leaves the old file.

    Raises
    ------
    OutputError
        The folder is missing, `path` is a folder, or one of them can't be written.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise OutputError("output.folder", path=target)
        # What /dev/stdout stands for can be a file, but one that others write to as well.
        if target.is_relative_to("/dev") or (target.exists() and not target.is_file()):
            yield target
            return
        real = Path(os.path.realpath(target))
        if not real.parent.is_dir():
            raise OutputError("output.no_folder", path=target, folder=target.parent)
        if real.exists() and not os.access(real, os.W_OK):
            raise OutputError("output.read_only", path=target)
        beside = _create_beside(real, private)
        try:
            yield beside
            beside.replace(real)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError("output.failed", path=target, reason=reason_of(error)) from error


def _create_beside(real: Path, private: bool) -> Path:
    """Create an empty file in the same folder, with the permissions of the file it replaces."""
    beside = real.with_name(f".relgraph-{os.urandom(8).hex()}.tmp")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666))
    if real.exists() and not private:
        beside.chmod(stat.S_IMODE(real.stat().st_mode))
    return beside
