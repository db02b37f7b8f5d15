"""A Network in a .npz file: plain arrays, no pickle, text as UTF-8 bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import MeasureError
from relgraph.network.columns import Ints, Nodes, Texts, text_array
from relgraph.network.core import Network

# As many different texts of a column are looked up when it is read.
SHARED = 100


def save_network(network: Network, path: str | Path) -> None:
    """Write a network to a .npz file, which `load_network` reads without pickle."""
    texts = {"ids": network.ids, "names": network.names, "markets": network.markets}
    arrays: dict[str, npt.NDArray[Any]] = {
        "indptr": network.indptr,
        "indices": network.indices,
        "strength": network.strength,
        "both_ways": network.both_ways,
        "sign": network.sign,
        "directed": np.array(network.directed),
    }
    for name, values in network.nodes.attributes.items():
        if values.dtype == object:
            texts[f"attribute:{name}"] = values
        else:
            arrays[f"attribute:{name}"] = values
    texts["notes"] = text_array(network.notes)
    for name, values in texts.items():
        arrays[f"{name}:bytes"], arrays[f"{name}:ends"] = _pack_texts(values)
    with Path(path).open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_network(path: str | Path) -> Network:
    """Read a network that `Network.save` wrote.

    Raises
    ------
    OSError
        The file can't be read.
    MeasureError
        It is not a saved network.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        texts = {
            name.removesuffix(":ends"): _unpack_texts(arrays[f"{name[:-5]}:bytes"], ends)
            for name, ends in arrays.items()
            if name.endswith(":ends")
        }
        unnamed = texts["names"] == texts["ids"]
        texts["names"][unnamed] = texts["ids"][unnamed]
        prefix = "attribute:"
        packed = (":bytes", ":ends")
        attributes = {
            name.removeprefix(prefix): values
            for name, values in (arrays | texts).items()
            if name.startswith(prefix) and not name.endswith(packed)
        }
        return Network(
            Nodes(texts["ids"], texts["names"], texts["markets"], attributes),
            arrays["indptr"],
            arrays["indices"],
            arrays["strength"],
            arrays["both_ways"],
            arrays["sign"],
            bool(arrays["directed"]),
            tuple(texts["notes"].tolist()),
        )
    except (ValueError, KeyError, EOFError) as error:
        raise MeasureError(f"{path} is not a network saved by relgraph") from error


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
    known: dict[str, str] = {}  # texts that many share, as markets are, are kept once
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
