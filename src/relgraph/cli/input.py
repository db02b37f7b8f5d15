"""Files that commands read themselves, as text; `-` is stdin."""

from __future__ import annotations

import sys

from relgraph.errors import UsageError, reason_of

STDIN = "-"


def read_text(file: str) -> str:
    """Return the text of a file, or of stdin, as UTF-8.

    Raises
    ------
    UsageError
        It can't be read, or is in another encoding.
    """
    from pathlib import Path

    if file == STDIN and sys.stdin is None:
        raise UsageError("input.stdin_closed", parameter="file")
    try:
        content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError("input.not_utf8", file=file, line=line) from error
    except FileNotFoundError as error:
        raise UsageError("input.no_file", parameter="file", file=file) from error
    except OSError as error:
        reason = reason_of(error)
        raise UsageError("input.unreadable", parameter="file", file=file, reason=reason) from error
