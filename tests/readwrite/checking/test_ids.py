"""Ids that look the same are the same, in every table, file format and store."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from relgraph.api.stakeholders import resolve_ids
from relgraph.errors import UnknownStakeholder
from relgraph.store import open_store
from tests.conftest import Relgraph
from tests.readwrite.reading import PEOPLE, problems, read
from tests.readwrite.test_reading import column, stored
from tests.store.datasets import dataset, stakeholder
from tests.told import told

COMPOSED, DECOMPOSED = "Ren\u00e9", "Rene\u0301"
LOOKALIKES = [
    ("ann", "ann "),
    ("ann", " ann"),
    ("ann", "ann\u00a0"),  # no-break space
    ("ann", "\u3000ann"),  # ideographic space
    ("ann", "ann\t"),
    ("ann", "an\u200bn"),  # zero-width space
    ("ann", "\ufeffann"),  # byte-order mark
    ("ann", "ann\u200d"),  # zero-width joiner
    ("ann", "ann\u2060"),  # word joiner
    ("ann", "an\u00adn"),  # soft hyphen
    ("ann", "\u202aann\u202c"),  # marks of direction
    ("ann", "ann\x08"),
    ("ann", "ann\ufe0f"),  # variation selector
    (COMPOSED, DECOMPOSED),
    ("\uac00", "\u1100\u1161"),  # Hangul
]


@pytest.mark.parametrize(("one", "other"), LOOKALIKES)
def test_lookalikes_in_one_import_name_both_lines(tmp_path: Path, one: str, other: str) -> None:
    (found,) = problems(
        tmp_path, {"stakeholders.csv": f'id,name,market\n{one},A,customer\n"{other}",B,customer\n'}
    )
    assert found.startswith("stakeholders.csv:3: id ")
    assert "looks the same as the one at stakeholders.csv:2" in found


@pytest.mark.parametrize(("one", "other"), LOOKALIKES)
def test_ends_and_owners_are_found(tmp_path: Path, one: str, other: str) -> None:
    files = {
        "stakeholders.csv": f'id,name,market,owner\n{one},A,employee,\nb,B,customer,"{other}"\n',
        "relationships.csv": f'source,target,type\n"{other}",b,KNOWS\nb,"{other}",REFERS\n',
        "interactions.csv": f'source,target,at\n"{other}",b,2026-01-01\n',
    }
    found = read(tmp_path, files)
    assert column(found.stakeholders, "owner") == [None, one]
    assert column(found.relationships, "source") == [one, "b"]
    assert column(found.relationships, "target") == ["b", one]
    assert column(found.interactions, "source") == [one]


def test_one_tie_and_one_contact_however_its_ends_are_written(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": PEOPLE,
        "relationships.csv": "source,target,type,strength\nc1,c2,KNOWS,.5\nc2 ,c1\u200b,KNOWS,.6\n",
    }
    assert problems(tmp_path, files) == [
        "relationships.csv:3: 'c2' KNOWS 'c1' is also at relationships.csv:2, with other values"
    ]


def test_blanks_in_the_middle_and_widths_stay(tmp_path: Path) -> None:
    ids = ["a b", "a  b", "a\u00a0b", "\uff21", "A"]
    rows = "".join(f"{node_id},X,customer\n" for node_id in ids)
    found = read(tmp_path, {"stakeholders.csv": f"id,name,market\n{rows}"})
    assert column(found.stakeholders, "id") == ids
    assert found.notes == ()


def test_case_alone_is_noted(tmp_path: Path) -> None:
    text = "id,name,market\nann,A,customer\nAnn,B,customer\nbob,C,customer\n"
    found = read(tmp_path, {"stakeholders.csv": text})
    assert told(found.notes) == (
        "2 ids differ from another only in case and stand for different stakeholders: 'ann', 'Ann'",
    )
    store = stored([("ANN", "customer", None)])
    alone = read(tmp_path, {"stakeholders.csv": text.replace("Ann,B,customer\n", "")}, store)
    assert "'ann', 'ANN'" in told(alone.notes)[0]
    assert not read(tmp_path, {"stakeholders.csv": "id,name,market\nx,A,customer\n"}, store).notes


@pytest.mark.parametrize("empty", [" ", "\u00a0", "\u200b"])
def test_blanks_alone_are_no_id_and_no_name(tmp_path: Path, empty: str) -> None:
    files = {
        "stakeholders.csv": f'{PEOPLE}"{empty}",A,customer\na,"{empty.strip() or " "}",customer\n',
        "relationships.csv": f'source,target,type\n"{empty}",c1,KNOWS\n',
    }
    found = problems(tmp_path, files)
    assert "stakeholders.csv:6: id is empty; every row needs one" in found
    assert "relationships.csv:2: source is empty; every row needs one" in found


def test_names_and_other_texts_are_trimmed_and_further_columns_kept(tmp_path: Path) -> None:
    text = "id,name,market,sub_market,note\na, Ann\u00a0,customer,north , x \n"
    frame = read(tmp_path, {"stakeholders.csv": text}).stakeholders
    values = [column(frame, name)[0] for name in ("name", "sub_market", "note")]
    assert values == ["Ann", "north", " x "]


def test_headers_and_words_have_no_invisible_characters(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": "\u200bid\u00a0,name\u2060,market\na,A,customer\u200b\nb,B,firm\n",
        "relationships.csv": "source,target,type\u200b\na,b,KNOWS\u200b\n",
    }
    found = read(tmp_path, files)
    assert column(found.stakeholders, "market") == ["customer", "firm"]
    assert column(found.relationships, "type") == ["KNOWS"]


def test_every_format(tmp_path: Path) -> None:
    rows = [{"id": DECOMPOSED + " ", "name": "A", "market": "customer"}]
    book = Workbook()
    book.active.title = "stakeholders"
    for row in [list(rows[0]), list(rows[0].values())]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    contents: dict[str, str | bytes] = {
        "s.json": json.dumps({"stakeholders": rows}),
        "s.xlsx": stream.getvalue(),
        "stakeholders.tsv": f"id\tname\tmarket\n{DECOMPOSED} \tA\tcustomer\n",
    }
    for name, content in contents.items():
        folder = tmp_path / name
        folder.mkdir()
        assert column(read(folder, {name: content}).stakeholders, "id") == [COMPOSED]


def test_a_second_import_updates(relgraph: Relgraph) -> None:
    Path("a.csv").write_text("id,name,market\nA,Ann,customer\n")
    relgraph("import", "--stakeholders", "a.csv")
    Path("a.csv").write_text("id,name,market,revenue\nA\u00a0,Ann,customer,5\n")
    result = relgraph("import", "--stakeholders", "a.csv", "--csv")
    assert result.stdout.splitlines()[1] == "a.csv,1,0,1,0"
    assert result.stderr == ""
    for typed in ("A ", "\u200bA", " Ann "):
        assert json.loads(relgraph("show", typed, "--json").stdout)["properties"]["revenue"] == 5


def test_ids_that_an_earlier_version_stored(tmp_path: Path, relgraph: Relgraph) -> None:
    url = str(tmp_path / "old.lbug")
    with open_store(url, write=True) as store:
        store.write(dataset([stakeholder("ann "), stakeholder("b"), stakeholder("b\u200b")]))
    Path("s.csv").write_text("id,name,market,revenue\nann,Ann,customer,5\nb,B,customer,6\n")
    Path("r.csv").write_text("source,target,type\nann,b,KNOWS\n")
    files = ("--stakeholders", "s.csv", "--relationships", "r.csv")
    result = relgraph("import", "-d", url, *files, "--csv")
    assert result.stdout.splitlines()[1:] == ["s.csv,2,0,2,0", "r.csv,1,1,0,0"]
    assert r"2 stored ids look the same as another: 'b', 'b\u200b'" in result.stderr
    with open_store(url) as store:
        people = store.read_stakeholders(["revenue"])
        assert dict(zip(people["id"], people["revenue"], strict=True))["ann "] == 5
        assert resolve_ids(store, ["ann", "ann ", "b\u200b"]) == ["ann ", "ann ", "b\u200b"]
        with pytest.raises(UnknownStakeholder):
            resolve_ids(store, "c")
