"""Currencies: the codes of ISO 4217, and what others are worth in that of a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Those in use, and a few that were withdrawn lately and still stand in data.
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST
XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL
"""
CODES = tuple(_CODES.split())


@dataclass(frozen=True)
class Currencies:
    """The currency of a store, and what others are worth in it.

    Parameters
    ----------
    own : str, optional
        The store's currency.
    rates : mapping of str to float
        By currency, how many units of the store's currency one unit is worth.
    """

    own: str | None = None
    rates: Mapping[str, float] = field(default_factory=dict)


def currency_code(text: str | None) -> str | None:
    """Return the code that a text means, in capital letters; None for an empty one.

    Examples
    --------
    >>> currency_code(" eur"), currency_code("  ")
    ('EUR', None)
    """
    return (text or "").strip().upper() or None
