"""The map: one HTML file that shows sheets of stakeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from relgraph import assumptions
from relgraph.messages import (
    LANGUAGES,
    Language,
    Message,
    Speaker,
    in_languages,
    read_sentences,
)
from relgraph.render.columns import plain
from relgraph.render.page import join_modules, join_styles, packed, render_page, vis_script
from relgraph.render.payload import sheet_payload
from relgraph.render.sheet import Radius, Sheet
from relgraph.render.style import STYLE

Path = tuple[int, ...]  # the positions of the nodes that were opened, one sheet in the other

HIGH_SCORE = float(assumptions.PLANNED["high_score"].value)
GROUP_ROUNDS = 60  # groups are many and small: fewer rounds cost circles 1 % of their size


def render_map(
    sheet: Sheet,
    groups: Mapping[Path, Sheet] | None = None,
    *,
    title: str | Message,
    seed: int = 0,
    radius: str = "hop",
    language: Language = "en",
    as_of: str | None = None,
    story: Sequence[Mapping[str, Any]] = (),
    headline: Sequence[tuple[Message, Sequence[str]]] = (),
    opening: str = "",
    high_score: float = HIGH_SCORE,
    currency: str | None = None,
    contents: Sequence[Message] = (),
) -> str:
    """Return a page that shows a sheet; the same arguments give the same text.

    Parameters
    ----------
    sheet : Sheet
        What to show.
    groups : mapping of tuple of int to Sheet, optional
        What some nodes open into, by the positions of those opened on the way to each; the sheet
        is then an overview.
    title : str or Message
        Heading of the page; a message is said in the reader's language.
    seed : int
        Seed of the layout.
    radius : str
        What the rings stand for: `hop`, `strength` or `level` as they are laid out, or a measure or
        column by which the page moves everyone.
    language : {"en", "zh"}
        The page's language at opening.
    as_of : str, optional
        The day up to which contacts count.
    story : sequence of mapping
        Steps as the page takes them (`relgraph.api.story`).
    headline : sequence of (Message, ids)
        Sentences above the map, each with the ids of those whom it names.
    opening : str
        What it shows at opening: `ribbons` between markets, all `lines`, or `finding:N`, whom the
        Nth sentence names; by default ribbons where there are many lines.
    high_score : float
        From where power and interest are high.
    currency : str, optional
        What money is in.
    contents : sequence of Message
        What the page contains.
    """
    laid_out: Radius = radius if radius in get_args(Radius) else "hop"  # type: ignore[assignment]
    payload: Mapping[str, Any] = {
        "title": Speaker(language, None)(title) if isinstance(title, Message) else title,
        "titles": in_languages(title) if isinstance(title, Message) else {},
        "language": language,
        "asOf": as_of,
        "story": list(story),
        "headline": _headline(headline, [sheet, *(groups or {}).values()]),
        "contents": [in_languages(each) for each in contents],
        "style": STYLE,
        "overview": bool(groups),
        "shows": opening if opening in ("ribbons", "lines") else None,
        "highScore": high_score,
        "currency": currency,
        "ways": {
            "count": int(assumptions.INTRODUCTIONS),
            "hops": int(assumptions.INTRODUCTION_HOPS),
            "steps": int(assumptions.INTRODUCTION_STEPS),
            "same": assumptions.SAME_VALUE,
        },
        "ring": None if radius == laid_out else radius,
        "finding": int(opening.removeprefix("finding:"))
        if opening.startswith("finding:")
        else None,
        "sheet": sheet_payload(sheet, seed=seed, radius=laid_out, opens=_inside((), groups or {})),
    }
    opened = {
        "/".join(map(str, path)): sheet_payload(
            group,
            seed=seed,
            radius=laid_out,
            rounds=GROUP_ROUNDS,
            opens=_inside(path, groups or {}),
        )
        for path, group in (groups or {}).items()
    }
    return render_page(
        "map.html.j2",
        payload=payload,
        title=payload["title"],
        groups=packed(opened) if opened else None,
        words={name: read_sentences(name, "page*") for name in LANGUAGES},
        styles=join_styles("base", "map", "overlays", "controls", "details", "narrow", "print"),
        vis=vis_script(),
        script=join_modules("main"),
    )


def _inside(path: Path, groups: Mapping[Path, Sheet]) -> list[int]:
    """Return which nodes of the sheet at a path open into one of their own."""
    return [each[-1] for each in groups if each[:-1] == path]


def _headline(
    headline: Sequence[tuple[Message, Sequence[str]]], sheets: Sequence[Sheet]
) -> list[dict[str, Any]]:
    """Return sentences with whom they name: the id and name of those who can be found."""
    wanted = {node_id for _, ids in headline for node_id in ids}
    names = {
        node_id: plain(name) or plain(node_id)
        for each in sheets
        for node_id, name in zip(each.nodes.ids.tolist(), each.nodes.names.tolist(), strict=True)
        if node_id in wanted
    }
    return [
        {"said": in_languages(said), "named": [[i, names[i]] for i in ids if i in names]}
        for said, ids in headline
    ]
