"""Man pages hold what the help says, and nothing in it steers troff."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.cli.catalogue import ENTRIES
from scripts.make_man_pages import pages, run

REQUESTS = ("TH", "SH", "nf", "fi")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("man")
    run(folder)
    return {path.name: path.read_text("utf-8") for path in Path(folder).iterdir()}


def test_every_command_has_its_page(written: dict[str, str]) -> None:
    names = {f"relgraph-{name.replace(' ', '-')}.1" for name in ENTRIES}
    assert set(written) == names | {"relgraph.1"} == {f"{title}.1" for title, _ in pages()}


def test_they_hold_the_help(written: dict[str, str]) -> None:
    page = written["relgraph-reach.1"].replace("\\-", "-")
    assert ".SH NAME\nrelgraph-reach - How far does a stakeholder's word travel?\n" in page
    assert ".SH SYNOPSIS\n.nf\nrelgraph reach [OPTIONS] [ID]...\n" in page
    for said in ("Word travels along REFERS", "--hop-decay", ".SH EXAMPLE, ON SIX_MARKETS"):
        assert said in page


def test_nothing_in_them_steers_troff(written: dict[str, str]) -> None:
    for name, text in written.items():
        for line in text.splitlines():
            request = re.match(r"[.'](\S*)", line)
            assert request is None or request[1] in REQUESTS, (name, line)
            assert not re.search(r"\\(?![-e&])", line), (name, line)
