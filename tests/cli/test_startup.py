"""What is loaded before it is needed: nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = (
    *("numpy", "pandas", "networkx", "scipy", "numba", "ladybug", "neo4j", "pyvis", "rich"),
    *("jinja2", "openpyxl", "pyarrow", "importlib.metadata", "multiprocessing", "asyncio"),
)
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"
HELP = """
import contextlib, io, sys
from relgraph.__main__ import run
sys.argv = ["relgraph", *{arguments!r}]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    run()
"""


def loaded_by(code: str) -> set[str]:
    # Measuring coverage loads modules of its own.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    process = subprocess.run(
        [sys.executable, "-c", f"{code}\n{REPORT}"],
        env=plain,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(process.stdout))


@pytest.mark.parametrize(
    "code",
    [
        "import relgraph",
        "import relgraph; dir(relgraph)",
        "import relgraph.api",
        "import relgraph.store",
        "import relgraph.cli",
        HELP.format(arguments=["--help"]),
        HELP.format(arguments=[]),
        HELP.format(arguments=["no-such-command"]),
        HELP.format(arguments=["centrality", "--help"]),
        HELP.format(arguments=["import", "--help"]),
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert sorted(loaded_by(code) & set(HEAVY)) == []
