"""The settings that a store carries along, in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.api import open_store, read_settings, save_settings
from relgraph.currencies import Currencies
from relgraph.errors import InvalidInput
from relgraph.store import Store
from relgraph.store_settings import parse_settings

TEXT = "[types.LENDS_TO]\nboth_ways = true\n"


def test_what_is_saved_is_read(worked: Store, tmp_path: Path) -> None:
    assert read_settings(worked) == ""
    with open_store(tmp_path / "new.lbug", write=True) as store:
        assert save_settings(store, TEXT.replace("\n", "\r\n")) == ()
        assert read_settings(store) == TEXT
        kind = store.read_settings().kinds["LENDS_TO"]
        assert (kind.both_ways, kind.word_of_mouth, kind.default, kind.sign) == (
            True,
            False,
            True,
            1,
        )
    with open_store(tmp_path / "new.lbug") as store:
        assert read_settings(store) == TEXT


def test_a_wrong_text_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.lbug", write=True) as store:
        with pytest.raises(InvalidInput, match=r"ours: .* is not a section"):
            save_settings(store, "[money]\n", file="ours")
        assert read_settings(store) == ""


def test_hostile_types_have_their_sign() -> None:
    kinds = parse_settings("[types.FIGHTS]\nhostile = true").kinds
    assert (kinds["FIGHTS"].sign, kinds["COMPETES_WITH"].sign, kinds["KNOWS"].sign) == (-1, -1, 1)


def test_currency_and_rates() -> None:
    text = 'currency = "eur"\n[rates]\nusd = 0.9\nJPY = 1\nEUR = 1\n'
    currencies = parse_settings(text).currencies
    assert currencies == Currencies("EUR", {"USD": 0.9, "JPY": 1.0, "EUR": 1.0})
    assert parse_settings("").currencies == Currencies()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('currency = "EURO"', "currency is 'EURO', which is not a currency code of ISO 4217"),
        ('currency = "EUE"', "such as EUR (did you mean 'EUR'?)"),
        ('currency = ""', "currency is '', which is not a currency code"),
        ("currency = 978", "currency is '978', which is not a currency code"),
        (
            "[rates]\nUSD = 0.9",
            '[rates] need the currency that they lead to; write currency = "EUR"',
        ),
        ("[rates]\nEURO = 0.9", "rates.EURO is 'EURO', which is not a currency code"),
        *(
            (f"[rates]\nUSD = {rate}", f"rates.USD is '{told}'; write a number above 0")
            for rate, told in (
                ("0", "0"),
                ("0.0", "0.0"),
                ("-0.9", "-0.9"),
                ('"0.9"', "0.9"),
                ("true", "True"),
                ("inf", "inf"),
                (f"1{'0' * 400}", f"1{'0' * 400}"),
                ("nan", "nan"),
            )
        ),
        ("[rates]\nusd = 0.9\nUSD = 0.9", "rates.USD: USD has two rates; give one"),
        ("[rates]\nEUR = 0.9", "rates.EUR is not 1, but EUR is the store's own currency"),
        ("rates = 0.9", "rates is not a table; write it as [rates] with its keys below"),
        (
            'curency = "EUR"',
            "[curency] is not a section of the settings (did you mean 'currency'?)",
        ),
    ],
)
def test_wrong_money(text: str, problem: str) -> None:
    if text.startswith("[rates]") and "need" not in problem:
        text = f'currency = "EUR"\n{text}'
    with pytest.raises(InvalidInput) as error:
        parse_settings(text)
    (line,) = str(error.value).splitlines()
    assert problem in line


def test_capacities_are_counts_of_contacts() -> None:
    read = parse_settings("[capacities]\ndefault = 250\n'emp-06' = 120.5\n")
    assert read.capacities == {"default": 250.0, "emp-06": 120.5}
    wrong = "[capacities]\na = -1\nb = 'many'\nc = true\nd = inf\n"
    with pytest.raises(InvalidInput) as caught:
        parse_settings(wrong)
    assert [str(problem).split(" is ")[0] for problem in caught.value.problems] == [
        f"relgraph.toml: capacities.{name}" for name in "abcd"
    ]
    with pytest.raises(InvalidInput, match="capacities"):
        parse_settings("capacities = 3")
