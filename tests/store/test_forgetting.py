"""Who is removed is gone from every byte of a store: rows, pages, snapshots, settings, records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import ladybug
import pandas as pd
import pytest

from relgraph import import_files, list_history, remove_stakeholders
from relgraph.dataset import Dataset
from relgraph.errors import UnknownStakeholder
from relgraph.store import Store, fetch_dataset, open_store
from relgraph.store.provenance import _read_rows, key_numbers
from relgraph.store.snapshots import Snapshots
from tests.store.datasets import dataset, same, stakeholder, tie

ID, NAME, OLD_NAME, TEXT = "P-7741", "Zebulon Quarzstein", "Zebulon Altname", "likes rare orchids"
TRACES = [ID, NAME, OLD_NAME, TEXT]
PEOPLE = """id,name,market,owner,organisation,notes,revenue
E1,Eve,employee,,,,
C1,Ann,customer,P-7741,P-7741,buys much,10
P-7741,{name},employee,E1,,{text},20
"""
TIES = "source,target,type,strength\nP-7741,C1,KNOWS,0.5\nE1,C1,KNOWS,0.25\n"
CONTACTS = "source,target,at\nP-7741,C1,2026-01-01\nE1,C1,2026-01-02\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store that was changed so that pages and snapshots hold several states."""
    folder = tmp_path / "data"
    folder.mkdir()
    files = {"relationships.csv": TIES, "interactions.csv": CONTACTS}
    for file, text in files.items():
        folder.joinpath(file).write_text(text)
    (folder / "relgraph.toml").write_text(f'currency = "EUR"\n# {NAME} is paid in USD\n')
    path = tmp_path / "store" / "relgraph.lbug"
    path.parent.mkdir()
    states = [(OLD_NAME, "nothing"), (NAME, TEXT), (NAME, TEXT)]
    for number, (name, text) in enumerate(states):
        people = folder / "stakeholders.csv"
        people.write_text(PEOPLE.format(name=name, text=text) + f"N{number},New,customer,,,,\n")
        with open_store(path, write=True) as store:
            import_files(store, folder)
    single = folder / f"about {ID}.csv"
    single.write_text("id,name,market,revenue\nC1,Ann,customer,30\n")
    with open_store(path, write=True) as store:
        import_files(store, stakeholders=single)
    return path


def traces(folder: Path) -> list[str]:
    """Return what the bytes of all files in a folder tell of the one who was removed."""
    content = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    found = [trace for trace in TRACES if trace.encode() in content]
    return found + [trace for trace in TRACES if ascii(trace)[1:-1].encode() in content]


def hidden_traces(path: Path) -> list[str]:
    """Return what the compressed parts of the snapshots tell."""
    with open_store(path) as store:
        numbers = [*store.read_snapshots().records]
    found = []
    for number in numbers:
        with open_store(f"{path}@{number}") as old:
            held = fetch_dataset(old)
        text = "".join(frame.to_csv() for frame in held.tables().values()) + (held.settings or "")
        found += [trace for trace in TRACES if trace in text]
    return found


def test_the_test_finds_traces(path: Path) -> None:
    assert set(traces(path.parent)) >= {ID, NAME, OLD_NAME, TEXT}
    assert set(hidden_traces(path)) >= {ID, NAME, OLD_NAME, TEXT}


def test_no_byte_tells_of_who_was_removed(path: Path) -> None:
    with open_store(path, write=True) as store:
        before = list_history(store)
        removed = remove_stakeholders(store, ID)
    assert dict(zip(removed["table"], removed["removed"], strict=True)) == {
        "stakeholders": 1,
        "relationships": 1,
        "interactions": 1,
        "snapshots": 3,
    }
    assert traces(path.parent) == []
    assert hidden_traces(path) == []
    with open_store(path) as store:
        after = list_history(store)
        assert after["snapshot"].tolist() == before["snapshot"].tolist()
        assert [name.rpartition("/")[2] for name in after["files"]] == [
            *["stakeholders.csv"] * 2,
            "….csv",
        ]
        record = store.read_import_record()
        assert record is not None
        assert [file.name for file in record.files] == ["….csv"]
        found = fetch_dataset(store)
    assert found.stakeholders["id"].tolist() == ["C1", "E1", "N0", "N1", "N2"]
    assert found.stakeholders.set_index("id").loc["C1", "revenue"] == 30
    assert found.settings == 'currency = "EUR"\n'


def test_the_engine_compacts_without_bringing_anything_back(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.remove([ID])
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE (:Stakeholder {id: 'x', name: 'X', market: 'customer'})")
        connection.execute("CHECKPOINT")
    assert traces(path.parent) == []
    assert hidden_traces(path) == []


FOREIGN = """
import ladybug, sys
with ladybug.Database(sys.argv[1]) as database, ladybug.Connection(database) as connection:
    connection.execute("MATCH (s:Stakeholder {id: 'E1'}) SET s.notes = 'met Zebulon Quarzstein'")
    connection.execute("MATCH (s:Stakeholder {id: 'E1'}) SET s.notes = NULL")
"""


def test_what_another_program_left_in_the_file_goes_too(path: Path) -> None:
    subprocess.run([sys.executable, "-c", FOREIGN, path], check=True)
    killed = path.with_name(f".{path.name}.0123456789abcdef.building")
    killed.write_bytes(TEXT.encode())
    with open_store(path, write=True) as store:
        store.remove([ID])
    assert traces(path.parent) == []


KILLED = """
import ladybug, os, sys
connection = ladybug.Connection(ladybug.Database(sys.argv[1]))
connection.execute("MATCH (s:Stakeholder {id: 'P-7741'}) SET s.notes = 'met Zebulon Quarzstein'")
os._exit(0)
"""


def test_the_log_of_another_program_that_was_killed_goes_too(path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, path], check=True)
    log = path.with_name(f"{path.name}.wal")
    assert b"met " + NAME.encode() in log.read_bytes()
    with open_store(path, write=True) as store:
        store.remove([ID])
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert traces(path.parent) == []
    assert hidden_traces(path) == []


ODD_ID, ODD_NAME = "客'户\"-7\\", 'O\'Neil "王芳" 小'


def test_names_of_any_script_and_with_quotes_go(tmp_path: Path) -> None:
    path = tmp_path / "store" / "relgraph.lbug"
    path.parent.mkdir()
    files = ["first", f"{ODD_NAME}的客户", f"{ODD_NAME.upper()}_2", "last"]
    for number, file in enumerate(files):
        people = [(ODD_ID, ODD_NAME, number), ("b", "Bob", number)]
        rows = pd.DataFrame(people, columns=["id", "name", "revenue"]).assign(market="customer")
        rows.to_csv(tmp_path / f"{file}.csv", index=False)
        with open_store(path, write=True) as store:
            import_files(store, stakeholders=tmp_path / f"{file}.csv")
    with open_store(path, write=True) as store:
        store.write(
            Dataset(settings=f"[capacities]\n{json.dumps(ODD_ID)} = 3 # 给{ODD_NAME}\nb = 2\n")
        )
        remove_stakeholders(store, ODD_NAME)
        assert store.read_settings().text == "[capacities]\nb = 2\n"
        assert list_history(store)["files"].tolist() == [
            "….csv",
            "….csv",
            str(tmp_path / "last.csv"),
        ]
        provenance = store.graph().read_text("rows") or ""
    content = path.read_bytes()
    for trace in (ODD_ID, ODD_NAME, ODD_NAME.upper(), "王芳", "客'户"):
        assert trace.encode() not in content
        assert json.dumps(trace)[1:-1] not in provenance
    for number in (1, 2, 3):
        with open_store(f"{path}@{number}") as old:
            assert fetch_dataset(old).stakeholders["id"].tolist() == ["b"]


@pytest.mark.parametrize("fill", [b"\xa5", b"\x5a"])
def test_pages_hold_nothing_that_was_in_memory(path: Path, fill: bytes) -> None:
    """The engine writes memory as it gets it; the C library can fill that with a byte."""
    filled = os.environ | {"MALLOC_PERTURB_": str(fill[0] ^ 0xFF)}
    command = [sys.executable, "-m", "relgraph", "remove", ID, "-d", str(path)]
    subprocess.run(command, check=True, env=filled, capture_output=True)
    assert fill * 24 not in path.read_bytes()
    more = path.parent.with_name("data") / "stakeholders.csv"
    more.write_text("id,name,market\nC4,Cy,customer\n")
    command[3:5] = ["import", str(more)]
    subprocess.run(command, check=True, env=filled, capture_output=True)
    assert fill * 24 not in path.read_bytes()[:4096]


def test_the_others_stay_as_they_are(path: Path) -> None:
    def others(which: int | None) -> Dataset:
        with open_store(path if which is None else f"{path}@{which}") as store:
            found = fetch_dataset(store)
        people = found.stakeholders[found.stakeholders["id"] != ID].copy()
        for name in people.columns.intersection(["owner", "organisation"]):
            people[name] = people[name].where(people[name] != ID)
        ties, contacts = (
            rows[(rows["source"] != ID) & (rows["target"] != ID)]
            for rows in (found.relationships, found.interactions)
        )
        held = people.columns[people.notna().any()]
        return Dataset(people[held], ties, contacts)

    before = [others(which) for which in (None, 1, 2, 3)]
    with open_store(path, write=True) as store:
        schema = store.graph().declared
        store.remove([ID])
        assert store.graph().declared.stakeholders == schema.stakeholders
        assert store.graph().declared.relationships == schema.relationships
    for one, which in zip(before, (None, 1, 2, 3), strict=True):
        for table, frame in others(which).tables().items():
            same(frame, one.tables()[table])


def test_provenance_forgets_the_rows(path: Path) -> None:
    def numbers(store: Store) -> set[int]:
        return {int(n) for each in _read_rows(store.graph()).values() for n in each}

    gone = dataset([stakeholder(ID)], [tie(ID, "C1", "KNOWS")])
    person, knows = (
        int(key_numbers(table, gone.tables()[table])[0]) for table in list(gone.tables())[:2]
    )
    with open_store(path, write=True) as store:
        before = numbers(store)
        assert {person, knows} <= before
        store.remove([ID])
        assert numbers(store) < before
        assert not {person, knows} & numbers(store)
        assert ID not in (store.graph().read_text("rows") or "")


def test_one_who_is_in_snapshots_only_can_be_removed(path: Path) -> None:
    with open_store(path, write=True) as store:
        import_files(
            store, stakeholders=_file(path, "id,name,market\nC9,Cy,customer\n"), replace=True
        )
        assert store.read_snapshots().records.keys() == {1, 2, 3, 4}
        with pytest.raises(UnknownStakeholder):
            remove_stakeholders(store, "nobody")
        removed = remove_stakeholders(store, OLD_NAME)
    assert dict(zip(removed["table"], removed["removed"], strict=True)) == {
        "stakeholders": 0,
        "relationships": 0,
        "interactions": 0,
        "snapshots": 4,
    }
    assert traces(path.parent) == []
    assert hidden_traces(path) == []


def test_a_name_that_another_had_once_asks_for_an_id(path: Path) -> None:
    again = "id,name,market\nP-1,Zebulon Quarzstein,customer\nP-7741,Zoe,employee\n"
    with open_store(path, write=True) as store:
        import_files(store, stakeholders=_file(path, again), allow_change=True)
        with pytest.raises(UnknownStakeholder, match=r"name of 2: give an id \(P-1, P-7741\)"):
            remove_stakeholders(store, NAME)
        assert store.holds("P-1")
        remove_stakeholders(store, OLD_NAME)  # the one who had it goes, whatever the name now
        assert not store.holds(ID)
        assert store.holds("P-1")


def _file(path: Path, text: str) -> Path:
    file = path.parent.with_name("others.csv")
    file.write_text(text)
    return file


def test_a_snapshot_that_can_not_be_read_goes_and_is_told(path: Path) -> None:
    with open_store(path, write=True) as store:
        files = store.read_snapshots().files
        record = json.loads(files[2]["snapshot.json"]) | {"form": 99}
        kept = Snapshots({**files, 2: {**files[2], "snapshot.json": json.dumps(record).encode()}})
        store.write(Dataset(), snapshots=kept)
        removed = remove_stakeholders(store, ID)
        assert [*store.read_snapshots().records] == [1, 3]
    assert [str(note) for note in removed.notes] == [
        "snapshots that can't be read are gone, since they may tell of who was removed: 2"
    ]
    assert traces(path.parent) == []


SETTINGS = """\
currency = "EUR" # of Ann Lee
[rates]
USD = 0.9
[capacities]
E1 = 10   # a plan of E1
"E 2" = 3
E3 = 3 # for Ann Lee, too
"""


def test_settings_lose_what_is_set_for_them_and_comments_that_name_them() -> None:
    from relgraph.store.forgetting import Forgotten

    def left(names: dict[str, str]) -> str:
        return Forgotten.called([*names], names.values()).from_settings(SETTINGS)

    assert left({"E1": "Eve"}) == SETTINGS.replace("E1 = 10   # a plan of E1\n", "")
    inline = Forgotten.called(["E 2"], []).from_settings
    assert inline('capacities = {E1 = 1, "E 2" = 3, \'E"3\' = 2.5} # all\n') == (
        'capacities = {"E1" = 1, "E\\"3" = 2.5}\n'
    )
    assert inline('capacities = {"E 2" = 3}\n[rates]\n') == "[rates]\n"
    assert inline('capacities."E 2" = 3\ncapacities.E1 = 3') == "capacities.E1 = 3"
    assert left({"E 2": "Eve"}) == SETTINGS.replace('"E 2" = 3\n', "")
    assert left({"USD": "Ann Lee"}) == SETTINGS.replace(" # of Ann Lee", "").replace(
        " # for Ann Lee, too", ""
    )
    assert left({"0": "currency"}) == SETTINGS
    assert left({"Ann": "Le"}) == SETTINGS.replace(" # of Ann Lee", "").replace(
        " # for Ann Lee, too", ""
    )
