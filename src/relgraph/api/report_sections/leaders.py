"""Who comes first: by measures, as brokers, and by reach."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.brokerage.holes import structural_holes
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import reach_rows
from relgraph.api.report_sections.markets import market_names
from relgraph.api.sheets import Gathered
from relgraph.model import FIRM
from relgraph.network import Network, Nodes
from relgraph.render.report import Section
from relgraph.render.sheet import Sheet
from relgraph.result import Result
from relgraph.settings import RankingSettings

TOP = 10
HALF = 6  # columns of a table that stands beside another
SHOWN_MEASURES = ("pagerank", "betweenness", "weighted_degree")
_REACH_COLUMNS = ("id", "name", "market", "hop", "reached", "expected", "people")


def measure_sections(sheet: Sheet) -> list[Section]:
    """Return the first stakeholders by each of a few measures, the firm left out."""
    others = np.flatnonzero(sheet.nodes.markets != FIRM)
    labels = _labels(sheet.nodes.take(others))
    return [
        _section(name, ranked(labels | {name: sheet.measures[name][others]}, name), name)
        for name in SHOWN_MEASURES
        if name in sheet.measures
    ]


def brokers_section(network: Network) -> Section:
    """Return who spans structural holes: the lowest constraint."""
    holes = structural_holes(network)
    others = np.flatnonzero(~network.is_firm & np.isfinite(holes.constraint))
    order = others[np.lexsort((others, holes.constraint[others]))]
    columns = _labels(network.nodes) | {
        "effective_size": holes.effective_size,
        "constraint": holes.constraint,
    }
    rows = Result({name: values[order] for name, values in columns.items()})
    return _section("brokers", rows, "effective_size")


def reach_section(gathered: Gathered, settings: RankingSettings) -> Section:
    """Return from whom word of mouth reaches most people."""
    network = gathered.picture.word_of_mouth
    if not network.m:
        return Section("reach", Result({}))
    telling = Telling(seed=settings.seed)
    rows = reach_rows(network, telling, Circles(), "people", settings)
    return _section("reach", Result({name: rows[name] for name in _REACH_COLUMNS}), "people")


def _section(key: str, rows: Result, bar: str) -> Section:
    shown = rows.head(TOP)
    shown = shown.replaced(market=market_names(shown["market"]))
    return Section(key, shown, bar, len(rows), half=len(shown.columns) <= HALF)


def _labels(nodes: Nodes) -> dict[str, npt.NDArray[Any]]:
    return {"id": nodes.ids, "name": nodes.names, "market": nodes.markets}
