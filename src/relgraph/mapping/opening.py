"""From a file to the tables in it, whatever its format, as a mapping asks for them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

import pyarrow as pa

from relgraph.mapping.files import TEXT
from relgraph.mapping.form import RAGGED, Read
from relgraph.messages import Message
from relgraph.readwrite.formats.arrow_tables import arrow_table, read_parquet
from relgraph.readwrite.formats.csv_reader import Layout, read_laid_out, read_large
from relgraph.readwrite.formats.encoding import decode
from relgraph.readwrite.formats.json_reader import read_json
from relgraph.readwrite.formats.record_reader import read_records
from relgraph.readwrite.formats.xlsx_reader import read_xlsx
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, empty_table, typed_table

_SEPARATED = (".csv", ".tsv", ".txt")
_UNPACKED = 1 << 31  # bytes that a packed file may hold


def open_bytes(
    data: bytes,
    ending: str,
    file: str,
    name: str,
    read: Read,
    log: ProblemLog,
    wanted: Callable[[str], bool] | None = None,
) -> list[RawTable]:
    """Return the tables in the content of a file.

    Parameters
    ----------
    data : bytes
        The content.
    ending : str
        What says the format, as `.csv.gz`; without one it is text.
    file, name : str
        As messages call it, and without its ending.
    read : Read
        What the mapping says of it.
    log : ProblemLog
        Told of all that can't be read.
    wanted : callable, optional
        Whether the cells under a header are needed.
    """
    try:
        if ending.endswith(".gz"):
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(_UNPACKED)
            ending = ending.removesuffix(".gz")
        if ending == ".zip":
            return _unpacked(data, file, read, log)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        log.add(Message("packed.damaged", reason=str(error)), file)
        return [empty_table(file, name)]
    if ending == ".xlsx":
        return read_xlsx(data, file, name, log, read.header)
    if ending == ".parquet":
        return read_parquet(data, file, name, log, wanted)
    if ending in (".arrow", ".feather"):
        return [_arrow(data, file, name, log)]
    separator = "\t" if ending == ".tsv" and read.separator is None else read.separator
    layout = Layout(separator, read.header, read.columns, read.ragged != RAGGED[0], wanted)
    is_csv = read.row_end is None and len(separator or ",") == 1
    if is_csv and read.encoding is None and ending in _SEPARATED:
        large = read_large(data, file, name, log, layout)
        if large is not None:
            return large
    before = len(log)
    text = decode(data, file, log, read.encoding)
    if len(log) > before:
        return [empty_table(file, name)]
    if ending in (".jsonl", ".ndjson"):
        return [_json_lines(text, file, name, log)]
    if ending == ".json" or (not ending and text.lstrip()[:1] in ("{", "[")):
        return read_json(text, file, name, log, nested=True)
    if is_csv:
        return read_laid_out(text, file, name, log, layout)
    return read_records(text, file, name, log, layout, read.row_end)


def _unpacked(data: bytes, file: str, read: Read, log: ProblemLog) -> list[RawTable]:
    tables = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [each for each in archive.infolist() if each.filename.lower().endswith(TEXT)]
        if sum(each.file_size for each in members) > _UNPACKED:
            raise zipfile.BadZipFile("too large")
        for member in members:
            path = PurePath(member.filename)
            inner = archive.read(member)
            place = f"{file}#{member.filename}"
            tables += open_bytes(inner, path.suffix.lower(), place, path.stem, read, log)
    if not members:
        log.add(Message("packed.empty", endings=TEXT), file)
    return tables


def _json_lines(text: str, file: str, name: str, log: ProblemLog) -> RawTable:
    """Read one object a line."""
    rows, lines = [], []
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", str(error))
            log.add(Message("json.invalid", reason=reason), file, line)
            continue
        if isinstance(row, dict):
            rows.append(row)
            lines.append(line)
        else:
            log.add(Message("json.not_row", value=str(row)[:60]), file, line)
    headers = list(dict.fromkeys(key for row in rows for key in row))
    columns = [[row.get(header) for row in rows] for header in headers]
    return typed_table(file, name, headers, 1, columns, lines, log, nested=True)


def _arrow(data: bytes, file: str, name: str, log: ProblemLog) -> RawTable:
    """Read Arrow, which knows the types of its columns; rows count from 1."""
    from pyarrow import feather

    try:
        table = feather.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError) as error:
        log.add(Message("columnar.damaged", reason=str(error).partition("\n")[0]), file)
        return empty_table(file, name)
    return arrow_table(table, file, name, log)
