"""What to do about a cell that is nearly a number or a date."""

from __future__ import annotations

import pytest

from relgraph.model import ColumnType
from relgraph.readwrite.checking.near_misses import (
    is_code,
    is_nearly_date,
    is_nearly_number,
    remedy,
)


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        ("10/20/2016", "date", "; write it 2016-10-20"),
        ("20.10.2016", "date", "; write it 2016-10-20"),
        ("03/04/2016", "date", "; write it 2016-04-03 or 2016-03-04, whichever is meant"),
        ("4/4/2016", "date", "; write it 2016-04-04"),
        ("2016/10/20", "date", "; write it 2016-10-20"),
        ("2016年10月20日", "date", "; write it 2016-10-20"),
        ("31.12.99", "date", "; write it 1999-12-31"),
        ("20161020", "date", "; write it 2016-10-20"),
        ("Oct 20, 2016", "date", "; write it 2016-10-20"),
        ("20 October 2016", "date", "; write it 2016-10-20"),
        ("45443", "date", "; write it 2024-05-31"),
        ("10/20/2016 2:30 PM", "time", "; write it like 2016-10-20T14:30Z"),
        ("10/20/2016", "time", "; write it 2016-10-20"),
        ("1.234,50", "number", "or give decimal ',' thousands '.'"),
        ("1,234.50", "number", "or give thousands ','"),
        ("1.234.567", "number", "or give decimal ',' thousands '.'"),
        ("1,234,567", "number", "or give thousands ','"),
        ("0,5", "number", "or give decimal ','"),
        ("1,234", "number", "if the comma stands between thousands"),
        ("1 234,5", "number", "or give decimal ',' thousands ' '"),
        ("1'234.5", "number", """or give thousands "'\""""),
        ("12%", "number", "; write 0.12 for it"),
        ("7,5 %", "number", "; write 0.075 for it"),
        ("5k", "number", "; write 5000 for it"),
        ("2.5M", "number", "; write 2500000 for it"),
        ("€ 12", "number", "; write 12 for it"),
        ("12.50 EUR", "number", "; write 12.5 for it"),
        ("-5k", "number", "; write -5000 for it"),
        ("-$5", "number", "; write -5 for it"),
        ("$ -5", "number", "; write -5 for it"),
        ("($5)", "number", "; write -5 for it"),
        ("−5%", "number", "; write -0.05 for it"),
        ("n/a", "number", "or give null 'n/a'"),
        ("-", "date", "or give null '-'"),
    ],
)
def test_what_to_do(text: str, wanted: ColumnType, said: str) -> None:
    assert str(remedy(text, wanted)).endswith(said) or said in str(remedy(text, wanted))


@pytest.mark.parametrize("text", ["high", "32.13.2024", "1.2.3", "soon", "12 apples", "2024-13-01"])
def test_nothing_is_plain_to_do(text: str) -> None:
    assert remedy(text, "number") is None
    assert remedy(text, "date") is None


@pytest.mark.parametrize("text", ["007", "+4917", "12", "1E5"])
def test_codes(text: str) -> None:
    assert is_code(text)
    assert not is_nearly_number(text)


@pytest.mark.parametrize("text", ["45443", "20161020", "1.2.10", "1-2-3"])
def test_what_may_well_be_no_date(text: str) -> None:
    assert not is_nearly_date(text)
