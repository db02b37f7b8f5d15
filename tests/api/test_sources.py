"""`list_sources`, and imports that mark or bring into step."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from relgraph import import_files, import_frames, list_sources, open_store
from relgraph.errors import WriteFailed
from relgraph.store import Store
from relgraph.store.fetch import fetch_dataset
from relgraph.store.frames import checksum

PEOPLE = pd.DataFrame(
    {"id": ["a", "b"], "name": ["Ann", "Bob"], "market": ["customer"] * 2, "margin": [1.0, 2.0]}
)


def test_tables_in_memory_are_marked_and_brought_into_step(writable: Store) -> None:
    import_frames(writable, {"stakeholders": PEOPLE}, source="notebook")
    (row,) = list_sources(writable).rows()
    assert (row["name"], row["file"], row["rows"]) == ("notebook", "stakeholders", 2)
    assert (row["stakeholders"], len(row["sha256"])) == (2, 64)
    found = import_frames(
        writable, {"stakeholders": PEOPLE[:1]}, source="notebook", sync=True, gone="remove"
    )
    assert [(each["id"], each["after"]) for each in found.rows()] == [("b", "removed")]
    assert not writable.holds("b")


def test_a_mapping_marks_too(writable: Store, tmp_path: Path) -> None:
    (tmp_path / "crm.csv").write_text("No,Who\n1,Ann\n2,Bob\n")
    rules = tmp_path / "crm.toml"
    rules.write_text(
        '[[stakeholders]]\nfrom = "crm"\nid = "No"\nname = "Who"\nmarket = "\'customer\'"\n'
        '[read.crm]\nfile = "crm.csv"\n'
    )
    import_files(writable, tmp_path / "crm.csv", mapping=rules, source="crm")
    (tmp_path / "crm.csv").write_text("No,Who\n1,Ann\n")
    told = import_files(
        writable, tmp_path / "crm.csv", mapping=rules, source="crm", sync=True, gone="left"
    )
    assert [(each["id"], each["after"]) for each in told.rows()] == [("2", "left")]
    assert {each["file"] for each in list_sources(writable).rows()} >= {str(rules)}


def test_a_step_that_fails_leaves_all_as_it_was(
    writable: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_frames(writable, {"stakeholders": PEOPLE}, source="crm")
    before, sources = checksum(fetch_dataset(writable)), list_sources(writable).to_frame()

    def full(*_: object, **__: object) -> None:
        raise WriteFailed("store.read_only", url="full")

    with monkeypatch.context() as patch:
        patch.setattr("relgraph.store.ladybug_draft.LadybugDraft.write_record", full)
        with pytest.raises(WriteFailed):
            import_frames(
                writable, {"stakeholders": PEOPLE[:1]}, source="crm", sync=True, gone="remove"
            )
    assert checksum(fetch_dataset(writable)) == before
    assert list_sources(writable).to_frame().equals(sources)


def test_a_snapshot_is_not_changed(writable: Store, tmp_path: Path) -> None:
    import_frames(writable, {"stakeholders": PEOPLE}, source="crm")
    writable.close()
    with open_store(f"{writable.url}@1") as snapshot:
        assert len(list_sources(snapshot)) == 0
