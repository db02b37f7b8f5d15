"""Every naughty string as name, id, property and title is text and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from relgraph.network import Nodes, text_array
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

STRINGS = Path(__file__).parents[1] / "data" / "naughty_strings" / "blns.json"


def test_they_are_text(open_page: OpenPage) -> None:
    strings: list[str] = [text for text in json.loads(STRINGS.read_text("utf-8")) if text]
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
        return [document.getElementById('details-name').textContent, values[0], values.at(-1)];
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
