"""The readers, fuzzed for minutes: only with `-m fuzz`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 180


@pytest.mark.fuzz
def test_readers_read_or_refuse(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    script, samples = root / "scripts" / "fuzz_readers.py", root / "sample_data"
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, file in enumerate(sorted(samples.rglob("*.csv"))):
        (corpus / str(number)).write_bytes(b"\0" + file.read_bytes()[:2000])
    done = subprocess.run(
        [sys.executable, str(script), f"-max_total_time={SECONDS}", "-timeout=20", str(corpus)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
