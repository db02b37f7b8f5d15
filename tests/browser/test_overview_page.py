"""The overview: groups open into maps of their own, and Back returns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    overview = make_sheet(
        ["firm", "customer", "supplier"],
        [(0, 1, "TIES"), (1, 2, "TIES")],
        names=["The Firm", "Ada +41", "Cy +7"],
        count=[900, 60],
    )
    customers = make_sheet(
        ["firm", "customer", "customer"], [(0, 1, "KNOWS")], names=["The Firm", "Ada", "Bo"]
    )
    suppliers = make_sheet(["supplier"], names=["Cy"])
    html = render_map(overview, {(1,): customers, (2,): suppliers}, title="Many")
    return open_page(html)


def test_a_sentence_finds_whom_it_names_in_another_group(open_page: OpenPage) -> None:
    overview = make_sheet(["firm", "customer", "supplier"], names=["The Firm", "Ada +41", "Cy +7"])
    customers = make_sheet(["customer", "customer"], names=["Ada", "Bo"])
    suppliers = make_sheet(["supplier"], names=["Cy"])
    suppliers = replace(suppliers, nodes=replace(suppliers.nodes, ids=text_array(["cy"])))
    headline = [(Message("plan.next", id="Cy", net=1.0, why="far"), ["cy", "absent"])]
    html = render_map(overview, {(1,): customers, (2,): suppliers}, title="Many", headline=headline)
    page = open_page(html)
    page.get_by_role("button", name="Ada +41").click()
    page.get_by_role("button", name="Open this group").click()
    expect(page.locator("h1")).to_have_text("Many › Ada +41")
    page.locator("#headline").get_by_role("button", name="Cy").press("Enter")
    expect(page.locator("h1")).to_have_text("Many › Cy +7")
    expect(page.locator("#details-name")).to_have_text("Cy")


def test_it_counts_groups_and_their_ties(page: Page) -> None:
    expect(page.locator("#counts")).to_have_text("2 of 2 groups · 960 of 960 ties between them")
    expect(page.locator("#play-people")).to_have_text("Open a group to see who hears")
    page.get_by_role("button", name="Ada +41").click()
    expect(page.locator("#details-body .people li").first).to_contain_text("900 ties")


def test_a_group_opens_and_back_returns(page: Page) -> None:
    page.get_by_role("checkbox", name="Suppliers").uncheck()
    page.get_by_role("button", name="Ada +41").click()
    page.get_by_role("button", name="Open this group").click()
    expect(page.locator("h1")).to_have_text("Many › Ada +41")
    expect(page.locator("#counts")).to_have_text("2 of 2 stakeholders · 1 of 1 tie")
    page.get_by_role("button", name="Bo").click()
    page.keyboard.press("b")
    expect(page.locator("h1")).to_have_text("Many › Ada +41")
    page.keyboard.press("b")
    expect(page.locator("h1")).to_have_text("Many")
    expect(page.locator("#details-name")).to_have_text("Ada +41")
    expect(page.get_by_role("checkbox", name="Suppliers")).not_to_be_checked()


def test_enter_opens_the_chosen_group(page: Page) -> None:
    page.evaluate("relgraph.select(2)")
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Many › Cy +7")


def test_search_finds_who_is_inside_a_group(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bo")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Many › Ada +41")
    expect(page.locator("#details-name")).to_have_text("Bo")
