"""The map in Chromium: each control does what it says, by mouse and by keyboard."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.render.map import render_map
from relgraph.render.sheet import Sheet
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet, random_sheet
from tests.render.test_page import HOSTILE


def state(page: Page) -> Any:
    return page.evaluate(
        """() => { const s = relgraph.state.current; const v = relgraph.view;
        return { selected: s.selected, measure: s.measure, focus: s.focus, play: s.play,
        minStrength: s.minStrength, shown: v.shown, ties: v.tiesShown,
        drawn: [...relgraph.canvas.nodes.get().keys()].filter(
          (id) => !relgraph.canvas.nodes.get(id).hidden).length }; }"""
    )


def small() -> Sheet:
    return make_sheet(
        ["firm", "customer", "customer", "supplier", "employee"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS"), (3, 0, "SUPPLIES"), (4, 1, "MANAGES")],
        names=["The Firm", "Ada Ltd", "Bo Ltd", "Cy Parts", "Dee"],
        strength=[0.9, 0.6, 0.3, 0.1],
        at_risk=[False, True, False, False],
        people=[(), (60.0,), (), (), ()],
    )


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(render_map(small(), title="A small map"))


def test_it_opens_with_everyone(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("A small map")
    expect(page.locator("#counts")).to_have_text("4 of 4 stakeholders · 4 of 4 ties")
    assert state(page)["drawn"] == 5
    assert page.evaluate("typeof vis.Network") == "function"


def headed(**options: Any) -> str:
    """Return the small map below two sentences, with Bo and Ada to invest in."""
    named = Message("plan.next", id="Bo Ltd", net=12.0, why="as Ada Ltd")
    sentences = [(named, ["s2", "s1"]), (Message("headline.nothing"), [])]
    sheet = replace(small(), ranks={"s2": 1, "s1": 2})
    return render_map(sheet, title="A small map", headline=sentences, **options)


def test_sentences_head_it_and_select_whom_they_name(open_page: OpenPage) -> None:
    page = open_page(headed())
    rows = page.locator("#headline li")
    expect(rows).to_have_text(["Bo Ltd (net 12; as Ada Ltd)", re.compile("^No investment")])
    rows.get_by_role("button", name="Ada Ltd").press("Enter")
    expect(page.locator("#details-name")).to_have_text("Ada Ltd")
    rows.first.click(position={"x": 2, "y": 2})  # beside the names: the first of them
    expect(page.locator("#details-name")).to_have_text("Bo Ltd")
    expect(page.locator("#details-body dl")).to_contain_text("To invest in this quarter1")
    page.get_by_label("Language").select_option("zh")
    expect(rows.nth(1)).to_have_text(re.compile("^在这些假设下"))
    page.locator("#headline summary").click()
    expect(rows.first).to_be_hidden()


def test_whom_the_plan_chooses_is_marked_listed_and_shown_alone(open_page: OpenPage) -> None:
    page = open_page(headed())
    listed = page.locator("#details-body ol").first.locator(".name")
    expect(listed).to_have_text(["Bo Ltd", "Ada Ltd"])
    drawn = page.evaluate(
        "relgraph.canvas.overlay().map(({ text }) => text).filter((text) => /^[0-9]+$/u.test(text))"
    )
    assert drawn == ["2", "1"]  # in the order of the nodes
    page.get_by_role("checkbox", name="Only those to invest in").check()
    assert state(page)["shown"] == 2
    assert state(page)["drawn"] == 3  # the firm too
    page.get_by_role("checkbox", name="Only those to invest in").uncheck()
    assert state(page)["shown"] == 4


def test_without_a_plan_nothing_heads_it(page: Page) -> None:
    expect(page.locator("#headline")).to_be_hidden()
    expect(page.locator("#planOnly")).to_be_hidden()


def test_a_market_is_hidden_and_comes_back(page: Page) -> None:
    customers = page.get_by_role("checkbox", name="Customers")
    customers.uncheck()
    assert state(page)["shown"] == 2
    assert state(page)["drawn"] == 3
    customers.check()
    assert state(page)["shown"] == 4


def test_a_market_that_nobody_is_in_still_reads(page: Page) -> None:
    row = page.locator("#markets li", has_text="Influencers")
    expect(row.locator(".count")).to_have_text("0")


def test_search_by_name_and_id(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bo l")
    expect(page.locator("#search-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_have_text("Bo Ltd")
    page.keyboard.press("Escape")
    box = page.get_by_role("combobox", name="Find a stakeholder")
    box.fill("s3")
    box.press("Enter")
    expect(page.locator("#details-name")).to_have_text("Cy Parts")
    box.fill("zzz")
    expect(page.locator("#search-list li")).to_have_text("No stakeholder of that name")
    box.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()


def test_a_click_on_a_circle_shows_its_details(page: Page) -> None:
    at = page.evaluate(
        """() => { const n = relgraph.sheet.nodes; const box = document.getElementById('map')
        .getBoundingClientRect(); const p = relgraph.canvas.network.canvasToDOM(
        {x: n.x[1], y: n.y[1]}); return [box.x + p.x, box.y + p.y]; }"""
    )
    page.mouse.click(*at)
    expect(page.locator("#details-name")).to_have_text("Ada Ltd")
    ties = page.locator("#details-body .people li")
    expect(ties).to_have_count(3)
    expect(ties.first).to_contain_text("The Firm")
    expect(ties.nth(1)).to_contain_text("→ refers · 0.6 · accountable · financial · ⚠ at risk")
    ties.nth(1).get_by_role("button").click()
    expect(page.locator("#details-name")).to_have_text("Bo Ltd")


def test_weak_ties_are_hidden_and_counted(page: Page) -> None:
    slider = page.get_by_role("slider")
    slider.fill("0.5")
    expect(page.locator("#strength-count")).to_have_text("0.50 · 2 of 4 ties shown")
    assert state(page)["ties"] == 2


def test_there_is_one_count_of_ties(page: Page) -> None:
    for label in ("Only ties at risk", "Only each stakeholder's strongest ties"):
        page.get_by_label(label).check()
        shown = state(page)["ties"]
        expect(page.locator("#counts")).to_contain_text(f"{shown} of 4 ties")
        expect(page.locator("#strength-count")).to_contain_text(f"{shown} of 4 ties")


def test_only_ties_at_risk(page: Page) -> None:
    page.get_by_label("Only ties at risk").check()
    assert state(page)["ties"] == 1
    assert state(page)["shown"] == 2


def test_only_ties_of_the_firm(page: Page) -> None:
    page.get_by_label("Ties between stakeholders").uncheck()
    assert state(page)["ties"] == 2


def test_types_of_tie(page: Page) -> None:
    page.get_by_text("Types of tie").click()
    page.get_by_role("checkbox", name="knows").uncheck()
    assert state(page)["ties"] == 3


def test_the_measure_changes_sizes_and_the_top_ten(page: Page) -> None:
    before = page.evaluate("relgraph.canvas.nodes.get(2).size / relgraph.canvas.nodes.get(1).size")
    expect(page.locator("#details-body h3")).to_have_text("Top ten by Degree")
    page.get_by_label("Size shows").select_option("pagerank")
    after = page.evaluate("relgraph.canvas.nodes.get(2).size / relgraph.canvas.nodes.get(1).size")
    assert after < before
    expect(page.locator("#details-body h3")).to_have_text("Top ten by PageRank")
    expect(page.locator("#details-body .people li").first).to_contain_text("Ada Ltd")


def money() -> Sheet:
    return make_sheet(
        ["firm", "customer", "customer", "customer", "supplier"],
        [(0, 1, "KNOWS"), (0, 2, "KNOWS"), (0, 3, "KNOWS"), (0, 4, "KNOWS")],
        names=["The Firm", "Ada Ltd", "Bo Ltd", "Di Ltd", "Cy Parts"],
        attributes={
            "margin": np.array([np.nan, 1234567.0, -89000.0, 1000.0, np.nan]),
            "head_count": np.array([1, 20, 30, 40, 50]),
        },
        choices=("margin", "head_count"),
    )


def drawn(page: Page, node: int) -> Any:
    return page.evaluate(
        """(node) => { const n = relgraph.canvas.nodes.get(node); return { size: n.size,
        fill: n.color.background, border: n.color.border, width: n.borderWidth }; }""",
        node,
    )


def test_size_shows_money_with_losses_and_unknown_marked(open_page: OpenPage) -> None:
    page = open_page(render_map(money(), title="Money"))
    expect(page.get_by_label("Size shows")).to_have_value("margin")
    rows = page.locator("#size-legend li")
    expect(rows).to_have_text(["1,234,567", "1,000", "below 01", "not known1"])
    ada, bo, di, cy = (drawn(page, node) for node in (1, 2, 3, 4))
    assert bo["size"] < di["size"] < ada["size"]  # a large loss is the smallest, with a ring
    ring = 0.3 * bo["size"] * page.evaluate("relgraph.look.fitScale")  # of its radius in pixels
    assert bo["width"] == pytest.approx(ring)
    assert bo["width"] > ada["width"] == 1
    assert bo["border"] == page.evaluate("relgraph.look.colour('loss')")
    assert cy["fill"] == page.evaluate("relgraph.look.ground")  # hollow
    top = page.locator("#details-body .people li")
    expect(top).to_have_text(["Ada Ltd1,234,567", "Di Ltd1,000", "Bo Ltd-89,000"])
    page.evaluate("relgraph.select(2)")
    expect(page.locator("#details-body dl")).to_contain_text("-89,000")
    expect(page.locator("#details-body dt", has_text="margin")).to_have_count(1)


def test_colour_shows_a_column_and_the_legend_follows(open_page: OpenPage) -> None:
    page = open_page(render_map(money(), title="Money"))
    expect(page.locator("#colour-legend li")).to_have_count(0)
    market = drawn(page, 1)["fill"]
    page.get_by_label("Colour shows").select_option("margin")
    legend = page.locator("#colour-legend li")
    expect(legend).to_have_text(["1,234,5671", "1,0001", "below 01", "not known1"])
    fills = [drawn(page, node)["fill"] for node in (1, 2, 3, 4)]
    assert len({*fills, market}) == 5
    assert drawn(page, 0)["fill"] == page.evaluate("relgraph.look.marketColour('firm')")
    page.get_by_label("Language").select_option("zh")
    expect(legend.nth(2)).to_have_text("低于 01")
    expect(page.locator("#colour option:checked")).to_have_text("利润")
    expect(page.locator("#colour option", has_text="head count")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="返回").click()
    expect(legend).to_have_count(0)
    assert drawn(page, 1)["fill"] == market


def test_the_tooltip_tells_what_size_and_colour_show(open_page: OpenPage) -> None:
    page = open_page(render_map(replace(money(), colour="head_count"), title="Money"))
    for node, said in (
        (2, "Bo Ltd · Customers\nmargin: -89,000\nhead count: 30"),
        (4, "Cy Parts · Suppliers\nmargin: not known\nhead count: 50"),
    ):
        assert page.evaluate(f"relgraph.tip({node})") == said
    x, y = page.evaluate(
        """() => { const n = relgraph.sheet.nodes; const box = document.getElementById('map')
        .getBoundingClientRect(); const p = relgraph.canvas.network.canvasToDOM(
        {x: n.x[1], y: n.y[1]}); return [box.x + p.x, box.y + p.y]; }"""
    )
    page.mouse.move(x, y)
    expect(page.locator("#tooltip")).to_contain_text("margin: 1,234,567")


def test_a_choice_keeps_the_keyboard_where_it_is(open_page: OpenPage) -> None:
    page = open_page(render_map(money(), title="Money"))
    box = page.get_by_role("checkbox", name="Suppliers")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_focused()
    expect(box).not_to_be_checked()


def test_focus_and_step_back(page: Page) -> None:
    page.locator(".person", has_text="Bo Ltd").click()
    page.get_by_role("button", name="Show only its ties").click()
    assert state(page)["drawn"] == 2
    page.get_by_role("button", name="… and theirs").click()
    assert state(page)["drawn"] == 4
    page.get_by_role("button", name="Back").click()
    assert state(page)["drawn"] == 2
    page.keyboard.press("b")
    assert state(page)["drawn"] == 5
    page.keyboard.press("b")
    assert state(page)["selected"] is None
    expect(page.get_by_role("button", name="Back")).to_be_disabled()


def test_reach_runs_hop_by_hop(page: Page) -> None:
    page.locator(".person", has_text="Ada Ltd").click()
    page.locator("#play").click()
    expect(page.locator("#play-hop")).to_have_text("hop 1 of 1")
    expect(page.locator("#play-people")).to_have_text("60 / 250 people")
    assert page.locator("#play-bar").get_attribute("value") == "60"
    expect(page.locator("#play-label")).to_have_text("Play reach")
    assert state(page)["play"] == {"seed": 1, "hop": 1}


@pytest.mark.parametrize("button", ["#play", "#play-next"])
def test_who_tells_nobody_is_told(page: Page, button: str) -> None:
    page.locator(".person", has_text="Bo Ltd").click()
    page.locator(button).click()
    expect(page.locator("#play-people")).to_contain_text("Bo Ltd has no word-of-mouth tie")


def test_without_word_of_mouth_there_is_no_play(open_page: OpenPage) -> None:
    sheet = make_sheet(["firm", "customer"], [(1, 0, "BUYS_FROM")])
    page = open_page(render_map(sheet, title="Map"))
    expect(page.locator("#play")).to_be_disabled()
    expect(page.locator("#play-people")).to_have_text("No word-of-mouth ties in this data")


def test_chinese(page: Page) -> None:
    page.get_by_label("Language").select_option("zh")
    expect(page.locator("#markets li").first).to_contain_text("顾客")
    expect(page.locator("#counts")).to_have_text("显示 4 / 4 个利益相关者 · 4 / 4 条关系")
    assert page.locator("html").get_attribute("lang") == "zh"
    page.locator(".person", has_text="Ada Ltd").click()
    expect(page.locator("#details-body .people li").nth(1)).to_contain_text("→ 推荐 · 0.6")
    assert page.locator("[data-say]:empty").count() == 0


def test_dark_follows_the_system_and_can_be_switched(open_page: OpenPage) -> None:
    page = open_page(render_map(small(), title="Map"), color_scheme="dark")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Light").click()
    assert page.locator("html").get_attribute("data-theme") == "light"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the map")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert state(page)["selected"] == 0
    seen = {0}
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown") * 4:
        page.keyboard.press(key)
        seen.add(state(page)["selected"])
    assert len(seen) >= 3
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_be_focused()
    scale = page.evaluate("relgraph.canvas.scale()")
    page.keyboard.press("+")
    page.wait_for_function("scale => relgraph.canvas.scale() > scale * 1.2", arg=scale)
    page.keyboard.press("0")
    page.wait_for_function("scale => Math.abs(relgraph.canvas.scale() - scale) < 1e-3", arg=scale)
    page.keyboard.press("f")
    assert state(page)["focus"] == {"node": 0, "hops": 1}
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function("() => !document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => relgraph.state.current.selected === null")


@pytest.mark.parametrize("place", range(len(HOSTILE)))
def test_hostile_names_are_text(open_page: OpenPage, place: int) -> None:
    name = HOSTILE[place]
    sheet = make_sheet(
        ["firm", "customer"],
        [(0, 1, "KNOWS")],
        names=["Firm", name],
        attributes={"note": [name, name], "owner": [name, name]},
    )
    page = open_page(render_map(sheet, title=name))
    page.evaluate("relgraph.select(1)")
    shown = page.evaluate("document.getElementById('details-name').textContent")
    assert shown == name
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.evaluate("document.querySelector('h1').textContent") == name


@pytest.mark.parametrize(
    "sheet",
    [
        make_sheet([]),
        make_sheet(["firm"]),
        make_sheet(["customer"]),
        make_sheet(["customer", "competitor"], [(0, 1, "KNOWS")]),
        make_sheet(["firm", "customer"], [(0, 1, "KNOWS"), (1, 0, "REFERS"), (0, 1, "REFERS")]),
    ],
    ids=["nobody", "firm only", "one", "no firm", "parallel ties"],
)
def test_small_maps_open(open_page: OpenPage, sheet: Sheet) -> None:
    page = open_page(render_map(sheet, title="Map"))
    assert state(page)["drawn"] == len(sheet.nodes)
    for key in ("p", "n", "f", "b", "ArrowUp", "Enter"):
        page.keyboard.press(key)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (390, 844)])
def test_nothing_is_cut_off(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page(render_map(random_sheet(120), title="Map"), width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator("button:visible, summary:visible, select:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
