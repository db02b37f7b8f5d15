"""A damaged store: exit 3, one line, on every command; `info --check` tells how a store is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relgraph import import_files, open_store
from tests.conftest import Relgraph
from tests.worked import FOLDER

COMMANDS: dict[str, list[str | Path]] = {
    "import": ["import", FOLDER],
    "replace": ["import", "--replace", FOLDER],
    "dry run": ["import", "--dry-run", FOLDER],
    "export": ["export", "-o", "out/"],
    "info": ["info"],
    "check": ["info", "--check"],
    "network": ["info", "--network"],
    "show": ["show", "S1"],
    "remove": ["remove", "S1"],
    "centrality": ["centrality"],
    "write": ["centrality", "--write", "rank"],
    "reach": ["reach"],
    "one reach": ["reach", "S1"],
    "advocates": ["advocates", "-k", "1"],
    "strength": ["strength"],
    "brokers": ["brokers"],
    "keyplayers": ["keyplayers", "-k", "1"],
    "communities": ["communities"],
    "query": ["query", "run", "market-overview"],
    "map": ["map", "-o", "map.html"],
    "report": ["report", "-o", "report.html"],
}
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "flipped": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    "cut off": lambda content: content[:20_000],
    "emptied": lambda content: b"",
    "other": lambda content: b"something else entirely" * 100,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("store") / "store.lbug"
    with open_store(path, write=True) as store:
        import_files(store, FOLDER)
    return path.read_bytes()


@pytest.fixture
def store(whole: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "store.lbug"
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_it(relgraph: Relgraph, store: Path, command: str) -> None:
    for name, damage in DAMAGE.items():
        damaged = damage(store.read_bytes())
        (store.parent / "bad.lbug").write_bytes(damaged)
        result = relgraph(*COMMANDS[command], "-d", "bad.lbug")
        assert (result.exit_code, result.stdout) == (3, ""), name
        assert result.stderr.count("\n") == 1
        assert "bad.lbug" in result.stderr
        assert "damaged" in result.stderr
        assert "restore a copy" in result.stderr
        assert (store.parent / "bad.lbug").read_bytes() == damaged
    assert sorted(path.name for path in store.parent.iterdir()) == ["bad.lbug", "store.lbug"]


@pytest.mark.parametrize("line", [["bad.lbug", "new.lbug"], ["store.lbug", "bad.lbug"]])
def test_copy_tells_it(relgraph: Relgraph, store: Path, line: list[str]) -> None:
    (store.parent / "bad.lbug").write_bytes(DAMAGE["flipped"](store.read_bytes()))
    result = relgraph("copy", "--replace", *line)
    assert result.exit_code == 3
    assert "bad.lbug is damaged" in result.stderr
    assert not (store.parent / "new.lbug").exists()


def test_a_whole_store_is_told_too(relgraph: Relgraph, store: Path) -> None:
    result = relgraph("info", "--check", "-d", store)
    assert result.exit_code == 0
    assert result.stdout == relgraph("info", "-d", store).stdout
    assert result.stderr == (
        f"relgraph: note: {store} is undamaged: everything can be read, and the checksum is right\n"
    )
    assert relgraph("centrality", "--write", "rank", "-d", store).exit_code == 0
    assert "the checksum is right" in relgraph("info", "--check", "-d", store).stderr


def test_a_server_keeps_no_checksum(relgraph: Relgraph, neo4j_url: str) -> None:
    assert relgraph("import", FOLDER, "-d", neo4j_url).exit_code == 0
    result = relgraph("info", "--check", "-d", neo4j_url)
    assert result.exit_code == 0
    assert result.stderr.startswith("relgraph: note: everything can be read; a server keeps no che")
