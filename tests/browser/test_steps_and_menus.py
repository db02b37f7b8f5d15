"""One step back at a time, menus that close, drawers on a phone, a page wholly in one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.model import FIRM
from relgraph.network import text_array
from relgraph.render.map import render_map
from relgraph.render.report import Report, Section, render_report
from relgraph.result import Result
from tests.browser.conftest import OpenPage
from tests.browser.test_moving import PHONE, free_spot, on_screen
from tests.render.sheets import make_sheet, random_sheet


def html(title: str | Message = "Map", **options: Any) -> str:
    sheet = make_sheet(
        [FIRM, "customer", "customer", "supplier", "employee"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS"), (3, 0, "SUPPLIES"), (4, 1, "MANAGES")],
        names=["The Firm", "Ada Ltd", "Bo Ltd", "Cy Parts", "Dee"],
        strength=[0.9, np.nan, 0.3, 0.8],
        people=[(), (0.2,), (), (), ()],
    )
    return render_map(sheet, title=title, **options)


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage) -> Page:
    return open_shared(html(Message("map.title", firm="The Firm")))


@pytest.fixture
def page(shared: Page) -> Page:
    """Give the shared page as it was at opening."""
    shared.evaluate(
        """() => { relgraph.setLanguage('en'); relgraph.play.stop();
        while (relgraph.state.back()); }"""
    )
    shared.mouse.move(0, 0)
    return shared


def seen(page: Page) -> Any:
    return page.evaluate(
        """() => { const { selected, minStrength, play } = relgraph.state.current;
        return [selected, minStrength, play?.hop ?? null]; }"""
    )


def test_back_takes_one_step(page: Page) -> None:
    page.mouse.click(*on_screen(page, 1))
    page.mouse.click(*free_spot(page))
    slider = page.locator("#strength")
    for value in ("0.2", "0.4"):  # a drag speaks many times and ends once
        slider.evaluate(
            "(node, value) => { node.value = value; node.dispatchEvent(new Event('input')); }",
            value,
        )
    slider.dispatch_event("change")
    slider.fill("0.6")
    steps = [seen(page)]
    while page.locator("#back").is_enabled():
        page.locator("#back").click()
        steps.append(seen(page))
    assert steps == [
        [None, 0.6, None],
        [None, 0.4, None],
        [None, 0, None],
        [1, 0, None],
        [None, 0, None],
    ]


def test_back_leaves_a_play_at_once(page: Page) -> None:
    page.evaluate("relgraph.select(1); relgraph.play.start(1)")
    assert seen(page) == [1, 0, 1]
    page.keyboard.press("b")
    assert seen(page) == [1, 0, None]


def test_unknown_strength_is_a_state_of_its_own(page: Page) -> None:
    count = page.locator("#strength-count")
    page.locator("#strength").fill("1")
    expect(count).to_have_text("1.00 · 0 of 4 ties shown")
    page.get_by_label("Also those of unknown strength").check()
    expect(count).to_have_text("1.00 · 1 of 4 ties shown")
    page.locator("#strength").fill("0.85")
    expect(count).to_have_text("0.85 · 2 of 4 ties shown")
    page.get_by_label("Also those of unknown strength").uncheck()
    expect(page.locator("#counts")).to_have_text("4 of 4 stakeholders · 1 of 4 ties")


def test_without_an_unknown_strength_there_is_no_box_for_it(open_shared: OpenPage) -> None:
    page = open_shared(render_map(random_sheet(12), title="Known"))
    expect(page.locator("#unknownTies")).to_be_hidden()


def test_one_is_one(page: Page) -> None:
    page.evaluate("relgraph.select(1)")
    expect(page.locator("#details-body dl")).to_contain_text("2 stakeholders in 1 hop")
    expect(page.locator("#details-body dl")).to_contain_text("fewer than one person")
    expect(page.locator("#details-body dl")).to_contain_text("3 with 3 stakeholders")


def test_the_menu_closes(page: Page) -> None:
    menu = page.locator(".menu > div")
    leaves: tuple[Callable[[], object], ...] = (
        lambda: page.mouse.click(*free_spot(page)),
        lambda: page.locator("#title").click(),
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator("#language").focus(),
    )
    for leave in leaves:
        page.locator(".menu summary").click()
        expect(menu).to_be_visible()
        leave()
        expect(menu).to_be_hidden()


def test_the_tooltip_goes_with_the_mouse(page: Page) -> None:
    page.mouse.move(*on_screen(page, 2))
    expect(page.locator("#tooltip")).to_contain_text("Bo Ltd")
    page.mouse.move(*free_spot(page))
    expect(page.locator("#tooltip")).to_be_hidden()


def test_the_whole_page_turns_to_chinese(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("The Firm: relationship map")
    page.get_by_label("Language").select_option("zh")
    expect(page.locator("h1")).to_have_text("The Firm 关系图")
    assert page.title() == "The Firm 关系图"
    written = page.locator("body").inner_text()
    english = re.findall(r"\b[a-z]{4,}\b", written)
    assert english == []


def report() -> str:
    rows = Result(
        {
            "property": text_array(["missing_strength"]),
            "known": np.array([5]),
            "all": np.array([9]),
            "share": np.array([0.5545]),
        }
    )
    sections = (Section("coverage", rows, "share", part="measures"),)
    title = Message("report.title", firm="The Firm")
    return render_report(Report(title, None, (), sections, random_sheet(20), ()))


def test_the_whole_report_turns_to_chinese(open_shared: OpenPage) -> None:
    page = open_shared(report())
    page.get_by_label("Language").select_option("zh")
    expect(page.locator("h1")).to_have_text("The Firm 关系报告")
    assert page.title() == "The Firm 关系报告"
    headings = page.locator("h1, h2, h3, th, summary").all_inner_texts()
    assert [text for text in headings if re.search("[a-z]{3}", text.replace("The Firm", ""))] == []


def test_a_share_is_a_percentage_and_names_break_between_words(open_shared: OpenPage) -> None:
    page = open_shared(report(), width=390, height=844)
    cells = page.locator("tbody td")
    expect(cells.nth(3)).to_have_text("55%")
    box = cells.first.bounding_box()
    assert box is not None
    lines = page.evaluate(
        """() => { const cell = document.querySelector('tbody td bdi');
        const range = document.createRange(); const tops = [];
        const text = cell.firstChild; range.selectNodeContents(text);
        for (const part of cell.childNodes) {
          if (part.nodeType !== Node.TEXT_NODE) continue;
          range.selectNodeContents(part); tops.push(range.getClientRects().length); }
        return tops; }"""
    )
    assert lines == [1, 1]  # neither part is broken


@pytest.fixture(scope="module")
def phone(open_shared: OpenPage) -> Page:
    return open_shared(html(), **PHONE)


@pytest.mark.parametrize("drawer", ["controls", "details"])
def test_a_drawer_closes_where_its_button_is(phone: Page, drawer: str) -> None:
    phone.locator(f"#{drawer}-toggle").tap()
    expect(phone.locator(f"#{drawer}")).to_be_visible()
    box = phone.locator(f"#{drawer}-close").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(phone.locator(f"#{drawer}")).to_be_hidden()


def test_a_finger_leaves_no_tooltip(phone: Page) -> None:
    phone.touchscreen.tap(*on_screen(phone, 1))
    phone.wait_for_function("() => relgraph.state.current.selected === 1")
    phone.wait_for_timeout(350)  # a browser then speaks of a mouse too
    expect(phone.locator("#tooltip")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (390, 844), (800, 600)])
def test_texts_stay_in_their_boxes(open_shared: OpenPage, width: int, height: int) -> None:
    firm = (
        "The Most Honourable Company of Merchants Trading into the Farthest Harbours of the North"
    )
    page = open_shared(html(Message("map.title", firm=firm)), width=width, height=height)
    page.evaluate("relgraph.play.start(3)")  # says the most: somebody who tells nobody
    out = page.evaluate(
        """() => { const bar = document.querySelector('.play').getBoundingClientRect();
        return [...document.querySelectorAll('.play *')].filter((node) => {
          if (!node.checkVisibility()) return false;
          const box = node.getBoundingClientRect();
          const across = box.left < bar.left || box.right > bar.right + 0.5;
          return across || box.bottom > bar.bottom + 0.5;
        }).length; }"""
    )
    assert out == 0
    assert page.evaluate("document.querySelector('main').clientHeight") > height * 0.3
    assert page.evaluate("document.documentElement.scrollHeight") <= height


@pytest.mark.parametrize("width", [700, 1100, 1366])
def test_the_picture_is_never_stretched(open_shared: OpenPage, width: int) -> None:
    page = open_shared(html(Message("map.title", firm="A Firm of Some Renown")), width=width)
    for language in ("zh", "en"):
        page.get_by_label(re.compile("Language|语言")).select_option(language)
        page.wait_for_function(
            """() => { const { width, height, clientWidth, clientHeight } =
            document.querySelector('#map canvas');
            return Math.abs(width / height / (clientWidth / clientHeight) - 1) < 0.005; }""",
        )


def test_a_window_of_another_size_shows_the_whole_map(open_shared: OpenPage) -> None:
    page = open_shared(html())
    for width, height in ((1100, 700), (890, 900), (1500, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            """() => { const { canvas } = relgraph; const { width, height, clientWidth,
            clientHeight } = document.querySelector('#map canvas');
            const fits = Math.abs(canvas.scale() - canvas.fitScale()) < 1e-3;
            return fits && canvas.look.fitScale === canvas.fitScale()
              && Math.abs(width / height / (clientWidth / clientHeight) - 1) < 0.005; }""",
        )


def test_it_prints_light_on_white_and_says_so(open_shared: OpenPage) -> None:
    page = open_shared(html(), color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheet = page.locator("#print-sheet svg")
    assert sheet.locator("rect").first.get_attribute("fill") == "#ffffff"
    words = sheet.locator("text").all_text_contents()
    assert any(word.startswith("Printed ") for word in words)
    ink = page.evaluate("relgraph.payload.style.palette.ink.light")
    assert sheet.locator("text", has_text="Ada Ltd").get_attribute("fill") == ink
    assert page.evaluate("relgraph.look.theme") == "dark"
    page.emulate_media(media="print")
    box = page.locator("#print-sheet").bounding_box()
    drawn = sheet.bounding_box()
    assert box is not None
    assert drawn is not None
    assert drawn["height"] == pytest.approx(box["height"], abs=1)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_a_saved_picture_was_made_not_printed(page: Page) -> None:
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "Made on " in text
    assert "Printed" not in text
