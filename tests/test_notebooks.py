"""The notebooks of docs/notebooks run in a Jupyter kernel, without a warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"


def run(name: str, folder: Path) -> list[dict[str, Any]]:
    """Run a notebook in a folder; return what its cells put out."""
    notebook: Any = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells), "kept outputs go stale"
    place = {"metadata": {"path": folder}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [each["text"] for each in outputs if each.get("name") == "stderr"] == []
    return outputs


def shown(outputs: list[dict[str, Any]], kind: str) -> list[str]:
    return [each["data"][kind] for each in outputs if kind in each.get("data", {})]


def test_the_planners(tmp_path: Path) -> None:
    outputs = run("planner", tmp_path)
    tables = shown(outputs, "text/html")
    assert any("net_expected" in table for table in tables)
    (frame,) = [table for table in tables if table.startswith("<iframe")]
    assert 'sandbox="allow-scripts"' in frame
    assert len(shown(outputs, "image/png")) == 4


def test_the_engineers(tmp_path: Path, neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUR_NEO4J", neo4j_url)
    outputs = run("engineer", tmp_path)
    said = [each["text"] for each in outputs if each.get("name") == "stdout"]
    assert "the same on the server: True\n" in said
    assert any("transitivity" in text for text in said)
