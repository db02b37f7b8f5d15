"""Names in Cypher, and the record of an import."""

from __future__ import annotations

import ladybug
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.errors import InvalidInput
from relgraph.store.schema import check_names, find_new_properties, quote_identifier

NAMES = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1
).filter(lambda name: "\\u" not in name)


@given(NAMES)
def test_a_quoted_name_has_one_way_to_be_read(name: str) -> None:
    quoted = quote_identifier(name)
    assert quoted[0] == quoted[-1] == "`"
    inner = quoted[1:-1]
    assert "`" not in inner.replace("``", "")
    assert inner.replace("``", "`") == name


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_the_engine_reads_a_quoted_name_as_that_name(name: str) -> None:
    with ladybug.Database() as database, ladybug.Connection(database) as connection:
        result = connection.execute(f"RETURN 1 AS {quote_identifier(name)}")
        assert isinstance(result, ladybug.QueryResult)
        assert result.get_column_names() == [name]


@pytest.mark.parametrize("name", ["", "\0", "a\0b", r"a\u0060b", r"\uu0060"])
def test_names_that_no_store_can_keep_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="can't be a name"):
        quote_identifier(name)


def test_every_bad_name_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_names(["Stakeholder", "IMPORT", "REFERS"], ["_ID", "x\0", "name"])
    assert len(refusal.value.problems) == 4


def test_every_property_of_another_type_is_told_at_once() -> None:
    stored = {"a": "integer", "b": "text", "c": "number"}
    given_types = {"a": "text", "b": "date", "c": "integer", "d": "time"}
    with pytest.raises(InvalidInput) as refusal:
        find_new_properties(stored, given_types)  # type: ignore[arg-type]
    assert len(refusal.value.problems) == 2
    assert find_new_properties(stored, {"c": "integer", "d": "time"}) == {  # type: ignore[arg-type]
        "d": "time"
    }
