"""Time on the map in Chromium: one moment, all in turn, and what changed between two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.model import FIRM
from relgraph.render.map import render_map
from relgraph.render.times import Times
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

DAYS = ("2024-03-31", "2024-06-30", "2024-09-30")


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage) -> Page:
    """Return a map of which Bo joined in May, Cy in July; ties begun, warmed and cooled since."""
    sheet = make_sheet(
        [FIRM, "customer", "customer", "supplier"],
        [(0, 1, "KNOWS"), (0, 2, "KNOWS"), (0, 3, "SUPPLIES"), (1, 2, "KNOWS")],
        names=["The Firm", "Ada", "Bo", "Cy"],
    )
    since = np.array(["2023-01-01", "2024-05-05", None, "2024-07-07"], dtype=object)
    times = Times(
        DAYS,
        {("s0", "s1"): (0.5, 0.4, 0.2), ("s0", "s2"): (0.0, 0.3, 0.35)},
        {"s1": "2023-01-01", "s2": "2024-05-05", "s3": "2024-07-07"},
        (("Di", "customer", "2024-06-15"),),
    )
    ties = replace(sheet.ties, figures={"since": since})
    return open_shared(render_map(replace(sheet, ties=ties, times=times), title="Times"))


@pytest.fixture
def page(shared: Page) -> Page:
    """Give the shared page as it was at opening."""
    shared.evaluate("() => { relgraph.setLanguage('en'); while (relgraph.state.back()); }")
    return shared


def test_a_moment_shows_who_was_there_and_which_ties_held(page: Page) -> None:
    slider = page.get_by_role("slider", name="Moment")
    expect(page.locator("#moment-day")).to_have_text("2024-09-30 (now)")
    slider.fill("0")
    expect(page.locator("#moment-day")).to_have_text("2024-03-31")
    expect(page.locator("#counts")).to_have_text("1 of 3 stakeholders · 1 of 4 ties")
    slider.press("ArrowRight")
    expect(page.locator("#counts")).to_have_text("2 of 3 stakeholders · 2 of 4 ties")
    slider.press("End")
    expect(page.locator("#counts")).to_have_text("3 of 3 stakeholders · 4 of 4 ties")


def test_two_moments_are_compared(page: Page) -> None:
    page.get_by_label("What changed since").select_option(DAYS[0])
    panel = page.locator("#details-body")
    expect(panel.locator("h3")).to_have_text(
        [
            f"From {DAYS[0]} to {DAYS[2]}",
            *("Joined: 2", "Left: 1", "Ties begun: 2", "Warmed: 1", "Cooled: 1"),
        ]
    )
    expect(panel).to_contain_text("Di · Customers · 2024-06-15")
    expect(panel.locator(".people .name")).to_have_text(["Bo", "Cy"])
    changed = page.evaluate("Object.fromEntries(relgraph.view.changed)")
    assert changed == {"0": "cooled", "1": "warmed", "3": "warmed"}
    page.get_by_role("slider", name="Moment").fill("1")
    expect(panel.locator("h3").nth(5)).to_have_text("Cooled: 1")  # by exactly a tenth
    page.get_by_label("Language").select_option("zh")
    expect(panel.locator("h3").nth(1)).to_have_text("加入：1")
    page.locator("#compared").select_option("")
    expect(page.locator("#change-legend li")).to_have_count(0)


def test_moments_run_through_and_end_at_the_present(page: Page) -> None:
    page.clock.install()
    page.get_by_role("button", name="Run through").click()
    expect(page.locator("#moment-day")).to_have_text(DAYS[0])
    page.clock.run_for(1_300)
    expect(page.locator("#moment-day")).to_have_text(DAYS[1])
    page.clock.run_for(2_600)
    expect(page.locator("#moment-day")).to_have_text(f"{DAYS[2]} (now)")
    expect(page.get_by_role("button", name="Run through")).to_be_visible()
