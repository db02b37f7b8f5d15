"""The address of a server."""

from __future__ import annotations

import pytest

from relgraph.errors import UsageError
from relgraph.store import open_store
from relgraph.store.neo4j_address import Address, is_server, parse_address


@pytest.fixture(autouse=True)
def _no_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    monkeypatch.delenv("NEO4J_DATABASE", raising=False)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("bolt://localhost", Address("bolt", "localhost", 7687, "neo4j", None)),
        ("NEO4J+S://Db.example.org:1/", Address("neo4j+s", "db.example.org", 1, "neo4j", None)),
        ("neo4j://a%40b@[::1]:7688/crm", Address("neo4j", "::1", 7688, "a@b", "crm")),
        ("bolt+ssc://ann@h/x%20y", Address("bolt+ssc", "h", 7687, "ann", "x y")),
    ],
)
def test_urls_are_read(url: str, address: Address) -> None:
    assert is_server(url)
    assert parse_address(url) == address


def test_the_environment_fills_what_the_url_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "eve")
    monkeypatch.setenv("NEO4J_DATABASE", "other")
    assert parse_address("bolt://h")[3:] == ("eve", "other")
    assert parse_address("bolt://ann@h/crm")[3:] == ("ann", "crm")


def test_an_address_is_shown_without_its_user() -> None:
    address = parse_address("neo4j://ann@[::1]/crm")
    assert (address.uri, address.label) == ("neo4j://[::1]:7687", "neo4j://[::1]:7687/crm")


@pytest.mark.parametrize("url", ["relgraph.lbug", "/a/bolt://b", "http://host", "neo4j:/x", "bolt"])
def test_other_texts_are_paths(url: str) -> None:
    assert not is_server(url)


@pytest.mark.parametrize(
    "url",
    ["bolt://", "bolt:///crm", "bolt://h:port", "bolt://h:99999", "bolt://h/a/b", "bolt://h/a?b=c"],
)
def test_urls_that_can_not_be_read_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="write neo4j://user@host:7687/database"):
        open_store(url)


@pytest.mark.parametrize("url", ["bolt://ann:hush@host", "bolt://:hush@host:1/crm"])
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="NEO4J_PASSWORD") as refusal:
        open_store(url)
    assert "hush" not in str(refusal.value)
    assert refusal.value.__cause__ is None
