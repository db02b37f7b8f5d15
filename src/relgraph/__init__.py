"""relgraph: who matters to a firm, how far word travels, what breaks if a tie breaks.

The functions of `relgraph.api` are reachable as `relgraph.NAME`; they are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    # Not `from relgraph import api`: that asks this function for `api`, without end.
    api = import_module("relgraph.api")
    if name in api.PUBLIC:
        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *import_module("relgraph.api").PUBLIC})
