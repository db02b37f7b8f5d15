"""How kernels are compiled, cached and spread over threads.

A kernel is a plain function over arrays, compiled by numba in nopython mode without the
interpreter's lock. Parallel work is a kernel over a range of nodes that `in_ranges` runs on
several threads: it compiles in a fraction of the time of numba's own parallel loops and brings
no threading layer that a fork could break.

The machine code is cached on disk: beside the module, or in the user's cache folder where an
installation is read-only, or not at all where neither can be written. `NUMBA_CACHE_DIR` moves
it. A kernel is compiled anew when its file has changed, or that of a kernel that it calls. A kernel
adds up in a loop of its own: with `array.sum()` and the like even code from the cache imports
numba's `arraymath`, and with it SciPy's linear algebra (0.13 s).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any, ParamSpec, TypeVar

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba.core import cgutils, event, types
from numba.core.caching import FunctionCache
from numba.core.runtime.nrt import rtsys
from numba.extending import intrinsic

from relgraph import kernels

# The arrays of kernels: positions and counts, node numbers, values, flags, 64 flags in a word.
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
P = ParamSpec("P")
R = TypeVar("R")

# Below this many nodes and arcs together, starting threads costs more than it saves.
SMALL = 20_000


class _ReadyCache(FunctionCache):
    """A cache that hands over machine code without preparing numba's compiler for it.

    The preparation (0.3 s, SciPy's linear algebra among what it imports) is for compiling, which
    does it again for itself; code from the cache needs only the runtime that manages memory.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        """Make code stale with the file of a kernel that the function calls, not its own alone."""
        super().__init__(function)  # type: ignore[no-untyped-call]
        callees = (getattr(each, "_cache", None) for each in function.__globals__.values())
        self.stamps: set[Any] = {self._cache_file._source_stamp}
        self.stamps.update(*(each.stamps for each in callees if isinstance(each, _ReadyCache)))
        self._cache_file._source_stamp = sorted(self.stamps)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call]


class _CompileListener(event.Listener):
    """Tells that a first kernel is being compiled; taking code from the cache is not compiling."""

    told = False

    def on_start(self, event: Any) -> None:
        if kernels.on_compile and not self.told:
            self.told = True
            kernels.on_compile()

    def on_end(self, event: Any) -> None:
        kernels.times_compiled += 1


event.register("numba:compile", _CompileListener())  # type: ignore[no-untyped-call]


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel on first use, cached on disk where there is a place to write."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    kernel: Any
    try:
        kernel = numba.njit(function, cache=True, **options)
        kernel._cache = _ReadyCache(function)
    except RuntimeError:  # numba found no folder that it can write its cache to
        kernel = numba.njit(function, **options)
    ready: Callable[P, R] = kernel
    return ready


def unsigned(indptr: Ints, indices: Nodes) -> tuple[Ints, Nodes]:
    """Return the same memory as unsigned integers, for kernels that do little beside indexing.

    A signed index may count from the end, so compiled code tests its sign at every use; PageRank
    takes half as long without. In such a kernel nothing may be subtracted from an arc's position
    or a node's number: unsigned and signed numbers mix to floats.
    """
    return indptr.view(np.uint64), indices.view(np.uint32)


def threads() -> int:
    """Return how many threads kernels use: `NUMBA_NUM_THREADS`, or the cores allowed to us."""
    settings: Any = numba.config
    return int(settings.NUMBA_NUM_THREADS)


@cache
def _pool(process: int, workers: int) -> ThreadPoolExecutor:
    # Keyed by process: a forked child inherits the object but not its threads.
    return ThreadPoolExecutor(workers, thread_name_prefix=f"relgraph-{process}")


def in_ranges(work: Callable[[int, int], R], n: int, size: int, pieces: int = 1) -> list[R]:
    """Call `work(start, stop)` for ranges that cover 0 … n, and return the results in order.

    Parameters
    ----------
    work : callable
        Calls a compiled kernel; writes only what belongs to its range.
    n : int
        Where the last range stops.
    size : int
        How large the whole is; small work runs as one range on the calling thread.
    pieces : int
        Ranges per thread, more where ranges take unequal time.

    Examples
    --------
    >>> in_ranges(lambda start, stop: stop - start, 10, size=0)
    [10]
    """
    workers = threads()
    if size < SMALL or n < 2 or (workers == 1 and pieces == 1):
        return [work(0, n)]
    count = min(n, workers * pieces)
    ranges = list(pairwise(n * index // count for index in range(count + 1)))
    if workers == 1:
        return _collected((work(*piece) for piece in ranges), count, tell=True)
    pool = _pool(os.getpid(), workers)
    started = [pool.submit(work, *piece) for piece in ranges]
    try:
        return _collected((each.result() for each in started), count, tell=pieces > 1)
    finally:  # after an interrupt nobody waits for the rest
        for each in started:
            each.cancel()


def _collected(results: Iterator[R], count: int, *, tell: bool) -> list[R]:
    """Return all results, and tell whoever wants to know how many there are."""
    found: list[R] = []
    for result in results:
        found.append(result)
        if tell and kernels.on_part:
            kernels.on_part(len(found), count)
    return found


def _ones(typing: Any, word: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return word(word), generate


def _prefetch(typing: Any, array: Any, place: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        tools: Any = cgutils
        fetch = tools.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        address = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
        to_read, keep, of_data = number(0), number(3), number(1)
        builder.call(fetch, [address, to_read, keep, of_data])
        return context.get_dummy_value()

    return types.void(array, place), generate


# How many bits of a word are set, for kernels: one instruction, which numba has no name for.
count_ones: Any = intrinsic(_ones)

# Ask for the cache line of `array[place]`, for kernels that know what they will read next.
prefetch: Any = intrinsic(_prefetch)
