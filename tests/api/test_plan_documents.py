"""The plan as a document: what stands in it, in which form, and that names stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from relgraph import import_files, open_store, plan_investments, write_plan
from relgraph.errors import OutputError, UsageError
from relgraph.resources import resource_dir
from relgraph.store import Store
from tests.stored import Rows, store_rows

DRAWS = 50


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("six") / "six.lbug"
    with open_store(path, write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
    with open_store(path) as store:
        yield store


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def tables(page: str) -> dict[str, list[list[str]]]:
    """Return the cells of each table by the heading above it."""
    found = {}
    for section in page.split("<h2>")[1:]:
        rows = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)
        cells = [re.findall(r"<bdi>(.*?)</bdi>", row, re.DOTALL) for row in rows]
        found[section.split("</h2>")[0]] = [[unescape(c) for c in row] for row in cells if row]
    return found


def test_the_page_shows_the_rows_of_the_plan(six: Store, tmp_path: Path) -> None:
    rows = list(plan_investments(six, draws=DRAWS).rows())
    summary = write_plan(six, tmp_path / "plan.html", draws=DRAWS)
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert summary.investments == 10
    assert summary.size == len(page.encode())
    assert headings(page) == [
        "What to do this quarter",
        "Short plan: contacts this quarter",
        "Duty, goal and evaluation",
        "Manager and specialists",
        "A specialist for each key account",
        "Long plan: accounts to raise",
        "The six markets",
        "Accounts and classes",
        "What more money brings",
        "Notes",
        "What this page contains",
    ]
    shown = tables(page)
    for row, cells in zip(rows, shown["What to do this quarter"], strict=True):
        assert cells[1] == row["name"]
        assert cells[5] == f"{row['at_stake']:,.0f}"
        assert cells[6] == f"{row['p_leave']:.1%}\u00a0→\u00a0{row['p_after']:.1%}"
        assert cells[8] == f"{row['net']:,.0f}"
        assert cells[11] == f"{row['top_ten']:.0%}"
    # A quarter of the year's contacts, rounded up, month by month.
    for row, cells in zip(rows, shown["Short plan: contacts this quarter"], strict=True):
        assert sum(map(int, cells[3:])) == -(-row["contacts"] // 4)
    specialists = {cells[0]: cells[2] for cells in shown["A specialist for each key account"]}
    assert "–" not in specialists.values()
    assert specialists["The Water Gazette"] == "Anneke Brightwell (emp-11), proposed"
    duties = shown["Duty, goal and evaluation"]
    assert sorted(cells[1] for cells in duties) == sorted(row["name"] for row in rows)
    team = shown["Manager and specialists"]
    assert sum(int(cells[2]) for cells in team) == sum(row["contacts"] for row in rows)
    assert "Manager: Margaret Oyelaran (emp-01)" in page
    assert page.count("<li>") >= 3
    assert len(re.findall(r"<svg ", page)) == 3
    # What charts draw stands in tables, and sums to what the second sentence says.
    markets = shown["The six markets"]
    assert [cells[0] for cells in markets][:2] == ["Customers", "Suppliers"]
    whole = sum(int(cells[3].replace(",", "")) for cells in markets if cells[3] != "–")
    assert whole == pytest.approx(3_532_940, abs=3)
    assert len(shown["What more money brings"]) == 10


def test_the_first_words_are_three_sentences_with_money(six: Store, tmp_path: Path) -> None:
    write_plan(six, tmp_path / "plan.html", draws=DRAWS)
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    [found] = re.findall(r'<ol class="sentences">(.*?)</ol>', page)
    sentences = re.findall(r"<li>(.*?)</li>", found)
    assert len(sentences) == 3
    assert sentences[0].startswith("Invest this quarter in 10 relationships, led by 碧梧泳馆")
    total = next(n for n in plan_investments(six, draws=DRAWS).notes if n.key == "plan.total")
    assert f"{total.values['net']:,.0f}" in sentences[0]


@pytest.mark.parametrize("name", ["p.html", "p.md", "p.xlsx"])
def test_the_same_seed_gives_the_same_bytes(six: Store, tmp_path: Path, name: str) -> None:
    written = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_plan(six, tmp_path / folder / name, draws=20, theme="Water", language="zh")
        written.append((tmp_path / folder / name).read_bytes())
    assert written[0] == written[1]


def test_a_campaign_has_five_steps(six: Store, tmp_path: Path) -> None:
    days = {"start": "2026-07-01", "end": "2026-09-30"}
    write_plan(six, tmp_path / "p.html", draws=0, theme="Clean <b>water</b>", **days)
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    steps = [heading for heading in headings(page) if heading.startswith("Campaign")]
    assert [step[:10] for step in steps] == [f"Campaign {n}" for n in range(1, 6)]
    shown = tables(page)
    assert shown[steps[0]][0] == ["Theme", "Clean <b>water</b>"]
    assert [cells[1] for cells in shown[steps[2]][2:]] == ["2026-07-01", "2026-09-30"]
    # One bond above the present: social above financial, structural above social.
    above = {"–": "financial", "financial": "social", "social": "structural"}
    for cells in shown[steps[1]]:
        assert cells[3] == above.get(cells[2], "structural")


def test_chinese(six: Store, tmp_path: Path) -> None:
    write_plan(six, tmp_path / "p.html", draws=0, language="zh", theme="节水周")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert "本季度要做什么" in page
    told = re.sub(r"<style>.*?</style>|<bdi>.*?</bdi>", "", page, flags=re.DOTALL)
    assert not re.search(r"document\.\w+|report\.\w+", told)
    titles = re.findall(r"<th[^>]*>([^<]*)</th>", told)
    assert len(titles) > 20
    assert [title for title in titles if title.isascii()] == []


HOSTILE = '=cmd|"/c calc"!A1 </td><script>alert(1)</script> | *b* [x](javascript:1) `c`'


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Store]:
    people: Rows = [
        {"id": "firm", "name": HOSTILE, "market": "firm"},
        {"id": "e", "name": HOSTILE, "market": "employee"},
        {"id": "a", "name": HOSTILE, "market": "customer", "owner": "e", "margin": 9e6},
    ]
    ties: Rows = [{"source": "e", "target": "a", "type": "MANAGES", "strength": 0.3}]
    with open_store(store_rows(tmp_path / "h.lbug", people, ties, [])) as store:
        yield store


def test_names_are_never_code(hostile: Store, tmp_path: Path) -> None:
    cheap: dict[str, Any] = {"assume": {"contact_cost": 0.001}, "draws": 0, "theme": HOSTILE}
    for name in ("p.html", "p.md", "p.xlsx"):
        write_plan(hostile, tmp_path / name, **cheap)
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 5
    text = (tmp_path / "p.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<script|(?<!\\)\[x\]|(?<!\\)\*b", text)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value and str(cell.value).startswith("=cmd") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_workbook_lists_all_accounts(six: Store, tmp_path: Path) -> None:
    write_plan(six, tmp_path / "p.xlsx", draws=0)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames[:2] == ["Summary", "Investments"]
    assert book["Accounts"].max_row == 1 + 87
    assert book["Investments"]["F2"].value == pytest.approx(605066.80, abs=0.01)


def test_a_store_with_few_data(tmp_path: Path) -> None:
    people: Rows = [{"id": "a", "name": "Ann", "market": "customer"}]
    with open_store(store_rows(tmp_path / "s.lbug", people, [], [])) as store:
        for name in ("p.html", "p.md", "p.xlsx"):
            assert write_plan(store, tmp_path / name, theme="x").investments == 0
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "Nothing here." in page
    assert not re.search(r"\b(nan|None)\b", page)
    assert "No manager is known" in page


def test_what_is_refused(six: Store, tmp_path: Path) -> None:
    write = {"draws": 0}
    for wrong, message in (
        ({"start": "2026-01-01"}, "needs a theme"),
        ({"theme": "x", "start": "2026-02-01", "end": "2026-01-01"}, "before it begins"),
        ({"manager": "cus-01"}, "not an active employee"),
    ):
        with pytest.raises(UsageError, match=message):
            write_plan(six, tmp_path / "p.html", **write, **wrong)
    with pytest.raises(UsageError, match="can't write"):
        write_plan(six, tmp_path / "p.pdf")
    (tmp_path / "q.toml").write_text("")
    with pytest.raises(OutputError, match="already there"):
        write_plan(six, tmp_path / "p.html", save=tmp_path / "q.toml")
    assert not (tmp_path / "p.html").exists()


def test_the_manager_who_is_named(six: Store, tmp_path: Path) -> None:
    write_plan(six, tmp_path / "p.md", draws=0, manager="emp-02", save=tmp_path / "q.toml")
    assert "Manager: Tobias Renwick (emp-02)" in (tmp_path / "p.md").read_text(encoding="utf-8")
    assert (tmp_path / "q.toml").exists()
