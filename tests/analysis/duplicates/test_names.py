"""How names are compared: what doesn't count, and what tells two apart."""

from __future__ import annotations

import pytest

from relgraph.analysis.duplicates.names import normalised, told_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME Ltd.", "acme limited"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Müller & Söhne GmbH", "Muller Sohne"),
        ("Lee, Ann", "Ann Lee"),
        ("Kowalski Sp. z o.o.", "KOWALSKI"),
        ("Novák s.r.o.", "Novak"),
        ("北京蓝天科技有限公司", "北京蓝天科技股份有限公司"),
        ("ABC Trading Co., Ltd.", "ABC-Trading"),
        ("O'Neill Foods PLC", "Oneill Foods"),
    ],
)
def test_they_are_the_same_name(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_a_name_that_is_a_legal_form_keeps_it() -> None:
    assert normalised("AG") == "ag"
    assert normalised("公司") == "公司"
    assert normalised("—") == ""


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("Lodge 12", "Lodge 13", "numeral"),
        ("Plant II", "Plant III", "numeral"),
        ("第一医院", "第二医院", "numeral"),
        ("Depot 07", "Depot 7", None),
        ("Hospital North", "Hospital South", "direction"),
        ("Klinikum Nord", "Klinikum Süd GmbH", "direction"),
        ("河东超市", "河西超市", "direction"),
        ("Acme Logistics", "Acme Logistcs", None),
    ],
)
def test_what_tells_them_apart(one: str, other: str, by: str | None) -> None:
    assert told_apart(normalised(one), normalised(other)) == by
