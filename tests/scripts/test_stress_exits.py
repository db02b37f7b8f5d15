"""No process of relgraph dies by a signal, however short it is and however it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "stress_exits.py"
# What each command says with its exit code; an interrupted one may have ended before.
CODES = {
    "closed pipe": {"0"},
    "interrupted": {"0", "130", "-2"},
    "script": {"0"},
    "success": {"0"},
    "wrong data": {"2"},
    "wrong usage": {"2"},
}


@pytest.mark.long
def test_short_processes_end_by_themselves() -> None:
    process = subprocess.run([sys.executable, SCRIPT, "72"], capture_output=True, text=True)
    head, *ends, died = process.stdout.splitlines()
    assert head.split() == ["processes", "exit", "code", "ended", "by"]
    found: dict[str, set[str]] = {}
    for line in ends:
        _, code, name = line.split(maxsplit=2)
        found.setdefault(name, set()).add(code)
    assert found.keys() == CODES.keys()
    for name, codes in found.items():
        assert codes <= CODES[name], name
    assert died == "0 of 72 died by a signal"
    assert process.returncode == 0
