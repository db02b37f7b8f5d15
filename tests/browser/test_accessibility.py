"""axe-core finds no violation of WCAG 2.2 A or AA in the map, light and dark."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from relgraph.messages import Message
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import random_sheet

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
RULES = {
    "resultTypes": ["violations"],  # of what passes, axe would describe every node
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_map(open_page: OpenPage, scheme: Scheme, width: int, height: int) -> None:
    sheet = replace(random_sheet(60), ranks={"s5": 1, "s9": 2})
    name = sheet.nodes.names[5]
    headline = [
        (Message("plan.next", id=name, net=12.0, why="first"), ["s5"]),
        (Message("headline.nothing"), []),
    ]
    html = render_map(sheet, title="Map", headline=headline)
    page = open_page(html, width=width, height=height, color_scheme=scheme)
    assert violations(page) == []
    page.evaluate("relgraph.select(5); relgraph.drawers.open('details')")
    assert violations(page) == []
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.evaluate("relgraph.drawers.open('controls'); document.querySelector('.menu').open = true")
    page.locator("#search").fill("name")
    assert violations(page) == []
    page.locator("#colour").select_option("degree")
    assert violations(page) == []
    page.evaluate("relgraph.viewing.show('plot'); relgraph.asking.choose([5, 9])")
    page.evaluate("relgraph.filtering.add('degree')")
    assert violations(page) == []
    page.evaluate(
        "relgraph.kept.change({ notes: { s5: 'a note' } }); relgraph.pin(5, {x: 9, y: 9})"
    )
    page.evaluate("document.querySelector('.menu').open = false; relgraph.notes.askOf(5)")
    assert violations(page) == []
