"""Text inside XML: escaped so that it reads back the same, and what XML can't hold at all."""

from __future__ import annotations

import re

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.errors import OutputError
from relgraph.readwrite.formats.written import row_label

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def escaped(text: str) -> str:
    r"""Return text as it stands in XML, in an element or in an attribute in double quotes.

    Examples
    --------
    >>> print(escaped('<"a"\n& b>'))
    &lt;&quot;a&quot;&#10;&amp; b&gt;
    """
    return text.translate(_ESCAPES)


def with_escapes(text: str) -> str:
    r"""Return text in which what XML forbids is shown as escapes.

    Examples
    --------
    >>> print(with_escapes("bell\x07"))
    bell\u0007
    """
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def check_xml(dataset: Dataset, format: str) -> None:
    """Refuse a dataset that holds a character that XML forbids.

    Raises
    ------
    OutputError
        Names the stakeholder, the column and the character.
    """
    for table, frame in dataset.tables().items():
        for name in map(str, frame.columns):
            if found := _FORBIDDEN.search(name):
                raise OutputError(
                    "write.bad_name", table=table, column=name, **_refused(found, format)
                )
            if column_type(frame[name]) == "text":
                _check_texts(frame, name, format)


def _check_texts(frame: pd.DataFrame, name: str, format: str) -> None:
    for row, text in frame[name].dropna().items():
        if found := _FORBIDDEN.search(text):
            label = row_label(frame, row)
            raise OutputError("write.bad_text", row=label, column=name, **_refused(found, format))


def _refused(found: re.Match[str], format: str) -> dict[str, str]:
    return {"character": f"U+{ord(found.group()):04X}", "format": format}
