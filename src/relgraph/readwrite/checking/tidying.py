"""Whole columns of ids and texts, as they are stored."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from relgraph.readwrite.ids import clean_id

_PLAIN = r"^[!-~]([ -~]*[!-~])?$"  # ASCII without blanks at the ends


def clean_ids(column: pa.StringArray) -> pa.StringArray:
    """Return ids as they are stored and compared; one of which nothing is left is null."""
    return _changed(column, clean_id)


def trim_texts(column: pa.StringArray) -> pa.StringArray:
    """Return texts without blanks at their ends; one of which nothing is left is null."""
    return _changed(column, str.strip)


def _changed(column: pa.StringArray, change: Callable[[str], str]) -> pa.StringArray:
    plain = pc.match_substring_regex(column, _PLAIN).fill_null(True)
    if pc.all(plain).as_py() is not False:
        return column
    encoded = column.dictionary_encode()
    distinct = pa.array(
        [change(text) or None for text in encoded.dictionary.to_pylist()], pa.string()
    )
    return distinct.take(encoded.indices)
