"""The snapshots of a server: one file in a folder that the settings of the store name.

Only the writer that holds the lock of the server writes it.
"""

from __future__ import annotations

import os
from pathlib import Path

from relgraph.errors import StoreUnavailable, reason_of
from relgraph.store.snapshots import Snapshots


def snapshot_file(folder: str | None, database: str) -> Path | None:
    """Return the file in which snapshots of a database are kept, or None without a folder."""
    return None if folder is None else Path(folder) / f"{database}.snapshots.zip"


def read_snapshots(file: Path | None) -> Snapshots:
    """Return the snapshots in a file, which may be missing.

    Raises
    ------
    StoreUnavailable
        The folder is missing, or the file can't be read.
    """
    if file is None:
        return Snapshots()
    try:
        if not file.parent.is_dir():
            raise StoreUnavailable("snapshot.no_folder", folder=file.parent)
        return Snapshots.from_bytes(file.read_bytes() if file.exists() else b"")
    except OSError as error:
        raise StoreUnavailable("snapshot.folder", file=file, reason=reason_of(error)) from error


def write_snapshots(file: Path, snapshots: Snapshots) -> None:
    """Replace a file of snapshots whole; without any there is no file.

    Raises
    ------
    StoreUnavailable
        It can't be written.
    """
    content = snapshots.to_bytes()
    beside = file.with_name(f".{file.name}.building")  # one name: what a killed writer left goes
    try:
        if content:
            with beside.open("wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            beside.replace(file)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable("snapshot.folder", file=file, reason=reason_of(error)) from error
    finally:
        beside.unlink(missing_ok=True)
