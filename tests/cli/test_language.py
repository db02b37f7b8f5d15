"""The command line in Chinese: which language, whole help, errors, notes and headings."""

from __future__ import annotations

import errno
import json
import os
import re
from itertools import groupby
from pathlib import Path

import pytest

from relgraph import api
from relgraph.cli import help_texts, interrupts, language, words
from relgraph.cli.catalogue import ENTRIES, GROUPS
from relgraph.cli.help_texts import read_table
from relgraph.cli.language import find_language
from relgraph.cli.speech import display_width
from relgraph.messages import Language, read_sentences
from tests.cli.help_texts import texts
from tests.cli.test_explain import RUNS, WITHOUT_STORE
from tests.conftest import Relgraph

CHINESE = {"LANG": "zh_CN.UTF-8"}
# Two English words in a row; what stands in quotes, backquotes or brackets of options is a name.
ENGLISH = re.compile(r"[a-z]{2,}[,;:]? (?:[a-z]+[,;:]? )*[a-z]{2,}")
NAMES = re.compile(r"`[^`]*`|'[^']*'|\[[^\]]*\]|（integer range）|--[\w-]+ \w+|relgraph [\w-]+")
SYMBOLS = {"p", "z", "PageRank", "SHA-256"}


@pytest.mark.parametrize(
    ("arguments", "environment", "chosen"),
    [
        ("info", {}, "en"),
        ("info", CHINESE, "zh"),
        ("info", {"LANG": "zh"}, "zh"),
        ("info", {"LC_ALL": "C", **CHINESE}, "en"),
        ("info", {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, "zh"),
        ("info", {"RELGRAPH_LANG": "en", **CHINESE}, "en"),
        ("info", {"RELGRAPH_LANG": "", **CHINESE}, "zh"),
        ("info --lang zh", {"RELGRAPH_LANG": "en"}, "zh"),
        ("--lang=zh info", {"RELGRAPH_LANG": "nonsense"}, "zh"),
        ("--lang zh map --lang en", {}, "en"),
        ("info --lang de", {"RELGRAPH_LANG": "zh"}, "zh"),
        ("explain -- --lang zh", {}, "en"),
        ("info --lang", CHINESE, "zh"),
    ],
)
def test_the_option_comes_first_then_the_variable_then_the_locale(
    arguments: str, environment: dict[str, str], chosen: Language
) -> None:
    assert find_language(arguments.split(), environment) == chosen


def test_a_wrong_variable_is_one_line(relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELGRAPH_LANG", "de")
    done = relgraph("assumptions")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "relgraph: error: RELGRAPH_LANG is 'de', not one of en, zh\n"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert relgraph("assumptions").stderr.startswith("relgraph: 错误: RELGRAPH_LANG 为 'de'")
    assert relgraph("assumptions", "--lang", "en").exit_code == 0


def test_every_text_of_the_help_has_its_chinese() -> None:
    table, wanted = read_table("zh", "help"), texts()
    missing = {text: "" for text in wanted if not table.get(text)}
    pasted = json.dumps(missing, ensure_ascii=False, indent=2)
    assert not missing, f"src/relgraph/cli/zh/help.json lacks these; add their Chinese:\n{pasted}"
    unused = [text for text in table if text not in wanted]
    assert not unused, f"src/relgraph/cli/zh/help.json has these, which no help says: {unused}"


@pytest.mark.parametrize("name", ["", *ENTRIES])
def test_the_help_is_chinese_and_fits(relgraph: Relgraph, name: str) -> None:
    lines = relgraph(*name.split(), "--help", "--lang", "zh").stdout.splitlines()
    assert lines[0].startswith(f"用法： relgraph {name}".rstrip())
    assert "选项：" in lines
    options = "--missing-strength median|drop|VALUE"
    assert [line for line in lines if display_width(line) > 100] == []
    body = "\n".join(lines).replace(options, "")
    for text in texts():
        assert f"  {text}" not in body or not re.search("[a-z] [a-z]", text), text
    if name:
        assert f"  {read_table('zh', 'help')[ENTRIES[name].question]}" in lines
        assert lines[-2:-1] == ["下一步："]


def test_help_is_english_again_afterwards(relgraph: Relgraph) -> None:
    before = relgraph("plan", "--help").stdout
    assert relgraph("--lang", "zh", "plan", "--help").stdout != before
    assert relgraph("plan", "--help").stdout == before
    assert before.startswith("Usage: ")


def test_help_lists_the_groups(relgraph: Relgraph) -> None:
    shown = relgraph("--lang", "zh").stdout or relgraph("--lang", "zh", "--help").stdout
    for title in GROUPS:
        assert f"\n{read_table('zh', 'help')[title]}：\n" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("plan --foo", "plan: 没有选项 '--foo'。"),
        ("plan --markt 3", "plan: 没有选项 '--markt'。 是否指 '--format', "),
        ("plam", "没有命令 'plam'（是否指 'plan'？）"),
        ("query shwo", "query: 没有命令 'shwo'。"),
        ("query run -p a", "选项 '-p' 需要 2 个值。"),
        ("show", "show: 缺少参数 'ID'."),
        ("plan --budget", "选项 '--budget' 需要 1 个值。"),
        ("plan --wide=1", "选项 '--wide' 不带值。"),
        ("plan --budget x", "plan: '--budget' 的值无效：'x' 不是有效的数（float）。"),
        ("plan --top 0", "plan: '--top' 的值无效：0 不在范围 x>=1 内。"),
        ("plan --top x", "plan: '--top' 的值无效：'x' 不是有效的数（integer range）。"),
        ("plan --format x", "plan: '--format' 的值无效：'x' 不是 'table', 'csv', "),
        ("info extra", "info: 多余的参数（extra）"),
        ("info --lang de", "info: Invalid value for '--lang': 'de' is not one of 'en', 'zh'."),
        ("-v -q info", "-v 与 -q 不能同时使用"),
        ("plan -d absent.lbug", "absent.lbug"),
    ],
)
def test_errors_are_chinese(
    relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch, arguments: str, told: str
) -> None:
    if "--lang" not in arguments:
        monkeypatch.setenv("RELGRAPH_LANG", "zh")
    done = relgraph(*arguments.split())
    assert done.exit_code in (2, 3)
    if "--lang" in arguments:  # a language that there isn't leaves the one that decides next
        assert done.stderr.startswith(f"relgraph: error: {told}")
        return
    assert done.stderr.startswith("relgraph: 错误: ")
    assert told in done.stderr
    assert_no_english(done.stderr)


def test_the_reason_of_the_system_is_said(relgraph: Relgraph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = relgraph("template", "file/folder", "--lang", "zh")
    assert done.stderr == "relgraph: 错误: file/folder：不是文件夹\n".replace("：不", ":不")
    for key, text in read_sentences("en", "general").items():
        if key.startswith("os."):
            assert text == os.strerror(getattr(errno, key.removeprefix("os.")))


def assert_no_english(text: str) -> None:
    for line in text.splitlines():
        said = NAMES.sub("", line.removeprefix("relgraph: "))
        assert not ENGLISH.search(said), line


ONE_OF_EACH = [next(runs) for _, runs in groupby(RUNS, key=lambda run: run[0].split()[0])]


@pytest.mark.parametrize(("view", "arguments"), ONE_OF_EACH)
def test_commands_speak_chinese(
    relgraph: Relgraph,
    six_markets: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    arguments: tuple[str, ...],
) -> None:
    (tmp_path / "six.lbug").write_bytes(six_markets.read_bytes())
    (tmp_path / "review.csv").write_text("id,other,same\ncus-01,cus-02,yes\n")
    store = () if view.startswith(WITHOUT_STORE) else ("-d", "six.lbug")
    monkeypatch.setenv("RELGRAPH_LANG", "zh")
    quick = [argument for argument in arguments if argument != "--confidence"]
    done = relgraph(*quick, *store, "--format", "markdown")
    assert done.exit_code == 0, done.stderr
    headings = {heading.strip() for heading in done.stdout.split("\n")[0].strip("| ").split("|")}
    assert {each for each in headings if each.isascii()} <= SYMBOLS
    assert_no_english(done.stderr)


def test_every_column_has_a_heading() -> None:
    language.speak("zh")
    explained = api.list_explained().rows()
    columns = {name for row in explained if row["kind"] != "assumption" for name in row["names"]}
    without = {name for name in columns if words.heading(name).isascii()}
    assert {words.heading(name) for name in without} <= SYMBOLS


def test_what_a_program_reads_stays_english(relgraph: Relgraph, six_markets: Path) -> None:
    for format in ("--csv", "--json"):
        asked = ("overdue", "-d", six_markets, "--top", "3", format, "-q")
        shown = relgraph(*asked).stdout
        assert relgraph(*asked, "--lang", "zh").stdout == shown
        assert "due_every" in shown


def test_a_table_has_headings_and_words(relgraph: Relgraph, six_markets: Path) -> None:
    asked = ("portfolio", "-d", six_markets, "--draws", "0", "--top", "1", "-q", "--lang", "zh")
    chosen = ("--columns", "编号,market,class,level,sure")
    header, row = relgraph(*asked, *chosen).stdout.splitlines()
    assert header.split() == ["编号", "市场", "类别", "关系水平", "把握"]
    assert row.split() == ["cus-33", "顾客", "服务不足", "1"]
    assert display_width(header[: header.index("市场")]) == row.index("顾客")
    page = relgraph(*asked, *chosen, "--output", "rows.html")
    assert page.exit_code == 0
    assert '<html lang="zh">' in Path("rows.html").read_text(encoding="utf-8")


def test_what_is_explained_is_found_by_its_heading(relgraph: Relgraph) -> None:
    shown = relgraph("explain", "损失下限", "--lang", "zh").stdout
    assert shown.startswith("loss_low 损失下限（列：exit）\n  损失的 95 % 区间下限")
    assert relgraph("explain", "损失下限").exit_code == 2


def test_a_page_follows_the_command_line(relgraph: Relgraph, six_markets: Path) -> None:
    def drawn(*arguments: str) -> tuple[str, str]:
        done = relgraph(*arguments, "map", "-d", six_markets, "--focus", "cus-42", "--no-plan")
        assert done.exit_code == 0, done.stderr
        page = Path("map.html").read_text(encoding="utf-8")
        (found,) = re.findall(r'"language": ?"(en|zh)"', page)
        return found, done.stderr

    assert drawn()[0] == "en"
    shown, notes = drawn("--lang", "zh")
    assert shown == "zh"
    assert "画出" in notes


def test_without_chinese_no_table_of_it_is_read(
    relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str, str]] = []
    monkeypatch.setattr(help_texts, "read_table", lambda *asked: read.append(asked))
    assert relgraph("plan", "--help").exit_code == 0
    assert read == []


def test_the_last_line_of_an_interrupted_command_is_told() -> None:
    language.speak("zh")
    assert interrupts.farewell == "错误: 已中断"
    language.speak("en")
    said = f"{read_sentences('en')['diagnostic.error']}: {read_sentences('en')['interrupted']}"
    assert interrupts.farewell == said
