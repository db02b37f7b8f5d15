"""A Result as a notebook shows it, as an Arrow table, and as a picture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pyarrow as pa
import pytest
from matplotlib import pyplot

import relgraph
from relgraph.errors import UsageError
from relgraph.messages import Message, Note
from relgraph.result import Result
from relgraph.store.columns import objects
from tests.stored import store_rows

NAMES = objects(["Ann <b>", "王伟", "$x$"])


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("agg")
    yield
    pyplot.close("all")


def test_the_short_form_names_columns_and_counts() -> None:
    result = Result({f"c{i}": np.arange(1234) for i in range(8)}, (Note("times"), Note("a")))
    assert repr(result) == "<Result: 1,234 rows of c0, c1, c2, c3, c4, c5, …; 2 notes>"
    assert repr(Result({"id": objects([])})) == "<Result: 0 rows of id>"


def test_a_notebook_sees_readable_figures_and_the_notes() -> None:
    note = Note("strength.dropped", missing=1, ties=1406)
    columns = {"rank": np.array([1, 2, np.nan]), "name": NAMES, "clv": np.array([1e6, 2.5, np.nan])}
    html = Result(columns, (note,))._repr_html_()
    assert "<td>Ann &lt;b&gt;</td>" in html
    assert '<td style="text-align: right">1,000,000</td>' in html
    assert '<td style="text-align: right">1</td>' in html
    assert "<li>1 of 1,406 ties has no strength and is left out</li>" in html


def test_a_notebook_sees_the_first_rows_and_how_many_more() -> None:
    html = Result({"x": np.arange(21)})._repr_html_()
    assert html.count("<tr>") == 1 + 20
    assert "<li>and 1 more row</li>" in html
    assert "more" not in Result({"x": np.arange(20)})._repr_html_()


def test_an_arrow_table_holds_types_nulls_and_sentences() -> None:
    table = Result(
        {
            "name": objects(["a", None]),
            "x": np.array([1.5, np.nan]),
            "n": np.array([1, 2]),
            "at": np.array(["2024-01-02T03:04", "NaT"], "datetime64[us]"),
            "names": objects([["a", "b"], []]),
            "why": objects([Message("market.customer"), None]),
        }
    ).to_arrow()
    assert table.schema.field("at").type == pa.timestamp("us", "UTC")
    assert table.schema.field("n").type == pa.int64()
    assert table.column("x").to_pylist() == [1.5, None]
    assert table.column("name").to_pylist() == ["a", None]
    assert table.column("names").to_pylist() == [["a", "b"], []]
    assert table.column("why").to_pylist() == ["customer", None]


def drawn(**columns: Any) -> Any:
    return Result({name: np.asarray(column) for name, column in columns.items()}).plot()


def test_a_figure_with_its_interval() -> None:
    ax = drawn(
        name=NAMES, net=[3.0, 2, 1], net_low=[1.0, 1, 1], net_high=[5.0, 3, 1], rank=[1, 2, 3]
    )
    assert ax.get_xlabel() == "net"
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Ann <b>", "王伟", r"\$x\$"]
    (lines,) = ax.collections
    assert [segment[:, 0].tolist() for segment in lines.get_segments()] == [[1, 5], [1, 3], [1, 1]]


def test_curves_have_their_axes() -> None:
    whale = drawn(share_of_stakeholders=[0.1, 1], share_of_profit=[0.9, 1])
    assert whale.get_ylabel() == "share of profit"
    assert drawn(budget=[0.0, 10], chosen=[0, 1], net=[0.0, 5]).get_xlabel() == "budget"
    hops = drawn(name=objects(["a", "a", "b"]), hop=[1, 2, 1], reached=[2, 5, 1])
    assert [line.get_label() for line in hops.lines] == ["a", "b"]
    assert hops.lines[0].get_ydata().tolist() == [2, 5]


def test_other_rows_are_bars_of_the_first_figure() -> None:
    ax = drawn(rank=[1, 2], id=objects(["a", "b"]), degree=[4, 2])
    assert [bar.get_width() for bar in ax.patches] == [4, 2]
    _, mine = pyplot.subplots()
    assert Result({"x": np.array([1])}).plot(mine) is mine


def test_what_cannot_be_drawn_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no figure to draw in these columns: name"):
        drawn(name=NAMES)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'relgraph\[plot\]'"):
        drawn(x=[1])


def test_a_store_gives_its_network(tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "abc"]
    ties = [{"source": "a", "target": "b", "type": "KNOWS"}]
    with relgraph.open_store(store_rows(tmp_path / "a.lbug", people, ties, [])) as store:
        assert (store.network().n, store.network().m) == (3, 2)
        assert store.network(projection=relgraph.Projection(types=("REFERS",))).m == 0


def test_a_page_is_shown_in_a_sandbox(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p class=\"x\">'1' & 2</p>", encoding="utf-8")
    shown = relgraph.MapSummary(page, 1, 0, 1, ())._repr_html_()
    assert shown is not None
    assert 'sandbox="allow-scripts" srcdoc="&lt;p class=&quot;x&quot;&gt;' in shown
    assert relgraph.ReportSummary(tmp_path / "a.md", 1, 0, 1)._repr_html_() is None
