"""Files of rows: the ending of the name says what is in it, on every command."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from relgraph.cli.files import write_file
from relgraph.cli.formats import FORMATS
from relgraph.cli.options import ENDINGS
from relgraph.result import Result
from tests.cli.awkward import NAMES, awkward, texts
from tests.conftest import Relgraph


class Cells(HTMLParser):
    """The cells of a page's table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.open = tag in ("td", "th")

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.rows[-1][-1] += data


def read(path: Path) -> list[list[Any]]:
    """Return the header and rows of a file, as another program reads them."""
    if path.suffix == ".xlsx":
        (sheet,) = openpyxl.load_workbook(path).worksheets
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return [table.column_names, *(list(row.values()) for row in table.to_pylist())]
    return Cells(path.read_text("utf-8")).rows


@pytest.fixture
def worked(relgraph: Relgraph, worked_example: Path) -> Relgraph:
    Path("relgraph.lbug").write_bytes(worked_example.read_bytes())
    return relgraph


@pytest.mark.parametrize("ending", [".txt", ".csv", ".tsv", ".json", ".jsonl", ".md", ".html"])
def test_text_is_what_the_ending_says(worked: Relgraph, ending: str) -> None:
    format = ENDINGS[ending]
    assert worked("info", "-o", f"rows{ending.upper()}").exit_code == 0
    written = Path(f"rows{ending.upper()}").read_text("utf-8")
    if format != "html":
        assert written == worked("info", "--format", format).stdout
    else:
        rows = json.loads(worked("info", "--json").stdout)
        cells = Cells(written).rows
        assert cells[0] == list(rows[0])
        assert [row[:2] for row in cells[1:]] == [[row["kind"], row["name"]] for row in rows]


@pytest.mark.parametrize("ending", [".xlsx", ".parquet"])
def test_a_workbook_and_parquet_hold_the_same_values(worked: Relgraph, ending: str) -> None:
    line = ("centrality", "--measure", "betweenness", "--measure", "degree", "--top", "5")
    assert worked(*line, "-o", f"c{ending}").exit_code == 0
    rows = json.loads(worked(*line, "--json").stdout)
    header, *found = read(Path(f"c{ending}"))
    assert header == ["rank", "id", "name", "market", "betweenness", "degree"]
    assert [dict(zip(header, row, strict=True)) for row in found] == rows


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
def test_types_and_awkward_values(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"rows.{format}"
    write_file(awkward(), str(path), format)
    header, *rows = read(path)
    assert header == list(awkward().columns)
    first, second = (dict(zip(header, row, strict=True)) for row in rows[:2])
    assert (first["rank"], first["measure"] in (1, "1.0"), first["certain"]) == (1, True, True)
    assert first["count"] == 2**53 + 1
    since = first["since"]
    assert (since.date() if isinstance(since, datetime) else since) == date(2024, 2, 29)
    assert (second["since"], second["at"], second["types"]) == (None, None, None)
    assert first["types"] == '["a", "b|c"]'
    names = [row[2] for row in rows]
    shown = names if format == "parquet" else [name and str(name) for name in names]
    for name, written in zip(NAMES[:-1], shown, strict=False):
        assert written == name or "\\u" in str(written), name
    assert "=HYPERLINK(1)" in names  # as text: the cell's type says so


def test_parquet_has_types(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_file(awkward(), str(path), "parquet")
    types = {field.name: field.type for field in pq.read_schema(path)}
    assert types == {
        "rank": pa.int64(),
        "id": pa.string(),
        "name": pa.string(),
        "measure": pa.float64(),
        "count": pa.int64(),
        "certain": pa.bool_(),
        "since": pa.date32(),
        "at": pa.timestamp("us", "UTC"),
        "types": pa.string(),
        "=cmd": pa.string(),
    }
    assert pq.read_table(path)["at"][0].as_py() == datetime(2024, 1, 2, 3, 4, 5, 123456, UTC)


@pytest.mark.parametrize("format", sorted(set(ENDINGS.values())))
def test_no_rows_are_a_header(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"rows.{format}"
    write_file(Result({"id": texts([]), "n": texts([])}), str(path), format)
    if format in ("xlsx", "parquet", "html"):
        assert read(path) == [["id", "n"]]


def test_a_page_of_rows_is_text_and_nothing_else() -> None:
    page = FORMATS["html"](Result({"name": texts(["</td><script>alert(1)</script>"])}))
    assert "<script>" not in page
    assert Cells(page).rows == [["name"], ["</td><script>alert(1)</script>"]]


ROWS = [".txt", ".csv", ".tsv", ".json", ".jsonl", ".md", ".html", ".xlsx", ".parquet"]
OUTPUTS = {
    "info": ROWS,
    "centrality": ROWS,
    "reach": ROWS,
    "rule250": ROWS,
    "strength": ROWS,
    "brokers": ROWS,
    "communities": ROWS,
    "value": ROWS,
    "assumptions": ROWS,
    "query list": ROWS,
    "query run market-overview": ROWS,
    "map": [".html", ".htm"],
    "report": [".html", ".htm", ".md"],
}


@pytest.mark.parametrize("command", OUTPUTS)
@pytest.mark.parametrize("ending", [".pdf", ".png", ".docx", ".foo"])
def test_an_ending_that_can_not_be_written_lists_those_that_can(
    worked: Relgraph, command: str, ending: str
) -> None:
    result = worked(*command.split(), "-o", f"x{ending}")
    assert (result.exit_code, result.stdout) == (2, "")
    listed = ", ".join(OUTPUTS[command])
    assert (
        result.stderr == f"relgraph: error: x{ending}: can't write {ending}; end it with {listed}\n"
    )
    assert not Path(f"x{ending}").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "info --json -o x.csv",
            "written as json, but its ending says csv: leave the format out, or end it with .json",
        ),
        ("info --format table -o x.csv", "written as table, but its ending says csv"),
        ("info --csv -o x.xlsx", "written as csv, but its ending says xlsx"),
        ("info --csv -o x.pdf", "can't write .pdf"),
        ("report --format html -o x.md", "written as html, but its ending says markdown"),
        ("report --format markdown -o x.html", "or end it with .md"),
        ("report --format html -o x.pdf", "can't write .pdf; end it with .html, .htm, .md"),
    ],
)
def test_a_format_and_an_ending_that_contradict(worked: Relgraph, line: str, said: str) -> None:
    result = worked(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert [path.name for path in Path().iterdir()] == ["relgraph.lbug"]


@pytest.mark.parametrize("name", ["rows", "rows.dat", "v1.2", "rows.csv"])
def test_a_format_goes_with_an_ending_that_says_nothing_else(worked: Relgraph, name: str) -> None:
    assert worked("info", "--csv", "-o", name).exit_code == 0
    assert Path(name).read_text("utf-8") == worked("info", "--csv").stdout


def test_a_report_is_markdown_if_its_ending_says_so(worked: Relgraph) -> None:
    assert worked("report", "-o", "x.md").exit_code == 0
    assert worked("report", "--format", "markdown").exit_code == 0
    assert Path("x.md").read_bytes() == Path("report.md").read_bytes()
    assert Path("x.md").read_text("utf-8").startswith("# ")
    assert worked("report", "-o", "x.htm").exit_code == 0
    assert Path("x.htm").read_text("utf-8").startswith("<!doctype html>")
