"""Sharing: a page of a store, whole or without names or money."""

from __future__ import annotations

from relgraph.api.shared import Shared, Sharing
from relgraph.errors import UsageError
from relgraph.messages import Language
from relgraph.store import Store


def share(store: Store, sharing: Sharing, language: Language = "en") -> Shared:
    """Return what a page may show of a store; a key is written before anything rests on it.

    Raises
    ------
    UsageError
        There is a file for a key, and nothing to keep in it.
    OutputError
        The key can't be read or written.
    """
    without_money, anonymise, key = sharing
    if key is not None and not anonymise:
        raise UsageError("key.no_names", parameter="key")
    if not (without_money or anonymise):
        return Shared(store, store, store)
    # With pandas, which a page of everything doesn't need.
    from relgraph.api.reduced import reduce

    return reduce(store, sharing, language)
