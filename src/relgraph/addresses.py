"""Mail addresses and telephone numbers: which columns hold them, and how they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MAIL = re.compile(r"e?mail(address(es)?)?\d*|电子邮件|电子邮箱|邮箱|邮件(地址)?")
_PHONE = re.compile(
    r"(mobile|cell)?((tele)?phone|tel|mobile|cell|handy|telefon)(number|no|nr)?\d*|电话(号码)?|手机(号码?)?"
)
_PARTED = re.compile(r"[;,；，、\s]+")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_PHONES_PARTED = re.compile(r"[;,；，、/|]+")
_LEAST_DIGITS = 7  # fewer are an extension, which many share
_NATIONAL = 9  # the last digits, which are the same with and without a country's code


def mail_columns(names: Iterable[str]) -> list[str]:
    """Return the names of columns that hold mail addresses.

    Examples
    --------
    >>> mail_columns(["name", "email", "E-mail 2", "mailing_list"])
    ['email', 'E-mail 2']
    """
    return [name for name in names if _MAIL.fullmatch(_plain(name))]


def phone_columns(names: Iterable[str]) -> list[str]:
    """Return the names of columns that hold telephone numbers."""
    return [name for name in names if _PHONE.fullmatch(_plain(name))]


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def split_addresses(text: str) -> list[str]:
    """Return the mail addresses in a cell, in lower case, each once.

    Examples
    --------
    >>> split_addresses("Ann@Acme.com; <ann@home.org>, none")
    ['ann@acme.com', 'ann@home.org']
    """
    parts = (part.strip("<>\"'()") for part in _PARTED.split(text))
    return list(dict.fromkeys(part.casefold() for part in parts if _ADDRESS.fullmatch(part)))


def split_phones(text: str) -> list[str]:
    """Return the telephone numbers in a cell by their last nine digits, each once.

    Examples
    --------
    >>> split_phones("+44 (0)20 7946 0001 / 020 7946 0001; 12")
    ['079460001']
    """
    digits = ("".join(c for c in part if c.isdigit()) for part in _PHONES_PARTED.split(text))
    kept = (number[-_NATIONAL:] for number in digits if len(number) >= _LEAST_DIGITS)
    return list(dict.fromkeys(kept))
