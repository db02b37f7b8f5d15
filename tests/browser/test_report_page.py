"""The report in Chromium: its map, its tables, print, and axe-core in light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from relgraph.api import import_files, open_store, write_report
from relgraph.messages import LANGUAGES, Language, Message, Note
from relgraph.network import text_array
from relgraph.render.report import Report, Section, render_report
from relgraph.resources import resource_dir
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
            "market": text_array([*[Message("market.customer")] * 3, *map(Message, HOSTILE[3:])]),
        }
    )
    empty = Result({"name": text_array([])})
    sections = (
        Section("pagerank", rows, "score", half=True),
        Section("risk", empty, part="stake"),
        Section("coverage", rows, part="appendix"),
    )
    return Report(
        "A <report>",
        "2026-06-26",
        (("ties", 1234),),
        sections,
        random_sheet(count),
        (Note(HOSTILE[0]),),
        headline=(Message(HOSTILE[0]), Message("headline.nothing")),
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
    cells = page.locator("#measures tbody tr td:first-child").all_text_contents()
    assert [" ".join(cell.split()) for cell in cells] == [
        " ".join(name.replace("\x00", "").split()) for name in HOSTILE
    ]
    expect(page.get_by_text("No tie is at risk.")).to_be_visible()
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_it_turns_to_chinese_and_back(open_page: OpenPage) -> None:
    page = open_page(render_report(report(), language="zh"))
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "zh")
    expect(page.locator("#measures h3").first).to_have_text("PageRank 前十名")
    assert page.locator("tbody tr").first.locator("td").nth(2).text_content() == "顾客"
    shown = page.locator("main").text_content()
    page.get_by_label("语言").select_option("en")
    expect(html).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Top ten by PageRank")).to_be_visible()
    expect(page.get_by_text("contacts up to 2026-06-26")).to_be_visible()
    expect(page.get_by_role("img", name="Map of 59 stakeholders in six sectors")).to_be_visible()
    expect(page.locator("#map svg text", has_text="Customers")).to_be_visible()
    page.get_by_label("Language").select_option("zh")
    expect(page.locator("#map svg text", has_text="顾客")).to_be_visible()
    assert page.locator("main").text_content() == shown


def test_it_prints_to_a_few_clean_pages(open_page: OpenPage) -> None:
    page = open_page(render_report(report()), color_scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= pdf.count(b"/Type /Page\n") <= 3


def test_it_opens_with_the_sentences_and_folds_the_appendix(open_page: OpenPage) -> None:
    page = open_page(render_report(report()))
    said = page.locator(".headline li")
    expect(said).to_have_text([" ".join(HOSTILE[0].split()), re.compile("^No investment in a")])
    parts = page.locator("section.part").evaluate_all("parts => parts.map((part) => part.id)")
    assert parts == ["stake", "markets", "measures", "appendix"]
    expect(page.locator("#appendix table")).to_be_hidden()
    page.get_by_text("Coverage of the data").click()
    expect(page.locator("#appendix table")).to_be_visible()


def test_names_are_whole_words_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(render_report(report()), width=390)
    widths = page.locator("#measures td.name").evaluate_all(
        "cells => cells.map((cell) => cell.clientWidth)"
    )
    assert min(widths) > 300
    score = page.locator("#measures tbody tr").first.locator("td").nth(1)
    assert score.get_attribute("data-label") == "score"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_of_a_firm_prints_to_five_pages(
    open_page: OpenPage, tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "report.html"
    with open_store(tmp_path / "firm.lbug", write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
        write_report(store, file, language=language)
    page = open_page(file.read_text(encoding="utf-8"))
    assert violations(page) == []
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 5


@pytest.mark.parametrize("width", [390, 1920])
def test_nothing_is_cut_off(open_page: OpenPage, width: int) -> None:
    page = open_page(render_report(report()), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
