"""What is loaded before it is needed: nothing heavy."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from relgraph.resources import resource_dir
from tests.conftest import RelgraphProcess

HEAVY = (
    "pyspark",
    *(
        "numpy",
        "pandas",
        "networkx",
        "scipy",
        "numba",
        "ladybug",
        "neo4j",
        "pyvis",
        "rich",
        "duckdb",
    ),
    *("jinja2", "openpyxl", "pyarrow", "importlib.metadata", "multiprocessing", "asyncio"),
)
# For notebooks, for matrices, for frames: a page is drawn and its measures computed without.
NOT_FOR_PAGES = {
    *("IPython", "jsonpickle", "pyvis", "networkx", "pandas", "pyarrow", "duckdb"),
    *("scipy.linalg", "scipy.sparse", "scipy.spatial"),
}
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"
RUN = """
import contextlib, io, sys
from relgraph.__main__ import main
sys.argv = ["relgraph", *{arguments!r}]
with contextlib.redirect_stdout(io.StringIO()):
    main()
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
        RUN.format(arguments=["--help"]),
        RUN.format(arguments=[]),
        RUN.format(arguments=["no-such-command"]),
        RUN.format(arguments=["centrality", "--help"]),
        RUN.format(arguments=["import", "--help"]),
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert sorted(loaded_by(code) & set(HEAVY)) == []


def test_the_list_of_commands_needs_no_settings() -> None:
    loaded = loaded_by(RUN.format(arguments=["--help"]))
    assert sorted(loaded & {"relgraph.settings", "relgraph.model", "dataclasses"}) == []


@pytest.mark.parametrize("command", ["map", "report", "communities"])
def test_pages_load_neither_notebooks_nor_frames_nor_matrices(
    command: str, relgraph_process: RelgraphProcess, tmp_path: Path
) -> None:
    store = str(tmp_path / "store.lbug")
    output = [] if command == "communities" else ["-o", str(tmp_path / "page.html")]
    arguments = [command, "-d", store, *output]
    for line in (
        ["import", "-d", store, resource_dir("sample_data") / "worked_example"],
        arguments,
    ):
        assert relgraph_process(*line).returncode == 0  # the second leaves the kernels compiled
    loaded = loaded_by(RUN.format(arguments=arguments))
    assert "numba" in loaded
    assert sorted(loaded & NOT_FOR_PAGES) == []


def said_on_a_terminal(cache: Path, arguments: list[str]) -> str:
    """Return what a command says on stderr if that is a terminal, with kernels kept in a folder."""
    ours, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "relgraph", *arguments],
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache), "NO_COLOR": "1"},
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        said = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal with an error
            while part := os.read(ours, 4096):
                said += part
    os.close(ours)
    assert process.returncode == 0, said
    return said.decode().replace("\r", "")


def test_the_first_use_of_a_kernel_tells_that_it_is_compiled(
    relgraph_process: RelgraphProcess, tmp_path: Path
) -> None:
    store = str(tmp_path / "store.lbug")
    relgraph_process("import", "-d", store, resource_dir("sample_data") / "worked_example")
    ranking = ["centrality", "--measure", "betweenness", "-d", store]
    first, second = (said_on_a_terminal(tmp_path / "code", ranking) for _ in range(2))
    compiling = "relgraph: note: compiling for this machine, once; this takes a few seconds\n"
    assert first == compiling + second
    assert "compiling" not in second
