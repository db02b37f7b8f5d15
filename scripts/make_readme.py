"""Run the commands in README.md and put what they print under them (`--check`: only compare).

Every block marked `console` is run, one after another, in one empty folder that holds the sample
data; lines that begin with `$` are the commands, everything else in a block is written anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def rewritten(text: str) -> str:
    """Return the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sample_data").symlink_to(ROOT / "sample_data")
        return BLOCK.sub(lambda block: _run(block.group(), folder), text)


def _run(block: str, folder: str) -> str:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": programs, "NO_COLOR": "1", "RELGRAPH_LANG": "en"}
    lines = []
    for command in re.findall(r"^\$ .*$", block, re.MULTILINE):
        process = subprocess.run(  # noqa: S602 the README is ours
            command.removeprefix("$ "),
            shell=True,
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        lines += [command, process.stdout.rstrip("\n")]
    return "\n".join(line for line in lines if line) + "\n"


def run() -> int:
    """Write the page, or with `--check` say whether it is in step."""
    text = README.read_text(encoding="utf-8")
    now = rewritten(text)
    if "--check" not in sys.argv[1:]:
        README.write_text(now, encoding="utf-8")
        return 0
    if now == text:
        return 0
    print("README.md shows other output than its commands give; run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())
