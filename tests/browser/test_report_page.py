"""The report in Chromium: its map, its tables, print, and axe-core in light and dark."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from relgraph.network import text_array
from relgraph.render.report import Report, Section, render_report
from relgraph.result import Result
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import SCHEMES, Scheme, violations
from tests.render.sheets import random_sheet
from tests.render.test_page import HOSTILE


def report(count: int = 60) -> Report:
    rows = Result(
        {
            "name": text_array(HOSTILE),
            "score": np.linspace(1, 0, len(HOSTILE)),
            "count": np.arange(len(HOSTILE)),
        }
    )
    empty = Result({"name": text_array([])})
    sections = (
        Section("Hostile names", "All of them are text.", rows, bar="score"),
        Section("Nothing", "Nobody is here.", empty, empty="There is none of it."),
    )
    notes = (HOSTILE[0],)
    return Report(
        "A <report>", "2026-06-26", (("people", 1234),), sections, random_sheet(count), notes
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe(open_page: OpenPage, scheme: Scheme) -> None:
    page = open_page(render_report(report()), color_scheme=scheme)
    assert violations(page) == []


def test_it_shows_map_figures_and_tables(open_page: OpenPage) -> None:
    page = open_page(render_report(report()))
    expect(page.locator("h1")).to_have_text("A <report>")
    expect(page.locator(".figures")).to_contain_text("1,234")
    expect(page.locator("#map svg text", has_text="Customers")).to_be_visible()
    assert page.locator("#map svg path").count() > 100
    cells = page.locator("tbody tr td:first-child").all_text_contents()
    assert [" ".join(cell.split()) for cell in cells] == [
        " ".join(name.replace("\x00", "").split()) for name in HOSTILE
    ]
    expect(page.get_by_text("There is none of it.")).to_be_visible()
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_it_prints_to_a_few_clean_pages(open_page: OpenPage) -> None:
    page = open_page(render_report(report()), color_scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= pdf.count(b"/Type /Page\n") <= 3


@pytest.mark.parametrize("width", [390, 1920])
def test_nothing_is_cut_off(open_page: OpenPage, width: int) -> None:
    page = open_page(render_report(report()), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
