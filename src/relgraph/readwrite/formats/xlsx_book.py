"""The parts of a workbook that its sheets refer to: their places, shared texts and formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple
from zipfile import ZipFile

from relgraph.readwrite.formats.number_formats import BUILT_IN
from relgraph.readwrite.formats.xml_reading import Start, parse_xml

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character that XML can't hold, or a line break


class Book(NamedTuple):
    """A workbook without the cells of its sheets.

    Parameters
    ----------
    sheets : mapping of str to str
        The part that holds each sheet, by its title, in their order.
    texts : list of str
        Texts that cells refer to by number.
    formats : list of str
        The number format of each style.
    from_1904 : bool
        Whether days are counted from 1904, as on old Macs, and not from 1900.
    """

    sheets: Mapping[str, str]
    texts: list[str]
    formats: list[str]
    from_1904: bool


def read_book(archive: ZipFile) -> Book:
    """Read what sheets refer to.

    Raises
    ------
    ValueError, KeyError
        A part is missing or is not XML.
    """
    root = _links(archive, "")
    workbook = next(target for kind, target in root.values() if kind == "officeDocument")
    links = _links(archive, workbook)
    sheets: dict[str, str] = {}
    from_1904 = False

    def start(name: str, values: Mapping[str, str]) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = values.get("date1904") in ("1", "true")
        elif name == "sheet":
            link = next(value for key, value in values.items() if key.endswith(":id"))
            kind, target = links[link]
            if kind == "worksheet":
                sheets[values["name"]] = target

    _parse(archive, workbook, start)
    parts = dict(links.values())
    texts = _read_texts(archive, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _read_formats(archive, parts["styles"]) if "styles" in parts else []
    return Book(sheets, texts, formats, from_1904)


def _parse(archive: ZipFile, part: str, start: Start) -> None:
    with archive.open(part) as stream:
        parse_xml(stream, start)


def _links(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part refers to, each with its kind, by their ids in it."""
    folder, name = posixpath.split(part)
    links: dict[str, tuple[str, str]] = {}

    def start(name: str, values: Mapping[str, str]) -> None:
        if name == "Relationship" and values.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, values["Target"]))
            links[values["Id"]] = (posixpath.basename(values["Type"]), target.lstrip("/"))

    _parse(archive, posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return links


def _read_texts(archive: ZipFile, part: str) -> list[str]:
    """Return the shared texts, each without what tells how it is pronounced."""
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        inside.append(name)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(piece)

    with archive.open(part) as stream:
        parse_xml(stream, start, end, text)
    return texts


def unescaped(text: str) -> str:
    r"""Return text with the characters that a workbook writes by their numbers.

    Examples
    --------
    >>> unescaped("two_x000D_\nlines")
    'two\r\nlines'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _read_formats(archive: ZipFile, part: str) -> list[str]:
    """Return the number format of each style of a cell."""
    own: dict[int, str] = {}
    formats: list[str] = []
    inside = ""

    def start(name: str, values: Mapping[str, str]) -> None:
        nonlocal inside
        if name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside = name
        elif name == "numFmt" and inside != "dxfs":
            own[int(values["numFmtId"])] = values["formatCode"]
        elif name == "xf" and inside == "cellXfs":
            number = int(values.get("numFmtId", 0))
            formats.append(own.get(number) or BUILT_IN.get(number, ""))

    _parse(archive, part, start)
    return formats
