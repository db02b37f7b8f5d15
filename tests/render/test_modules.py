"""The page's JavaScript modules: small, valid, joined in order, and right in what they compute."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from relgraph.render.page import TEMPLATES, join_modules

MODULES = sorted((TEMPLATES / "js").glob("*.mjs"))
NODE, _ = compute_driver_executable()  # the one that Playwright brings along


def run_node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NODE, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANG": "en_US.UTF-8"},
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_is_small_valid_and_imports_what_is_exported(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert source.startswith("// "), "a module opens with its one concern"
    assert source.count("\n") <= 260
    checked = run_node("--check", module)
    assert checked.returncode == 0, checked.stderr
    for names, other in re.findall(r'^import \{([^}]*)\} from "\./([\w-]+)\.mjs";$', source, re.M):
        exported = (TEMPLATES / "js" / f"{other}.mjs").read_text(encoding="utf-8")
        for name in re.findall(r"\w+", names):
            assert re.search(rf"^export (async )?(function|const|class) {name}\b", exported, re.M)
            assert len(re.findall(rf"\b{name}\b", source)) > 1, f"{name} is imported for nothing"


ENTRIES = ("main", "report")


def joined_order(entry: str) -> list[str]:
    return re.findall(r'^modules\["([\w-]+)"\] =', join_modules(entry), re.MULTILINE)


def test_every_module_is_used() -> None:
    used = {name for entry in ENTRIES for name in joined_order(entry)}
    assert used == {module.stem for module in MODULES}


@pytest.mark.parametrize("entry", ENTRIES)
def test_modules_are_joined_after_what_they_import(entry: str) -> None:
    joined = join_modules(entry)
    assert not re.search(r"^(import|export) ", joined, re.M)
    order = joined_order(entry)
    assert order[-1] == entry
    assert len(order) == len(set(order))
    for name in order:
        source = (TEMPLATES / "js" / f"{name}.mjs").read_text(encoding="utf-8")
        for other in re.findall(r'from "\./([\w-]+)\.mjs"', source):
            assert order.index(other) < order.index(name)


def test_what_pure_modules_compute() -> None:
    tests = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))
    assert tests
    done = run_node("--test", *tests)
    assert done.returncode == 0, done.stdout
