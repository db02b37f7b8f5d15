"""What `trace_modules.py` counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "trace_modules.py"


def test_functions_and_rooms_are_counted() -> None:
    command = ["--sample", "worked_example", "--list", "rule250"]
    process = subprocess.run(
        [sys.executable, SCRIPT, *command], capture_output=True, text=True, check=True
    )
    traced, rooms = process.stdout.split("\n\n")
    functions = traced.splitlines()[2:]
    assert "  cli/commands/rule250.py: command" in functions
    assert not [name for name in functions if "<module>" in name or "comp>" in name]
    head = traced.splitlines()[1].split()
    modules = {name.partition(": ")[0] for name in functions}
    assert head[:2] == [str(len(modules)), str(len(functions))]
    lines = sum(len(path.read_text().splitlines()) for path in (ROOT / "src").rglob("*.py"))
    assert rooms.splitlines()[1].split()[0] == str(lines)
