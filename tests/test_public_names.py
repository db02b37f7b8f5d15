"""What `import relgraph` gives: names that are resolved on first use."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import relgraph
from relgraph import api
from relgraph.store import Store

FUNCTIONS = [name for name in api.PUBLIC if name.islower()]


@pytest.mark.parametrize("name", sorted(api.PUBLIC))
def test_every_public_name_is_documented(name: str) -> None:
    function = getattr(relgraph, name)
    assert function is getattr(api, name)
    assert callable(function)
    assert function.__name__ == name
    assert inspect.getdoc(function)
    assert name in dir(relgraph)
    assert name in dir(api)
    assert name in api.__all__


def test_functions_that_read_a_store_take_it_first() -> None:
    for name in FUNCTIONS:
        parameters = inspect.signature(getattr(api, name), eval_str=True).parameters
        places = [
            place for place, each in enumerate(parameters.values()) if each.annotation is Store
        ]
        assert places == list(range(len(places))), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'relgraph' has no attribute 'centralty'"):
        relgraph.centralty  # noqa: B018
    with pytest.raises(AttributeError, match=r"relgraph\.api.*no attribute .centralty"):
        api.centralty  # noqa: B018


@pytest.mark.parametrize("name", ["resources", "model", "api", "network", "open_store"])
def test_modules_and_names_can_be_imported_first(name: str) -> None:
    subprocess.run([sys.executable, "-c", f"from relgraph import {name}"], check=True)


def test_every_public_name_and_measure_is_documented() -> None:
    from relgraph.analysis.centrality.measures import MEASURES

    docs = Path(__file__).parents[1] / "docs"
    page = (docs / "python-api.md").read_text("utf-8")
    assert [name for name in api.PUBLIC if f"`{name}" not in page] == []
    page = (docs / "measures.md").read_text("utf-8")
    assert [name for name in MEASURES if f"`{name}`" not in page] == []
