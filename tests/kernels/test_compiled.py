"""How kernels are compiled and spread over threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from relgraph.kernels import compiled

USE_A_KERNEL = """
import numpy as np
from relgraph.kernels.components import weak_components
print(weak_components(np.zeros(3, np.int64), np.zeros(0, np.int32)).tolist())
"""


def use_a_kernel(home: Path, cache: Path | None = None, code: str = USE_A_KERNEL) -> str:
    settings = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    if cache:
        settings["NUMBA_CACHE_DIR"] = str(cache)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_machine_code_is_kept_where_it_is_told(tmp_path: Path) -> None:
    assert use_a_kernel(tmp_path, tmp_path / "code") == "[0, 1]\n"
    assert list((tmp_path / "code").rglob("*.nbi"))


def test_code_from_the_cache_does_not_wake_the_compiler(tmp_path: Path) -> None:
    code = f"{USE_A_KERNEL}import sys; print('numba.np.arraymath' in sys.modules)"
    first, second = (use_a_kernel(tmp_path, tmp_path / "code", code) for _ in range(2))
    assert first == "[0, 1]\nTrue\n"
    assert second == "[0, 1]\nFalse\n"


def test_only_compiling_is_told_and_only_once(tmp_path: Path) -> None:
    code = f"""
from relgraph import kernels
kernels.on_compile = lambda: print("compiling")
{USE_A_KERNEL}
from relgraph.kernels.components import strong_components
print(strong_components(np.zeros(3, np.int64), np.zeros(0, np.int32)).tolist())
"""
    first, second = (use_a_kernel(tmp_path, tmp_path / "code", code) for _ in range(2))
    assert first == f"compiling\n{second}"
    assert second.startswith("[0, 1]\n")


def test_a_kernel_is_compiled_anew_when_one_that_it_calls_changes(tmp_path: Path) -> None:
    # Numbers of digits differ, so that files written in the same instant differ in size.
    head = "from relgraph.kernels.compiled import compiled\n"
    (tmp_path / "outer.py").write_text(
        f"{head}from inner import factor\n@compiled\ndef times(x):\n    return factor() * x\n"
    )
    for factor in (2, 30, 400):
        inner = f"{head}@compiled\ndef factor():\n    return {factor}\n"
        (tmp_path / "inner.py").write_text(inner)
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom outer import times\n"
        assert use_a_kernel(tmp_path, None, f"{code}print(times(7))") == f"{7 * factor}\n"


def test_an_index_outside_an_array_is_an_error_where_bounds_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reading.py").write_text(
        "from relgraph.kernels.compiled import compiled\n"
        "@compiled\ndef read(values, place):\n    return values[place]\n"
    )
    code = f"""
import sys, numpy as np
sys.path.insert(0, {str(tmp_path)!r})
from reading import read
try:
    read(np.zeros(3), 3)
except IndexError:
    print("caught")
"""
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert use_a_kernel(tmp_path, tmp_path / "code", code) == "caught\n"


def test_without_a_place_for_the_cache_a_kernel_still_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import numba

    plain: Any = numba.njit

    def no_locator(function: object, cache: bool = False, **options: object) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return plain(function, **options)

    monkeypatch.setattr(numba, "njit", no_locator)

    @compiled.compiled
    def twice(value: int) -> int:
        return 2 * value

    assert twice(21) == 42


@pytest.mark.parametrize(("n", "threads"), [(1, 4), (2, 4), (10, 3), (1000, 2)])
def test_ranges_cover_everything_once(
    n: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "threads", lambda: threads)
    parts = compiled.in_ranges(lambda start, stop: range(start, stop), n, size=10**6, pieces=3)
    assert [i for part in parts for i in part] == list(range(n))
    assert len(parts) == (1 if n == 1 else min(n, 3 * threads))


def test_an_error_in_a_range_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "threads", lambda: 2)

    def fail(start: int, stop: int) -> None:
        raise ValueError(f"{start} {stop}")

    with pytest.raises(ValueError, match="0 5"):
        compiled.in_ranges(fail, 10, size=10**6)


def test_the_number_of_threads_is_numbas() -> None:
    assert 1 <= compiled.threads() <= (os.cpu_count() or 1)
