"""Every naughty string as name, id, property and title is text and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from relgraph.messages import Note
from relgraph.network import Nodes, text_array
from relgraph.render.map import render_map
from relgraph.render.report import Report, Section, render_report
from relgraph.result import Result
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

STRINGS = Path(__file__).parents[1] / "data" / "naughty_strings" / "blns.json"


def naughty_strings() -> list[str]:
    return [text for text in json.loads(STRINGS.read_text("utf-8")) if text]


def test_they_are_text_in_the_report(open_page: OpenPage) -> None:
    strings = naughty_strings()
    rows = Result({"name": text_array(strings), "value": np.arange(len(strings), dtype=float)})
    sections = tuple(Section(key, rows, "value") for key in ("pagerank", strings[0]))
    sheet = make_sheet(["firm", *["customer"] * len(strings)], names=["The firm", *strings])
    title = "".join(strings)
    report = Report(title, None, (), sections, sheet, tuple(map(Note, strings)))
    page = open_page(render_report(report))
    for selector in ("#measures > .tables > :first-child td:first-child", ".notes li"):
        shown = page.locator(selector).all_text_contents()
        assert [as_html(text) for text in shown] == [as_html(text) for text in strings]
    assert page.locator("main :is(script, img, iframe, a, style)").count() == 0
    assert len(page.locator("#map text").all_text_contents()) > 10


def as_html(text: str) -> str:
    """Return a text as an HTML parser reads it: without NUL, and line ends are LF."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def test_they_are_text(open_page: OpenPage) -> None:
    strings = naughty_strings()
    sheet = make_sheet(
        ["firm", *["customer"] * len(strings)],
        [(0, place, "KNOWS") for place in range(1, len(strings) + 1)],
        names=["The firm", *strings],
        attributes={"note": np.array(["", *strings], dtype=object)},
    )
    ids = text_array(["firm", *(f"{text}{place}" for place, text in enumerate(strings))])
    nodes = Nodes(ids, sheet.nodes.names, sheet.nodes.markets, sheet.nodes.attributes)
    page = open_page(render_map(replace(sheet, nodes=nodes), title="".join(strings)))
    shown = page.evaluate(
        """() => relgraph.sheet.nodes.label.slice(1).map((_, at) => {
        relgraph.details.show({ ...relgraph.state.current, selected: at + 1 }, relgraph.view);
        const panel = document.getElementById('details-body');
        const values = [...panel.querySelectorAll('dd')].map((node) => node.textContent);
        return [document.getElementById('details-name').textContent, values[0], values[1]];
        })"""
    )
    for text, node_id, (name, key, note) in zip(strings, ids.tolist()[1:], shown, strict=True):
        assert (name, key, note) == (text, node_id, text)
    assert (
        page.evaluate("document.querySelectorAll('aside script, aside img, aside a').length") == 0
    )
    assert page.evaluate("document.querySelector('h1').textContent") == "".join(strings)
    svg = page.evaluate(
        """async () => { const made = []; URL.createObjectURL = (blob) => { made.push(blob);
        return 'data:,'; }; document.getElementById('save-svg').click();
        const root = new DOMParser().parseFromString(await made[0].text(), 'image/svg+xml');
        return [root.documentElement.tagName, root.querySelectorAll('script').length]; }"""
    )
    assert svg == ["svg", 0]
