"""A Network in a .npz file: plain arrays, no pickle, text as UTF-8 bytes.

Arrays lie in the file as in memory and are mapped, not read: of a large network only what a
measure looks at takes memory, and texts are decoded on first use.
"""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import MeasureError
from relgraph.messages import from_plain, to_plain
from relgraph.network.columns import Ints, Nodes, Texts, text_array
from relgraph.network.core import Network
from relgraph.replacing import replacing

Arrays = Mapping[str, npt.NDArray[Any]]

# The most distinct texts of a column that are kept for reuse while it is decoded.
SHARED = 100
ATTRIBUTE = "attribute:"
ARCS = ("indptr", "indices", "strength", "both_ways", "sign")
_ALIGNED = 64
# How a member of a zip file begins, and the part that holds the size of a large one.
_LOCAL_HEADER, _LARGE_FIELD = 30, 20
_PADDING = 0xD935  # the field that aligns a member; readers that don't know it ignore it


class StoredNodes(Nodes):
    """Nodes of a file, whose columns are decoded on first use."""

    def __init__(self, arrays: Arrays) -> None:
        object.__setattr__(self, "_arrays", arrays)

    def __len__(self) -> int:
        arrays: Arrays = vars(self)["_arrays"]
        return len(arrays["ids:ends"])

    def __getattr__(self, name: str) -> Any:
        value: Any
        if name == "attributes":
            value = self._decoded_attributes()
        elif name == "names":
            value = self._texts("names")
            unnamed = value == self.ids
            value[unnamed] = self.ids[unnamed]
        elif name in ("ids", "markets"):
            value = self._texts(name)
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    def _texts(self, name: str) -> Texts:
        arrays: Arrays = vars(self)["_arrays"]
        return _unpack_texts(arrays[f"{name}:bytes"], arrays[f"{name}:ends"])

    def _decoded_attributes(self) -> Arrays:
        names = [name for name in vars(self)["_arrays"] if name.startswith(ATTRIBUTE)]
        plain = [name for name in names if not name.endswith((":bytes", ":ends"))]
        texts = [name.removesuffix(":ends") for name in names if name.endswith(":ends")]
        columns = {name: vars(self)["_arrays"][name] for name in plain}
        columns |= {name: self._texts(name) for name in texts}
        return {name.removeprefix(ATTRIBUTE): values for name, values in columns.items()}


def save_network(network: Network, path: str | Path) -> None:
    """Write a network to a .npz file, which `load_network` reads without pickle.

    Raises
    ------
    OutputError
        The file can't be written; what was there stays.
    """
    texts = {"ids": network.ids, "names": network.names, "markets": network.markets}
    arrays: dict[str, npt.NDArray[Any]] = {name: getattr(network, name) for name in ARCS}
    arrays["directed"] = np.array(network.directed)
    for name, values in network.nodes.attributes.items():
        (texts if values.dtype == object else arrays)[f"{ATTRIBUTE}{name}"] = values
    texts["notes"] = text_array(json.dumps(to_plain(note)) for note in network.notes)
    for name, values in texts.items():
        arrays[f"{name}:bytes"], arrays[f"{name}:ends"] = _pack_texts(values)
    with replacing(path) as beside, zipfile.ZipFile(beside, "w") as archive:
        for name, values in arrays.items():
            _write_member(archive, f"{name}.npy", values)


def load_network(path: str | Path) -> Network:
    """Read a network that `save_network` wrote.

    Raises
    ------
    OSError
        The file can't be read.
    MeasureError
        It is not a saved network.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = {
                member.filename.removesuffix(".npy"): _read_member(archive, member, Path(path))
                for member in archive.infolist()
            }
        notes = _unpack_texts(arrays["notes:bytes"], arrays["notes:ends"]).tolist()
        return Network(
            nodes=StoredNodes(arrays),
            **{name: arrays[name] for name in ARCS},
            directed=bool(arrays["directed"]),
            notes=tuple(from_plain(json.loads(note)) for note in notes),
        )
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise MeasureError("network.not_saved", path=path) from error


def _write_member(archive: zipfile.ZipFile, name: str, values: npt.NDArray[Any]) -> None:
    """Write an array so that its values begin at a multiple of 64 bytes, fit to be mapped."""
    member = zipfile.ZipInfo(name)
    start = archive.start_dir + _LOCAL_HEADER + len(name.encode()) + _LARGE_FIELD + 4
    padding = -start % _ALIGNED
    member.extra = struct.pack("<HH", _PADDING, padding) + bytes(padding)
    with archive.open(member, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, values, allow_pickle=False)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> npt.NDArray[Any]:
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
            with path.open("rb") as raw:
                raw.seek(member.header_offset + _LOCAL_HEADER - 4)
                offset = raw.tell() + 4 + sum(struct.unpack("<HH", raw.read(4))) + file.tell()
            # Changes stay in memory: the file is never written to.
            mapped = np.asarray(np.memmap(path, kind, "c", offset, shape))
            if mapped.flags.aligned:
                return mapped
        values = np.frombuffer(file.read(), kind).reshape(shape)
        return values.copy()


def _pack_texts(values: Texts) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Return texts as one run of UTF-8 bytes and where each ends; None ends at −1."""
    encoded = [None if value is None else str(value).encode() for value in values.tolist()]
    lengths = np.array([len(piece or b"") for piece in encoded], dtype=np.int64)
    ends = np.cumsum(lengths)
    ends[[piece is None for piece in encoded]] = -1
    joined = b"".join(piece for piece in encoded if piece is not None)
    return np.frombuffer(joined, dtype=np.uint8), ends


def _unpack_texts(joined: npt.NDArray[np.uint8], ends: Ints) -> Texts:
    data = joined.tobytes()
    texts: list[str | None] = []
    known: dict[str, str] = {}  # texts that many share, such as markets, are kept once
    start = 0
    for end in ends.tolist():
        if end < 0:
            texts.append(None)
        else:
            text = data[start:end].decode()
            if len(known) < SHARED:
                known[text] = text
            texts.append(known.get(text, text))
            start = end
    return text_array(texts)
