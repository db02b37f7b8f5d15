"""docs/cypher-subset.md says what the code checks."""

from __future__ import annotations

import re
from pathlib import Path

from relgraph.named_queries import load_queries
from relgraph.named_queries.parameters import PARAMETER_TYPES
from relgraph.named_queries.readonly import PROCEDURES
from relgraph.named_queries.returned import RETURN_TYPES
from tests.queries.subset import FUNCTIONS

TEXT = (Path(__file__).parents[2] / "docs" / "cypher-subset.md").read_text(encoding="utf-8")
ONE_LINE = " ".join(TEXT.split())


def test_it_lists_the_functions_and_types() -> None:
    assert f"functions {', '.join(sorted(FUNCTIONS, key=str.lower))}." in ONE_LINE
    types = TEXT.split("| type of a parameter")[1].split("Columns are")[0]
    assert re.findall(r"^\| ([A-Z]+) \|", types, re.MULTILINE) == list(PARAMETER_TYPES)
    columns = TEXT.split("Columns are ")[1].split("\n")[0]
    assert set(re.findall("[A-Z]{4,}", columns)) == set(RETURN_TYPES)


def test_it_lists_the_procedures() -> None:
    listed = ONE_LINE.split("The procedures are, ")[1].split(". Dotted")[0].lower()
    assert set(re.findall(r"[a-z]+(?:[._][a-z]+)+", listed)) == PROCEDURES


def test_its_example_is_a_shipped_query() -> None:
    query = load_queries()["referral-partners"]
    header = TEXT.split("```cypher\n")[1].split("MATCH")[0]
    assert query.cypher.startswith(header)
