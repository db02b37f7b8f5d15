"""Documents that can't rot: every command line in them parses, every link leads somewhere."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from doctest import NORMALIZE_WHITESPACE, DocTestParser, DocTestRunner
from pathlib import Path

import click
import pytest

from relgraph.api.importing import import_files
from relgraph.cli import main
from relgraph.store import open_store
from tests.conftest import Relgraph

ROOT = Path(__file__).parents[1]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "sample_data").rglob("*.md")),
]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(relgraph [^`]+|make [a-z0-9-]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
PLACEHOLDER = re.compile(r"…|\.\.\.|\b[A-Z]{2,}\b(?!=)|\bX\b")


def command_lines(text: str) -> Iterator[str]:
    """Yield what a reader would type: the lines of shell blocks and commands in a sentence."""
    for language, block in FENCE.findall(text):
        if language in ("sh", "console"):
            for line in block.replace("\\\n", " ").splitlines():
                line = line.removeprefix("$ ")
                if line.startswith(("relgraph ", "make ")):
                    yield line
    for line in INLINE.findall(FENCE.sub("", text)):
        if not PLACEHOLDER.search(line):
            yield line


def cases() -> list[tuple[str, str]]:
    found = [(page, line) for page in PAGES for line in command_lines(page.read_text("utf-8"))]
    return sorted({(str(page.relative_to(ROOT)), line) for page, line in found})


@pytest.mark.parametrize(("page", "line"), cases())
def test_every_command_line_exists(page: str, line: str) -> None:
    words = shlex.split(re.split(r"\s[|>]\s|\s#\s|;", line)[0], comments=True)
    if words[0] == "make":
        targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert set(words[1:]) <= set(targets), f"{page}: {line}"
        return
    try:
        parse(main, words[1:])
    except click.exceptions.Exit:  # --help, --version
        pass
    except click.UsageError as error:
        if isinstance(error, click.MissingParameter) and len(words) == 2:
            return  # a sentence names a command without calling it
        pytest.fail(f"{page}: {line}: {error.format_message()}")


def parse(group: click.Group, words: list[str], parent: click.Context | None = None) -> None:
    """Parse a command line without running it."""
    context = group.make_context(group.name, words, parent)
    rest = [*context._protected_args, *context.args]
    name, command, rest = group.resolve_command(context, rest)
    assert command is not None
    if isinstance(command, click.Group):
        parse(command, rest, context)
    else:
        command.make_context(name, rest, context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize(
    "script",
    [
        "make_cli_docs.py",
        "make_columns_docs.py",
        "make_mapping_docs.py",
        "make_measures_docs.py",
    ],
)
def test_generated_pages_are_in_step(script: str) -> None:
    process = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), "--check"], capture_output=True, text=True
    )
    assert process.returncode == 0, process.stderr


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if ">>> " in page.read_text("utf-8")],
    ids=lambda page: page.name,
)
def test_examples_in_pages(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    test = DocTestParser().get_doctest(
        page.read_text("utf-8").replace("\n```", "\n\n```"), {}, page.name, str(page), 0
    )
    said: list[str] = []
    DocTestRunner(optionflags=NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert not said, "".join(said)


@pytest.mark.long
def test_the_tutorial_runs_as_printed() -> None:
    """`make lint` runs the other pages as well."""
    command = [sys.executable, "scripts/make_console_docs.py", "--check", "docs/tutorial.md"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr


def test_decisions_are_numbered_as_their_file() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        number = int(page.name[:4])
        assert page.read_text("utf-8").startswith(f"# {number}. "), page.name


# Columns that name a stakeholder or a market rather than measure one.
LABELS = {"id", "name", "market", "source", "target", "source_name", "target_name", "remark"}
MEASURING = (
    ("centrality", "--measure", "all", "--confidence"),
    ("reach", "--confidence", "--sentiment", "east"),
    ("brokers",),
    ("brokers", "--between"),
    ("brokers", "--bridges"),
    ("keyplayers", "-k", "1", "--confidence"),
    ("communities",),
    ("advocates", "-k", "1", "--confidence"),
    ("strength", "--confidence"),
    ("rule250",),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("example") / "example.lbug"
    with open_store(str(store), write=True) as opened:
        import_files(opened, [ROOT / "sample_data" / "worked_example"])
    return store


@pytest.mark.parametrize("command", MEASURING, ids=" ".join)
def test_every_column_is_explained(
    relgraph: Relgraph, example: Path, command: tuple[str, ...]
) -> None:
    store = () if command[0] == "rule250" else ("-d", example)
    header = relgraph(*command, *store, "--csv").stdout.splitlines()[0]
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "measures.md").read_text("utf-8")))
    assert set(header.split(",")) - LABELS - explained == set()


def test_every_figure_of_the_network_is_explained(relgraph: Relgraph, example: Path) -> None:
    rows = json.loads(relgraph("info", "--network", "-d", example, "--json").stdout)
    text = (ROOT / "docs" / "measures.md").read_text("utf-8").lower()
    assert [row["figure"] for row in rows if row["figure"].split("_")[0] not in text] == []
