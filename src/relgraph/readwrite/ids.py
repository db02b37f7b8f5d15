"""Ids: two that look alike are one, however a program or a keyboard wrote them."""

from __future__ import annotations

import re
import unicodedata

# What Unicode calls default ignorable, and control characters that are not blanks.
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """Return a text without its invisible characters."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def clean_id(text: str) -> str:
    r"""Return an id as it is stored and compared.

    Letters are composed (NFC), blanks at the ends and invisible characters are left out. Case and
    blanks in the middle count.

    Examples
    --------
    >>> clean_id("\ufeff ann\xa0"), clean_id("Rene\u0301") == "Ren\xe9", clean_id("a  b")
    ('ann', True, 'a  b')
    """
    return unicodedata.normalize("NFC", visible(text)).strip()
