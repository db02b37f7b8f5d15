"""Stores that tests of several commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, open_store

SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="session")
def six_markets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of six_markets, imported and then changed once, for tests to copy."""
    folder = tmp_path_factory.mktemp("six_markets")
    change = folder / "stakeholders.csv"
    change.write_text(
        "id,name,market,satisfaction\ncus-50,白鹭湾水库管理处,customer,0.9\n", "utf-8"
    )
    with open_store(folder / "six_markets.lbug", write=True) as store:
        import_files(store, SAMPLES / "six_markets", source="crm")
        import_files(store, change)
    return folder / "six_markets.lbug"


@pytest.fixture(scope="session")
def worked_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the worked example, for tests to copy."""
    path = tmp_path_factory.mktemp("worked_example") / "worked_example.lbug"
    with open_store(path, write=True) as store:
        import_files(store, SAMPLES / "worked_example")
    return path
