"""The page: nothing from outside, the same bytes, names as text, odd values drawn."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from relgraph.render.map import render_map
from relgraph.render.page import vis_script
from relgraph.render.sheet import Sheet
from tests.render.sheets import make_sheet, random_sheet


def payload_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found[1])


def groups_of(html: str) -> Any:
    """Return what the groups of an overview open into, by the path to each."""
    found = re.search(r'id="groups">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(zlib.decompress(b64decode(found[1])))


def values_of(column: Any, count: int) -> list[Any]:
    """Return a column of the payload as a list."""
    if isinstance(column, list):
        return column
    if "all" in column:
        return [column["all"]] * count
    return [column["of"][at] for at in column["at"]]


def test_the_page_names_no_address_to_fetch_from() -> None:
    html = render_map(random_sheet(30), title="Map")
    ours = html.replace(vis_script(), "")
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", ours)
    assert "@import" not in ours
    assert not re.search(r"url\((?!#)", ours)
    assert "default-src 'none'" in ours


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second, third = (
        render_map(random_sheet(150), title="Map", seed=seed) for seed in (3, 3, 4)
    )
    assert first == second
    assert first != third


HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "'\"--><svg onload=window.hacked=1>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.hacked = 1}`",
    "\u2028\u2029\x00\x1b[31m",
    "=cmd|' /C calc'!A0",
    "日本語 👩‍👩‍👧 עברית",
]


def test_hostile_text_stays_data() -> None:
    count = len(HOSTILE)
    sheet = make_sheet(
        ["firm", *["customer"] * (count - 1)],
        [(0, place, HOSTILE[0]) for place in range(1, count)],
        names=HOSTILE,
        attributes={HOSTILE[1]: np.array(HOSTILE, dtype=object)},
    )
    html = render_map(sheet, title=HOSTILE[0])
    assert html.count("</script>") == 5
    assert "<img" not in html.replace(vis_script(), "")
    payload = payload_of(html)
    assert payload["sheet"]["nodes"]["label"] == HOSTILE
    assert payload["sheet"]["figures"][HOSTILE[1]] == HOSTILE
    assert payload["title"] == HOSTILE[0]


def odd_values() -> Sheet:
    return make_sheet(
        ["firm", "customer", "customer"],
        [(0, 1, "KNOWS")],
        strength=np.nan,
        level=np.nan,
        attributes={
            "margin": np.array([np.nan, np.inf, 1.5]),
            "staff": np.array([1, 2, 3], dtype=np.int64),
            "since": np.array(["2024-01-02", "NaT", "2025-01-01"], dtype="datetime64[s]"),
        },
    )


def test_odd_values_are_drawn() -> None:
    figures = payload_of(render_map(odd_values(), title="Map"))["sheet"]["figures"]
    assert figures["margin"] == [None, None, 1.5]
    assert figures["since"] == ["2024-01-02T00:00:00", None, "2025-01-01T00:00:00"]


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
def test_small_maps_are_drawn(sheet: Sheet) -> None:
    html = render_map(sheet, title="Map")
    assert payload_of(html)["sheet"]["size"] == len(sheet.nodes)


def test_pyvis_lays_nothing_out_and_draws_no_arrows() -> None:
    sheet = payload_of(render_map(random_sheet(20), title="Map"))["sheet"]
    assert sheet["options"]["physics"] == {"enabled": False}
    assert len(sheet["nodes"]["x"]) == 20
