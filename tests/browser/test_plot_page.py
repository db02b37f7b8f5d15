"""The plot in Chromium: the same people by two columns, with all that the map can do."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.model import FIRM
from relgraph.network import text_array
from relgraph.planning.portfolio.scores import POWER
from relgraph.render.map import render_map
from relgraph.render.sheet import Sheet
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

NAMES = ("The Firm", "Ada", "Bo", "Cy", "Di", "Eve", "Flo")
POWERS = (np.nan, 0.9, 0.9, 0.2, np.nan, 0.4, np.nan)
INTERESTS = (np.nan, 0.8, 0.1, 0.7, 0.6, np.nan, np.nan)


def people() -> Sheet:
    """Return six people: three of whom both are known, one without each, one without either."""
    return make_sheet(
        [FIRM, "customer", "customer", "supplier", "supplier", "employee", "employee"],
        [(0, 1, "KNOWS"), (1, 2, "KNOWS"), (0, 3, "SUPPLIES"), (4, 5, "KNOWS"), (1, 6, "KNOWS")],
        names=NAMES,
        attributes={
            "power": np.array(POWERS),
            "interest": np.array(INTERESTS),
            "owner": text_array([None, "s5", "s5", "s6", None, None, None]),
        },
        choices=("power", "interest"),
        strength=[0.5, 0.5, np.nan, 0.5, 0.5],
    )


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage) -> Page:
    return open_shared(render_map(people(), title="People"))


@pytest.fixture
def page(shared: Page) -> Page:
    """Give the shared page with its plot."""
    shared.evaluate(
        """() => { relgraph.setLanguage('en'); while (relgraph.state.back());
        relgraph.canvas.fit(); }"""
    )
    shared.get_by_role("button", name="Plot", exact=True).click()
    return shared


def places(page: Page) -> list[tuple[float, float]]:
    found = page.evaluate("() => { const { x, y } = relgraph.sheet.nodes; return [x, y]; }")
    return list(zip(*found, strict=True))


def texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("relgraph.canvas.names().map(({ text }) => text)")
    return found


def test_everyone_stands_where_both_columns_place_them(page: Page) -> None:
    plot: dict[str, Any] = page.evaluate(
        """() => { const { box, strips } = relgraph.sheet.plot; return { box, strips }; }"""
    )
    box, at = plot["box"], places(page)
    for node in (1, 2, 3):  # both axes run from 0 to 1
        x = box["left"] + (box["right"] - box["left"]) * INTERESTS[node]
        y = box["bottom"] - (box["bottom"] - box["top"]) * POWERS[node]
        assert at[node] == pytest.approx((x, y), abs=1)
    for node, strip in ((4, "y"), (5, "x"), (6, "xy")):
        area = plot["strips"][strip]
        assert area["left"] < at[node][0] < area["right"]
        assert area["top"] < at[node][1] < area["bottom"]


def test_its_quadrants_are_those_of_the_portfolio_and_unknowns_are_counted(page: Page) -> None:
    found = texts(page)
    assert set(POWER) <= set(found)
    assert {"interest not known: 1", "power not known: 1", "neither known: 1"} <= set(found)
    assert {"interest (0 to 1) →", "↑ power (0 to 1)"} <= set(found)
    page.get_by_role("checkbox", name="Employees").uncheck()
    assert {"interest not known: 0", "neither known: 0"} <= set(texts(page))
    page.get_by_label("Language").select_option("zh")
    assert {"重点管理", "令其满意", "利益未知：0"} <= set(texts(page))


def test_a_click_a_key_and_the_search_select_as_on_the_map(page: Page) -> None:
    at = page.evaluate(
        """() => { const n = relgraph.sheet.nodes; const box = document.getElementById('map')
        .getBoundingClientRect(); const p = relgraph.canvas.network.canvasToDOM(
        {x: n.x[3], y: n.y[3]}); return [box.x + p.x, box.y + p.y]; }"""
    )
    page.mouse.click(*at)
    expect(page.locator("#details-name")).to_have_text("Cy")
    page.locator("#map").press("ArrowUp")
    expect(page.locator("#details-name")).to_have_text("Ada")
    page.locator("#search").fill("flo")
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_have_text("Flo")
    said = page.evaluate("relgraph.tip(6)")
    assert said == "Flo · Employees\ninterest: not known\npower: not known"
    page.locator("#map").press("v")
    expect(page.get_by_role("button", name="Map", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("#details-name")).to_have_text("Flo")


def test_lines_are_those_of_the_selected_and_none_leads_to_the_firm(page: Page) -> None:
    lines = "relgraph.view.lines.reduce((sum, each) => sum + (each ? 1 : 0), 0)"
    assert page.evaluate(lines) == 0
    page.evaluate("relgraph.select(1)")
    assert page.evaluate(lines) == 2
    expect(page.locator("#counts")).to_have_text("6 of 6 stakeholders · 5 of 5 ties")


def test_other_columns_along_the_axes(page: Page) -> None:
    page.get_by_label("Upwards").select_option("degree")
    assert "↑ Degree" in texts(page)
    assert not set(POWER) & set(texts(page))
    assert "neither known: 2" not in texts(page)  # a measure is known of everyone
    page.get_by_role("button", name="Power and interest").click()
    assert set(POWER) <= set(texts(page))


def test_it_is_saved_as_it_is_seen(page: Page) -> None:
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    saved = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [row["name"] for row in saved] == list(NAMES[1:])
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    drawn = download.value.path().read_text("utf-8")
    assert "manage closely" in drawn
    assert "interest not known: 1" in drawn


def test_it_opens_where_there_is_nothing_but_measures(open_shared: OpenPage) -> None:
    plain = make_sheet([FIRM, "customer"], [(0, 1, "KNOWS")])
    page = open_shared(render_map(plain, title="Two"), width=390, height=844)
    page.evaluate("relgraph.viewing.show('plot')")
    assert "↑ Degree" in texts(page)
