"""Check the built site: every link in it leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Attributes whose file a browser loads by itself; other links are followed by readers only.
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Page(HTMLParser):
    """A page's ids, what it links to, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element names."""
        values = dict(attrs)
        for name in ("id", "name"):
            if values.get(name):
                self.ids.add(str(values[name]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        elif tag in LOADED and values.get(LOADED[tag]):
            self.loads.append(str(values[LOADED[tag]]))
        self.loads += style_urls(values.get("style") or "")


def style_urls(text: str) -> list[str]:
    """Return what a style sheet loads."""
    return ["".join(found) for found in STYLE_URL.findall(text)]


def problems(folder: Path) -> Iterator[str]:
    """Yield a line for each dead link, and for each file that is loaded from elsewhere."""
    read = cache(Page)
    for path in sorted(folder.rglob("*.html")):
        for url in read(path).loads:
            if _is_elsewhere(url):
                yield f"{path.relative_to(folder)}: loads {url}"
        for url in [*read(path).links, *read(path).loads]:
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                yield f"{path.relative_to(folder)}: {url}: no such file"
            elif not _has_place(read, target, unquote(parts.fragment)):
                yield f"{path.relative_to(folder)}: {url}: no such place"
    for path in sorted(folder.rglob("*.css")):
        for url in style_urls(path.read_text(encoding="utf-8")):
            if _is_elsewhere(url):
                yield f"{path.relative_to(folder)}: loads {url}"


def _has_place(read: Callable[[Path], Page], target: Path, fragment: str) -> bool:
    return not fragment or target.suffix != ".html" or fragment in read(target).ids


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) or parts.scheme in ("http", "https")


def run(folder: Path) -> int:
    """Tell what is wrong in the folder of a built site."""
    found = list(problems(folder))
    for line in found:
        print(line, file=sys.stderr)
    return int(bool(found) or not (folder / "index.html").is_file())


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
