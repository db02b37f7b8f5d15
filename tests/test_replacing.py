"""Files that are replaced whole."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from relgraph.errors import OutputError
from relgraph.replacing import replacing


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        with replacing(tmp_path / "new") as path:
            path.write_text("text")
    finally:
        os.umask(umask)
    assert (tmp_path / "new").read_text() == "text"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "old") as path:
        path.write_text(str(1 / 0))
    assert (tmp_path / "old").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.touch(0o600)
    with replacing(old) as path:
        path.write_text("new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert old.read_text() == "new"


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    target.write_text("old")
    link = tmp_path / "link"
    link.symlink_to(target)
    with replacing(link) as path:
        assert path.parent == target.parent
        path.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_dangling_link_gets_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    with replacing(link) as path:
        path.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    with replacing("/dev/null") as path:
        path.write_text("gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    with replacing(pipe) as path:
        path.write_text("through")
    assert reader.communicate()[0] == "through"
    assert pipe.is_fifo()


@pytest.mark.parametrize("to", ["a pipe", "a file"])
def test_dev_stdout_is_stdout(to: str, tmp_path: Path) -> None:
    code = (
        "from relgraph.replacing import replacing\n"
        "with replacing('/dev/stdout') as path: path.write_text('text')"
    )
    with (tmp_path / "out").open("w") as out:
        process = subprocess.run(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE if to == "a pipe" else out,
            text=True,
            check=True,
        )
    assert (process.stdout or (tmp_path / "out").read_text()) == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", "is a folder"),
        ("missing/file", "folder 'missing' does not exist"),
        ("file/below", "can't be written: Not a directory|folder 'file' does not exist"),
        ("x" * 300, "can't be written: File name too long"),
    ],
)
def test_places_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(OutputError, match=message), replacing(name) as path:
        path.write_text("text")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="/dev/full: can't be written: No space left"),
        replacing("/dev/full") as path,
    ):
        path.write_text("text")


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old"
    old.write_text("old")
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(OutputError, match="the file is read-only"), replacing(old) as path:
        path.write_text("new")
    assert old.read_text() == "old"
