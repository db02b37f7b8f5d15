"""A map of 100,000 stakeholders: what its file holds is small enough to mail, and opens.

The overview and its groups are made directly, as large as those of 100,000 stakeholders with
500,000 ties; `benchmarks/map_page.py` draws the whole from a store and times how it opens.
"""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect

from relgraph.model import MARKETS
from relgraph.render.map import Path, render_map
from relgraph.render.overview import COMMUNITIES, LARGEST_GROUP, MOST_JOINS
from relgraph.render.sheet import Sheet
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

GROUPS = (COMMUNITIES + 1) * len(MARKETS)


def group(number: int, ties: int = 400) -> Sheet:
    """Return what a group opens into: as many as it may show, with names and figures."""
    draw = np.random.default_rng(number)
    count = LARGEST_GROUP + 1
    ends = draw.integers(0, count, (ties, 2))
    return make_sheet(
        ["firm", *draw.choice(MARKETS, count - 1).tolist()],
        [(a, b, "KNOWS") for a, b in ends.tolist() if a != b],
        names=[f"A stakeholder with a name {number} {place}" for place in range(count)],
        attributes={name: draw.random(count) for name in ("satisfaction", "revenue", "margin")},
        people=draw.random((count, 8)).round(4).tolist(),
    )


def overview() -> Sheet:
    draw = np.random.default_rng(0)
    pairs = np.unique(draw.integers(0, GROUPS + 1, (2 * MOST_JOINS, 2)), axis=0)
    joins = [(a, b, "TIES") for a, b in pairs.tolist() if a < b][:MOST_JOINS]
    markets = ["firm", *(MARKETS[place % len(MARKETS)] for place in range(GROUPS))]
    names = ["The firm", *(f"Somebody {place} +537" for place in range(1, GROUPS + 1))]
    return make_sheet(markets, joins, names=names, count=draw.integers(1, 900, len(joins)))


def test_it_is_small_and_opens(open_page: OpenPage) -> None:
    # All different, as groups are packed together.
    groups: dict[Path, Sheet] = {(place,): group(place) for place in range(1, GROUPS + 1)}
    html = render_map(overview(), groups, title="100,000 stakeholders")
    assert 2.5e6 < len(html.encode()) <= 15e6
    page: Page = open_page(html)
    expect(page.locator("html")).to_have_attribute("data-ready", "true")
    expect(page.locator("#counts")).to_contain_text(f"{GROUPS} of {GROUPS} groups")
    page.keyboard.press("/")
    page.keyboard.type("with a name 3 149")  # somebody inside a group
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_have_text("A stakeholder with a name 3 149")
    expect(page.locator("#counts")).to_contain_text("150 of 150 stakeholders")
