"""Files that other tools read name what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".github/workflows/check.yml"])
def test_they_call_targets_of_the_makefile(name: str) -> None:
    targets = re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.MULTILINE)
    called = re.findall(r"(?:entry|run): (\S+)(?: (\S+))?$", text(name), re.MULTILINE)
    assert called
    for command, target in called:
        assert (command == "make" and target in targets) or (ROOT / command).is_file()


def test_the_image_is_built_from_what_a_wheel_needs() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", text("Dockerfile"), re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert all((ROOT / name).exists() for name in names)
    # What the context leaves out can't be copied.
    kept = re.findall(r"^!(\S+)$", text(".dockerignore"), re.MULTILINE)
    assert set(kept) == names
    needed = re.findall(r'^"(\w+)" = "relgraph/', text("pyproject.toml"), re.MULTILINE)
    assert {"src", "pyproject.toml", *needed} <= names
    assert re.search(r"^USER (?!root)", text("Dockerfile"), re.MULTILINE)


def test_there_is_one_version() -> None:
    (number,) = re.findall(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)
    assert f"\nversion: {number}\n" in text("CITATION.cff")
    (day,) = re.findall(r"^date-released: (\S+)$", text("CITATION.cff"), re.MULTILINE)
    released = re.findall(r"^## \[(\d\S*)\] - (\S+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert released[0] == (number, day)
