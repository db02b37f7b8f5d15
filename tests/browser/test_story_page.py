"""A story's steps change the map as they say."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

PLAIN: dict[str, Any] = {
    "text": "",
    "selected": None,
    "focus": None,
    "markets": [],
    "types": [],
    "minStrength": 0,
    "riskOnly": False,
    "measure": None,
    "colour": None,
    "reach": None,
}


def test_next_and_previous(open_page: OpenPage) -> None:
    sheet = make_sheet(
        ["firm", "customer", "customer", "supplier"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS"), (3, 0, "SUPPLIES")],
        strength=[0.9, 0.5, 0.2],
        people=[(), (33.0,), (), ()],
    )
    steps = [
        PLAIN | {"title": "Strong <b>ties</b>", "text": "Line one\nline two", "minStrength": 0.4},
        PLAIN | {"title": "Customers", "markets": ["supplier"], "focus": {"node": 1, "hops": 1}},
        PLAIN
        | {"title": "Word", "selected": 1, "reach": 1, "measure": "pagerank", "colour": "degree"},
    ]
    page = open_page(render_map(sheet, title="Map", story=steps))
    next_step = page.get_by_role("button", name="Next", exact=True)
    previous = page.get_by_role("button", name="Previous")
    expect(previous).to_be_disabled()
    next_step.click()
    expect(page.locator("#story-title")).to_have_text("Strong <b>ties</b>")
    expect(page.locator("#story-step")).to_have_text("1 of 3")
    expect(page.locator("#strength-count")).to_have_text("0.40 · 2 of 3 ties shown")
    next_step.click()
    expect(page.locator("#counts")).to_have_text("2 of 3 stakeholders · 2 of 3 ties")
    expect(page.get_by_role("checkbox", name="Suppliers")).not_to_be_checked()
    page.keyboard.press("]")
    expect(page.locator("#play-people")).to_have_text("33 / 250 people")
    expect(page.get_by_label("Size shows")).to_have_value("pagerank")
    expect(page.get_by_label("Colour shows")).to_have_value("degree")
    expect(next_step).to_be_disabled()
    page.keyboard.press("[")
    expect(page.locator("#story-title")).to_have_text("Customers")
    previous.click()
    expect(page.locator("#counts")).to_have_text("3 of 3 stakeholders · 2 of 3 ties")


def test_without_a_story_there_is_no_panel(open_page: OpenPage) -> None:
    page = open_page(render_map(make_sheet(["firm"]), title="Map"))
    expect(page.locator("#story")).to_be_hidden()
