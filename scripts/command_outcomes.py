"""Run a version of relgraph on many command lines, and read what it answers as plain data."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, TypedDict
from zipfile import ZipFile

from compared_commands import ROOT, chains

AT_ONCE = 2  # commands that run at the same time
PATIENCE = 1_200  # seconds until a command is given up
STORE = ".lbug"
_DATA = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


class Outcome(TypedDict):
    """What a command line gave."""

    exit_code: int
    data: dict[str, Any]  # rows on stdout, and the content of each file that was written
    notes: list[str]  # lines on stderr
    digests: dict[str, str]  # SHA-256 of each page


def run_commands(
    program: Sequence[str],
    samples: Iterable[str],
    wanted: Callable[[str], bool],
    spelled: Mapping[str, str],
) -> dict[str, Outcome]:
    """Import each sample into a store of its own and run the wanted lines on it.

    Parameters
    ----------
    program : sequence of str
        What starts relgraph.
    samples : iterable of str
        Names of folders of `sample_data`.
    wanted : callable
        Whether a line is wanted, given as `SAMPLE: LINE`; a chain runs whole or not at all.
    spelled : mapping of str to str
        Words of the lines that this program spells in another way.
    """
    outcomes: dict[str, Outcome] = {}
    with TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        for sample in samples:
            print(f"{sample}: {shlex.join(program)}", file=sys.stderr)
            place = Path(folder) / sample
            place.mkdir()
            (place / "sample_data").symlink_to(ROOT / "sample_data")
            first, *others = chains(sample)
            chosen = [chain for chain in others if any(wanted(f"{sample}: {x}") for x in chain)]
            run = partial(_run_chain, program, spelled, place)
            for answers in (run(first), *pool.map(run, chosen)):
                outcomes |= {f"{sample}: {line}": outcome for line, outcome in answers.items()}
    return outcomes


def _run_chain(
    program: Sequence[str], spelled: Mapping[str, str], place: Path, chain: Iterable[str]
) -> dict[str, Outcome]:
    folder = Path(mkdtemp(dir=place))
    outcomes = {}
    for line in chain:
        words = list(program)
        for word in shlex.split(line):
            words += shlex.split(spelled[word]) if word in spelled else [word]
        outcomes[line] = _run(words, folder)
    return outcomes


def _run(words: Sequence[str], folder: Path) -> Outcome:
    """Run a command line in a folder; the files that it writes there are read and taken away."""
    plain = {"RELGRAPH_DB": f"../store{STORE}", "RELGRAPH_LANG": "en", "NO_COLOR": "1"}
    env = os.environ | plain
    env.pop("PYTHONPATH", None)  # it would give both programs the same modules
    process = subprocess.run(  # noqa: S603 the programs are the user's
        words,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    data: dict[str, Any] = {}
    digests = {}
    if process.stdout:
        data["stdout"] = _read_rows(process.stdout) if "--json" in words else process.stdout
    for path in _written(folder):
        name = path.relative_to(folder).as_posix()
        data[name] = _READERS.get(path.suffix, _read_lines)(path)
        if path.suffix in (".html", ".md"):
            digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        path.unlink()
    said = process.stderr.replace(f"{folder}/", "").replace(f"{folder.parent}/", "")
    return Outcome(
        exit_code=process.returncode, data=data, notes=said.splitlines(), digests=digests
    )


def _written(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if STORE not in path.name)


def _read_rows(text: str) -> Any:
    """Return rows without the time of the import, which is never the same."""
    try:
        rows = json.loads(text)
    except ValueError:
        return text
    if isinstance(rows, list):
        return [{name: value for name, value in row.items() if name != "at"} for row in rows]
    return rows


def _read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_workbook(path: Path) -> dict[str, list[str]]:
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode().split("\n") for name in archive.namelist()}


def _read_page(path: Path) -> dict[str, Any]:
    """Return the data that a page carries, without its words."""
    found = _DATA.findall(path.read_text(encoding="utf-8"))
    return {name: _without_notes(json.loads(text)) for name, text in found if name != "words"}


def _without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_notes(item) for key, item in value.items() if key != "notes"}
    return [_without_notes(item) for item in value] if isinstance(value, list) else value


def _read_markdown(path: Path) -> dict[str, Any]:
    """Return the figures and the cells of the tables; headings and sentences are words."""
    head, *sections = path.read_text(encoding="utf-8").split("\n## ")
    figures = [line.rpartition(": ")[2] for line in head.splitlines() if line.startswith("- ")]
    tables = {f"table {n}": list(_cells(section)) for n, section in enumerate(sections, 1)}
    return {"figures": figures, **tables}


def _cells(section: str) -> Iterator[list[str]]:
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    for row in rows[2:]:  # below the headings and the rule
        yield row.strip("| ").split(" | ")


_READERS: Mapping[str, Callable[[Path], Any]] = {
    ".csv": _read_csv,
    ".html": _read_page,
    ".json": _read_json,
    ".md": _read_markdown,
    ".xlsx": _read_workbook,
}
