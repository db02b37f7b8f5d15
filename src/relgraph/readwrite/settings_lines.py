"""The settings of a store inside a workbook or a JSON file: a table of the lines of their text."""

from __future__ import annotations

from relgraph.readwrite.raw_table import RawTable

NAME, COLUMN = "settings", "toml"


def holds_settings(raw: RawTable) -> bool:
    """Return whether a table is the settings that an export wrote."""
    return raw.name == NAME and raw.headers == (COLUMN,)


def settings_text(raw: RawTable) -> str:
    """Return the text that a table holds; a line that it lacks is empty."""
    lines = [""] * (int(raw.lines.max(initial=raw.header_line)) - raw.header_line)
    for line, cell in zip(raw.lines.tolist(), raw.columns[0].to_pylist(), strict=True):
        lines[line - raw.header_line - 1] = cell or ""
    return "\n".join(lines)
