"""Projections that are kept in files, so that the next command need not read the store again.

A file holds one projection as it was made from one state of a store. Its name holds nothing but
hashes: of that state and of what was asked for. It is written beside, then moved into place, and
what is found under a name is used only if the whole file is as it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.errors import MeasureError, reason_of
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.network import Network, Projection

FROM_ARCS = 100_000  # of a network that is kept without being asked for
MOST = 4  # projections of a store that are kept
VARIABLE = "RELGRAPH_CACHE"
_OFF, _ON = ("0", "no", "off", "false"), ("1", "yes", "on", "true")
_DIGITS = 16  # of each hash in a name
_log = logging.getLogger(__name__)


def is_wanted(asked: bool | None) -> bool | None:
    """Return whether projections are to be kept; None is for large ones of files."""
    told = os.environ.get(VARIABLE, "").lower()
    if asked is None and told in (*_OFF, *_ON):
        return told in _ON
    return asked


class Projections:
    """The projections of one state of a store.

    Parameters
    ----------
    place : Path
        What the names of their files begin with: the store's own file, or any other path.
    stamp : str
        Tells the state from every other one.
    current : callable
        Returns the stamp of the state that there is now.
    """

    def __init__(self, place: Path, stamp: str, current: Callable[[], str | None]) -> None:
        self.place = place
        self.stamp = f"{version('relgraph')} {stamp}"
        self._current = current

    def find(self, asked: str) -> Network | None:
        """Return the network that was kept for what is asked, if there is one."""
        from relgraph.network import load_network

        file = self._file(asked)
        try:
            if _is_trusted(file, self.place):
                return load_network(file, marked=self._mark(asked))
        except (OSError, MeasureError):
            _remove(file)
        self._remove_outdated()
        return None

    def save(self, asked: str, network: Network) -> None:
        """Keep a network for what is asked; where that can't be, there is no file."""
        from relgraph.network.saving import write_network

        file = self._file(asked)
        beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        try:
            self._remove_outdated()
            try:
                with _created(beside, self.place) as written:
                    write_network(network, written, self._mark(asked))
                if self._is_current():
                    beside.replace(file)
                # A writer that came before this line removed nothing that came after its look.
                if not self._is_current():
                    _remove(file)
            finally:
                _remove(beside)
            self._keep_newest()
        except OSError as error:
            _log.info("%s", Note("cache.not_saved", path=file, reason=reason_of(error)))

    def _is_current(self) -> bool:
        return self.stamp == f"{version('relgraph')} {self._current()}"

    def _mark(self, asked: str) -> str:
        return json.dumps([self.stamp, asked])

    def _file(self, asked: str) -> Path:
        name = f"{self.place.name}.{_hash(self.stamp)}{_hash(asked)}.cache"
        return self.place.with_name(name)

    def _remove_outdated(self) -> None:
        """Remove what was kept of other states, unless this one is no longer that of the store."""
        if self._is_current():
            for file in find_kept(self.place):
                if not file.name.startswith(f"{self.place.name}.{_hash(self.stamp)}"):
                    _remove(file)

    def _keep_newest(self) -> None:
        files = [file for file in find_kept(self.place) if file.suffix == ".cache"]
        for file in sorted(files, key=_age)[MOST:]:
            _remove(file)


def question(projection: Projection | None, attributes: tuple[str, ...], day: object) -> str:
    """Return what is asked of a store as a text: the same for the same network."""
    settings: Any = None if projection is None else asdict(projection)
    return json.dumps([settings, attributes, str(day)])


def find_kept(place: Path) -> list[Path]:
    """Return the files of kept projections, and what killed writers left of them."""
    form = re.compile(
        rf"{re.escape(place.name)}\.[0-9a-f]{{{2 * _DIGITS}}}\.cache(\.[0-9a-f]{{8}})?"
    )
    with contextlib.suppress(OSError), os.scandir(place.parent) as entries:
        return [place.with_name(entry.name) for entry in entries if form.fullmatch(entry.name)]
    return []


def remove_kept(place: Path) -> None:
    """Remove every kept projection of a store, and what killed writers left of them.

    Raises
    ------
    OSError
        One stays.
    """
    for file in find_kept(place):
        file.unlink(missing_ok=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0


def _is_trusted(file: Path, store: Path) -> bool:
    """Return whether there is a file that this user, or who has the store, wrote."""
    try:
        owners = {os.getuid(), store.stat().st_uid if store.exists() else os.getuid()}
        return file.stat().st_uid in owners
    except OSError:
        return False


@contextlib.contextmanager
def _created(file: Path, store: Path) -> Iterator[Any]:
    """Give a new file to write, for those who may read the store; at the end it is on the disk."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, 0o600), "w+b") as written:
        with contextlib.suppress(FileNotFoundError):
            _share(written.fileno(), store.stat())
        yield written
        written.flush()
        os.fsync(written.fileno())


def _share(fd: int, store: os.stat_result) -> None:
    """Let those read a file who may read the store; its owner alone if it can't be in its group."""
    mode = store.st_mode & 0o666
    own = os.fstat(fd)
    if own.st_gid != store.st_gid or own.st_uid != store.st_uid:
        try:
            os.fchown(fd, store.st_uid if os.getuid() == 0 else -1, store.st_gid)
        except PermissionError:
            mode &= 0o600
    os.fchmod(fd, mode)
