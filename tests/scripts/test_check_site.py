"""The check of the site finds dead links and what is loaded from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.check_site import problems


def site(folder: Path, body: str, style: str = "") -> list[str]:
    (folder / "index.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    (folder / "a b.html").write_text('<h1 id="第一">A</h1>', encoding="utf-8")
    (folder / "style.css").write_text(style, encoding="utf-8")
    return list(problems(folder))


def test_a_sound_site(tmp_path: Path) -> None:
    body = """<a href="a%20b.html#第一">a</a> <a href="https://doi.org/10.1000/1">doi</a>
    <a href="#here">h</a> <b id="here"></b> <a href="mailto:a@b.c">m</a>
    <img src="data:image/png;base64,AA=="> <link rel="stylesheet" href="style.css">"""
    assert site(tmp_path, body, "a { background: url(data:image/svg+xml;x) }") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="gone.html">x</a>', "index.html: gone.html: no such file"),
        ('<a href="a b.html#no">x</a>', "index.html: a b.html#no: no such place"),
        ('<img src="https://a.b/c.png">', "index.html: loads https://a.b/c.png"),
        ('<script src="//a.b/c.js"></script>', "index.html: loads //a.b/c.js"),
        ('<p style="background:url(http://a.b/c)">', "index.html: loads http://a.b/c"),
    ],
)
def test_what_is_found(body: str, found: str, tmp_path: Path) -> None:
    assert site(tmp_path, body) == [found]


@pytest.mark.parametrize(
    "style", ["@import 'https://a.b/f.css';", 'x{src:url("https://a.b/f.css")}']
)
def test_styles_and_fonts_from_elsewhere(style: str, tmp_path: Path) -> None:
    assert site(tmp_path, "", style) == ["style.css: loads https://a.b/f.css"]
