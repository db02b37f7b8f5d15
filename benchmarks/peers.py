"""The packages that benchmarks compare with: dependency group `bench` of pyproject.toml.

`python benchmarks/peers.py` installs each by itself into the environment that runs it, so that one
that neither has a wheel for this Python nor can be built costs its own comparisons only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def requirements() -> list[str]:
    """Return the requirements of group bench as written."""
    groups = tomllib.loads(PROJECT.read_text("utf-8"))["dependency-groups"]
    return [str(requirement) for requirement in groups["bench"]]


def versions() -> dict[str, str]:
    """Return the installed version of each peer, "not installed" where there is none."""
    found = {}
    for requirement in requirements():
        name = re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0]
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def install() -> None:
    """Install every peer, from a wheel where there is one, and say which can't be."""
    for requirement in requirements():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--prefer-binary"]
        if subprocess.run([*command, requirement]).returncode:
            print(f"{requirement} can't be installed here; its comparisons are left out")


if __name__ == "__main__":
    install()
