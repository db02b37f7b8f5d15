"""A real Chromium: pages are opened from files, every request and message is kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
expect.set_options(timeout=30_000)  # as long as Playwright waits elsewhere: machines are busy
INNER = ("file:", "data:", "blob:")  # addresses that don't leave the page

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one the browser tests are skipped, except in CI."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """Open a page by its HTML: `open_page(html, width=1366, height=768)`.

    At the end of the test no page has sent a request, written to the console or failed.
    """
    with opening(browser, tmp_path) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def open_shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPage]:
    """Open pages like `open_page` that all tests of a module share."""
    with opening(browser, tmp_path_factory.mktemp("shared")) as open_one:
        yield open_one


@contextmanager
def opening(browser: Browser, folder: Path) -> Iterator[OpenPage]:
    """Give a function that opens pages, close them all, and look whether they were quiet."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def keep_request(url: str) -> None:
        if not url.startswith(INNER):
            said.append(f"request {url}")

    def open_one(html: str, *, width: int = 1366, height: int = 768, **options: Any) -> Page:
        file = folder / f"page-{len(contexts)}.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: keep_request(request.url))
        page.on("console", lambda message: said.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.goto(file.as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert said == []
