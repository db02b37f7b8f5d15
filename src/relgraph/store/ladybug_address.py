"""The address of an embedded store: a path, so that any text can be one."""

from __future__ import annotations

from relgraph.store.base import Adapter, Store


def _load() -> type[Store]:
    from relgraph.store.ladybug_store import LadybugStore

    return LadybugStore


LADYBUG = Adapter(owns=lambda url: True, load=_load, missing_password=lambda url: None)
