"""Ties that answer: which way they run, and what is told of one that is pointed at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.model import FIRM
from relgraph.network import text_array
from relgraph.render.map import render_map
from relgraph.render.sheet import Sheet
from tests.browser.conftest import OpenPage
from tests.browser.test_moving import PHONE
from tests.render.sheets import make_sheet

COOLING = Message("reasons", named=(Message("reason.cooling"),))


def sheet() -> Sheet:
    made = make_sheet(
        [FIRM, "customer", "customer", "supplier"],
        [(1, 2, "REFERS"), (2, 1, "BUYS_FROM"), (3, 0, "SUPPLIES"), (0, 1, "KNOWS")],
        names=["The Firm", "Ada Ltd", "Bo Ltd", "Cy Parts"],
        strength=[0.6, np.nan, 0.4, 0.9],
        at_risk=[True, False, False, False],
    )
    figures: dict[str, Any] = {
        "low": np.array([0.25, np.nan, 0.4, 0.9]),
        "high": np.array([0.83, np.nan, 0.4, 0.9]),
        "since": np.array(["2019-10-25", "NaT", "NaT", "NaT"], dtype="datetime64[D]"),
        "margin": np.array([4783.0, np.nan, np.nan, np.nan]),
        "contacts": np.array([1.0, np.nan, 12.0, np.nan]),
        "reasons": text_array([None, None, None, None]),
    }
    figures["reasons"][0] = COOLING
    return replace(made, ties=replace(made.ties, figures=figures))


@pytest.fixture(scope="module")
def page(open_shared: OpenPage) -> Page:
    return open_shared(render_map(sheet(), title="Ties"))


def middle_of(page: Page, ends: list[int]) -> tuple[float, float]:
    """Return where the middle of the line between two is drawn, in pixels of the page."""
    x, y = page.evaluate(
        """(ends) => { const { sheet, canvas } = relgraph;
        const line = sheet.lines.from.findIndex((from, place) =>
          from === ends[0] && sheet.lines.to[place] === ends[1]);
        const edge = canvas.network.body.edges[line];
        const { x, y } = edge.edgeType.getPoint(0.5);
        const at = canvas.network.canvasToDOM({ x, y });
        const box = document.getElementById('map').getBoundingClientRect();
        return [box.x + at.x, box.y + at.y]; }""",
        ends,
    )
    return float(x), float(y)


TOLD = (
    "Ada Ltd → Bo Ltd: refers · 0.6 (0.25 to 0.83) · accountable · financial · since 2019-10-25"
    " · 1 contact · margin 4,783 · ⚠ at risk: cooling",
    "Bo Ltd → Ada Ltd: buys from · strength unknown · accountable · financial",
)


def test_hover_tells_of_a_tie_in_both_directions(page: Page) -> None:
    page.mouse.move(*middle_of(page, [1, 2]))
    expect(page.locator("#tooltip")).to_have_text("\n".join(TOLD))
    page.mouse.move(*middle_of(page, [0, 1]))
    expect(page.locator("#tooltip")).to_contain_text("The Firm ↔ Ada Ltd: knows · 0.9 · ")


def test_a_click_on_a_tie_tells_of_it_in_the_details(page: Page) -> None:
    page.mouse.click(*middle_of(page, [1, 2]))
    expect(page.locator("#details-body .person")).to_have_text(["Ada Ltd", "Bo Ltd"])
    told = page.locator("#details-body .ties li")
    expect(told).to_have_text([text.replace(": ", " ", 1) for text in TOLD])
    page.get_by_label("Language").select_option("zh")
    expect(told.first).to_contain_text("推荐 · 0.6 (0.25 至 0.83)")
    expect(told.first).to_contain_text("往来转冷")
    page.get_by_label("语言").select_option("en")
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)


def test_details_of_a_stakeholder_tell_the_same_of_its_ties(page: Page) -> None:
    page.evaluate("relgraph.select(2)")
    ties = page.locator("#details-body .people .note")
    expect(ties.first).to_have_text("← " + TOLD[0].split(": ", 1)[1])
    expect(ties.nth(1)).to_have_text("→ " + TOLD[1].split(": ", 1)[1])
    page.keyboard.press("Escape")


def test_arrowheads_show_known_directions(page: Page) -> None:
    heads = page.evaluate(
        """() => relgraph.canvas.overlay().filter(({ d, text, stroke }) => d && !text && !stroke)
        .map(({ d }) => d.slice(1).split('L')[0].split(' ').map(Number))"""
    )
    at = page.evaluate("relgraph.sheet.nodes.x.map((x, k) => [x, relgraph.sheet.nodes.y[k]])")
    points = sorted(
        min(range(4), key=lambda node: float(np.hypot(*np.subtract(at[node], head))))
        for head in heads
    )
    assert points == [0, 1, 2]  # to the firm, to Ada and to Bo; who know one another have none


def test_a_finger_chooses_a_tie(open_shared: OpenPage) -> None:
    phone = open_shared(render_map(sheet(), title="Ties"), **PHONE)
    at = middle_of(phone, [0, 1])
    phone.touchscreen.tap(*at)
    phone.wait_for_function("() => relgraph.state.current.line !== null")
    phone.wait_for_timeout(400)  # not a double tap
    phone.touchscreen.tap(*at)
    expect(phone.locator("#details-body .ties li").first).to_be_visible()
