"""What relgraph needs: which packages, their licences, and what is refused."""

from __future__ import annotations

from email.message import Message
from importlib.metadata import distribution
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import check_dependencies


def declared(**headers: str) -> Any:
    metadata = Message()
    for name, value in headers.items():
        metadata[name.replace("_", "-")] = value
    return SimpleNamespace(metadata=metadata)


def test_what_is_needed_is_found_down_to_the_last() -> None:
    found = check_dependencies.needed("relgraph")
    assert {"click", "pyvis", "ipython", "llvmlite"} <= set(found)  # pyvis needs IPython
    assert not {"relgraph", "pytest", "igraph", "ruff"} & set(found)
    assert all(check_dependencies.licence_of(each) for each in found.values())


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ({"License_Expression": "MIT", "License": "see file"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
        ({"License": "BSD 3-Clause\nCopyright"}, "BSD 3-Clause"),
        ({}, ""),
    ],
)
def test_a_licence_is_what_the_package_declares(headers: dict[str, str], licence: str) -> None:
    assert check_dependencies.licence_of(declared(**headers)) == licence


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-2.1-only", True),
        ("AGPL-3.0", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("MIT", False),
        ("Apache-2.0 WITH LLVM-exception", False),
    ],
)
def test_no_gpl(licence: str, refused: bool) -> None:
    assert bool(check_dependencies.COPYLEFT.search(licence)) is refused


def test_a_package_of_a_refused_licence_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_dependencies, "last_release", lambda name: "")
    monkeypatch.setattr(check_dependencies, "audit", lambda: ([], 0, 0))
    monkeypatch.setattr(check_dependencies, "needed", lambda name: {"click": distribution("click")})
    with pytest.raises(SystemExit, match="0"):
        check_dependencies.main()
    assert "PyPI didn't answer" in capsys.readouterr().err
    monkeypatch.setattr(check_dependencies, "licence_of", lambda package: "GPL-3.0")
    with pytest.raises(SystemExit, match="1"):
        check_dependencies.main()
    assert "click: licence GPL-3.0" in capsys.readouterr().err
