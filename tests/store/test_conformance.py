"""What every store does, errors included: one body of tests, run on each store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from relgraph import import_frames, list_sources, set_properties
from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, QueryFailed, StoreUnavailable, WriteFailed
from relgraph.model import CONTACTED, RELATIONSHIP_TYPES, STAKEHOLDER_COLUMNS
from relgraph.network import Projection
from relgraph.result import to_python
from relgraph.store import fetch_dataset, fetch_network, fetch_nodes, fetch_ties
from relgraph.store.edits import Edits
from relgraph.store.records import ImportedFile, ImportRecord, TableChange
from tests.store.conftest import OpenStore
from tests.store.datasets import contact, dataset, same, stakeholder, tie

HOSTILE = [
    "back`quote``s",
    "`) DETACH DELETE n //",
    "}) DETACH DELETE n //",
    "'; MATCH (n) DETACH DELETE n; //",
    '"double" and \\back\\slash',
    "$parameter {brace}",
    "line\nbreak\ttab",
    "名前 😀 e\u0301 \u202eright-to-left",
    "SET",
    "label",
    " ",
]


def small() -> Any:
    return dataset(
        [
            stakeholder("a", "firm", revenue=1.5, left_on=date(1999, 12, 31)),
            stakeholder("b", "customer", owner="a", satisfaction=0.25),
            stakeholder("c", "supplier"),
        ],
        [
            tie("a", "b", "REFERS", strength=0.5, level=3),
            tie("b", "c", "KNOWS", sign=-1, since=date(2020, 2, 29)),
            tie("c", "c", "LENDS_TO", strength=0.25, amount=10),
        ],
        [
            contact("a", "b", "2024-05-01T10:00:00Z", channel="mail", value=2.5),
            contact("a", "b", "2024-05-01T10:00:00Z", channel="mail", occurrence=1),
            contact("a", "b", "2024-05-01T10:00:00.000001Z"),
        ],
        types={"amount": "integer"},
    )


def test_a_new_store_is_empty_and_has_every_known_property(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.create_schema()
    with opened() as store:
        schema = store.read_schema()
        assert set(schema.stakeholders) >= {spec.name for spec in STAKEHOLDER_COLUMNS}
        assert schema.relationships[CONTACTED]["at"] == "time"
        assert store.read_import_record() is None
        assert len(store.read_stakeholders(["name"])) == 0
        assert list(store.read_relationships(None, ["strength"]).columns) == [
            "source",
            "target",
            "type",
            "strength",
        ]
        assert fetch_network(store).n == 0


def test_known_types_and_properties_can_be_asked_for_before_they_are_used(
    opened: OpenStore,
) -> None:
    with opened(write=True) as store:
        store.create_schema()
        for name in RELATIONSHIP_TYPES:
            rows = store.execute(
                f"MATCH (a:Stakeholder)-[r:{name}]->(b:Stakeholder) WHERE a.satisfaction < 0.5 "
                "RETURN a.id AS id, type(r) AS type ORDER BY id"
            )
            assert list(rows.columns) == ["id", "type"]
            assert len(rows) == 0


def test_what_is_written_is_what_is_read(opened: OpenStore) -> None:
    given = small()
    with opened(write=True) as store:
        summary = store.write(given)
    assert summary.tables["relationships"] == TableChange(created=3)
    with opened() as store:
        stored = fetch_dataset(store)
    for table, frame in given.tables().items():
        same(stored.tables()[table], frame)


def test_every_type_of_property_keeps_its_values(opened: OpenStore) -> None:
    values: dict[str, list[Any]] = {
        "text": ["007", "NULL", None],
        "integer": [2**63 - 1, -(2**53) - 1, None],
        "number": [0.1, -1e300, None],
        "boolean": [True, False, None],
        "date": [date(1, 1, 1), date(9999, 12, 31), None],
        "time": ["1970-01-01T00:00:00Z", "2262-04-11T23:47:16.854775Z", None],
    }
    rows = [stakeholder(str(i)) | {n: v[i] for n, v in values.items()} for i in range(3)]
    given = dataset(rows, types={name: name for name in values})  # type: ignore[misc]
    with opened(write=True) as store:
        store.write(given)
        assert {store.read_schema().stakeholders[name] for name in values} == set(values)
        same(fetch_dataset(store).stakeholders, given.stakeholders)
        assert store.write(given).tables["stakeholders"] == TableChange(unchanged=3)


def test_the_same_again_changes_nothing(opened: OpenStore) -> None:
    given = small()
    with opened(write=True) as store:
        store.write(given)
    with opened(write=True) as store:
        summary = store.write(given)
        stored = fetch_dataset(store)
    assert summary.tables == {
        "stakeholders": TableChange(unchanged=3),
        "relationships": TableChange(unchanged=3),
        "interactions": TableChange(unchanged=3),
    }
    for table, frame in given.tables().items():
        same(stored.tables()[table], frame)


def test_changes_are_counted_by_file(opened: OpenStore) -> None:
    first = dataset([stakeholder("a"), stakeholder("b")], files=True)
    second = dataset(
        [stakeholder("a", revenue=1.0), stakeholder("b"), stakeholder("c")], files=True
    )
    with opened(write=True) as store:
        assert store.write(first).files == {
            ("stakeholders.csv", "stakeholders"): TableChange(created=2)
        }
        assert store.write(second).files == {
            ("stakeholders.csv", "stakeholders"): TableChange(1, 1, 1)
        }


def test_missing_cells_and_columns_leave_what_is_stored(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(
            dataset(
                [stakeholder("a", revenue=1.0, power=0.5), stakeholder("b", revenue=2.0)],
                [tie("a", "b", strength=0.5, level=2)],
                [contact("a", "b", "2024-01-01", value=1.0)],
            )
        )
        summary = store.write(
            dataset(
                [
                    {"id": "a", "revenue": 9.0, "power": None},
                    {"id": "b", "revenue": None, "power": None},
                ],
                [tie("a", "b", strength=None, level=4)],
                [contact("a", "b", "2024-01-01", value=3.0)],
            )
        )
        stored = fetch_dataset(store)
    assert summary.tables["stakeholders"] == TableChange(updated=1, unchanged=1)
    assert stored.stakeholders["name"].tolist() == ["A", "B"]
    assert stored.stakeholders["revenue"].tolist() == [9.0, 2.0]
    assert stored.stakeholders["power"].tolist()[0] == 0.5
    assert stored.relationships.to_dict("records") == [
        {"source": "a", "target": "b", "type": "REFERS", "strength": 0.5, "level": 4}
    ]
    assert stored.interactions["value"].tolist() == [3.0]


def test_replace_makes_the_store_exactly_the_dataset(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
        given = dataset([stakeholder("z", colour="red")], [tie("z", "z", "OWNS", since=None)])
        summary = store.write(given, replace=True)
        stored = fetch_dataset(store)
        assert set(store.read_schema().relationships) == {"OWNS", CONTACTED}
    assert summary.tables["stakeholders"] == TableChange(created=1)
    same(stored.stakeholders, given.stakeholders)
    assert len(stored.interactions) == 0


def test_clear_empties_a_property_before_writing(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(dataset([stakeholder("a", power=0.1), stakeholder("b", power=0.2)]))
        store.write(dataset([{"id": "b", "power": 0.9}]), clear=["power", "never seen"])
        power = store.read_stakeholders(["power"])["power"]
    assert np.isnan(power[0])
    assert power[1] == 0.9


def test_remove_takes_the_ties_and_empties_owners(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
        assert store.remove(["a"]) == {"stakeholders": 1, "relationships": 1, "interactions": 3}
        assert store.remove(["c"]) == {"stakeholders": 1, "relationships": 2, "interactions": 0}
        assert store.remove(["nobody"]) == dict.fromkeys(
            ["stakeholders", "relationships", "interactions"], 0
        )
    with opened() as store:
        stored = fetch_dataset(store)
    assert stored.stakeholders["id"].tolist() == ["b"]
    assert "owner" not in stored.stakeholders
    assert len(stored.relationships) == len(stored.interactions) == 0


def test_what_was_removed_can_be_written_again(opened: OpenStore) -> None:
    given = small()
    with opened(write=True) as store:
        store.write(given)
        store.remove(["a", "b", "c"])
        assert store.write(given).tables["stakeholders"] == TableChange(created=3)
        same(fetch_dataset(store).relationships, given.relationships)


def test_equal_contacts_stay_apart_by_occurrence_and_channel(opened: OpenStore) -> None:
    at = "2024-05-01T10:00:00Z"
    given = dataset(
        [stakeholder("a"), stakeholder("b")],
        interactions=[
            contact("a", "b", at, channel=None),
            contact("a", "b", at, channel=None, occurrence=1),
            contact("a", "b", at, channel="mail"),
            contact("b", "a", at, channel="mail"),
        ],
    )
    with opened(write=True) as store:
        assert store.write(given).tables["interactions"] == TableChange(created=4)
        assert store.write(given).tables["interactions"] == TableChange(unchanged=4)
        update = dataset(interactions=[contact("a", "b", at, channel=None, value=7.0)])
        assert store.write(update).tables["interactions"] == TableChange(updated=1)
        assert np.nansum(fetch_dataset(store).interactions["value"]) == 7.0


def test_a_key_that_two_files_give_is_written_in_their_order(opened: OpenStore) -> None:
    given = dataset(
        [stakeholder("a"), stakeholder("b")],
        [tie("a", "b", strength=0.5), tie("a", "b", level=2), tie("a", "b", strength=0.75)],
    )
    with opened(write=True) as store:
        assert store.write(given).tables["relationships"] == TableChange(created=1, updated=2)
        stored = fetch_dataset(store).relationships
    assert stored[["strength", "level"]].to_numpy().tolist() == [[0.75, 2]]


def test_an_extra_property_keeps_the_spelling_it_got_first(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(dataset([stakeholder("a", Colour="red")]))
        store.write(dataset([stakeholder("a", colour="blue", REVENUE=None)]))
        stored = fetch_dataset(store).stakeholders
    assert stored["Colour"].tolist() == ["blue"]
    assert "colour" not in stored


def test_a_property_of_another_type_is_refused_and_nothing_is_stored(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(dataset([stakeholder("a", size=1)], types={"size": "integer"}))
        with pytest.raises(InvalidInput, match=r"'size' holds text values.*integer"):
            store.write(dataset([stakeholder("b", size="big")]))
        with pytest.raises(InvalidInput, match=r"'size' holds number values.*integer"):
            store.write(dataset([stakeholder("b", size=1.5)], types={"size": "number"}))
        assert fetch_nodes(store).ids.tolist() == ["a"]


def test_integers_fit_where_numbers_are_stored(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(dataset([stakeholder("a", size=1.5)], types={"size": "number"}))
        store.write(dataset([stakeholder("b", size=2)], types={"size": "integer"}))
        assert store.read_stakeholders(["size"])["size"].tolist() == [1.5, 2.0]


def test_one_property_has_one_type_on_all_relationships(opened: OpenStore) -> None:
    with opened(write=True) as store:
        people = [stakeholder("a"), stakeholder("b")]
        store.write(dataset(people, [tie("a", "b", "LIKES", why=1)], types={"why": "integer"}))
        with pytest.raises(InvalidInput, match="'why'"):
            store.write(dataset(people, [tie("a", "b", "HATES", why="noise")]))


def test_a_type_with_the_name_of_a_label_is_refused(opened: OpenStore) -> None:
    for name in ("STAKEHOLDER", "Import"):
        with opened(write=True) as store, pytest.raises(InvalidInput, match=name):
            store.write(dataset([stakeholder("a")], [tie("a", "a", name)]))


def test_a_property_that_no_store_can_keep_is_refused(opened: OpenStore) -> None:
    with opened(write=True) as store:
        for name in ("_id", "_ID", "_label", "_src", "_dst", "nul\0", "", r"\u0060"):
            with pytest.raises(InvalidInput):
                store.write(dataset([stakeholder("a", **{name: "x"})]))
        assert len(fetch_nodes(store)) == 0


def test_a_tie_to_nobody_stores_nothing(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(dataset([stakeholder("a")]))
        with pytest.raises(WriteFailed, match="nobody"):
            store.write(dataset([stakeholder("b")], [tie("a", "nobody")]))
        assert fetch_nodes(store).ids.tolist() == ["a"]
        assert len(store.read_relationships(None, [])) == 0


def test_a_store_opened_for_reading_is_not_written(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
    with opened() as store:
        with pytest.raises(WriteFailed):
            store.write(small())
        with pytest.raises(WriteFailed):
            store.remove(["a"])
        assert len(fetch_nodes(store)) == 3


def test_hostile_text_is_only_text(opened: OpenStore) -> None:
    texts = {text: text for text in HOSTILE}
    given = dataset(
        [stakeholder("a")]
        + [{"id": text, "name": text, "market": "customer"} | texts for text in HOSTILE],
        [tie("a", text, text, **texts) for text in HOSTILE],
        [contact("a", text, "2024-01-01", channel=text) for text in HOSTILE],
    )
    with opened(write=True) as store:
        store.write(given)
        store.write(given)
    with opened() as store:
        stored = fetch_dataset(store)
        read = store.read_stakeholders(HOSTILE)
        for text in HOSTILE:
            assert read[text].tolist().count(text) == len(HOSTILE)
            assert store.execute("RETURN $text AS text", {"text": text})["text"].tolist() == [text]
    for table, frame in given.tables().items():
        same(stored.tables()[table], frame)


def test_long_text_is_stored_everywhere_but_an_id_may_be_refused(opened: OpenStore) -> None:
    long = "x" * 10_000
    given = dataset(
        [stakeholder("a") | {"name": long, long: long}],
        [tie("a", "a", long.upper())],
        [contact("a", "a", "2024-01-01", channel=long)],
    )
    with opened(write=True) as store:
        store.write(given)
        for table, frame in given.tables().items():
            same(fetch_dataset(store).tables()[table], frame)
        try:
            store.write(dataset([stakeholder(long)]))
        except WriteFailed as refusal:
            assert "an id is too long" in str(refusal)  # noqa: PT017
            assert fetch_nodes(store).ids.tolist() == ["a"]
        else:
            assert fetch_nodes(store).ids.tolist() == ["a", long]


def test_text_that_looks_like_an_escape_is_only_text(opened: OpenStore) -> None:
    text = r"\u0060 \n \' \\"
    with opened(write=True) as store:
        store.write(dataset([stakeholder(text)], [], [contact(text, text, "2024-01-01")]))
        assert fetch_nodes(store).ids.tolist() == [text]
        found = store.execute(
            "MATCH (s:Stakeholder {id: $id}) RETURN s.id AS id ORDER BY id", {"id": text}
        )
    assert found["id"].tolist() == [text]


def test_the_import_record_is_kept(opened: OpenStore) -> None:
    record = ImportRecord(
        datetime(2024, 5, 1, 12, 30, tzinfo=UTC), (ImportedFile("s.csv#`'\"", "9f" * 32, 3),)
    )
    with opened(write=True) as store:
        store.write(small(), record=record)
        store.write(small())
    with opened() as store:
        assert store.read_import_record() == record


def test_settings_and_provenance_are_kept(opened: OpenStore) -> None:
    text = "[types.LENDS_TO]\nhostile = true\n" + "# ünïcode '\"\\ 😀\n" * 2000
    people = dataset([stakeholder("a"), stakeholder("b")], [tie("a", "b", "LENDS_TO")])
    with opened(write=True) as store:
        store.write(people)
        assert (store.read_settings().text, store.graph().read_text("rows")) == ("", None)
        store.write(replace(Dataset(), settings=text), texts={"rows": "[]" + " " * 100_000})
    with opened() as store:
        assert store.read_settings().text == text
        assert len(store.graph().read_text("rows") or "") == 100_002
        assert fetch_dataset(store).settings == text
        assert fetch_ties(store).sign.tolist() == [-1]
        assert not fetch_network(store).m
    with opened(write=True) as store:
        store.write(people, replace=True)
        assert (store.read_settings().text, store.graph().read_text("rows")) == (text, "")
        store.write(replace(people, settings=""), replace=True)
    with opened() as store:
        assert store.read_settings().declared == {}
        assert fetch_network(store).m == 1


def test_edits_take_away_rows_and_values(opened: OpenStore) -> None:
    people = [stakeholder(i, margin=1.0, **{"odd name": "2"}) for i in ("a", "b", "c")]
    ties = [tie("a", "b", "KNOWS", strength=0.5), tie("a", "b", "REFERS", strength=0.25)]
    contacts = [
        contact("a", "b", "2024-01-01T10:00:00Z", value=1.0),
        contact("a", "b", "2024-01-01T10:00:00Z", channel="mail", value=2.0),
        contact("b", "a", "2024-01-01T10:00:00Z", value=3.0),
    ]
    with opened(write=True) as store:
        store.write(dataset(people, ties, contacts))
        held = fetch_dataset(store)
        edits = Edits(
            {
                "stakeholders": held.stakeholders[held.stakeholders["id"] == "c"],
                "relationships": held.relationships[held.relationships["type"] == "KNOWS"],
                "interactions": held.interactions[held.interactions["channel"].isna()],
            },
            {
                ("stakeholders", "Odd Name"): held.stakeholders[:1],
                ("relationships", "strength"): held.relationships[1:],
                ("interactions", "value"): held.interactions,
                ("stakeholders", "nowhere"): held.stakeholders,
            },
        )
        store.write(dataset([stakeholder("a", margin=4.0)]), edits=edits)
    left = dataset(
        [stakeholder("a", margin=4.0), stakeholder("b", margin=1.0, **{"odd name": "2"})],
        [tie("a", "b", "REFERS")],
        [contact("a", "b", "2024-01-01T10:00:00Z", channel="mail")],
    )
    with opened() as store:
        for table, frame in fetch_dataset(store).tables().items():
            same(frame, left.tables()[table])


def test_a_step_is_the_same_on_every_store(opened: OpenStore) -> None:
    given = {
        "stakeholders": {"id": ["a", "b"], "name": ["A", "B"], "market": ["customer"] * 2},
        "relationships": {"source": ["a"], "target": ["b"], "type": ["KNOWS"]},
    }
    fewer = {
        "stakeholders": {"id": ["a"], "name": ["A"], "market": ["supplier"]},
        "relationships": {"source": ["a"], "target": ["a"], "type": ["KNOWS"]},
    }
    with opened(write=True) as store:
        import_frames(store, given, source="crm")
        told = import_frames(store, fewer, source="crm", sync=True, gone="remove")
        assert [(row["what"], row["id"], row["after"]) for row in told.rows()] == [
            ("changed", "a", "supplier"),
            ("added", "a KNOWS a", None),
            ("gone", "b", "removed"),
            ("gone", "a KNOWS b", "removed"),
        ]
        again = import_frames(store, fewer, source="crm", sync=True, gone="remove")
        assert not len(again)
        assert not len(set_properties(store, "a", {"owner": None}))
        assert len(set_properties(store, "a", {"name": "Ann"})) == 1
    with opened() as store:
        (one, other) = list_sources(store).rows()
        assert (one["stakeholders"], other["relationships"]) == (1, 1)
        assert fetch_dataset(store).stakeholders["name"].tolist() == ["Ann"]


def test_relationships_come_ordered_with_missing_properties_empty(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(
            dataset(
                [stakeholder(i) for i in ("b", "a", "c")],
                [
                    tie("b", "a", "KNOWS", strength=0.5),
                    tie("a", "c", "REFERS", level=3),
                    tie("a", "b", "REFERS"),
                ],
            )
        )
        rows = store.read_relationships(None, ["strength", "level", "no such"])
        two = store.read_relationships(["REFERS", "NO_SUCH"], [])
        none = store.read_relationships(["NO_SUCH"], ["strength"])
    assert list(zip(rows["type"], rows["source"], rows["target"], strict=True)) == [
        ("KNOWS", "b", "a"),
        ("REFERS", "a", "b"),
        ("REFERS", "a", "c"),
    ]
    assert np.isnan(rows["level"].astype(float)).tolist() == [True, True, False]
    assert rows["no such"].tolist() == [None] * 3
    assert len(two) == 2
    assert (len(none), list(none.columns)) == (0, ["source", "target", "type", "strength"])


def test_the_contacts_of_a_pair_come_in_the_order_of_time(opened: OpenStore) -> None:
    moments = ["2024-03-01", "2023-01-01", "2024-01-01"]
    with opened(write=True) as store:
        for at in moments:
            same_time = [contact("a", "b", at, channel=name) for name in ("phone", None, "mail")]
            store.write(dataset([stakeholder("b"), stakeholder("a")], [], same_time))
        rows = store.read_relationships([CONTACTED], ["channel"])
        times = store.read_relationships([CONTACTED], ["at"])["at"]
    assert rows["channel"].tolist() == [None, "mail", "phone"] * 3
    assert times.tolist() == sorted(times.tolist())


def test_the_network_is_that_of_the_design(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(
            dataset(
                [stakeholder("a"), stakeholder("b", status="left"), stakeholder("c", circle=9.0)],
                [
                    tie("a", "c", "REFERS", strength=0.5),
                    tie("c", "a", "COMPETES_WITH"),
                    tie("a", "b", "KNOWS"),
                ],
                [contact("a", "c", "2024-01-01")],
            )
        )
        network = fetch_network(store, attributes=["circle"])
        types = ("COMPETES_WITH",)
        rivals = fetch_network(store, Projection(types=types, include_hostile=True))
        friends = fetch_network(store, Projection(types=types))
        nodes = fetch_nodes(store, ["circle", "status"])
        ties = fetch_ties(store, [CONTACTED])
    assert network.ids.tolist() == ["a", "c"]
    assert (network.m, network.strength.tolist()) == (1, [0.5])
    assert np.isnan(network.nodes.attributes["circle"]).tolist() == [True, False]
    assert rivals.sign.tolist() == [-1, -1]
    assert (friends.n, friends.m) == (2, 0)
    assert nodes.attributes["status"].tolist() == [None, "left", None]
    assert (ties.source.tolist(), ties.target.tolist()) == ([0], [2])


def test_ties_come_with_any_properties_in_one_read(
    opened: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(write=True) as store:
        store.write(
            dataset(
                [stakeholder(i) for i in ("b", "a", "c")],
                [
                    tie("c", "a", "REFERS", bond=2, margin=-10.5, trust=0.25),
                    tie("b", "a", "KNOWS", level=3, since=date(2020, 2, 29), sign=-1),
                    tie("b", "b", "LENDS_TO", strength=0.5, trust=1.0, why="friends"),
                ],
                [contact("b", "a", "2024-05-01", value=2.0), contact("b", "a", "2024-04-01")],
            )
        )
    asked = ["trust", "level", "bond", "margin", "since", "why", "nowhere", "strength"]
    with opened() as store:
        statements: list[str] = []

        def counted(cypher: str, *given: Any) -> Any:
            statements.append(cypher)
            return run(cypher, *given)

        reader = getattr(store.graph(), "engine", None)
        run = store.graph().run if reader is None else reader.read
        where, name = (store.graph(), "run") if reader is None else (reader, "read")
        monkeypatch.setattr(where, name, counted)
        ties = fetch_ties(store, None, asked)
        contacts = fetch_ties(store, [CONTACTED], ["at", "value"])
    assert sum("-[r:" in cypher for cypher in statements) == 2
    assert (ties.source.tolist(), ties.target.tolist()) == ([1, 1, 2], [0, 1, 0])
    assert ties.type.tolist() == ["KNOWS", "LENDS_TO", "REFERS"]
    assert ties.sign.tolist() == [-1, 1, 1]
    assert list(ties.attributes) == asked
    rows = {name: to_python(values) for name, values in ties.take(ties.sign > 0).attributes.items()}
    assert rows == {
        "trust": [1.0, 0.25],
        "level": [None, None],
        "bond": [None, 2.0],
        "margin": [None, -10.5],
        "since": [None, None],
        "why": ["friends", None],
        "nowhere": [None, None],
        "strength": [0.5, None],
    }
    assert ties.attributes["level"].dtype == ties.attributes["bond"].dtype == np.float64
    assert ties.attributes["since"].tolist() == [date(2020, 2, 29), None, None]
    assert contacts.attributes["at"].tolist() == [datetime(2024, 4, 1), datetime(2024, 5, 1)]
    assert to_python(contacts.attributes["value"]) == [None, 2.0]


def test_a_dry_run_counts_what_a_write_would_do(opened: OpenStore) -> None:
    update = dataset(
        [stakeholder("a", revenue=2.0), stakeholder("b"), stakeholder("d")],
        [tie("a", "b", "REFERS", strength=0.5), tie("d", "a", "MENTORS", since=date(2024, 1, 1))],
    )
    with opened(write=True) as store:
        store.write(small())
        counted = store.count_changes(update)
        replaced = store.count_changes(update, replace=True)
        assert "MENTORS" not in store.read_schema().relationships
        assert fetch_nodes(store).ids.tolist() == ["a", "b", "c"]
        assert store.write(update) == counted
        assert store.write(update, replace=True) == replaced
    assert counted.tables["stakeholders"] == TableChange(created=1, updated=1, unchanged=1)
    assert counted.tables["relationships"] == TableChange(created=1, unchanged=1)
    assert replaced.tables["stakeholders"] == TableChange(created=3)


def test_results_hold_plain_values(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
    with opened() as store:
        (row,) = store.execute(
            """
            MATCH (s:Stakeholder {id: 'a'})-[r:CONTACTED]->(t:Stakeholder)
            RETURN s AS node, s.left_on AS day, max(r.at) AS latest, count(*) AS contacts,
                   avg(r.value) AS value, collect(DISTINCT t.id) AS others, null AS nothing,
                   s.revenue > 1 AS large
            ORDER BY contacts
            """
        ).rows()
        values = store.execute("UNWIND [1, null, 3] AS x RETURN x, x = 1 AS one ORDER BY x")
    assert row == {
        "node": {
            "id": "a",
            "name": "A",
            "market": "firm",
            "revenue": 1.5,
            "left_on": date(1999, 12, 31),
        },
        "day": date(1999, 12, 31),
        "latest": datetime(2024, 5, 1, 10, 0, 0, 1),
        "contacts": 3,
        "value": 2.5,
        "others": ["b"],
        "nothing": None,
        "large": True,
    }
    assert sorted(values["x"].tolist(), key=str) == [1, 3, None]


def test_parameters_of_every_type_reach_the_query(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
    day, moment = date(2000, 1, 1), datetime(2024, 5, 1, 10, tzinfo=UTC)
    with opened() as store:
        left = store.execute(
            "MATCH (s:Stakeholder) WHERE s.left_on < $day AND s.revenue >= $least AND s.id IN $ids "
            "RETURN s.id AS id ORDER BY id LIMIT $top",
            {"day": day, "least": 1, "ids": ["a", "b"], "top": 5},
        )
        since = store.execute(
            "MATCH (:Stakeholder)-[r:CONTACTED]->(:Stakeholder) WHERE r.at > $moment "
            "RETURN count(*) AS count",
            {"moment": moment},
        )
    assert left["id"].tolist() == ["a"]
    assert since["count"].tolist() == [1]


@pytest.mark.parametrize(
    ("cypher", "named"),
    [
        ("MATCH (s:Stakeholder) WHERE s.id = $id RETURN s.id AS id", "id"),
        ("RETURN '$no' AS text, $yes AS value // $comment", "yes"),
    ],
)
def test_a_missing_parameter_is_an_error(opened: OpenStore, cypher: str, named: str) -> None:
    with opened(write=True) as store:
        store.create_schema()
        with pytest.raises(QueryFailed, match=rf"\${named}\b"):
            store.execute(cypher, {"other": 1})


def test_a_bad_query_fails_in_one_line(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.create_schema()
    bad = (
        "",
        "MATCH",
        "MATCH (n:Stakeholder) RETRUN n",
        "RETURN nothing",
        "RETURN 1 AS a; RETURN 2 AS b",
        "RETURN 1 AS a, 2 AS a",
        "RETURN 1/0 AS a",
        "RETURN nosuchfunction(1) AS a",
        "RETURN 'open AS a",
    )
    with opened() as store:
        for cypher in bad:
            with pytest.raises(QueryFailed) as failure:
                store.execute(cypher)
            assert str(failure.value), cypher
            assert "\n" not in str(failure.value)
        assert store.execute("RETURN 1 AS one")["one"].tolist() == [1]


def test_a_query_can_not_write(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(small())
    writing = (
        "CREATE (:Stakeholder {id: 'x'})",
        "MATCH (s:Stakeholder) SET s.name = 'x'",
        "MATCH (s:Stakeholder) DETACH DELETE s",
        "MERGE (s:Stakeholder {id: 'x'}) RETURN s.id AS id",
    )
    with opened() as store:
        before = fetch_dataset(store).stakeholders
        for cypher in writing:
            with pytest.raises(QueryFailed):
                store.execute(cypher)
        pd.testing.assert_frame_equal(fetch_dataset(store).stakeholders, before)


@pytest.mark.parametrize("write", [False, True])
def test_a_closed_store_answers_nothing(opened: OpenStore, *, write: bool) -> None:
    with opened(write=True) as store:
        store.write(small())
    with opened(write=write) as store:
        assert len(store.read_stakeholders([])) > 0
    for call in (
        store.read_schema,
        store.read_import_record,
        store.verify,
        lambda: store.read_stakeholders([]),
        lambda: store.read_relationships(None, []),
        lambda: store.execute("RETURN 1 AS one"),
        lambda: store.write(small()),
        lambda: store.count_changes(small()),
        lambda: store.remove([]),
    ):
        with pytest.raises(StoreUnavailable, match="is closed; open it again"):
            call()


def test_closing_twice_is_fine(opened: OpenStore) -> None:
    store = opened(write=True)
    store.write(small())
    store.close()
    store.close()
