"""How the numbers of an import are written: what stands before decimals and between thousands."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import UsageError, check_choice

DECIMALS = (".", ",")
THOUSANDS = (",", ".", " ", "'", "_")

# Signs that look the same: spaces that don't break, and the typographic apostrophe.
_ALIKE = {" ": " \u00a0\u2009\u202f", "'": "'\u2019"}
_NO_NUMBER = "?"  # instead of a cell that is a number in another notation only


class Notation(NamedTuple):
    """The signs of numbers in text; a workbook's own numbers need none.

    Parameters
    ----------
    decimal : str
        What stands before decimals, one of `DECIMALS`.
    thousands : str
        What may stand between thousands, one of `THOUSANDS`; nothing by default.
    """

    decimal: str = "."
    thousands: str = ""

    def check(self) -> None:
        """Refuse signs that can't stand in numbers, or the same for both.

        Raises
        ------
        UsageError
        """
        check_choice(self.decimal, DECIMALS, "decimal")
        if self.thousands not in ("", *THOUSANDS):
            choices = tuple(map(repr, THOUSANDS))
            raise UsageError(
                "notation.thousands", parameter="thousands", value=self.thousands, choices=choices
            )
        if self.decimal == self.thousands:
            raise UsageError("notation.same", parameter="thousands", value=self.thousands)

    def in_plain(self, cells: pa.StringArray) -> pa.StringArray:
        """Return numbers in plain notation; what is none in this one is none then either.

        Examples
        --------
        >>> Notation(",", ".").in_plain(pa.array(["1.234,5", "12", "1.5", None])).to_pylist()
        ['1234.5', '12', '?', None]
        """
        if self == PLAIN:
            return cells
        trimmed = pc.utf8_trim_whitespace(cells)
        fits = pc.match_substring_regex(trimmed, self._pattern())
        if self.thousands:
            trimmed = pc.replace_substring_regex(trimmed, self._between(), "")
        plain = pc.replace_substring(pc.replace_substring(trimmed, self.decimal, "."), "−", "-")
        return pc.if_else(fits, plain, pa.scalar(_NO_NUMBER))

    def _between(self) -> str:
        return f"[{re.escape(_ALIKE.get(self.thousands, self.thousands))}]"

    def _pattern(self) -> str:
        # In India, groups of two digits stand before the last of three.
        grouped = rf"|\d{{1,3}}({self._between()}\d{{2,3}})*{self._between()}\d{{3}}"
        whole = rf"(\d+{grouped if self.thousands else ''})"
        decimals = re.escape(self.decimal) + r"\d+"
        return rf"^[+\-−]?({whole}({decimals})?|{decimals})([eE][+-]?\d+)?$"


PLAIN = Notation()
