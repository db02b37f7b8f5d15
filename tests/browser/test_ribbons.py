"""Ribbons at opening: how much joins two markets; lines come with what is asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.browser.test_moving import on_screen
from tests.render.sheets import random_sheet


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage) -> Page:
    return open_shared(render_map(random_sheet(120), title="Ribbons"), reduced_motion="reduce")


@pytest.fixture
def page(shared: Page) -> Page:
    shared.evaluate("() => { while (relgraph.state.back()); }")
    shared.mouse.move(0, 0)
    return shared


def lines(page: Page) -> int:
    found: int = page.evaluate("relgraph.view.lines.filter(Boolean).length")
    return found


def ribbons(page: Page) -> Any:
    return page.evaluate("relgraph.canvas.ribbons.shown")


def test_ribbons_count_the_ties_between_markets(page: Page) -> None:
    sheet = random_sheet(120)
    markets = sheet.nodes.markets.tolist()
    wanted = Counter(
        tuple(sorted((markets[one], markets[other])))
        for one, other in zip(sheet.ties.source.tolist(), sheet.ties.target.tolist(), strict=True)
    )
    found = ribbons(page)
    assert {tuple(each["markets"]): each["value"] for each in found} == wanted
    widest, narrowest = found[0], found[-1]
    assert widest["width"] == 90
    assert narrowest["width"] == pytest.approx(
        max(4, 90 * narrowest["value"] / widest["value"]), abs=0.01
    )
    assert lines(page) == 0
    expect(page.locator("#counts")).to_contain_text(f"{len(sheet.ties)} of {len(sheet.ties)} ties")


def test_ribbons_stand_for_all_ties_of_a_crowd(open_shared: OpenPage) -> None:
    sheet = random_sheet(400)
    page = open_shared(render_map(sheet, title="Crowd"))
    assert page.evaluate("relgraph.state.current.thinned")
    assert sum(each["value"] for each in ribbons(page)) == len(sheet.ties)
    ties = f"{len(sheet.ties):,}"
    expect(page.locator("#counts")).to_contain_text(f"{ties} of {ties} ties")


def test_ribbons_show_strength_too(page: Page) -> None:
    page.get_by_label("Width of ribbons shows").select_option("strength")
    sheet = random_sheet(120)
    assert sum(each["value"] for each in ribbons(page)) == pytest.approx(
        float(sheet.ties.strength.sum()), abs=0.1
    )


def test_lines_come_with_a_choice_a_filter_a_focus_and_the_switch(page: Page) -> None:
    for ask in (
        "relgraph.select(3)",
        "relgraph.controls.toggle('markets', 'customer', false)",
        "relgraph.focus({ node: 3, hops: 1 })",
        "relgraph.state.change({ minStrength: 0.5 })",
        "relgraph.state.change({ ribbons: false })",
    ):
        page.evaluate(ask)
        assert lines(page) > 0, ask
        assert ribbons(page) == []
        page.keyboard.press("b")
        assert lines(page) == 0
        assert ribbons(page) != []


def test_lines_of_whom_the_mouse_is_over_are_drawn(page: Page) -> None:
    curves = "relgraph.canvas.ribbons.scene().length - relgraph.canvas.ribbons.shown.length"
    assert page.evaluate(curves) == 0
    page.mouse.move(*on_screen(page, 5))
    assert page.evaluate(curves) == page.evaluate("relgraph.sheet.linesOf[5].length")


def test_a_click_on_a_ribbon_shows_its_lines(page: Page) -> None:
    place = page.evaluate(
        """() => { const { canvas } = relgraph;
        const box = document.getElementById('map').getBoundingClientRect();
        for (const { points, markets } of canvas.ribbons.shown) {
          const [x1, y1, cx, cy, x2, y2] = points;
          for (let t = 0.05; t < 1; t += 0.05) {
            const x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * cx + t ** 2 * x2;
            const y = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * cy + t ** 2 * y2;
            const at = canvas.network.canvasToDOM({ x, y });
            const met = canvas.at(at, false);
            if (met.node === null && met.ribbon?.markets.join() === markets.join()) {
              return { x: box.x + at.x, y: box.y + at.y, markets };
            }
          }
        }
        return null; }"""
    )
    page.mouse.move(place["x"], place["y"])
    expect(page.locator("#tooltip")).to_contain_text("(number of ties)")
    page.mouse.click(place["x"], place["y"])
    hidden = page.evaluate("relgraph.state.current.markets.size")
    assert hidden == 6 - len({*place["markets"]} - {"firm"})
    assert lines(page) > 0


def test_few_lines_need_no_ribbons(open_shared: OpenPage) -> None:
    page = open_shared(render_map(random_sheet(20), title="Few"))
    assert ribbons(page) == []
    assert lines(page) > 0


def test_a_page_opens_as_it_was_asked_to(open_shared: OpenPage) -> None:
    few, many = random_sheet(20), random_sheet(120)
    page = open_shared(render_map(few, title="Few", opening="ribbons"))
    assert ribbons(page) != []
    page = open_shared(render_map(many, title="Many", opening="lines"))
    assert lines(page) > 0
    said = [Message("plan.next", id=f"Name {n}", net=1.0, why="x") for n in (3, 7)]
    headline = [(each, [f"s{n}"]) for each, n in zip(said, (3, 7), strict=True)]
    page = open_shared(render_map(few, title="Few", headline=headline, opening="finding:2"))
    expect(page.locator("#details-name")).to_have_text("Name 7")
