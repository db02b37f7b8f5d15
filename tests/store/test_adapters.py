"""Which kind of store a URL means, and what it needs to be opened."""

from __future__ import annotations

from typing import Any

import pytest

from relgraph import store
from relgraph.store.adapter import Adapter


def test_a_server_needs_a_password_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("NEO4J_PASSWORD", "NEO4J_USERNAME", "NEO4J_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    missing = store.missing_password("neo4j://ann@h/crm")
    assert missing is not None
    assert missing.variable == "NEO4J_PASSWORD"
    assert str(missing.question) == "Password of ann at neo4j://h:7687/crm"
    monkeypatch.setenv("NEO4J_PASSWORD", "")
    assert store.missing_password("neo4j://ann@h/crm") is None


def test_a_file_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    assert store.missing_password("relgraph.lbug") is None


def test_the_first_adapter_that_owns_a_url_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, bool]] = []

    class Third:
        def __init__(self, url: str, *, write: bool) -> None:
            opened.append((url, write))

    load: Any = lambda: Third  # noqa: E731
    third = Adapter(("third",), load)
    monkeypatch.setattr(store, "ADAPTERS", (third, *store.ADAPTERS))
    assert isinstance(store.open_store("third://x", write=True), Third)
    assert opened == [("third://x", True)]
