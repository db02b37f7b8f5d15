"""Network: one projection of the property graph as arrays, the input of every measure.

A store gives `Nodes` and `Ties` as they are; `build_network` applies a `Projection` (which types,
which stakeholders, which direction) and merges parallel ties into arcs in compressed sparse rows.
"""

from typing import TYPE_CHECKING

from relgraph.network.columns import Arcs, Floats, Ints, Nodes, Texts, Ties, text_array
from relgraph.network.core import Network, load_network
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
    "text_array",
]


def __getattr__(name: str) -> object:
    # networkx takes a quarter of a second to import, so it is imported on first use.
    if name == "from_networkx":
        from relgraph.network.interchange import from_networkx

        return from_networkx
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
