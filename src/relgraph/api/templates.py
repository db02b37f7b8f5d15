"""Templates: files that hold only headers, for a user to fill in."""

from __future__ import annotations

from pathlib import Path

from relgraph.arguments import checked
from relgraph.errors import OutputError, reason_of
from relgraph.model import COLUMNS, TABLES

_NOT_FILLED_IN = ("market_as_read",)  # relgraph's own memory of an alias


@checked
def write_template(folder: str | Path) -> list[Path]:
    """Write the three tables as CSV files that hold only their headers.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    OutputError
        One of them exists already, or can't be written; nothing was written.
    """
    paths = {table: Path(folder) / f"{table}.csv" for table in TABLES}
    existing = tuple(str(path) for path in paths.values() if path.exists())
    if existing:
        raise OutputError("template.exists", files=existing)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for table, path in paths.items():
            headers = [name for name in COLUMNS[table] if name not in _NOT_FILLED_IN]
            path.write_text(f"{','.join(headers)}\n", encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError("path.failed", path=folder, reason=reason_of(error)) from error
    return list(paths.values())
