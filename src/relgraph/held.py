"""Columns that are held in few bytes a row, and made into Python objects where they are asked for.

`Packed` holds texts as one run of UTF-8, `Coded` values of which many rows share few. Both are
cut and put in another order without a Python object for each row; `Columns` decodes each when it
is first looked at, so whoever reads it finds ordinary arrays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import lt
from typing import TYPE_CHECKING, Any, Self, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bytes: TypeAlias = npt.NDArray[np.uint8]
    Objects: TypeAlias = npt.NDArray[np.object_]

_WORD = 8  # bytes of texts that are compared at once
_ROWS = 1 << 16  # rows whose words are cut out at once
_LONG = 4  # words, up to which texts are put in order by them


class Held(ABC):
    """A column that can be cut, and is decoded as a whole."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many rows there are."""

    @abstractmethod
    def __getitem__(self, rows: Any) -> Self:
        """Return the rows at these positions, of this slice, or where this mask is true."""

    @abstractmethod
    def decoded(self) -> Objects:
        """Return an array of Python values, None for missing."""


class Packed(Held):
    """Texts as one run of UTF-8 bytes, and where each begins and ends; a missing one ends at -1.

    Examples
    --------
    >>> texts = Packed.of(["b", None, "ä"])
    >>> texts[[2, 0]].decoded().tolist(), len(texts)
    (['ä', 'b'], 3)
    """

    def __init__(self, data: Bytes, starts: Ints, ends: Ints) -> None:
        self.data, self.starts, self.ends = data, starts, ends

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> Self:
        """Return texts packed."""
        import numpy as np

        encoded = [None if text is None else text.encode() for text in texts]
        lengths = np.array([len(piece or b"") for piece in encoded], dtype=np.int64)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        ends[[piece is None for piece in encoded]] = -1
        joined = b"".join(piece for piece in encoded if piece is not None)
        return cls(np.frombuffer(joined, dtype=np.uint8), starts, ends)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return the texts of several parts."""
        import numpy as np

        if len(parts) == 1:
            return parts[0]
        sizes = [len(part.data) for part in parts]
        shifts = [sum(sizes[:place]) for place in range(len(parts))]
        return cls(
            np.concatenate([part.data for part in parts]),
            np.concatenate([part.starts + by for part, by in zip(parts, shifts, strict=True)]),
            np.concatenate(
                [
                    np.where(part.ends < 0, -1, part.ends + by)
                    for part, by in zip(parts, shifts, strict=True)
                ]
            ),
        )

    @classmethod
    def in_a_row(cls, data: Bytes, ends: Ints) -> Self:
        """Return texts that follow one another, as `compact` gives them."""
        import numpy as np

        starts = np.zeros_like(ends)
        np.maximum.accumulate(ends[:-1], out=starts[1:])
        return cls(data, np.maximum(starts, 0), ends)

    def compact(self) -> tuple[Bytes, Ints]:
        """Return the bytes of these texts alone, one after another, and where each ends."""
        import numpy as np

        known = self.ends >= 0
        lengths = np.where(known, self.ends - self.starts, 0)
        ends = np.cumsum(lengths)
        first, last = int(self.starts[0]) if len(self) else 0, int(ends[-1]) if len(self) else 0
        if bool((self.starts - first == ends - lengths).all()):
            data = self.data[first : first + last]
        else:
            data = self.data[np.repeat(self.starts - ends + lengths, lengths) + np.arange(last)]
        return data, np.where(known, ends, -1)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, rows: Any) -> Packed:
        return Packed(self.data, self.starts[rows], self.ends[rows])

    def decoded(self) -> Objects:
        """Return the texts, None for missing."""
        import numpy as np

        column = np.empty(len(self), dtype=object)
        if len(self) * _WORD < len(self.data):  # a few of many
            pairs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
            data = self.data
            column[:] = [None if e < 0 else data[s:e].tobytes().decode() for s, e in pairs]
            return column
        run = self.data.tobytes()
        pairs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        if run.isascii():
            text = run.decode("ascii")
            column[:] = [None if e < 0 else text[s:e] for s, e in pairs]
        else:
            column[:] = [None if e < 0 else run[s:e].decode() for s, e in pairs]
        return column

    def order(self) -> Ints:
        """Return the positions in rising order of code points, missing ones first."""
        import numpy as np

        if self.is_rising():
            return np.arange(len(self))
        lengths = self.ends - self.starts
        longest = int(lengths.max(initial=0))
        if longest <= _LONG * _WORD:
            words = [self._words(place) for place in range(0, max(longest, 1), _WORD)]
            # UTF-8 rises as code points do; what is shorter and else equal comes first.
            return np.lexsort((lengths, *reversed(words), self.ends >= 0))
        texts = self.decoded().tolist()
        keys = [(text is not None, text or "") for text in texts]
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)

    def is_rising(self) -> bool:
        """Return whether each text is above the one before, and none is missing.

        Examples
        --------
        >>> Packed.of(["a", "b", "bb"]).is_rising(), Packed.of(["a", "a"]).is_rising()
        (True, False)
        """
        import numpy as np

        if bool((self.ends < 0).any()):
            return False
        lengths = self.ends - self.starts
        rows, place = np.arange(len(self) - 1), 0
        while len(rows):
            one, other = self[rows]._words(place), self[rows + 1]._words(place)
            if bool((one > other).any()):
                return False
            rows, place = rows[one == other], place + _WORD
            over = (lengths[rows] <= place) & (lengths[rows + 1] <= place)
            if bool((over & (lengths[rows] >= lengths[rows + 1])).any()):
                return False
            rows = rows[~over]
        return True

    def _words(self, place: int) -> npt.NDArray[np.uint64]:
        """Return eight bytes of each text from a place on as a number, zeros beyond its end."""
        import numpy as np

        words = np.zeros(len(self), dtype=np.uint64)
        if not len(self.data):
            return words
        eight = np.arange(place, place + _WORD)
        for first in range(0, len(self), _ROWS):
            part = slice(first, first + _ROWS)
            where = self.starts[part, None] + eight
            there = where < self.ends[part, None]
            found = np.where(there, self.data[np.where(there, where, 0)], np.uint8(0))
            words[part] = found.view(">u8").ravel()
        return words


class Coded(Held):
    """Values of which many rows share few: a code for each row, the place of its value.

    Examples
    --------
    >>> import numpy as np
    >>> Coded(np.array([1, 0, 1]), np.array(["a", None], object))[:2].decoded().tolist()
    [None, 'a']
    """

    def __init__(self, codes: npt.NDArray[np.integer[Any]], values: Objects) -> None:
        self.codes, self.values = codes, values

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: Any) -> Coded:
        return Coded(self.codes[rows], self.values)

    def decoded(self) -> Objects:
        """Return the value of each row."""
        column: Objects = self.values[self.codes]
        return column


class Columns(Mapping[str, Any]):
    """Columns by name, each an array; what is held is decoded when it is first looked at.

    Examples
    --------
    >>> columns = Columns({"id": Packed.of(["a", "b"])})
    >>> columns["id"].tolist(), each(columns, lambda column: column[:1])["id"].tolist()
    (['a', 'b'], ['a'])
    """

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = held(columns)
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        column = self._columns[name]
        if not isinstance(column, Held):
            return column
        if name not in self._decoded:
            self._decoded[name] = column.decoded()
        return self._decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def held(self) -> dict[str, Any]:
        """Return the columns as they are held."""
        return dict(self._columns)


def coded(column: Any) -> Coded:
    """Return a column as codes, the same for the same value.

    Examples
    --------
    >>> import numpy as np
    >>> coded(np.array(["b", None, "b"], object)).codes.tolist()
    [0, 1, 0]
    """
    import numpy as np

    if isinstance(column, Coded):
        return column
    listed = decoded(column).tolist()
    codes = {value: code for code, value in enumerate(dict.fromkeys(listed))}
    numbers = np.fromiter(map(codes.__getitem__, listed), np.int64, count=len(listed))
    return Coded(numbers, _objects(list(codes)))


def is_rising(column: Any) -> bool:
    """Return whether each text of a column, held or not, is above the one before."""
    if isinstance(column, Packed):
        return column.is_rising()
    listed = decoded(column).tolist()
    return all(isinstance(text, str) for text in listed) and all(map(lt, listed, listed[1:]))


def held(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns by name as they are held."""
    return columns.held() if isinstance(columns, Columns) else dict(columns)


def decoded(column: Any) -> Any:
    """Return a column as an array, held or not."""
    return column.decoded() if isinstance(column, Held) else column


def each(columns: Mapping[str, Any], change: Callable[[Any], Any]) -> Mapping[str, Any]:
    """Return columns with a change made to each as it is held."""
    changed = {name: change(column) for name, column in held(columns).items()}
    return Columns(changed) if isinstance(columns, Columns) else changed


def joined(parts: Sequence[Any]) -> Any:
    """Return the rows of several columns of the same kind, held or not.

    Examples
    --------
    >>> import numpy as np
    >>> shared = Coded(np.array([0, 0]), np.array(["a"], object))
    >>> joined([shared, np.array([None], object)]).decoded().tolist()
    ['a', 'a', None]
    """
    import numpy as np

    if not any(isinstance(part, Held) for part in parts):
        return np.concatenate(parts)
    if all(isinstance(part, Packed) for part in parts):
        return Packed.joined(parts)
    if any(isinstance(part, Packed) for part in parts):
        return np.concatenate([decoded(part) for part in parts])
    values: dict[Any, int] = {}
    codes = []
    for part in parts:
        own = coded(part)
        places = [values.setdefault(value, len(values)) for value in own.values.tolist()]
        codes.append(np.array(places, dtype=np.int32)[own.codes])
    return Coded(np.concatenate(codes).astype(narrow(len(values))), _objects(list(values)))


def narrow(count: int) -> npt.DTypeLike:
    """Return the smallest type that holds the numbers below a count: what is small is quick."""
    import numpy as np

    return np.min_scalar_type(max(count - 1, 0))


def _objects(values: Sequence[Any]) -> Objects:
    import numpy as np

    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
