"""What is read from Spark, on a machine without pyspark and in commands that can't."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import Relgraph


def test_what_to_install_is_said(relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("relgraph.") and "spark" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = relgraph("centrality", "--master", "local")
    assert result.exit_code == 2
    assert result.stderr == (
        "relgraph: error: reading from Spark needs pyspark: pip install 'relgraph[spark]'\n"
    )


def test_other_commands_name_those_that_can(relgraph: Relgraph) -> None:
    result = relgraph("brokers", "--engine", "spark")
    assert result.exit_code == 2
    assert result.stderr == (
        "relgraph: error: --engine is an option of centrality, communities, reach, strength: "
        "these can read from Spark\n"
    )


def test_the_local_engine_alone_reads_the_store(relgraph: Relgraph) -> None:
    result = relgraph("centrality", "--engine", "local")
    assert result.exit_code == 3  # there is none
