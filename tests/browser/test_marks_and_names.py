"""How marks, lines and names are drawn: large enough, in their colour, and hiding nothing."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from relgraph.model import FIRM
from relgraph.render.map import render_map
from relgraph.render.sheet import LAST_HOP
from relgraph.render.style import STYLE
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet, random_sheet
from tests.render.test_style import THEMES, Theme, contrast

SMALLEST = 5  # pixels


def texts(page: Page) -> Any:
    """Return the names on the map as boxes in pixels from its centre, with what they are."""
    return page.evaluate(
        """() => { const { canvas } = relgraph; const { names, labels, scale } = canvas.placed();
        return [...names, ...labels].map((thing) => {
          const { node, text, turn, anchor, x, y, size, weight, fill } = thing;
          const pixels = size * (node === undefined ? scale : 1);
          const width = canvas.widthOf(text, weight, pixels);
          const left = x * scale - { start: 0, middle: width / 2, end: width }[anchor];
          return { node: node ?? null, text, fill, turn: turn ?? 0, left, right: left + width,
            top: y * scale - pixels * 0.8, bottom: y * scale + 1 };
        }); }"""
    )


def marks(page: Page) -> Any:
    return page.evaluate(
        """() => { const { sheet, view, look, state } = relgraph; const scale = look.fitScale;
        return [...view.nodes.keys()].filter((node) => view.nodes[node]).map((node) => {
          const { size, borderWidth, fill, border } = look.node(
            sheet, node, view.nodes[node], state.current);
          return { node, market: sheet.nodes.group[node], radius: size * scale, borderWidth, fill,
            border, x: sheet.nodes.x[node] * scale, y: sheet.nodes.y[node] * scale };
        }); }"""
    )


@pytest.fixture(scope="module")
def crowd(open_shared: OpenPage) -> Page:
    return open_shared(render_map(random_sheet(1437), title="Crowd"))


def test_marks_are_large_enough_and_their_outlines_thin(crowd: Page) -> None:
    # A square is drawn with half its side as radius: the narrowest of all shapes.
    assert min(2 * mark["radius"] for mark in marks(crowd)) >= SMALLEST
    assert all(mark["borderWidth"] <= 0.15 * 2 * mark["radius"] for mark in marks(crowd))


@pytest.mark.parametrize("theme", THEMES)
def test_a_star_of_a_crowd_shows_its_colour(crowd: Page, theme: Theme) -> None:
    at = crowd.evaluate(
        """async (theme) => { if (relgraph.look.theme !== theme) {
          document.getElementById('theme').click();
        }
        await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
        const { sheet, canvas } = relgraph;
        const stars = [...sheet.nodes.group.keys()].filter(
          (node) => sheet.nodes.group[node] === 'influencer');
        const drawn = document.querySelector('#map canvas');
        const pen = new OffscreenCanvas(drawn.width, drawn.height)
          .getContext('2d', { willReadFrequently: true });
        pen.drawImage(drawn, 0, 0);
        return stars.map((node) => { const { x, y } = canvas.network.canvasToDOM(
          { x: sheet.nodes.x[node], y: sheet.nodes.y[node] });
          return [...pen.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3); });
        }""",
        theme,
    )
    colour = STYLE["markets"]["influencer"][theme]
    own = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    near = np.abs(np.array(at) - own).max(axis=1) < 40
    assert near.mean() > 0.9  # labels and badges lie over a few
    crowd.evaluate("relgraph.look.theme === 'dark' && document.getElementById('theme').click()")


def rings(page: Page) -> Any:
    return page.evaluate(
        """() => relgraph.sheet.rings.map(({ kind, value, radius }, place, all) => ({
        text: relgraph.say(`ring.${kind}`, { value }), outer: radius * relgraph.canvas.scale(),
        inner: (place ? all[place - 1].radius : 115) * relgraph.canvas.scale() }))"""
    )


def assert_each_band_is_named_inside(page: Page) -> None:
    boxes = {box["text"]: box for box in texts(page)}
    for ring in rings(page):
        box = boxes[ring["text"]]
        middle = np.hypot((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
        assert ring["inner"] < middle < ring["outer"], ring["text"]


def apart() -> list[Any]:
    """Return sheets with a band of almost nobody outside: one apart, or a chain of steps."""
    one = make_sheet(
        [FIRM, *["customer"] * 90, "employee"], [(0, place, "KNOWS") for place in range(1, 91)]
    )
    chain = [(place, place + 1, "KNOWS") for place in range(LAST_HOP + 1)]
    steps = make_sheet(
        [FIRM, *["customer"] * 60],
        [*chain, *[(0, place, "KNOWS") for place in range(LAST_HOP + 2, 60)]],
    )
    return [one, steps, random_sheet(60)]


@pytest.mark.parametrize("place", range(3))
def test_each_band_is_named_inside_it(open_shared: OpenPage, place: int) -> None:
    page = open_shared(render_map(apart()[place], title="Bands"))
    assert len(rings(page)) >= 2
    assert_each_band_is_named_inside(page)


def test_each_band_of_a_crowd_is_named_too(crowd: Page) -> None:
    assert_each_band_is_named_inside(crowd)


@pytest.mark.parametrize("count", [60, 300])
def test_nothing_hides_behind_a_name(open_shared: OpenPage, count: int) -> None:
    page = open_shared(render_map(random_sheet(count), title="Names"))
    drawn = marks(page)
    for box in texts(page):
        if box["text"] == "Name 0":  # the firm's stands in any case
            continue
        middle = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
        sine, cosine = np.sin(box["turn"]), np.cos(box["turn"])
        hidden = [
            mark["node"]
            for mark in drawn
            if mark["node"] != box["node"]
            and abs((mark["x"] - middle[0]) * cosine + (mark["y"] - middle[1]) * sine)
            < (box["right"] - box["left"]) / 2
            and abs((mark["y"] - middle[1]) * cosine - (mark["x"] - middle[0]) * sine)
            < (box["bottom"] - box["top"]) / 2
        ]
        assert hidden == [], box["text"]


def test_the_firm_has_its_whole_name(open_shared: OpenPage) -> None:
    name = (
        "The Most Honourable Company of Merchants Trading into the Farthest Harbours of the North"
    )
    sheet = make_sheet([FIRM, "customer"], [(0, 1, "KNOWS")], names=[name, "Ada"])
    page = open_shared(render_map(sheet, title="Name"))
    assert " ".join(box["text"] for box in texts(page) if box["node"] == 0) == name


@pytest.mark.parametrize("theme", THEMES)
def test_names_of_sectors_can_be_read(theme: Theme) -> None:
    ground = STYLE["palette"]["ground"][theme]
    for look in STYLE["markets"].values():
        assert contrast(look["text"][theme], ground) >= 4.5


def over(colour: str, ground: str, share: float) -> str:
    """Return the colour of a line that lets some of the ground through."""
    parts = [(int(colour[k : k + 2], 16), int(ground[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(share * own + (1 - share) * below):02x}" for own, below in parts)


@pytest.mark.parametrize("crowd", [60, 5_000])
@pytest.mark.parametrize("theme", THEMES)
def test_lines_stand_out_from_the_ground(open_shared: OpenPage, theme: Theme, crowd: int) -> None:
    page = open_shared(render_map(random_sheet(60), title="Lines"), color_scheme=theme)
    drawn = page.evaluate(
        """(crowd) => { const { sheet, look } = relgraph;
        return sheet.lines.from.map((_, line) => look.line(sheet, line, 2, crowd)); }""",
        crowd,
    )
    ground = STYLE["palette"]["ground"][theme]
    for line in drawn:
        mixed = over(line["colour"], ground, line["opacity"])
        assert contrast(mixed, ground) >= 3
        assert line["width"] * page.evaluate("relgraph.look.fitScale") >= 0.79


def test_names_of_sectors_do_not_touch_the_map_of_a_phone(open_shared: OpenPage) -> None:
    page = open_shared(render_map(random_sheet(60), title="Phone"), width=390, height=844)
    sectors = [box for box in texts(page) if re.fullmatch("[A-Z][a-z]+s", box["text"])]
    assert len(sectors) == 6
    rim = page.evaluate("relgraph.look.rim * relgraph.look.fitScale")
    for box in sectors:
        across = max(0.0, box["left"], -box["right"])
        down = max(0.0, box["top"], -box["bottom"])
        assert np.hypot(across, down) >= rim - 2
        assert -195 <= box["left"] < box["right"] <= 195
