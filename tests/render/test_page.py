"""The joined page: modules in order, nothing from outside, the same bytes, names as text."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright._impl._driver import compute_driver_executable

from relgraph.render.map import render_map
from relgraph.render.page import TEMPLATES, join_modules, vis_script
from relgraph.render.sheet import Sheet
from tests.render.sheets import make_sheet, random_sheet

MODULES = sorted((TEMPLATES / "js").glob("*.mjs"))


def payload_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_is_small_valid_and_imports_what_is_exported(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert source.startswith("// "), "a module opens with its one concern"
    assert source.count("\n") <= 260
    node, _ = compute_driver_executable()
    subprocess.run([node, "--check", module], check=True, capture_output=True)
    for names, other in re.findall(r'^import \{([^}]*)\} from "\./([\w-]+)\.mjs";$', source, re.M):
        exported = (TEMPLATES / "js" / f"{other}.mjs").read_text(encoding="utf-8")
        for name in names.replace(" ", "").split(","):
            assert re.search(rf"^export (async )?(function|const|class) {name}\b", exported, re.M)
            assert len(re.findall(rf"\b{name}\b", source)) > 1, f"{name} is imported for nothing"


def test_modules_are_joined_after_what_they_import() -> None:
    joined = join_modules("main")
    assert not re.search(r"^(import|export) ", joined, re.M)
    order = re.findall(r'^modules\["([\w-]+)"\] =', joined, re.M)
    assert order[-1] == "main"
    assert len(order) == len(set(order)) == len(MODULES)
    for name in order:
        source = (TEMPLATES / "js" / f"{name}.mjs").read_text(encoding="utf-8")
        for other in re.findall(r'from "\./([\w-]+)\.mjs"', source):
            assert order.index(other) < order.index(name)


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
    assert html.count("</script>") == 3
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
