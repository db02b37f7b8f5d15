"""Views travel: in a link, in a story, and in a copy of the page with pins and notes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.api.story import read_story
from relgraph.network import text_array
from relgraph.render.map import render_map
from relgraph.render.times import Times
from tests.browser.conftest import OpenPage
from tests.browser.test_naughty_strings import naughty_strings
from tests.render.sheets import make_sheet

HOSTILE = '</script><script>window.hacked=1</script><!-- "\\\x7f\n'
SHEET = make_sheet(
    ["firm", "customer", "customer", "supplier", "employee", "customer"],
    [
        (0, 1, "KNOWS"),
        (1, 2, "REFERS"),
        (3, 0, "SUPPLIES"),
        (4, 1, "MANAGES"),
        (2, 5, "REFERS"),
    ],
    names=["The Firm", "Ada Ltd", "Bo & <Co>", "Sup", "Emp", HOSTILE],
    strength=[0.9, 0.5, 0.2, 0.4, 0.7],
    people=[(), (33.0, 40.0), (2.0,), (), (), ()],
    attributes={"city": ["A", "B", "B", "C", "A", "B"], "worth": [None, 1.5, 2, 3, 4, 5]},
)
CHANCES = {"chance": np.array([0.9, 0.5, 0.4, 0.3, 0.6])}
SHEET = replace(
    SHEET,
    ties=replace(SHEET.ties, figures=CHANCES),
    between=np.ones(6, dtype=bool),
    works_for=text_array([None] * 6),
    times=Times(("2026-01-01", "2026-04-01", "2026-07-01"), {}, {}),
)
# Everything that a step can say, as the page holds it.
STATE = """relgraph.state.change({
    selected: 1, play: { seed: 1, hop: 1 }, focus: { node: 0, hops: 2 },
    markets: new Set(['supplier']), types: new Set(['MANAGES']), minStrength: 0.25,
    unknownTies: true, riskOnly: false, between: false, thinned: true, ribbons: false,
    ribbonsBy: 'strength', measure: 'pagerank', colour: 'degree', ring: 'city', naming: 'degree',
    view: 'plot', x: 'degree', y: 'worth', filters: { city: { hidden: ['C'] } }, only: [0, 1, 2, 5],
    ways: { from: 1, to: 2 }, moment: 1, compared: 0 })"""
SHOWN = """JSON.stringify(relgraph.state.current, (key, value) =>
    key === 'step' ? undefined : value instanceof Set ? [...value].sort() : value)"""


@pytest.fixture(scope="module")
def html() -> str:
    return render_map(SHEET, title="A map", opening="ribbons")


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage, html: str) -> Page:
    return open_shared(html, accept_downloads=True)


@pytest.fixture
def page(shared: Page) -> Page:
    """Return the page as it opens."""
    address = shared.url.partition("#")[0]
    shared.goto("about:blank")
    shared.goto(address)
    return shared


def menu(page: Page, button: str) -> None:
    page.evaluate("document.getElementById('save-menu').open = true")
    page.locator(f"#{button}").click()


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        menu(page, button)
    return Path(download.value.path())


def test_a_link_shows_the_same_view(page: Page) -> None:
    opening = page.evaluate(SHOWN)
    page.evaluate(STATE)
    page.evaluate("relgraph.canvas.camera.show({ x: 120, y: -40 }, 0.8)")
    asked = page.evaluate(SHOWN)
    menu(page, "copy-link")
    expect(page.locator("#message")).to_contain_text("link")
    link = page.url
    assert link.startswith("file:")
    page.evaluate("location.hash = '#view&between=false'")  # followed while the page is open
    page.wait_for_function("() => relgraph.state.current.selected === null")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_function("() => relgraph.state.current.selected === 1")
    assert page.evaluate(SHOWN) == asked != opening
    place = page.evaluate("[relgraph.canvas.network.getViewPosition().x, relgraph.canvas.scale()]")
    assert place == pytest.approx([120, 0.8], abs=0.5)
    page.get_by_role("button", name="Back").first.click()
    assert page.evaluate(SHOWN) == opening


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#<img src=x onerror=window.hacked=1>", "asks for no view"),
        ("#javascript:window.hacked=1", "asks for no view"),
        ("#view&select=window.hacked=1", "asks for no view"),
        ('#view&select="</script><script>window.hacked=1</script>"', "left out: select"),
        ('#view&__proto__={"selected":1}&constructor=1', "left out: __proto__, constructor"),
        ('#view&markets=["nobody"]&measure="salary"&min_strength=7', "markets, measure, min_str"),
        ("#view&at=[1,2]&group=3&hops=-1&ribbons=1", "group, hops, ribbons, at"),
        ('#view&filters={"city":{"low":1}}&only=["s1","x"]&ways=["s1"]', "filters, only, ways"),
        ('#view&filters=["city"]&x="name"&view="scatter"', "filters, x, view"),
        ('#view&moment="2026-07-01"&compared=0', "left out: moment, compared"),
        ("#view&focus=" + "[" * 3000, "asks for no view"),
    ],
)
def test_a_fragment_that_means_nothing_is_left_out(page: Page, fragment: str, said: str) -> None:
    before = page.evaluate(SHOWN)
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    expect(page.locator("#message")).to_contain_text(said)
    assert page.evaluate(SHOWN) == before
    assert page.evaluate("typeof window.hacked") == "undefined"
    page.keyboard.press("Shift")
    expect(page.locator("#message")).to_be_hidden()


def test_a_link_of_the_page_itself_is_no_view(page: Page) -> None:
    page.evaluate("location.hash = '#map'")
    page.wait_for_function("() => location.hash === '#map'")
    expect(page.locator("#message")).to_be_hidden()


def test_a_story_goes_out_and_comes_back(page: Page, open_page: OpenPage, tmp_path: Path) -> None:
    page.evaluate(STATE)
    asked = page.evaluate(SHOWN)
    texts = [HOSTILE, "\n".join(naughty_strings())]
    for text in texts:
        menu(page, "add-step")
        page.locator("#ask-title").fill("Step " + text.replace("\n", " ")[:60])
        page.evaluate("(text) => { document.getElementById('ask-text').value = text; }", text)
        page.locator("#ask-ok").click()
        expect(page.locator("#story-text")).to_contain_text(text.strip()[:8])
    expect(page.locator("#story-step")).to_have_text("2 of 2")
    path = saved(page, "save-story")
    steps = tomllib.loads(path.read_text(encoding="utf-8"))["step"]
    assert [step["text"] for step in steps] == [clean(text) for text in texts]
    assert steps[0] | {"title": "", "text": ""} == {
        "title": "",
        "text": "",
        "select": "s1",
        "focus": "s0",
        "hops": 2,
        "markets": ["customer", "distributor", "competitor", "influencer", "employee", "firm"],
        "types": ["KNOWS", "REFERS", "SUPPLIES"],
        "min_strength": 0.25,
        "measure": "pagerank",
        "colour": "degree",
        "reach": "s1",
        "reach_hops": 1,
        "unknown_ties": True,
        "between": False,
        "strongest": True,
        "ribbons": False,
        "ribbons_by": "strength",
        "ring": "city",
        "naming": "degree",
        "view": "plot",
        "x": "degree",
        "y": "worth",
        "filters": {"city": {"hidden": ["C"]}},
        "only": ["s0", "s1", "s2", "s5"],
        "ways": ["s1", "s2"],
        "moment": "2026-04-01",
        "compared": "2026-01-01",
    }
    story = read_story(path, SHEET, lambda text: text)
    again = open_page(render_map(SHEET, title="A map", story=story), accept_downloads=True)
    again.get_by_role("button", name="Next", exact=True).click()
    assert again.evaluate(SHOWN) == asked
    text = saved(again, "save-story").read_text(encoding="utf-8")
    kept = tomllib.loads(text)["step"]
    # This page opens with lines, so that no step has to say so.
    assert kept == [{n: v for n, v in step.items() if n != "ribbons"} for step in steps]
    again.locator("#story-remove").click()
    expect(again.locator("#story-step")).to_have_text("")
    assert len(tomllib.loads(saved(again, "save-story").read_text("utf-8"))["step"]) == 1


def clean(text: str) -> str:
    """Return a text as a text field gives it, and TOML can hold it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip().strip("\ufeff\u200b")


def place_of(page: Page, node: int) -> list[float]:
    found: list[float] = page.evaluate(
        """(node) => { const { x, y } = relgraph.sheet.nodes;
        const at = relgraph.canvas.network.canvasToDOM({ x: x[node], y: y[node] });
        const box = document.getElementById('map').getBoundingClientRect();
        return [at.x + box.left, at.y + box.top]; }""",
        node,
    )
    return found


def test_pins_and_notes_stay_in_a_copy(page: Page, open_page: OpenPage, html: str) -> None:
    page.evaluate("relgraph.select(2)")
    x, y = place_of(page, 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 50, y + 20, steps=3)
    page.mouse.move(x - 90, y + 40, steps=3)
    page.mouse.up()
    assert place_of(page, 2) == pytest.approx([x - 90, y + 40], abs=1.5)
    page.locator("#map").focus()
    page.keyboard.press("Alt+ArrowUp")
    assert place_of(page, 2) == pytest.approx([x - 90, y + 25], abs=2.5)
    page.get_by_role("button", name="Add a note").click()
    page.locator("#ask-text").fill(HOSTILE)
    page.locator("#ask-ok").click()
    expect(page.locator(".note-text")).to_have_text(HOSTILE.strip())
    menu(page, "add-note")
    page.locator("#ask-text").fill("Fair in May")
    page.locator("#ask-ok").click()
    pinned = place_of(page, 2)
    moved = page.evaluate("[relgraph.sheet.nodes.x[2], relgraph.sheet.nodes.y[2]]")
    copy = saved(page, "save-copy").read_text(encoding="utf-8")
    assert 0 < len(copy) - len(html) < 1000
    other = open_page(copy, accept_downloads=True)
    assert place_of(other, 2) == pytest.approx(pinned, abs=1)
    assert other.evaluate("[relgraph.sheet.nodes.x[2], relgraph.sheet.nodes.y[2]]") == moved
    expect(other.locator("#details-body")).to_contain_text("Fair in May")
    other.evaluate("relgraph.select(2)")
    expect(other.locator(".note-text")).to_have_text(HOSTILE.strip())
    drawn = saved(other, "save-svg").read_text(encoding="utf-8")
    assert ">Fair in May</text>" in drawn
    assert other.evaluate("typeof window.hacked") == "undefined"
    assert saved(other, "save-copy").read_text(encoding="utf-8") == copy
    other.get_by_role("button", name="Let go of the pin").click()
    assert other.evaluate("relgraph.sheet === relgraph.placed")


def test_only_who_is_chosen_is_dragged(page: Page) -> None:
    before: Any = page.evaluate("relgraph.sheet.nodes.x")
    x, y = place_of(page, 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=3)
    page.mouse.up()
    assert page.evaluate("relgraph.sheet.nodes.x") == before
    assert page.evaluate("relgraph.canvas.camera.moved")
    page.evaluate("relgraph.canvas.fit(); relgraph.select(2)")
    page.wait_for_function("() => !relgraph.canvas.camera.moved")
