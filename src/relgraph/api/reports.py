"""The report: the whole picture of a store on one page, or as Markdown for a mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from relgraph.analysis.cascade import Telling
from relgraph.analysis.holes import structural_holes
from relgraph.analysis.people import Circles
from relgraph.analysis.ranking import ranked
from relgraph.analysis.reach import rank_reach
from relgraph.api.assumptions import list_assumptions
from relgraph.api.projection import Strength
from relgraph.api.sheets import (
    EVERYONE,
    Gathered,
    gather_sheet,
    with_communities,
)
from relgraph.errors import UsageError
from relgraph.model import FIRM, MARKETS
from relgraph.network import (
    WORD_OF_MOUTH,
    Floats,
    Network,
    Nodes,
    Projection,
    build_network,
    text_array,
)
from relgraph.progress import SILENT, Progress
from relgraph.render.overview import LARGEST_MAP, group_sheet
from relgraph.render.report import Report, Section, render_markdown, render_report
from relgraph.render.sheet import Sheet
from relgraph.replacing import replacing
from relgraph.result import Result
from relgraph.store import Store

Format = Literal["html", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)

TOP = 10
SHOWN_MEASURES = {
    "pagerank": "Whom the others lead to: weight arrives along every tie from who has weight.",
    "betweenness": "Who stands between: the share of shortest paths that run through somebody.",
    "weighted_degree": "Who has most ties, by strength.",
}


@dataclass(frozen=True)
class ReportSummary:
    """What a report holds: the file, its bytes, how many stakeholders and ties."""

    path: Path
    stakeholders: int
    ties: int
    size: int


def write_report(
    store: Store,
    path: str | Path,
    *,
    format: Format = "html",
    projection: Projection | None = None,
    strength: Strength = "given",
    as_of: datetime | None = None,
    title: str | None = None,
    seed: int = 0,
    progress: Progress = SILENT,
) -> ReportSummary:
    """Write the report of a store as one page, or as Markdown.

    Parameters
    ----------
    store : Store
        An open store.
    path : str or Path
        The file; it is replaced when all went well.
    format : {"html", "markdown"}
        A page with a small map, or text for a mail.
    projection : Projection, optional
        Types and stakeholders to take; the default network for None.
    strength : {"given", "index"}
        Whether measures take strengths as given, or the partnership index where there is one.
    as_of : datetime, optional
        Contacts up to then count; up to the latest for None.
    title : str, optional
        Heading; the firm's name by default.
    seed : int
        The same seed and store give the same bytes.
    progress : Progress
        Told of the steps.

    Raises
    ------
    UsageError
        The format is unknown.
    OutputError
        The file can't be written.
    """
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not one of {', '.join(FORMATS)}")
    progress.start("reading the store")
    gathered = gather_sheet(store, projection, strength, as_of)
    report = _report(gathered, title, seed, progress)
    text = render_report(report, seed=seed) if format == "html" else render_markdown(report)
    with replacing(path) as beside:
        beside.write_bytes(text.encode())
    progress.finish()
    drawn = gathered.network.n - int(gathered.network.is_firm.sum())
    return ReportSummary(Path(path), drawn, len(gathered.ties), len(text.encode()))


def _report(gathered: Gathered, title: str | None, seed: int, progress: Progress) -> Report:
    sheet = gathered.sheet
    firm = "" if sheet.firm is None else sheet.nodes.names[sheet.firm] or ""
    sections = (
        _markets(sheet),
        *_top_by_measure(sheet),
        *_partnerships(gathered),
        _brokers(gathered.network),
        _reach(gathered, seed, progress),
        _coverage(sheet),
        Section(
            "Assumptions",
            "Every default that a figure above may rest on.",
            list_assumptions(),
        ),
    )
    as_of = gathered.as_of.date().isoformat() if gathered.as_of else None
    heading = title or (f"{firm}: relationships" if firm else "Relationships")
    picture = _picture(gathered, seed)
    return Report(heading, as_of, _figures(gathered), sections, picture, sheet.notes)


def _picture(gathered: Gathered, seed: int) -> Sheet:
    """Return what the small map shows: everyone, or groups when they are too many."""
    sheet = with_communities(gathered, seed)
    return sheet if len(sheet.nodes) <= LARGEST_MAP else group_sheet(sheet, "pagerank").sheet


def _figures(gathered: Gathered) -> tuple[tuple[str, Any], ...]:
    sheet = gathered.sheet
    risky = np.asarray(gathered.partnerships["at_risk"], dtype=bool)
    figures: list[tuple[str, Any]] = [
        ("stakeholders", gathered.network.n - int(gathered.network.is_firm.sum())),
        ("ties", len(gathered.ties)),
        ("partnerships", len(gathered.partnerships)),
        ("at risk", int(risky.sum())),
    ]
    customers = sheet.nodes.markets == "customer"
    for name in ("revenue", "margin"):
        values = sheet.nodes.attributes.get(name)
        if values is not None and np.isfinite(_numbers(values)[customers]).any():
            figures.append((f"customers' {name} a year", _sum(_numbers(values)[customers])))
    return tuple(figures)


def _numbers(values: npt.NDArray[Any]) -> Floats:
    return values.astype(np.float64)


def _markets(sheet: Sheet) -> Section:
    """Return the six markets side by side, those without anybody included."""
    markets = sheet.nodes.markets
    inside = [np.asarray(markets == market, dtype=bool) for market in MARKETS]
    degree = sheet.measures.get("degree", np.zeros(len(markets)))
    columns: dict[str, npt.NDArray[Any]] = {
        "market": text_array(MARKETS),
        "stakeholders": np.array([int(mask.sum()) for mask in inside]),
        "ties_each": np.array([_mean(degree[mask]) for mask in inside]),
    }
    for name in ("revenue", "margin"):
        if name in sheet.nodes.attributes:
            values = _numbers(sheet.nodes.attributes[name])
            columns[name] = np.array([_sum(values[mask]) for mask in inside])
    if "satisfaction" in sheet.nodes.attributes:
        values = _numbers(sheet.nodes.attributes["satisfaction"])
        columns["mean_satisfaction"] = np.array([_mean(values[mask]) for mask in inside])
    return Section(
        "The six markets",
        "Who is in each market, how many they are tied to, what they bring.",
        Result(columns),
        bar="stakeholders",
    )


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _sum(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.sum()) if len(known) else float("nan")


def _labels(nodes: Nodes) -> dict[str, npt.NDArray[Any]]:
    return {"id": nodes.ids, "name": nodes.names, "market": nodes.markets}


def _top_by_measure(sheet: Sheet) -> list[Section]:
    """Return the first stakeholders by a few measures, the firm left out."""
    others = np.flatnonzero(sheet.nodes.markets != FIRM)
    nodes = sheet.nodes.take(others)
    return [
        Section(
            f"Top {TOP} by {name.replace('_', ' ')}",
            lead,
            ranked(_labels(nodes) | {name: sheet.measures[name][others]}, name).head(TOP),
            bar=name,
        )
        for name, lead in SHOWN_MEASURES.items()
        if name in sheet.measures
    ]


_PARTNERSHIP = ("source_name", "target_name", "market", "strength", "low", "high", "basis")


def _partnerships(gathered: Gathered) -> list[Section]:
    rows = gathered.partnerships
    known = np.isfinite(_numbers(rows["strength"]))
    strong = rows.take(known)
    risky = rows.take(np.asarray(rows["at_risk"], dtype=bool))
    weakest = strong.take(np.arange(len(strong))[::-1])
    return [
        Section(
            "Strongest partnerships",
            "By given strength, partnership index or contacts; low and high say how sure it is.",
            _only(strong, _PARTNERSHIP).head(TOP),
            bar="strength",
            empty="No partnership has a known strength.",
        ),
        Section(
            "Weakest partnerships",
            "The other end of the same list.",
            _only(weakest, _PARTNERSHIP).head(TOP),
            bar="strength",
            empty="No partnership has a known strength.",
        ),
        Section(
            "Ties at risk",
            "Contacts fell by half or more, or the stakeholder is not satisfied; strongest first.",
            _only(risky, (*_PARTNERSHIP, "trend")).head(2 * TOP),
            bar="strength",
            empty="No tie is at risk.",
        ),
    ]


def _only(rows: Result, names: tuple[str, ...]) -> Result:
    return Result({name: rows[name] for name in names})


def _brokers(network: Network) -> Section:
    """Return who spans structural holes: the lowest constraint."""
    holes = structural_holes(network)
    others = np.flatnonzero(~network.is_firm & np.isfinite(holes.constraint))
    order = others[np.lexsort((others, holes.constraint[others]))][:TOP]
    columns = _labels(network.nodes) | {
        "effective_size": holes.effective_size,
        "constraint": holes.constraint,
    }
    return Section(
        "Brokers",
        "Who joins people that are not joined otherwise: low constraint, large effective size.",
        Result({name: values[order] for name, values in columns.items()}),
        bar="effective_size",
        empty="Nobody has a tie.",
    )


def _reach(gathered: Gathered, seed: int, progress: Progress) -> Section:
    network = build_network(
        gathered.network.nodes, gathered.ties, replace(EVERYONE, types=WORD_OF_MOUTH)
    )
    rows = Result({})
    if network.m:
        rows = rank_reach(network, Telling(seed=seed), Circles(), "people", progress).head(TOP)
        rows = _only(rows, ("id", "name", "market", "hop", "reached", "expected", "people"))
    return Section(
        "Reach",
        "How many stakeholders word of mouth can reach, is expected to reach, and how many people "
        "that makes with those whom they know.",
        rows,
        bar="people",
        empty="There are no word-of-mouth ties.",
    )


def _coverage(sheet: Sheet) -> Section:
    """Return how much of each property and of the ties' figures is known."""
    known = {
        name: [value is not None and value == value for value in values.tolist()]
        for name, values in sheet.nodes.attributes.items()
    }
    ties = {
        name: np.isfinite(getattr(sheet.ties, name)).tolist()
        for name in ("strength", "level", "bond")
    }
    rows = [("stakeholders", name, flags) for name, flags in known.items()]
    rows += [("ties", name, flags) for name, flags in ties.items()]
    return Section(
        "Coverage of the data",
        "What is known, of how many; figures rest on what is known.",
        Result(
            {
                "of": text_array(of for of, _, _ in rows),
                "property": text_array(name for _, name, _ in rows),
                "known": np.array([sum(flags) for _, _, flags in rows], dtype=np.int64),
                "all": np.array([len(flags) for _, _, flags in rows], dtype=np.int64),
                "share": np.array([sum(f) / max(1, len(f)) for _, _, f in rows], dtype=np.float64),
            }
        ),
        bar="share",
    )
