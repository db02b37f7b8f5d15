"""Run every benchmark and write RESULTS.md: one table of ratios, and what is to be said of it.

Run: python benchmarks [--huge] [--data DIR] (`make bench BENCH="--huge"` does both groups of
dependencies first). Each script is a process of its own; its rows and remarks are taken from what
it prints.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from comparing import HEADER, RUNS
from peers import versions

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
SCRIPTS = (
    "startup",
    "measures",
    "reach",
    "advocates",
    "stores",
    "reading",
    "map_page",
    "webgl",
    "memory",
    "planning",
    "whole_commands",
)
OWN = ("relgraph", "numpy", "numba", "pandas", "ladybug", "neo4j", "pyvis")


def run(script: str, options: Sequence[str]) -> tuple[list[str], list[str]]:
    """Run one script, show what it prints, and return its rows and its remarks."""
    print(f"== {script}", flush=True)
    command = [sys.executable, str(HERE / f"{script}.py"), *options]
    rows, remarks = [], []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("|") and line.rstrip() not in HEADER:
                rows.append(line.rstrip())
            elif line.startswith("* "):
                remarks.append(line.rstrip())
    if process.returncode:
        remarks.append(f"* {script}.py ended with code {process.returncode}: its rows may lack")
    return rows, remarks


def machine() -> str:
    """Return what the figures were measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    named = {name: version(name) for name in OWN} | versions()
    packages = ", ".join(f"{name} {number}" for name, number in named.items())
    system = f"{platform.system()} {platform.release()} on {processor()}, {cores} cores"
    return f"{system}; Python {platform.python_version()}; {packages}."


def processor() -> str:
    """Return the processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--huge", action="store_true", help="8M/40M too, in memory.py")
    parser.add_argument(
        "--data", metavar="DIR", help="networks of the literature, for advocates.py"
    )
    chosen = parser.parse_args()
    options = {
        "memory": ["--huge"] if chosen.huge else [],
        "advocates": ["--data", chosen.data] if chosen.data else [],
    }
    rows: list[str] = []
    remarks: list[str] = []
    for script in SCRIPTS:
        more, said = run(script, options.get(script, []))
        rows += more
        remarks += said
        write(rows, remarks)
    print(f"Written: {RESULTS.relative_to(HERE.parent)}")


def write(rows: Sequence[str], remarks: Sequence[str]) -> None:
    """Write what there is so far, so that a run that is broken off was not for nothing."""
    RESULTS.write_text(
        "\n".join(
            [
                "# Beside its peers",
                "",
                f"`make bench` wrote this. {machine()}",
                "",
                f"Medians of {RUNS} runs or more, the sides taking turns in one process on the "
                "same threads; a time counts only after both sides gave the same answer. Ratios "
                "are ours to theirs.",
                "",
                *HEADER,
                *rows,
                "",
                "What limits the figures that miss, and what was left out:",
                "",
                *(remarks or ["* nothing"]),
                "",
            ]
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main()
