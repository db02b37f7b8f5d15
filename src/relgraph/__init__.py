"""relgraph: who matters to a firm, how far word travels, what breaks if a tie breaks.

The functions of `relgraph.api` are reachable as `relgraph.NAME`; they are loaded on first use.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    from relgraph import api

    if name in api.PUBLIC:
        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from relgraph import api

    return sorted({*globals(), *api.PUBLIC})
