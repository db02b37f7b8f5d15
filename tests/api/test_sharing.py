"""Pages that are sent away: no amount, no name, wherever in the file one looks."""

from __future__ import annotations

import base64
import csv
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from relgraph import (
    draw_map,
    import_frames,
    open_store,
    plan_investments,
    render_map,
    write_plan,
    write_report,
)
from relgraph.api.choice import Choice
from relgraph.errors import OutputError, UsageError
from relgraph.model import TABLES
from relgraph.store import Store
from tests.api.refusing import refused

CUSTOMERS = 12
Rows = list[dict[str, Any]]

PEOPLE: Rows = [
    {"id": "quill-0", "name": "Quillwater Ltd", "market": "firm", "city": "Harrowmouth"},
    *(
        {
            "id": f"zw-{place}",
            "name": f"Wexford Vandermeer{place}",
            "market": "employee",
            "email": f"w{place}@quillwater.example",
            "role": "Headmistress",
        }
        for place in range(3)
    ),
    *(
        {
            "id": f"kx-{place:03}",
            "name": f"Brackwater{place} Works",
            "market": "customer",
            "sub_market": "Waterworksy" if place % 2 else "Spas",
            "owner": f"zw-{place % 3}",
            "revenue": 8_765_430.0 + 1111 * place,
            "margin": 1_234_560.0 + 77_777 * place,
            "currency": "SEK",
            "satisfaction": 0.2 + place / 20,
            "other_name": f"Sondervig{place}",
            "phone": f"+45 555 01{place:02}",
            "note": f"owes 4242{place:02} since Midsummer",
            "credit_limit": 3_141_590.0 + place,
        }
        for place in range(CUSTOMERS)
    ),
]
TIES: Rows = [
    *({"source": f"zw-{e}", "target": "quill-0", "type": "WORKS_FOR"} for e in range(3)),
    *(
        {
            "source": f"kx-{place:03}",
            "target": f"zw-{place % 3}",
            "type": "KNOWS",
            "strength": 0.3 + place / 30,
            "margin": 654_321.0 + place,
            "remark": "met in Reykjavik",
        }
        for place in range(CUSTOMERS)
    ),
    *(
        {"source": f"kx-{place:03}", "target": f"kx-{place + 1:03}", "type": "REFERS"}
        for place in range(CUSTOMERS - 1)
    ),
]
CONTACTS: Rows = [
    {
        "source": f"zw-{place % 3}",
        "target": f"kx-{place:03}",
        "at": "2026-06-01T12:00:00Z",
        "channel": "visit to Reykjavik",
        "value": 987_654.0,
    }
    for place in range(CUSTOMERS)
]
NAMES = (
    *("quill", "zw-", "kx-", "wexford", "vandermeer", "brackwater", "harrowmouth"),
    *("sondervig", "555 01", "midsummer", "reykjavik", "headmistress", "waterworksy"),
)
OPTIONS: list[dict[str, bool]] = [
    {"without_money": True},
    {"anonymise": True},
    {"without_money": True, "anonymise": True},
]
CASES = [
    ("map.html", OPTIONS[0]),
    ("map.html", OPTIONS[2]),
    ("report.html", OPTIONS[2]),
    ("report.md", OPTIONS[0]),
    ("plan.html", OPTIONS[1]),
    ("plan.xlsx", OPTIONS[2]),
]
STORY = """[[step]]
title = "Brackwater3 Works and Wexford may part"
text = "Ask Wexford Vandermeer1, or Sondervig4, at w1@quillwater.example (kx-004)."
select = "Brackwater3 Works"
filters = {sub_market = {hidden = ["Waterworksy"]}, owner = {contains = "zw-1"}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("shared") / "shared.lbug"
    fill(path, PEOPLE, TIES, CONTACTS)
    with open_store(path) as opened:
        yield opened


def fill(path: Path, *tables: Rows) -> None:
    frames = {n: pd.DataFrame(rows) for n, rows in zip(TABLES, tables, strict=True) if rows}
    with open_store(path, write=True) as opened:
        import_frames(opened, frames)


def write(store: Store, path: Path, **options: Any) -> Any:
    writers: dict[str, Any] = {"map": draw_map, "report": write_report, "plan": write_plan}
    if path.stem == "plan":
        options = {"draws": 20, "theme": "Brackwater5 Works first", **options}
    return writers[path.stem](store, path, title="Quillwater Ltd at Wexford", **options)


def whole(path: Path) -> str:
    """Return everything that a file holds, what is packed too, but for what is the same in all."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    text = path.read_text(encoding="utf-8")
    packed = re.findall(r'type="application/octet-stream"[^>]*>([^<]*)<', text)
    opened = (zlib.decompress(base64.b64decode(each)).decode() for each in packed)
    text = re.sub(r"<script>.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)
    words = r'<script type="application/json" id="words">.*?</script>'
    return "\n".join((re.sub(words, "", text, flags=re.DOTALL), *opened))


def amounts(store: Store) -> set[str]:
    """Return every amount of the store and of its plan, in the forms in which it may stand."""
    rows = (*PEOPLE, *TIES, *CONTACTS)
    names = ("revenue", "margin", "value", "credit_limit")
    found = {float(row[name]) for row in rows for name in names if name in row}
    plan = plan_investments(store, draws=20)
    for name in ("at_stake", "gain", "cost", "net", "net_expected", "net_low", "net_high", "loss"):
        found |= set(plan[name].tolist())
    found |= {sum(row.get(name, 0.0) for row in PEOPLE) for name in ("revenue", "margin")}
    found = {each for each in found if each >= 1000}
    return {
        form.rstrip("0").rstrip(".") if "." in form else form
        for each in found
        for form in (f"{each:.0f}", f"{each:,.0f}", f"{each:.2f}", f"{each:.9g}", f"{each:.4g}")
    }


def numbers(text: str) -> set[str]:
    """Return every number of a text, with and without commas between thousands."""
    return {*re.findall(r"\d+(?:\.\d+)?", text), *re.findall(r"\d+(?:,\d{3})+", text)}


@pytest.mark.parametrize(("file", "options"), CASES, ids=str)
def test_nothing_is_told_that_was_to_be_left_out(
    store: Store, tmp_path: Path, file: str, options: dict[str, bool]
) -> None:
    story = tmp_path / "story.toml"
    story.write_text(STORY, encoding="utf-8")
    more = {"story": story} if file == "map.html" else {}
    write(store, tmp_path / file, **more, **options)
    text = whole(tmp_path / file)
    if "without_money" in options:
        assert numbers(text) & amounts(store) == set()
        assert "SEK" not in text
        assert "424201" not in text
    if "anonymise" in options:
        assert [name for name in NAMES if name in text.casefold()] == []
        assert re.search(r"customer \d+", text)
    else:
        assert "Brackwater" in text
    assert re.search("What this page contains|contains", text)


def test_plain_pages_have_the_amounts_that_are_looked_for(store: Store, tmp_path: Path) -> None:
    for file in ("map.html", "plan.html", "report.md"):
        write(store, tmp_path / file)
        assert len(numbers(whole(tmp_path / file)) & amounts(store)) > 5, file


def test_groups_of_an_overview_are_as_silent(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.maps.LARGEST_MAP", 5)
    draw_map(store, tmp_path / "map.html", anonymise=True, without_money=True)
    text = whole(tmp_path / "map.html")
    groups = text.rpartition("</html>")[2]
    assert '"key"' in groups
    assert "margin" not in groups
    assert [name for name in NAMES if name in text.casefold()] == []


def read_key(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["pseudonym"] for row in csv.DictReader(file)}


def test_the_key_is_for_its_owner_and_is_used_again(store: Store, tmp_path: Path) -> None:
    summary = draw_map(store, tmp_path / "map.html", anonymise=True)
    path = tmp_path / "map.key.csv"
    assert summary.notes[-1].values["path"] == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_key(path)
    assert key["quill-0"] == "firm"
    numbered = {f"customer {number}" for number in range(1, CUSTOMERS + 1)}
    assert {key[row["id"]] for row in PEOPLE if row["market"] == "customer"} == numbered
    assert {key["Spas"], key["Waterworksy"]} == {"segment 1", "segment 2"}
    before = path.read_bytes()
    page = (tmp_path / "map.html").read_bytes()
    draw_map(store, tmp_path / "map.html", anonymise=True)
    assert (path.read_bytes(), (tmp_path / "map.html").read_bytes()) == (before, page)
    write_report(store, tmp_path / "report.md", anonymise=True, key=path)
    assert path.read_bytes() == before
    assert not (tmp_path / "report.key.csv").exists()


def test_numbers_are_drawn_anew(store: Store, tmp_path: Path) -> None:
    keys = []
    for name in "ab":
        write_plan(store, tmp_path / f"{name}.md", anonymise=True, draws=0)
        keys.append(read_key(tmp_path / f"{name}.key.csv"))
    ids = sorted(row["id"] for row in PEOPLE if row["market"] == "customer")
    orders = [[int(key[each].split()[1]) for each in ids] for key in keys]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == list(range(1, CUSTOMERS + 1))
    assert orders[0] != sorted(orders[0]) or orders[1] != sorted(orders[1])


def test_another_file_is_not_taken_for_a_key(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "map.key.csv"
    other.write_text("precious\n", encoding="utf-8")
    with pytest.raises(OutputError, match="no key of a page"):
        draw_map(store, tmp_path / "map.html", anonymise=True)
    assert other.read_text(encoding="utf-8") == "precious\n"
    assert not (tmp_path / "map.html").exists()
    with refused("key", "a key is kept only where names are replaced"):
        draw_map(store, tmp_path / "map.html", key=other)


def test_whoever_comes_later_gets_the_next_number(tmp_path: Path) -> None:
    fill(tmp_path / "few.lbug", PEOPLE[:6], TIES[:3], CONTACTS[:0])
    with open_store(tmp_path / "few.lbug") as opened:
        draw_map(opened, tmp_path / "map.html", anonymise=True)
    before = read_key(tmp_path / "map.key.csv")
    (tmp_path / "map.key.csv").chmod(0o644)
    fill(tmp_path / "more.lbug", PEOPLE, TIES, CONTACTS)
    with open_store(tmp_path / "more.lbug") as opened:
        draw_map(opened, tmp_path / "map.html", anonymise=True)
    after = read_key(tmp_path / "map.key.csv")
    assert {node_id: after[node_id] for node_id in before} == before
    assert len(set(after.values())) == len(PEOPLE) + 2
    assert stat.S_IMODE((tmp_path / "map.key.csv").stat().st_mode) == 0o600


def test_users_go_on_naming_people_as_they_are_called(store: Store, tmp_path: Path) -> None:
    page = render_map(
        store,
        anonymise=True,
        key=tmp_path / "key.csv",
        choice=Choice(focus="Brackwater3 Works"),
        plan=False,
    )
    assert f'"{read_key(tmp_path / "key.csv")["kx-003"]}"' in page.html
    named = {"must": ["Brackwater2 Works"], "manager": "zw-1"}
    write_plan(store, tmp_path / "plan.md", draws=0, anonymise=True, **named)
    key = read_key(tmp_path / "plan.key.csv")
    text = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert re.search(rf"\| {key['kx-002']} \|", text)
    assert f"Manager: {key['zw-1']}" in text


def test_figures_are_those_of_the_page_with_names(store: Store, tmp_path: Path) -> None:
    """What isn't drawn at random is the same, whoever it is called."""
    write_plan(store, tmp_path / "plain.md", draws=0)
    write_plan(store, tmp_path / "plan.md", draws=0, anonymise=True)
    key = read_key(tmp_path / "plan.key.csv")
    names = {row["name"]: key[row["id"]] for row in PEOPLE}

    def investments(text: str) -> list[str]:
        part = text.split("## Short plan")[0]
        return [line for line in part.splitlines() if re.match(r"\| \d+ \|", line)]

    plain = "\n".join(investments((tmp_path / "plain.md").read_text(encoding="utf-8")))
    plain = re.sub(r" \((zw|kx)-\d+\)", "", plain)
    for name, pseudonym in names.items():
        plain = plain.replace(name, pseudonym)
    assert investments((tmp_path / "plan.md").read_text(encoding="utf-8")) == plain.splitlines()


def test_money_can_be_neither_size_nor_colour(store: Store, tmp_path: Path) -> None:
    for name in ("margin", "loss", "at_stake", "credit_limit"):
        with pytest.raises(UsageError, match=f"'{name}' is not one of"):
            draw_map(store, tmp_path / "map.html", without_money=True, size=name)
    with refused("save", "a plan that is kept has names and money"):
        write_plan(store, tmp_path / "plan.md", save=tmp_path / "plan.toml", without_money=True)
    assert list(tmp_path.iterdir()) == []


def test_a_page_says_what_it_contains(store: Store, tmp_path: Path) -> None:
    def contents(**options: bool) -> str:
        write_report(store, tmp_path / "report.md", **options)
        text = (tmp_path / "report.md").read_text(encoding="utf-8")
        return text.split("### What this page contains")[1]

    plain = contents()
    for part in ("- 15 stakeholders", "- 26 ties", "- 12 contacts", "up to 2026-06-01"):
        assert part in plain
    assert "- names are in it" in plain
    assert "- money is in it" in plain
    assert "left out" not in plain
    bare = contents(without_money=True, anonymise=True)
    assert "- money is left out" in bare
    assert "- names and ids are replaced by market and number" in bare
    dropped = bare.split("left out: ")[1].replace("\\", "")
    for name in ("note", "phone", "other name", "revenue", "margin", "city", "role", "channel"):
        assert name in dropped, name
