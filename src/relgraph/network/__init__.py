"""Network: one projection of the property graph as arrays, the input of every measure.

A store gives `Nodes` and `Ties` as they are; `build_network` applies a `Projection` (which types,
which stakeholders, which direction) and merges parallel ties into arcs in compressed sparse rows.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from relgraph.network.columns import Arcs, Floats, Ints, Nodes, Texts, Ties, text_array
from relgraph.network.core import Network
from relgraph.network.money import in_one_currency
from relgraph.network.projection import (
    STAKEHOLDER_DATES,
    TIE_DATES,
    Projected,
    at_moment,
    build_network,
    project,
)
from relgraph.network.strengths import likely_strengths
from relgraph.settings import Projection

if TYPE_CHECKING:
    from relgraph.network.interchange import from_networkx
    from relgraph.network.saving import load_network, save_network

__all__ = [
    "STAKEHOLDER_DATES",
    "TIE_DATES",
    "Arcs",
    "Floats",
    "Ints",
    "Network",
    "Nodes",
    "Projected",
    "Projection",
    "Texts",
    "Ties",
    "at_moment",
    "build_network",
    "from_networkx",
    "in_one_currency",
    "likely_strengths",
    "load_network",
    "project",
    "save_network",
    "text_array",
]


_LAZY = {"from_networkx": "interchange", "load_network": "saving", "save_network": "saving"}


def __getattr__(name: str) -> object:
    # networkx takes a quarter of a second to import, and few need these.
    if name in _LAZY:
        return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
