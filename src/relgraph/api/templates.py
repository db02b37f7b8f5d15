"""Templates: files that hold only headers, for a user to fill in, or filled ones that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from relgraph.arguments import checked
from relgraph.errors import OutputError, reason_of
from relgraph.model import COLUMNS, TABLES
from relgraph.resources import resource_dir

Sample = Literal["six_markets", "northwind", "worked_example", "crm_export"]

_NOT_FILLED_IN = ("market_as_read",)  # relgraph's own memory of an alias


@checked
def write_template(folder: str | Path, sample: Sample | None = None) -> list[Path]:
    """Write the three tables as CSV files that hold only their headers, or a sample's files.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing.
    sample : {"six_markets", "northwind", "worked_example", "crm_export"}, optional
        The sample data whose CSV files are written instead.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    OutputError
        One of them exists already, or can't be written; nothing was written.
    """
    files = _headers() if sample is None else _filled(sample)
    paths = {Path(folder) / name: content for name, content in files.items()}
    existing = tuple(str(path) for path in paths if path.exists())
    if existing:
        raise OutputError("template.exists", files=existing)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for path, content in paths.items():
            path.write_bytes(content)
    except OSError as error:
        raise OutputError("path.failed", path=folder, reason=reason_of(error)) from error
    return list(paths)


def _headers() -> dict[str, bytes]:
    return {
        f"{table}.csv": (
            ",".join(name for name in COLUMNS[table] if name not in _NOT_FILLED_IN) + "\n"
        ).encode()
        for table in TABLES
    }


def _filled(sample: Sample) -> dict[str, bytes]:
    files = sorted((resource_dir("sample_data") / sample).glob("*.csv"))
    return {file.name: file.read_bytes() for file in files}
