"""Where rows go: stdout, files, a terminal's pager; which rows go."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

from relgraph.cli import output
from relgraph.cli.options import RowOptions
from relgraph.cli.options.output import FORMATS
from relgraph.errors import OutputError, UsageError
from relgraph.messages import Note
from relgraph.result import Result
from tests.cli.awkward import awkward, golden_file, texts


def ranking() -> Result:
    columns = {
        "rank": np.array([1, 2, 2, 4]),
        "id": texts(["a", "b", "c", "d"]),
        "market": texts(["customer", "supplier", "customer", None]),
    }
    return Result(columns, (Note("half is guessed"),))


def test_market_and_top_choose_rows_after_ranking(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_rows(ranking(), RowOptions(markets=("customer",), top=2, format="csv"))
    written = capsys.readouterr()
    assert written.out == "rank,id,market\n1,a,customer\n2,c,customer\n"
    assert written.err == "relgraph: note: half is guessed\n"
    output.write_rows(ranking(), RowOptions(top=1, format="json"))
    assert json.loads(capsys.readouterr().out) == [{"rank": 1, "id": "a", "market": "customer"}]


def test_rows_without_a_market_refuse_a_market() -> None:
    with pytest.raises(UsageError, match=r"no column market \(they have week\)"):
        output.write_rows(Result({"week": np.array([2])}), RowOptions(markets=("customer",)))


@pytest.mark.parametrize("format", FORMATS)
def test_stdout_and_file_hold_the_same_bytes(
    format: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    output.write_rows(awkward(), RowOptions(format=format, output=str(tmp_path / "rows")))
    output.write_rows(awkward(), RowOptions(format=format, output="-"))
    expected = golden_file(format).read_bytes()
    assert (tmp_path / "rows").read_bytes() == expected
    assert capfdbinary.readouterr().out == expected


def test_write_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_text("a name\x1b[2J\nnext line\n\n")
    output.write_json({"name": "王", "nan": float("nan")})
    assert capsys.readouterr().out == (
        'a name\\x1b[2J\nnext line\n{\n  "name": "王",\n  "nan": null\n}\n'
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_the_locale_does_not_change_what_is_piped(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=encoding))
    output.write_rows(awkward(), RowOptions(format="json"))
    assert raw.getvalue() == golden_file("json").read_bytes()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make stdout a terminal; not a fixture, for pytest sets stdout anew after those."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.delenv("TERM", raising=False)
    stream = Terminal()
    monkeypatch.setattr("sys.stdout", stream)
    return stream


def wide(rows: int) -> Result:
    measures = {f"measure_{number}": np.arange(rows) / 7 for number in range(8)}
    return Result({"id": texts([f"s-{row}" for row in range(rows)]), **measures})


def test_a_wide_table_is_folded_at_the_terminals_width(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    output.write_rows(wide(3), RowOptions())
    lines = stream.getvalue().splitlines()
    assert [line for line in lines if "id" in line] == [
        "\x1b[1mid   measure_0  measure_1  measure_2  measure_3  measure_4  measure_5  measure_6"
        "\x1b[0m",
        "\x1b[1mid   measure_7\x1b[0m",
    ]
    assert len(lines) == 4 + 1 + 4


def test_one_of_several_tables_stands_under_its_title(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output.write_table("two\nlines", ranking())
    assert capsys.readouterr().out == (
        "two\\nlines\n"
        "  rank  id  market\n"
        "     1  a   customer\n"
        "     2  b   supplier\n"
        "     2  c   customer\n"
        "     4  d\n"
    )
    stream = terminal(monkeypatch)
    output.write_table("wide", wide(3))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1 + 4 + 1 + 4
    assert max(len(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) for line in lines) <= 80


def test_a_long_table_is_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: paged.append(text))
    output.write_rows(wide(22), RowOptions(top=2))
    assert paged == []
    output.write_rows(wide(30), RowOptions())
    assert len(paged[0].splitlines()) == 30 + 1 + 1 + 30 + 1
    output.write_rows(wide(30), RowOptions(pager=False))
    assert len(stream.getvalue().splitlines()) == (3 + 1 + 3) + (31 + 1 + 31)
    assert len(paged) == 1


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_a_terminal_gets_no_raw_controls(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    output.write_rows(awkward(), RowOptions(format=format))
    assert not set(stream.getvalue()) & set("\x1b\x07\x9b\u202e")


def test_no_stdout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    output.flush()
    with pytest.raises(OutputError, match="standard output is closed"):
        output.write_rows(ranking(), RowOptions())
