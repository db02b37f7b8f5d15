"""A Network in a .npz file: plain arrays, no pickle, text as UTF-8 bytes.

Arrays lie in the file as in memory and are mapped, not read: of a large network only what a
measure looks at takes memory, and texts are decoded on first use.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import MeasureError
from relgraph.held import Coded, Columns, Held, Packed, coded, held
from relgraph.messages import from_plain, to_plain
from relgraph.network.columns import Nodes, text_array
from relgraph.network.core import Network
from relgraph.replacing import replacing

Arrays = Mapping[str, npt.NDArray[Any]]

ATTRIBUTE = "attribute:"
LABELS = ("ids", "names", "markets")
ARCS = ("indptr", "indices", "strength", "both_ways", "sign")
_ALIGNED = 64
# How a member of a zip file begins, and the part that holds the size of a large one.
_LOCAL_HEADER, _LARGE_FIELD = 30, 20
_PADDING = 0xD935  # the field that aligns a member; readers that don't know it ignore it


def save_network(network: Network, path: str | Path) -> None:
    """Write a network to a .npz file, which `load_network` reads without pickle.

    Raises
    ------
    OutputError
        The file can't be written; what was there stays.
    """
    with replacing(path) as beside, beside.open("wb") as file:
        write_network(network, file)


def write_network(network: Network, file: IO[bytes], mark: str = "") -> None:
    """Write a network to an open file, with a mark that tells what it is."""
    arrays: dict[str, npt.NDArray[Any]] = {name: getattr(network, name) for name in ARCS}
    arrays["directed"] = np.array(network.directed)
    columns = {name: network.nodes.as_held(name) for name in LABELS}
    own = held(network.nodes.attributes)
    columns |= {f"{ATTRIBUTE}{name}": values for name, values in own.items()}
    columns["notes"] = Packed.of([json.dumps(to_plain(note)) for note in network.notes])
    columns["mark"] = Packed.of([mark])
    for name, column in columns.items():
        arrays |= _to_arrays(name, column)
    with zipfile.ZipFile(file, "w") as archive:
        for name, values in arrays.items():
            _write_member(archive, f"{name}.npy", values)


def load_network(path: str | Path, *, marked: str | None = None) -> Network:
    """Read a network that `save_network` wrote.

    Parameters
    ----------
    path : str or Path
        The file.
    marked : str, optional
        Refuse a file with another mark, or with a byte that isn't as it was written.

    Raises
    ------
    OSError
        The file can't be read.
    MeasureError
        It is not a saved network, or not the one that is meant.
    """
    try:
        with Path(path).open("rb") as file, zipfile.ZipFile(file) as archive:
            arrays = {
                member.filename.removesuffix(".npy"): _read_member(
                    archive, member, file, checked=marked is not None
                )
                for member in archive.infolist()
            }
        if marked is not None and _column(arrays, "mark").decoded().tolist() != [marked]:
            raise MeasureError("network.not_saved", path=path)
        notes = _column(arrays, "notes").decoded().tolist()
        ids, names, markets = (_column(arrays, name) for name in LABELS)
        attributes = {
            name.removeprefix(ATTRIBUTE): _column(arrays, name)
            for name in sorted({_plain_name(name) for name in arrays})
            if name.startswith(ATTRIBUTE)
        }
        return Network(
            nodes=Nodes(ids, names, markets, Columns(attributes)),
            **{name: arrays[name] for name in ARCS},
            directed=bool(arrays["directed"]),
            notes=tuple(from_plain(json.loads(note)) for note in notes),
        )
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise MeasureError("network.not_saved", path=path) from error


_PARTS = (":bytes", ":ends", ":codes", ":values")


def _plain_name(name: str) -> str:
    for part in _PARTS:
        name = name.removesuffix(part)
    return name


def _to_arrays(name: str, column: Any) -> dict[str, npt.NDArray[Any]]:
    """Return a column as arrays: texts, or codes and the values that they stand for."""
    if not isinstance(column, Held):
        if column.dtype != object:
            return {name: column}
        column = _packed_or_coded(column)
    if isinstance(column, Packed):
        data, ends = column.compact()
        return {f"{name}:bytes": data, f"{name}:ends": ends}
    values = json.dumps([_to_json(value) for value in column.values.tolist()]).encode()
    return {f"{name}:codes": column.codes, f"{name}:values": np.frombuffer(values, np.uint8)}


def _packed_or_coded(column: npt.NDArray[Any]) -> Held:
    listed = column.tolist()
    if any(value is not None and type(value) is not str for value in listed):
        return coded(column)
    shared = coded(column)
    return shared if 2 * len(shared.values) < len(listed) else Packed.of(listed)


def _column(arrays: Arrays, name: str) -> Any:
    """Return the column that `_to_arrays` took apart."""
    if name in arrays:
        return arrays[name]
    if f"{name}:bytes" in arrays:
        return Packed.in_a_row(arrays[f"{name}:bytes"], arrays[f"{name}:ends"])
    values = json.loads(arrays[f"{name}:values"].tobytes())
    return Coded(arrays[f"{name}:codes"], text_array(map(_from_json, values)))


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        kind, text = next(iter(value.items()))
        return datetime.fromisoformat(text) if kind == "time" else date.fromisoformat(text)
    return value


def _write_member(archive: zipfile.ZipFile, name: str, values: npt.NDArray[Any]) -> None:
    """Write an array so that its values begin at a multiple of 64 bytes, fit to be mapped."""
    member = zipfile.ZipInfo(name)
    start = archive.start_dir + _LOCAL_HEADER + len(name.encode()) + _LARGE_FIELD + 4
    padding = -start % _ALIGNED
    member.extra = struct.pack("<HH", _PADDING, padding) + bytes(padding)
    with archive.open(member, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, values, allow_pickle=False)


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, whole: IO[bytes], *, checked: bool
) -> npt.NDArray[Any]:
    """Map an array of the archive, or read it where it doesn't lie in memory's order."""
    with archive.open(member) as file:
        version = np.lib.format.read_magic(file)
        read = {(1, 0): np.lib.format.read_array_header_1_0}.get(
            version, np.lib.format.read_array_header_2_0
        )
        shape, _, kind = read(file)
        if kind.hasobject:
            raise ValueError("pickled")
        if member.compress_type == zipfile.ZIP_STORED and 0 not in shape:
            whole.seek(member.header_offset + _LOCAL_HEADER - 4)
            begin = whole.tell() + 4 + sum(struct.unpack("<HH", whole.read(4)))
            if checked:
                content = np.memmap(whole, np.uint8, "r", begin, (member.file_size,))
                if zlib.crc32(content.data) != member.CRC:
                    raise ValueError("changed")
            # Changes stay in memory: the file is never written to.
            mapped = np.asarray(np.memmap(whole, kind, "c", begin + file.tell(), shape))
            if mapped.flags.aligned:
                return mapped
        values = np.frombuffer(file.read(), kind).reshape(shape)
        return values.copy()
