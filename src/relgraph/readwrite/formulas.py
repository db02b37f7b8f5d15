"""Text that a spreadsheet would run as a formula, and how to stop it."""

from __future__ import annotations

import re

# What a spreadsheet takes for the beginning of a formula, full-width forms included.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")


def defused(text: str) -> str:
    """Return text that no spreadsheet runs: an apostrophe goes before a formula.

    Examples
    --------
    >>> defused("=1+1"), defused("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text
