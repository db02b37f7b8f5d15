"""The payload of a page: what pyvis built and what the reading aids need, as columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.messages import Message, in_languages
from relgraph.model import FIRM, MARKETS
from relgraph.render.columns import column, columns, plain, rounded
from relgraph.render.layout import ROUNDS, Layout, Placement, arrange
from relgraph.render.pyvis_parts import Edge, Node, Options
from relgraph.render.sheet import (
    Floats,
    Lines,
    MapTies,
    Nearness,
    Radius,
    Sheet,
    gather_lines,
    measure_nearness,
)
from relgraph.render.style import EXTENT, STYLE, relative_sizes, tie_widths
from relgraph.render.times import times_payload

# What vis-network needs to know beside nodes and edges; the rest is drawn by the page.
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hideEdgesOnDrag": True,  # the page moves a picture of the map instead
        "hideNodesOnDrag": True,
        "hover": False,  # the page looks itself whom the mouse is over: vis would draw all anew
        "selectable": False,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": False},
        "zoomSpeed": 0.6,
    },
    "nodes": {"borderWidth": 1, "chosen": False, "font": {"size": 0}},
    "edges": {"chosen": False, "hoverWidth": 0, "selectionWidth": 0, "arrowStrikethrough": False},
}

_CHANCE_DIGITS = 9  # significant ones: chances are multiplied


def sheet_payload(
    sheet: Sheet,
    *,
    seed: int,
    radius: Radius,
    rounds: int = ROUNDS,
    opens: Sequence[int] = (),
) -> dict[str, Any]:
    """Return everything the page needs to draw and explain one sheet, as plain values.

    `opens` are the nodes that open into a sheet of their own.
    """
    n = len(sheet.nodes)
    lines = gather_lines(sheet.ties, len(sheet.nodes))
    nearness = measure_nearness(sheet, lines, radius)
    sizes = {name: relative_sizes(values) for name, values in sheet.measures.items()}
    layout = _arrange(sheet, lines, nearness, sizes, seed, rounds)
    return {
        "size": n,
        "opens": list(opens),
        "firm": sheet.firm,
        "unit": round(layout.unit, 2),
        "sectors": [
            {"market": s.market, "start": round(s.start, 4), "end": round(s.end, 4)}
            for s in layout.sectors
        ],
        "rings": [
            {"kind": kind, "value": value, "radius": round(outer, 1)}
            for (kind, value), outer in zip(nearness.rings, layout.rings, strict=False)
        ],
        "options": Options().set(json.dumps(OPTIONS)),
        "nodes": columns(_nodes(sheet, layout), ("label", "x", "y", "group"))
        | {"key": [plain(value) for value in sheet.nodes.ids.tolist()]}
        | {"hops": column(rounded(nearness.hops))}
        | {"tied": column([None] * n if sheet.tied is None else sheet.tied.tolist())}
        | {"guest": column([False] * n if sheet.guests is None else sheet.guests.tolist())}
        | _way_columns(sheet)
        | {"rank": column([sheet.ranks.get(node_id) for node_id in sheet.nodes.ids.tolist()])},
        "measures": {
            name: column(rounded(values))
            for name, values in sheet.measures.items()
            if name not in sheet.nodes.attributes
        },
        "choices": list(sheet.measures),
        "colour": sheet.colour,
        "sizes": {name: column(rounded(values, 3)) for name, values in sizes.items()},
        "figures": {
            name: column([plain(value) for value in values.tolist()])
            for name, values in sheet.nodes.attributes.items()
        },
        "lines": _line_columns(lines),
        "ties": _tie_columns(sheet.ties, lines),
        "people": [[round(people, 1) for people in hops] for hops in sheet.people],
        "times": times_payload(
            sheet.times,
            sheet.nodes.ids.tolist(),
            list(zip(lines.source.tolist(), lines.target.tolist(), strict=True)),
        ),
        "notes": [in_languages(note) for note in sheet.notes],
    }


def _way_columns(sheet: Sheet) -> dict[str, Any]:
    """Return who may be on ways, and the position of whom each works for."""
    if sheet.between is None or sheet.works_for is None:
        return {}
    place = {node_id: at for at, node_id in enumerate(sheet.nodes.ids.tolist())}
    works_for = [place.get(node_id) for node_id in sheet.works_for.tolist()]
    return {"between": column(sheet.between.tolist()), "worksFor": column(works_for)}


def _line_columns(lines: Lines) -> dict[str, Any]:
    return {
        "count": len(lines.source),
        "columns": columns(_edges(lines), ("from", "to", "width"))
        | {
            "strength": column(rounded(lines.strength)),
            "level": column(rounded(lines.level)),
            "risk": column(lines.at_risk.tolist()),
            "rival": column(lines.rival.tolist()),
        },
    }


def _tie_columns(ties: MapTies, lines: Lines) -> dict[str, Any]:
    return {
        "count": len(ties),
        "columns": {
            "from": ties.source.tolist(),
            "to": ties.target.tolist(),
            "line": lines.of_tie.tolist(),
            "type": column(ties.type.tolist()),
            "both": column(ties.both_ways.tolist()),
            "tells": column(ties.tells.tolist()),
            "strength": column(rounded(ties.strength)),
            "level": column(rounded(ties.level)),
            "bond": column(rounded(ties.bond)),
            "risk": column(ties.at_risk.tolist()),
            "count": column(ties.count.tolist()),
        }
        | {
            name: column(_told(name, values))
            for name, values in ties.figures.items()
            if name != "reasons"
        }
        | {"reason": column(_reason_places(ties, _reasons(ties)))},
        "reasons": [in_languages(each) for each in _reasons(ties)],
    }


def _told(name: str, values: npt.NDArray[Any]) -> list[Any]:
    """Return a figure of ties; of a moment its day."""
    if values.dtype.kind == "f":
        return list(rounded(values, _CHANCE_DIGITS if name == "chance" else 4))
    told = [plain(value) for value in values.tolist()]
    return [each[:10] if name == "since" and isinstance(each, str) else each for each in told]


def _reasons(ties: MapTies) -> list[Message]:
    """Return the different reasons why ties are at risk."""
    found = ties.figures.get("reasons", np.empty(0, dtype=object)).tolist()
    return list({str(each): each for each in found if each is not None}.values())


def _reason_places(ties: MapTies, reasons: list[Message]) -> list[int | None]:
    place = {str(each): at for at, each in enumerate(reasons)}
    found = ties.figures.get("reasons", np.full(len(ties), None, dtype=object)).tolist()
    return [
        place[str(each)] if risk and each is not None else None
        for each, risk in zip(found, ties.at_risk.tolist(), strict=True)
    ]


def _arrange(
    sheet: Sheet,
    lines: Lines,
    nearness: Nearness,
    sizes: Mapping[str, Floats],
    seed: int,
    rounds: int,
) -> Layout:
    """Lay out everyone but the firm, which is the centre."""
    others = np.asarray(sheet.nodes.markets != FIRM, dtype=bool)
    moved = np.cumsum(others) - 1
    between = others[lines.source] & others[lines.target]
    market_of = {market: place for place, market in enumerate(MARKETS)}
    looks = STYLE["markets"]
    scale = np.array([looks[market]["scale"] for market in sheet.nodes.markets.tolist()])
    largest = EXTENT * scale * np.maximum.reduce([*sizes.values(), np.zeros(len(scale))])
    placement = Placement(
        np.array([market_of[m] for m in sheet.nodes.markets[others].tolist()], dtype=np.int64),
        nearness.bands[others],
        nearness.closeness[others],
        sheet.communities[others],
        largest[others],
        moved[lines.source[between]],
        moved[lines.target[between]],
    )
    layout = arrange(placement, seed=seed, rounds=rounds)
    x, y = np.zeros(len(others)), np.zeros(len(others))
    x[others], y[others] = layout.x, layout.y
    return Layout(x, y, layout.unit, layout.sectors, layout.rings)


def _nodes(sheet: Sheet, layout: Layout) -> list[dict[str, Any]]:
    """Return each stakeholder as pyvis gives a node to vis-network."""
    rows = zip(
        sheet.nodes.names.tolist(),
        sheet.nodes.ids.tolist(),
        sheet.nodes.markets.tolist(),
        layout.x.astype(np.int64).tolist(),
        layout.y.astype(np.int64).tolist(),
        strict=True,
    )
    nodes = []
    for position, (name, identity, market, x, y) in enumerate(rows):
        label = plain(name) or plain(identity)
        nodes.append(Node(position, None, label, group=market, x=x, y=y).options)
    return nodes


def _edges(lines: Lines) -> list[dict[str, Any]]:
    """Return each line as pyvis gives an edge to vis-network, without an arrow."""
    rows = zip(
        lines.source.tolist(),
        lines.target.tolist(),
        tie_widths(lines.strength).round(1).tolist(),
        strict=True,
    )
    return [Edge(source, target, width=width).options for source, target, width in rows]
