"""docs/how-to/coming-from.md: its small files of network tools give what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conftest import Relgraph

PAGE = (Path(__file__).parents[1] / "docs" / "how-to" / "coming-from.md").read_text("utf-8")
TOOLS = PAGE.partition("## Network tools")[2]
BLOCK = re.compile(r"^(\w+)\n.*?^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = TOOLS.split("\n### ")
BLOCKS: dict[str, str] = {
    found[1]: found[2] for section in SECTIONS if (found := BLOCK.match(section))
}
FILE = re.compile(r"^\$ cat > (\S+) <<'END'\n(.*?)^END\n", re.MULTILINE | re.DOTALL)


def test_every_tool_of_the_table_has_a_section() -> None:
    table = re.findall(r"^\| \[[^]]+\]\(#([\w-]+)\)", PAGE, re.MULTILINE)
    titles = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert table == [title.lower().replace(" ", "-") for title in titles]
    assert len(table) == 12
    assert BLOCKS.keys() == {"Kumu", "Gephi", "UCINET", "Pajek"}


@pytest.mark.parametrize("tool", BLOCKS)
def test_a_small_file(tool: str, relgraph: Relgraph, tmp_path: Path) -> None:
    for name, text in FILE.findall(BLOCKS[tool]):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command, _, shown = FILE.sub("", BLOCKS[tool]).partition("\n")
    result = relgraph(*shlex.split(command.removeprefix("$ relgraph ")))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == shown


def test_a_workbook_of_nodexl(relgraph: Relgraph, tmp_path: Path) -> None:
    book = Workbook()
    edges = book.worksheets[0]
    edges.title = "Edges"
    for row in (["", "", ""], ["Vertex 1", "Vertex 2", "Relationship"], ["a", "b", "Mentions"]):
        edges.append(row)
    vertices = book.create_sheet("Vertices")
    for row in ([""], ["Vertex"], ["a"], ["b"]):
        vertices.append(row)
    book.save(tmp_path / "network.xlsx")
    (command,) = re.findall(r"^relgraph (import network\.xlsx .*)$", TOOLS, re.MULTILINE)
    result = relgraph("-q", *shlex.split(command))
    assert result.exit_code == 0, result.stderr
    cypher = (
        "MATCH (a:Stakeholder)-[t:MENTIONS]->(b:Stakeholder) RETURN a.id AS x, b.id AS y ORDER BY x"
    )
    assert '"y": "b"' in relgraph("query", "run", "--cypher", "-", "--json", input=cypher).stdout
