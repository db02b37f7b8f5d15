"""The map: one HTML file that shows sheets of stakeholders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from relgraph.render.page import join_modules, join_styles, render_page, vis_script
from relgraph.render.payload import sheet_payload
from relgraph.render.sheet import Radius, Sheet
from relgraph.render.style import as_payload

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def render_map(
    sheet: Sheet,
    *,
    title: str,
    seed: int = 0,
    radius: Radius = "hop",
    language: Language = "en",
    as_of: str | None = None,
) -> str:
    """Return a page that shows a sheet; the same arguments give the same text.

    Parameters
    ----------
    sheet : Sheet
        What to show.
    title : str
        Heading of the page.
    seed : int
        Seed of the layout.
    radius : {"hop", "strength", "level"}
        What the rings stand for.
    language : {"en", "zh"}
        The page's language at opening.
    as_of : str, optional
        The date that the data describes.
    """
    payload: Mapping[str, Any] = {
        "title": title,
        "language": language,
        "asOf": as_of,
        "style": as_payload(),
        "sheet": sheet_payload(sheet, seed=seed, radius=radius),
    }
    return render_page(
        "map.html.j2",
        payload=payload,
        styles=join_styles("base", "map"),
        vis=vis_script(),
        script=join_modules("main"),
    )
