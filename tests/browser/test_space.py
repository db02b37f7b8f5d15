"""Space is given back: by filters, focus and story steps, and on a phone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.browser.test_moving import PHONE
from tests.render.sheets import random_sheet


@pytest.fixture(scope="module")
def page(open_shared: OpenPage) -> Page:
    return open_shared(render_map(random_sheet(150), title="Space"), reduced_motion="reduce")


def places(page: Page) -> Any:
    return page.evaluate(
        """() => { const { sheet, view, look, state } = relgraph;
        return [...view.nodes.keys()].filter((node) => view.nodes[node] && node !== sheet.firm)
          .map((node) => [sheet.nodes.x[node], sheet.nodes.y[node], sheet.nodes.group[node],
            look.size(sheet, node, state.current.measure)]); }"""
    )


def sectors(page: Page) -> dict[str, tuple[float, float]]:
    found = page.evaluate("relgraph.sheet.sectors.map((s) => [s.market, [s.start, s.end]])")
    return {market: (start, end) for market, (start, end) in found}


def assert_all_are_in_their_sectors_and_apart(page: Page) -> None:
    found, bounds = places(page), sectors(page)
    for x, y, market, _ in found:
        start, end = bounds[market]
        angle = np.arctan2(x, -y) % (2 * np.pi)
        assert start - 0.02 <= angle <= end + 0.02
    at = np.array([[x, y] for x, y, _, _ in found])
    sizes = np.array([size for *_, size in found])
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)
    assert (away / (sizes[:, None] + sizes[None])).min() > 0.45  # no mark hides another


def is_fitted(page: Page) -> bool:
    found: bool = page.evaluate(
        """() => Math.abs(relgraph.canvas.scale() - relgraph.canvas.fitScale()) < 1e-3
        && Math.abs(relgraph.canvas.network.getViewPosition().x) < 1"""
    )
    return found


def test_a_filter_gives_its_room_to_the_others(page: Page) -> None:
    before, wide = places(page), sectors(page)
    page.evaluate("relgraph.canvas.camera.zoom(3)")
    page.get_by_role("checkbox", name="Customers").uncheck()
    narrow = sectors(page)
    assert narrow["customer"][0] == narrow["customer"][1]
    for market in wide.keys() - {"customer"}:
        assert np.diff(narrow[market]) > np.diff(wide[market])
    assert is_fitted(page)
    assert_all_are_in_their_sectors_and_apart(page)
    page.keyboard.press("b")
    assert places(page) == before
    assert is_fitted(page)


def test_a_focus_fills_the_map_and_is_fitted(page: Page) -> None:
    page.evaluate("relgraph.select(7); relgraph.canvas.camera.zoom(3)")
    page.evaluate("relgraph.focus({ node: 7, hops: 1 })")
    assert is_fitted(page)
    assert_all_are_in_their_sectors_and_apart(page)
    used = page.evaluate("relgraph.sheet.rings.filter((ring) => !ring.empty).length")
    hops = page.evaluate(
        """() => new Set([...relgraph.view.nodes.keys()]
        .filter((node) => relgraph.view.nodes[node] && node !== relgraph.sheet.firm)
        .map((node) => Math.min(relgraph.sheet.nodes.hops[node] ?? 9, 4))).size"""
    )
    assert used == hops
    names = page.evaluate("relgraph.canvas.names().map(({ text }) => text)")
    assert len(names) == 6 + used
    page.keyboard.press("b")
    page.keyboard.press("b")


@pytest.fixture(scope="module")
def phone(open_shared: OpenPage) -> Page:
    headline = [
        (Message("headline.nothing"), []),
        (Message("plan.next", id="Name 3", net=1.0, why="x"), ["s3"]),
    ]
    return open_shared(render_map(random_sheet(60), title="Phone", headline=headline), **PHONE)


def test_the_map_has_the_screen_of_a_phone(phone: Page) -> None:
    box = phone.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] >= 0.7 * 844
    expect(phone.locator("#headline li").first).to_be_hidden()
    phone.locator("#headline summary").tap()
    expect(phone.locator("#headline li").first).to_be_visible()
    phone.locator("#headline summary").tap()


def small_targets(page: Page) -> Any:
    """Return what can be tapped but is lower or narrower than 44 pixels."""
    return page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, input, label')]
        .filter((node) => node.checkVisibility() && !node.closest('dialog, .skip, #headline li'))
        .filter((node) => node.type !== 'checkbox') // its label is the target
        .filter((node) => { const { width, height } = node.getBoundingClientRect();
          return width < 44 || height < 44; })
        .map((node) => node.id || node.textContent)"""
    )


def test_what_can_be_tapped_is_large_enough(phone: Page) -> None:
    assert small_targets(phone) == []
    for drawer in ("controls", "details"):
        phone.locator(f"#{drawer}-toggle").tap()
        assert small_targets(phone) == []
        phone.locator(f"#{drawer}-close").tap()
    phone.locator(".menu summary").tap()
    assert small_targets(phone) == []
    phone.locator("#title").tap()
    expect(phone.locator("#save-png")).to_be_hidden()


def test_the_legend_can_be_reached_on_a_phone(phone: Page) -> None:
    phone.locator("#controls-toggle").tap()
    phone.locator("#line-legend").scroll_into_view_if_needed()
    expect(phone.locator("#line-legend")).to_be_in_viewport()
    phone.locator("#controls-close").tap()  # it stays in sight
    expect(phone.locator("#controls")).to_be_hidden()


def test_nothing_leaves_the_screen_of_a_phone(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    out = phone.evaluate(
        """() => [...document.querySelectorAll('header *, .play *')]
        .filter((node) => node.checkVisibility())
        .filter((node) => node.getBoundingClientRect().right > 390).length"""
    )
    assert out == 0
