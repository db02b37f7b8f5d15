"""`write_report`: the whole picture on a page or in a mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph import write_report
from relgraph.errors import OutputError
from relgraph.store import Store
from tests.api.refusing import refused


def test_a_page_and_a_mail(worked: Store, acme: Store, tmp_path: Path) -> None:
    page, mail = tmp_path / "report.html", tmp_path / "report.md"
    summary = write_report(worked, page, title="Ten <of them>")
    assert (summary.stakeholders, summary.ties) == (10, 12)
    assert summary.size == page.stat().st_size
    assert "<title>Ten &lt;of them&gt;</title>" in page.read_text(encoding="utf-8")
    summary = write_report(acme, mail, format="markdown", language="zh")
    assert (summary.stakeholders, summary.ties) == (6, 7)  # beside the firm, and without Xia
    written = mail.read_text(encoding="utf-8")
    assert written.startswith("# Acme 关系报告")
    write_report(acme, mail, format="markdown", language="zh")
    assert mail.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("format", "pdf", "'pdf' is not one of html, markdown"),
        ("language", "zh-CN", "'zh-CN' is not one of en, zh"),
        ("title", ["a"], "['a'] is not text"),
        ("path", 3, "3 is not text or a Path"),
        ("seed", "lucky", "'lucky' is not a whole number"),
    ],
)
def test_wrong_arguments(worked: Store, tmp_path: Path, name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        write_report(worked, **({"path": tmp_path / "report.html"} | {name: wrong}))
    assert list(tmp_path.iterdir()) == []


def test_bad_paths(acme: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"folder .* does not exist; make it first"):
        write_report(acme, tmp_path / "nowhere" / "report.md", format="markdown")
