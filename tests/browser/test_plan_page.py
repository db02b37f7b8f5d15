"""The plan's page in Chromium: axe-core in light and dark, on a phone, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, open_store, write_plan
from relgraph.messages import LANGUAGES, Language
from relgraph.resources import resource_dir
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import SCHEMES, Scheme, violations

SIZES = ((1366, 768), (390, 844))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, str]:
    folder = tmp_path_factory.mktemp("plan")
    with open_store(folder / "six.lbug", write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
    found = {}
    with open_store(folder / "six.lbug") as store:
        for language in LANGUAGES:
            file = Path(folder / f"{language}.html")
            write_plan(store, file, draws=20, language=language, theme="<script>hacked=1</script>")
            found[language] = file.read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize(
    ("language", "scheme", "width", "height"),
    [
        *(("en", scheme, width, height) for scheme in SCHEMES for width, height in SIZES),
        ("zh", "light", 1366, 768),
        ("zh", "dark", 390, 844),
    ],
)
def test_axe(
    open_page: OpenPage,
    pages: dict[Language, str],
    language: Language,
    scheme: Scheme,
    width: int,
    height: int,
) -> None:
    page = open_page(pages[language], width=width, height=height, color_scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_it_prints_in_light_colours_on_few_pages(
    open_page: OpenPage, pages: dict[Language, str]
) -> None:
    page = open_page(pages["en"], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(17, 24, 39)"
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 8
