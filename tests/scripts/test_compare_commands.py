"""What `compare_commands.py` says of two programs that answer as each test wants."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "compare_commands.py"
LINE = "worked_example: rule250 --json"
PROGRAM = """
import sys
rows, note, code = sys.argv[1:4]
if "rule250" in sys.argv:
    print(rows)
    print(note, file=sys.stderr)
    sys.exit(int(code))
"""
ROWS = [{"preset": "literal", "year": 52000}, {"preset": "survey", "year": 0.1}]

Compare = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Compare a program that answers ROWS with one that answers something else."""
    (tmp_path / "program.py").write_text(PROGRAM)

    def program(rows: Any, note: str = "", code: int = 0) -> str:
        answer = [json.dumps(rows), note, str(code)]
        return shlex.join([sys.executable, str(tmp_path / "program.py"), *answer])

    def run(*options: str, **after: Any) -> subprocess.CompletedProcess[str]:
        chosen = ["--samples", "worked_example", "--only", LINE, *options]
        programs = ["--before", program(ROWS), "--after", program(**{"rows": ROWS, **after})]
        command = [sys.executable, str(SCRIPT), *chosen, *programs]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)

    return run


def changed(**values: Any) -> list[dict[str, Any]]:
    """Return the rows with other values in the second."""
    return [ROWS[0], {**ROWS[1], **values}]


@pytest.mark.parametrize("rows", [ROWS, changed(year=0.1 * (1 + 1e-13))])
def test_nothing_differs_within_the_tolerance(compare: Compare, rows: object) -> None:
    process = compare(rows=rows)
    assert (process.returncode, process.stderr.count("error")) == (0, 0)
    assert process.stdout.split()[5:10] == ["rule250", "1", "1", "0", "0"]


@pytest.mark.parametrize(
    ("after", "column", "told"),
    [
        ({"rows": changed(year=0.1 * (1 + 1e-11))}, "year", ", row 1: 0.1 → 0.1000000000"),
        ({"rows": changed(year=None)}, "year", ", row 1: 0.1 → null"),
        ({"rows": changed(more=1)}, "more", ", row 1: (absent) → 1"),
        ({"rows": [{**ROWS[0], "year": 52000.0}, ROWS[1]]}, "year", ", row 0: 52000 → 52000.0"),
        ({"rows": ROWS[:1]}, "(rows)", ": 2 → 1"),
        ({"rows": "text"}, "stdout", ': [{"preset": '),
        ({"code": 2}, "(exit code)", ": 0 → 2"),
        (
            {"rows": [dict(reversed(row.items())) for row in ROWS]},
            "(order)",
            ', row 0: ["preset", "year"] → ["year", "preset"]',
        ),
    ],
)
def test_what_differs_is_told(
    compare: Compare, after: dict[str, Any], column: str, told: str
) -> None:
    process = compare(**after)
    head, first = process.stdout.splitlines()[:2]
    assert process.returncode == 5
    assert head.startswith(f"rule250: {column}: ")
    assert first.startswith(f"    {LINE}{told}")


def test_a_column_may_be_renamed(compare: Compare) -> None:
    rows = [{"preset": row["preset"], "people": row["year"]} for row in ROWS]
    assert compare(rows=rows).returncode == 5
    assert compare("--renamed", "year=people", rows=rows).returncode == 0


def test_what_is_expected_is_told_with_its_reason(compare: Compare, tmp_path: Path) -> None:
    expected = tmp_path / "expected.toml"
    expected.write_text('[[expected]]\ncommand = "*: rule250*"\ncolumn = "year"\nreason = "weeks"')
    process = compare("--expected", str(expected), rows=changed(year=7))
    assert (process.returncode, "weeks" in process.stdout) == (0, True)
    assert compare("--expected", str(expected), rows=changed(preset="x")).returncode == 5


def test_a_command_may_be_spelled_in_another_way(compare: Compare, tmp_path: Path) -> None:
    expected = tmp_path / "expected.toml"
    expected.write_text('[spelled]\nrule250 = "girard"')
    assert "(absent)" in compare("--expected", str(expected)).stdout


def test_notes_are_told_and_fail_nothing(compare: Compare) -> None:
    process = compare("--notes", note="assumed")
    assert (process.returncode, "  + assumed" in process.stdout) == (0, True)


def test_saved_answers_stand_for_a_program(compare: Compare, tmp_path: Path) -> None:
    compare("--save", "before.json", note="assumed")
    saved = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))
    assert saved[LINE]["data"] == {"stdout": ROWS}
    assert saved[LINE]["notes"] == ["assumed"]
    again = [sys.executable, str(SCRIPT), "--before", "before.json", "--after", "before.json"]
    assert subprocess.run(again, cwd=tmp_path, check=False).returncode == 0
