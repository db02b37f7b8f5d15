"""Stores: the port, its adapters, and what is read from any of them.

Everything here is resolved on first use, so that importing relgraph stays quick.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from relgraph.arguments import checked
from relgraph.errors import UsageError
from relgraph.store import neo4j_address
from relgraph.store.adapter import Adapter, MissingPassword
from relgraph.store.store import Store

if TYPE_CHECKING:
    from relgraph.store.fetch import (
        fetch_dataset,
        fetch_facts,
        fetch_network,
        fetch_nodes,
        fetch_ties,
        run,
    )
    from relgraph.store.snapshot_store import SnapshotAddress

__all__ = [
    "Store",
    "fetch_dataset",
    "fetch_facts",
    "fetch_network",
    "fetch_nodes",
    "fetch_ties",
    "missing_password",
    "open_store",
    "present_of",
    "run",
]


def _neo4j() -> type[Store]:
    from relgraph.store.neo4j_store import Neo4jStore

    return Neo4jStore


def _ladybug() -> type[Store]:
    from relgraph.store.ladybug_store import LadybugStore

    return LadybugStore


_EMBEDDED = Adapter((), _ladybug)
ADAPTERS = (Adapter(neo4j_address.SCHEMES, _neo4j, neo4j_address.missing_password), _EMBEDDED)


@checked
def open_store(url: str | os.PathLike[str], *, write: bool = False) -> Store:
    """Open the store at a path or on a server.

    Parameters
    ----------
    url : str or path
        The path of an embedded store, or `neo4j://user@host:7687/database` (`bolt://`, and
        `+s` for encryption) for a server, whose password comes from NEO4J_PASSWORD. With
        `@NUMBER` at its end, a snapshot, as `list_history` names them; with `@DATE` the store as
        it was at the end of that day, or at a time in UTC. These are read in memory.
    write : bool
        Open it for writing; a store that is missing is then made by the first write.

    Returns
    -------
    Store
        Use it in a `with` statement.

    Raises
    ------
    StoreNotFound, StoreLocked, NotADatabase, UnsupportedVersion, StoreUnavailable
        It can't be opened; the message says why and what to do.
    """
    url = os.fspath(url)
    snapshot = _snapshot(url)
    if snapshot is None:
        return _adapter(url).load()(url, write=write)
    if write:
        raise UsageError("snapshot.read_only", url=url, store=snapshot.url)
    from relgraph.store.snapshot_store import read_snapshot_of

    with _adapter(snapshot.url).load()(snapshot.url) as store:
        return read_snapshot_of(store, url, snapshot.which)


def _snapshot(url: str) -> SnapshotAddress | None:
    if "@" not in url:
        return None
    from relgraph.store.snapshot_store import parse_snapshot

    return parse_snapshot(url, is_server=bool(_adapter(url).schemes))


def present_of(url: str) -> str:
    """Return the address of the store that a snapshot's address names, or else the address."""
    snapshot = _snapshot(url)
    return url if snapshot is None else snapshot.url


def missing_password(url: str) -> MissingPassword | None:
    """Return the password that a store needs and the environment lacks, or None."""
    url = present_of(url)
    find = _adapter(url).missing_password
    return find(url) if find else None


def _adapter(url: str) -> Adapter:
    """Return the adapter of a URL's scheme; a URL with no known scheme is a path."""
    scheme, separator, _ = url.lower().partition("://")
    found = (each for each in ADAPTERS if separator and scheme in each.schemes)
    return next(found, _EMBEDDED)


def __getattr__(name: str) -> Any:
    if name in __all__:
        from relgraph.store import fetch

        return getattr(fetch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
