"""The stores on which queries run: each module fills its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.neo4j_server import SERVER_PARAM, Neo4jAddress, empty


@pytest.fixture(scope="module", params=["ladybug", SERVER_PARAM])
def store_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def store_url(
    request: pytest.FixtureRequest, store_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a store that is empty at first."""
    if store_kind == "ladybug":
        yield str(tmp_path_factory.mktemp("queries") / "store.lbug")
        return
    address: Neo4jAddress = request.getfixturevalue("neo4j_address")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USERNAME", address.user)
        patch.setenv("NEO4J_PASSWORD", address.password)
        empty(address)
        yield address.url
