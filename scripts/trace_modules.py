"""Count the modules and functions that commands pass through, and the lines of each room.

Usage:
  python scripts/trace_modules.py
  python scripts/trace_modules.py --python /old/.venv/bin/python
  PYTHONPATH=$PWD/src python scripts/trace_modules.py --list reach cus-01

Without a command three are counted: `centrality --json` on the worked example, `import` and `map`
on the six markets. What counts as a function is said in traced_run.py; a module counts when one of
its functions does.

A room is a folder of the package or, in `analysis`, of a subject; its lines are all those of its
Python files. A room above 18 % is marked.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

SCRIPTS = Path(__file__).resolve().parent
SAMPLES = SCRIPTS.parent / "sample_data"
LARGEST = 0.18
TRACED = (
    ("worked_example", "centrality --json"),
    ("six_markets", "import {data}"),
    ("six_markets", "map"),
)


class Trace(NamedTuple):
    """The package that was traced, and the (module, function) pairs that were passed through."""

    package: Path
    functions: set[tuple[str, str]]


def main() -> None:
    """Print how far commands go, then how large the rooms are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable, help="what starts Python for relgraph")
    parser.add_argument("--sample", default="six_markets", help="what a COMMAND is run on")
    parser.add_argument("--list", action="store_true", help="name the functions too")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")
    options = parser.parse_args()
    asked = [(options.sample, shlex.join(options.command))] if options.command else TRACED
    print("modules  functions  command")
    for sample, line in asked:
        trace = trace_command(shlex.split(options.python), sample, line)
        modules = {module for module, _ in trace.functions}
        print(f"{len(modules):7}  {len(trace.functions):9}  {line} ({sample})")
        if options.list:
            print(*(f"  {module}: {name}" for module, name in sorted(trace.functions)), sep="\n")
    _print_rooms(count_lines(trace.package))


def trace_command(python: Sequence[str], sample: str, line: str) -> Trace:
    """Trace a command line on a store that holds the sample, or on none if the line imports it."""
    with TemporaryDirectory() as folder:

        def run(*words: str) -> None:
            subprocess.run(  # noqa: S603 the program is the user's
                [*python, *words],
                cwd=folder,
                env={**os.environ, "RELGRAPH_DB": "traced.lbug"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )

        data = str(SAMPLES / sample)
        words = shlex.split(line.format(data=shlex.quote(data)))
        if words[0] != "import":
            run("-m", "relgraph", "import", data)
            run("-m", "relgraph", *words)  # the first use of a kernel compiles it
        run("-P", str(SCRIPTS / "traced_run.py"), "trace.json", *words)
        found = json.loads((Path(folder) / "trace.json").read_text(encoding="utf-8"))
    return Trace(Path(found["package"]), {(module, name) for module, name in found["functions"]})


def count_lines(package: Path) -> Counter[str]:
    """Return the lines of each room."""
    lines: Counter[str] = Counter()
    for path in package.rglob("*.py"):
        folders = path.relative_to(package).parts[:-1]
        room = folders[:2] if folders[:1] == ("analysis",) else folders[:1]
        lines["/".join(room) or "(top)"] += len(path.read_text(encoding="utf-8").splitlines())
    return lines


def _print_rooms(lines: Mapping[str, int]) -> None:
    total = sum(lines.values())
    print(f"\nlines   share  room\n{total:5}  100.0%  all")
    for room, count in sorted(lines.items(), key=lambda item: -item[1]):
        mark = f"  above {LARGEST:.0%}" if count > LARGEST * total else ""
        print(f"{count:5}  {count / total:6.1%}  {room}{mark}")


if __name__ == "__main__":
    main()
