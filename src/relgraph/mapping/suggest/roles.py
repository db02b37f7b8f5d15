"""Roles: what tables and columns are, by the words in their names."""

from __future__ import annotations

import re

MARKET_WORDS = {
    "customer": "customer client account kunde kunden cliente company organisation organization "
    "kontakt contact lead 客户 顾客",
    "supplier": "supplier vendor lieferant proveedor fournisseur 供应商",
    "distributor": "shipper distributor reseller dealer wholesaler carrier händler 经销商 分销商",
    "employee": "employee staff user rep salesrep representative mitarbeiter agent owner seller "
    "salesperson manager 员工",
    "competitor": "competitor rival wettbewerber 竞争者",
    "influencer": "influencer analyst journalist blogger 影响者",
}
OWNER = ("owner", "rep", "salesrep", "representative", "agent", "seller", "manager", "salesperson")
ABOVE = ("reportsto", "manager", "managerid", "boss", "supervisor", "supervisorid", "managedby")
NAMES = ("companyname", "fullname", "name", "accountname", "customername", "title", "label")
MONEY = ("total", "amount", "value", "revenue", "sales", "price", "betrag", "umsatz", "金额")
MOMENTS = ("date", "time", "created", "signed", "closed", "datum", "day", "日期", "when", "at")


def folded(name: str) -> str:
    """Return a name in lower case without what separates words.

    Examples
    --------
    >>> folded("Order-Details"), folded("supportRepId")
    ('orderdetails', 'supportrepid')
    """
    return re.sub(r"[\W_]+", "", name).casefold()


def words(name: str) -> list[str]:
    """Return the words of a name in lower case.

    Examples
    --------
    >>> words("SupportRepId"), words("order_details")
    (['support', 'rep', 'id'], ['order', 'details'])
    """
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W_]+", parts.casefold())


def singular(word: str) -> str:
    """Return an English word in the singular.

    Examples
    --------
    >>> singular("companies"), singular("customers"), singular("staff")
    ('company', 'customer', 'staff')
    """
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def market_of(name: str) -> str | None:
    """Return the market that a table's or a column's name speaks of, by its last word that does.

    Examples
    --------
    >>> market_of("Customers"), market_of("order-details"), market_of("crm_vendors")
    ('customer', None, 'supplier')
    """
    for word in reversed(words(name)):
        for market, known in MARKET_WORDS.items():
            if singular(word) in known.split() or word in known.split():
                return market
    return None


def speaks_of(name: str, known: tuple[str, ...]) -> bool:
    """Return whether a column's name has one of some words."""
    return folded(name) in known or any(word in known for word in words(name))
