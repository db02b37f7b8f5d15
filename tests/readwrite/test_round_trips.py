"""Writing, reading and writing again gives the same bytes, and reading gives the same data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from relgraph.api.exporting import export_store
from relgraph.api.importing import import_files
from relgraph.dataset import Dataset
from relgraph.model import ColumnType
from relgraph.readwrite.formats.written import in_written_order
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.reading import read_files
from relgraph.readwrite.writing import write_dataset
from relgraph.resources import resource_dir
from relgraph.store import open_store
from tests.readwrite.written_datasets import (
    HOSTILE,
    column,
    every_type,
    naughty_strings,
    stakeholders_named,
)

PARQUET = "-parquet/"
ENDINGS = ("/", ".xlsx", ".json", PARQUET)
FORMATS = pytest.mark.parametrize("ending", ENDINGS)
LOOKS_LIKE = {
    "zeros": "007",
    "exponent": "1e5",
    "float": "1.50",
    "whole": "12",
    "minus": "-0",
    "truth": "TRUE",
    "day": "2024-01-01",
    "moment": "2024-01-01 10:00",
    "spaces": " 12 ",
    "null": "null",
}


def content(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of the files in a folder."""
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name.replace("second", "first"): file.read_bytes() for file in files}


def write(dataset: Dataset, path: str) -> None:
    write_dataset(dataset, path, made_for="parquet" if path.endswith(PARQUET) else None)


def check_round_trip(dataset: Dataset, ending: str, folder: Path) -> None:
    first, second = (f"{folder}/{name}{ending}" for name in ("first", "second"))
    write(dataset, first)
    again = read_files([first]).dataset
    write(again, second)
    assert content(Path(second)) == content(Path(first))
    expected = in_written_order(dataset)
    for table, frame in in_written_order(again).tables().items():
        assert_frame_equal(frame, expected.tables()[table], check_index_type=False)


@FORMATS
def test_every_type(tmp_path: Path, ending: str) -> None:
    check_round_trip(every_type(), ending, tmp_path)


@FORMATS
@pytest.mark.parametrize("name", ["worked_example", "six_markets", "northwind"])
def test_sample_data(tmp_path: Path, ending: str, name: str) -> None:
    dataset = read_files([resource_dir("sample_data") / name]).dataset
    check_round_trip(dataset, ending, tmp_path)


@FORMATS
def test_naughty_strings(tmp_path: Path, ending: str) -> None:
    names = [name for name in (*HOSTILE, *naughty_strings()) if name.strip()]
    if ending == ".xlsx":
        names = [name for name in names if fits_xml(name)]
    names = [name for name in dict.fromkeys(names) if name.strip()]
    dataset = stakeholders_named([name.strip() for name in names])
    dataset.stakeholders["note"] = column("text", names)
    check_round_trip(dataset, ending, tmp_path)


def fits_xml(text: str) -> bool:
    return not any(c in "\ufffe\uffff" or (c < " " and c not in "\t\r\n") for c in text)


@FORMATS
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, ending: str) -> None:
    dataset = stakeholders_named(["a", "b"])
    for name, text in LOOKS_LIKE.items():
        dataset.stakeholders[name] = column("text", [text, text])
    check_round_trip(dataset, ending, tmp_path)


@FORMATS
def test_awkward_values_of_each_type(tmp_path: Path, ending: str) -> None:
    dataset = stakeholders_named(["a", "b"])
    values: dict[str, tuple[ColumnType, list[Any]]] = {
        "midnights": ("time", ["2024-01-01", None]),
        "before Excel": ("date", ["1800-01-01", "2024-01-01"]),
        "microseconds": ("time", ["2024-01-01T00:00:00.000001Z", "1800-01-01T10:00Z"]),
        "extremes": ("number", [1e-300, 1e16]),
        "whole": ("number", [1.0, -0.0]),
        "long": ("integer", [10**17 + 1, -(10**17) - 1]),
        "name:text": ("text", ["a", "b"]),
        "name:date": ("integer", [1, 2]),
        "ratio: net": ("boolean", [True, None]),
    }
    for name, (kind, cells) in values.items():
        dataset.stakeholders[name] = column(kind, cells)
    check_round_trip(dataset, ending, tmp_path)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
)
XML_TEXTS = TEXTS.filter(fits_xml).filter(str.strip)  # blanks alone count as nothing
NAMES = XML_TEXTS.map(str.strip)
IDS = XML_TEXTS.map(clean_id).filter(bool)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
TIMES = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))
VALUES: dict[ColumnType, st.SearchStrategy[Any]] = {
    "text": XML_TEXTS | st.sampled_from(list(LOOKS_LIKE.values())),
    "integer": st.integers(-(10**17), 10**17),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": DAYS,
    "time": TIMES,
}


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Draw stakeholders, ties and contacts with further columns of every type."""
    ids = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    ends = st.lists(st.sampled_from(ids), min_size=3, max_size=3)
    stakeholders = {
        "id": column("text", ids),
        "name": column("text", draw(st.lists(NAMES, min_size=len(ids), max_size=len(ids)))),
        "market": column("text", ["customer"] * len(ids)),
    }
    relationships = {
        "source": column("text", draw(ends)),
        "target": column("text", draw(ends)),
        "type": column("text", ["A", "B", "C"]),
    }
    times = st.lists(TIMES, min_size=3, max_size=3)
    interactions = {
        "source": column("text", draw(ends)),
        "target": column("text", draw(ends)),
        "at": column("time", draw(times)),
        "value": column("number", draw(st.lists(VALUES["number"], min_size=3, max_size=3))),
    }
    dataset = Dataset(
        pd.DataFrame(stakeholders), pd.DataFrame(relationships), pd.DataFrame(interactions)
    )
    for frame in dataset.tables().values():
        for kind, values in VALUES.items():
            cells = st.lists(st.none() | values, min_size=len(frame), max_size=len(frame))
            frame[f"extra {kind}"] = column(kind, draw(cells))
    return dataset


@settings(max_examples=25, deadline=None)
@given(datasets(), st.sampled_from(ENDINGS))
def test_any_dataset(dataset: Dataset, ending: str) -> None:
    with TemporaryDirectory() as folder:
        check_round_trip(dataset, ending, Path(folder))


@settings(max_examples=5, deadline=None)
@given(datasets(), st.sampled_from(ENDINGS))
def test_any_dataset_through_a_store(dataset: Dataset, ending: str) -> None:
    with TemporaryDirectory() as folder:
        source, target = (f"{folder}/{name}{ending}" for name in ("first", "second"))
        write(dataset, source)
        with open_store(f"{folder}/store.lbug", write=True) as store:
            import_files(store, [source])
        with open_store(f"{folder}/store.lbug") as store:
            export_store(store, target, made_for="parquet" if ending == PARQUET else None)
        assert content(Path(target)) == content(Path(source))


def test_equal_contacts_stay_apart(tmp_path: Path) -> None:
    write_dataset(every_type(), f"{tmp_path}/out/")
    again = read_files([f"{tmp_path}/out/"]).dataset.interactions
    assert again["occurrence"].tolist() == [0, 0, 1]
    assert again["value"].tolist()[1:] == [1.0, 2.0]
