"""Messages of an mbox file, read as a stream: of each its header fields of who, whom and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from relgraph.mail.entries import Entry, Party, read_date, read_parties, reason
from relgraph.messages import Message

_WANTED = re.compile(rb"(?i)(from|sender|to|cc|bcc|date|message-id)[ \t]*:")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_BEGIN = re.compile(rb"From .*\d\d?:\d\d")
_PIECE = 1 << 16  # the most of a line that is read at once
_MOST = 1 << 20  # bytes of the fields of one message

Fields = dict[str, list[str]]


def read_mbox(name: str, path: Path, now: datetime) -> Iterator[Entry]:
    """Yield the messages of a file, as entries; neither subjects nor bodies are kept.

    Parameters
    ----------
    name : str
        What messages call the file.
    path : Path
    now : datetime
        No message is later.
    """
    with path.open("rb") as file:
        for line, lines in _split(file):
            yield _entry(name, line, _fields(lines), now)


def _split(file: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """Yield for each message the line of its beginning, and the lines of the wanted fields."""
    number, begun, wanted, size = 0, 0, False, 0
    fields: list[bytes] | None = None  # None in a body
    after_blank, whole, pending = True, True, 0
    while piece := file.readline(_PIECE):
        begins, whole = whole, piece.endswith(b"\n")
        if not begins:
            continue
        number += 1
        blank = not piece.strip()
        if pending:
            if _FIELD.match(piece):
                if fields is not None and begun:
                    yield begun, fields
                begun, fields, size, wanted = pending, [], 0, False
            pending = 0
        if after_blank and _BEGIN.match(piece):
            pending = number
        elif fields is not None:
            if blank:
                yield begun, fields
                fields, begun = None, 0
            elif piece[:1] in b" \t":
                if wanted and size < _MOST:
                    fields[-1] += b" " + piece.strip()
                    size += len(piece)
            else:
                wanted = _WANTED.match(piece) is not None and size < _MOST
                if wanted:
                    fields.append(piece.strip())
                    size += len(piece)
        after_blank = blank
    if fields is not None and begun:
        yield begun, fields


def _fields(lines: list[bytes]) -> Fields:
    """Return the values of each field, by its name in lower case."""
    found: Fields = defaultdict(list)
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found[name.strip().lower()].append(value.strip())
    return found


def _entry(file: str, line: int, fields: Fields, now: datetime) -> Entry:
    senders = read_parties(fields["from"]) or read_parties(fields["sender"])
    others = read_parties([*fields["to"], *fields["cc"], *fields["bcc"]])
    at = read_date(next(iter(fields["date"]), ""), now)
    identity = next(iter(fields["message-id"]), "").strip("<> ")
    return message_entry(file, line, senders, others, at, identity)


def message_entry(
    file: str,
    line: int,
    senders: tuple[Party, ...],
    others: tuple[Party, ...],
    at: datetime | Message,
    identity: str = "",
) -> Entry:
    """Return the entry of a message, known by its id, else by all that is read of it."""
    if isinstance(at, Message):
        return Entry(file, line, "email", dropped=at)
    if not senders or not others:
        return Entry(file, line, "email", dropped=reason("no_address"))
    addresses = (senders[0].address, *sorted(party.address for party in others))
    key = ("message", identity) if identity else ("message", at.isoformat(), *addresses)
    return Entry(file, line, "email", key, (at,), senders[0], others)
