"""`run_demo`: sample data in stores of its own, with maps."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import describe_store, open_store, run_demo
from relgraph.api import demo
from relgraph.errors import OutputError, UsageError
from tests.api.refusing import refused


def test_a_store_and_a_map_of_each_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo.DATASETS == ("six_markets", "northwind")
    monkeypatch.setattr(demo, "DATASETS", ("worked_example",))  # the least of them
    for _ in range(2):  # the second writes over the first
        (made,) = run_demo(tmp_path / "demo")
    assert made.dataset == "worked_example"
    assert made.map.read_text(encoding="utf-8").startswith("<!doctype html>")
    with open_store(made.store) as store:
        assert describe_store(store)["count"][0] == 10


def test_bad_folders(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="file: is a file; name a folder"):
        run_demo(tmp_path / "file")
    with pytest.raises(UsageError, match="holds files that no demo made"):
        run_demo(tmp_path)
    with pytest.raises(OutputError, match="below"):
        run_demo(tmp_path / "file" / "below")
    with refused("folder", "3 is not text or a Path"):
        run_demo(3)
