"""Run short commands by the thousand, several at once, and count how their processes end.

Usage:
  python scripts/stress_exits.py [COUNT]
  python scripts/stress_exits.py --python /old/.venv/bin/python 2000

The commands end in every way: with success, with wrong data and wrong usage, with a reader that
leaves the pipe, with Ctrl-C, and one is a script that uses the Python API. A process that dies by a
signal (other than the Ctrl-C that it was sent) makes this exit with 1.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data" / "worked_example"
IMPORTING = f"""
import relgraph
with relgraph.open_store("script.lbug", write=True) as store:
    relgraph.import_files(store, [{str(SAMPLE)!r}], dry_run=True)
"""
STARTED = f"""
import sys
from relgraph.__main__ import run
print("started", flush=True)
sys.argv = ["relgraph", "import", "-d", "dry.lbug", "--dry-run", {str(SAMPLE)!r}]
run()
"""
COMMANDS = {
    "wrong data": ("-m", "relgraph", "import", "-d", "new.lbug", "unknown.csv"),
    "success": ("-m", "relgraph", "import", "-d", "dry.lbug", "--dry-run", str(SAMPLE)),
    "wrong usage": ("-m", "relgraph", "show", "-d", "store.lbug", "nobody"),
    "closed pipe": ("-m", "relgraph", "info", "-d", "store.lbug", "--json"),
    "interrupted": ("-c", STARTED),
    "script": ("-c", IMPORTING),
}
KEPT_OUT = ("RELGRAPH_", "COVERAGE_")  # settings, and what would write files at the end
AT_ONCE = 8  # on two cores: a thread that is late is what this looks for


def main() -> None:
    """Print how often each command ended with which code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable, help="what starts Python for relgraph")
    parser.add_argument("count", nargs="?", type=int, default=2000, help="how many processes")
    options = parser.parse_args()
    ends = count_ends(options.python, options.count)
    print("processes  exit code  ended by")
    for (name, code), count in sorted(ends.items()):
        print(f"{count:9}  {code:9}  {name}")
    died = count_deaths(ends)
    print(f"{died} of {options.count} died by a signal")
    sys.exit(died > 0)


def count_deaths(ends: Counter[tuple[str, int]]) -> int:
    """Return how many died by a signal that nobody sent."""
    sent = {("interrupted", -signal.SIGINT)}
    return sum(count for end, count in ends.items() if end[1] < 0 and end not in sent)


def count_ends(python: str, count: int) -> Counter[tuple[str, int]]:
    """Run that many processes; return how often each command ended with which code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "unknown.csv").write_text("a,b\n1,2\n")
        made = [python, "-m", "relgraph", "import", "-d", "store.lbug", str(SAMPLE)]
        subprocess.run(made, cwd=folder, check=True, capture_output=True)  # noqa: S603
        names = [list(COMMANDS)[number % len(COMMANDS)] for number in range(count)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            codes = pool.map(lambda name: _end(name, [python, *COMMANDS[name]], folder), names)
            return Counter(zip(names, codes, strict=True))


def _end(name: str, command: Sequence[str], folder: Path) -> int:
    """Run one process in a copy of a folder, as writers of one store would wait for each other.

    Returns its exit code, negative for a signal.
    """
    with (
        TemporaryDirectory() as own,
        _started(command, copytree(folder, own, dirs_exist_ok=True)) as process,
    ):
        if process.stdout is not None and name != "closed pipe":
            if name == "interrupted":
                process.stdout.readline()
                time.sleep(random.uniform(0, 1))
                process.send_signal(signal.SIGINT)
            process.stdout.read()
        process.wait()
    return process.returncode


def _started(command: Sequence[str], folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 the program is the user's
        command,
        cwd=folder,
        env={key: value for key, value in os.environ.items() if not key.startswith(KEPT_OUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
