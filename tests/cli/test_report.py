"""`relgraph report`: one page or Markdown, figures as the other commands print them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from relgraph.api import open_store, write_report
from relgraph.errors import UsageError
from relgraph.planning.accounts import BUYERS
from relgraph.resources import resource_dir
from tests.cli.test_map import fill, stakeholder, tie
from tests.conftest import Relgraph


@pytest.fixture
def firm(relgraph: Relgraph) -> Relgraph:
    fill(
        [
            stakeholder("f", "firm"),
            stakeholder("c1", "customer", satisfaction=0.2, revenue=1000.0, circle=30),
            stakeholder("c2", "customer", revenue=250.5, name="A | <b>*bold*</b>\nline"),
            stakeholder("s1", "supplier"),
        ],
        [
            tie("c1", "f", "BUYS_FROM", strength=0.8, level=4),
            tie("c1", "c2", "KNOWS", strength=0.4),
            tie("s1", "f", "SUPPLIES", strength=0.5),
        ],
    )
    return relgraph


def test_the_page(firm: Relgraph) -> None:
    result = firm("report")
    assert result.exit_code == 0, result.stderr
    assert "report.html: 3 stakeholders and 3 ties" in result.stderr
    html = Path("report.html").read_text(encoding="utf-8")
    for heading in ("What to do this quarter", "What is at stake", "The six markets"):
        assert f">{heading}</h2>" in html
    for heading in ("Strongest partnerships", "Brokers", "Ties at risk"):
        assert f">{heading}</h3>" in html
    assert "<b>*bold*" not in html
    assert "1,250" in html  # the customers' revenue


def test_markdown(firm: Relgraph) -> None:
    result = firm("report", "--format", "markdown")
    assert result.exit_code == 0, result.stderr
    text = Path("report.md").read_text(encoding="utf-8")
    assert "- stakeholders: 3" in text
    assert "| customer | 2 | 1.5 | 1,250 | 0.2 |" in text
    assert "| influencer | 0 | – | – | – |" in text
    assert r"A \| \<b\>\*bold\*\</b\> line" in text


def test_chinese(firm: Relgraph) -> None:
    result = firm("report", "--lang", "zh")
    assert result.exit_code == 0, result.stderr
    html = Path("report.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in html
    assert ">六个市场</h2>" in html
    for heading in ("PageRank 前十名", "最强的合作关系", "中间人", "有风险的关系"):
        assert f">{heading}</h3>" in html
    result = firm("report", "--lang", "zh", "--format", "markdown")
    assert result.exit_code == 0, result.stderr
    text = Path("report.md").read_text(encoding="utf-8")
    assert "# Name of f 关系报告" in text
    assert "- 利益相关者: 3" in text
    assert "| 市场 | 利益相关者 | 人均关系 | 收入 | 平均满意度 |" in text
    assert "| 顾客 | 2 | 1.5 | 1,250 | 0.2 |" in text
    assert "每周向他人诉说不满者" in text  # an assumption
    words = {line for line in text.splitlines() if line.startswith("##")}
    assert not any(line.isascii() for line in words)


def test_a_language_that_there_is_none_of(firm: Relgraph) -> None:
    with open_store("relgraph.lbug") as store, pytest.raises(UsageError, match="language: 'fr' is"):
        write_report(store, "r.html", language="fr")


def test_figures_are_those_of_the_commands(firm: Relgraph) -> None:
    firm("report", "--format", "markdown")
    text = Path("report.md").read_text(encoding="utf-8")
    first = json.loads(firm("centrality", "--json").stdout)
    first = next(row for row in first if row["market"] != "firm")
    assert f"| {first['id']} | " in text
    assert f"{first['pagerank']:.4g}" in text
    people = json.loads(firm("reach", "c2", "--json").stdout)[-1]["people"]
    assert f"| {people:.4g} |" in text
    risky = [row for row in json.loads(firm("strength", "--json").stdout) if row["at_risk"]]
    assert f"- at risk: {len(risky)}" in text


def test_it_opens_with_the_plan(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    chosen = json.loads(relgraph("plan", "--json").stdout)
    assert relgraph("report", "--format", "markdown").exit_code == 0
    text = Path("report.md").read_text(encoding="utf-8")
    first = text.splitlines()[4]
    assert first.startswith("- Invest this quarter in 10 relationships, led by ")
    net, cost = (sum(row[name] for row in chosen) for name in ("net", "cost"))
    assert f"beyond their cost of {cost:,.0f}" in first
    assert net >= float(re.search(r"bring ([\d,]+)", first)[1].replace(",", ""))  # type: ignore[index]
    parts = re.findall("^## (.*)$", text, re.MULTILINE)
    assert parts == [
        *("What to do this quarter", "What is at stake", "Who is over- and under-served"),
        *("The six markets", "Who matters in the network"),
        "Appendix: what the figures rest on",
    ]
    rows = re.findall(r"^\| (\d+) \| (.*?) \|", text.split("## What is at stake")[0], re.MULTILINE)
    assert rows == [(str(row["rank"]), row["name"]) for row in chosen]
    assert f"| {chosen[0]['net']:,.0f} |" in text
    assert "| 贺兰山仪器行 | distributor | 85,458 | 6% |" in text  # the key account of a leaver


def test_figures_of_the_headline_are_those_of_the_commands(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    assert relgraph("report", "--format", "markdown", "--no-plan").exit_code == 0
    lost, profit, sole, unowned = Path("report.md").read_text(encoding="utf-8").splitlines()[4:8]
    value = json.loads(relgraph("value", "--by", "margin", "--json").stdout)
    margins = [row["margin"] for row in value if row["market"] == "customer" and row["margin"]]
    assert f"customers, 碧梧泳馆 alone {margins[0] / sum(margins):.0%}; " in profit
    assert f"{sum(row['grade'] == 'D' for row in value)} accounts lose money" in profit
    exits = json.loads(relgraph("exit", "--by", "only", "--json").stdout)
    first = exits[0]
    assert f"{first['name']} is the only contact of 9 accounts worth {first['only']:,.0f}" in sole
    assert f"take up to {first['loss']:,.0f} along" in sole
    (risk,) = [row["p_leave"] for row in exits if row["id"] == "cus-42"]
    assert f"at a {risk:.0%} chance of leaving" in lost
    key = sum(row["grade"] == "A" and row["market"] in BUYERS for row in value)
    assert f"1 of {key} key accounts" in unowned


def test_a_plan_can_be_left_out(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    assert relgraph("report", "--format", "markdown", "--no-plan").exit_code == 0
    text = Path("report.md").read_text(encoding="utf-8")
    assert "Invest this quarter" not in text
    assert "no plan was made" not in text  # nobody asked for one
    assert "will probably be lost within a year" in text


def test_counts_agree(relgraph: Relgraph) -> None:
    assert relgraph("import", resource_dir("sample_data") / "six_markets").exit_code == 0
    assert "109 stakeholders and 422 ties" in relgraph("report", "--format", "markdown").stderr
    text = Path("report.md").read_text(encoding="utf-8")
    drawn, unmeasured, measured = 422, 16, 406
    assert drawn - unmeasured == measured
    assert f"- ties: {drawn}\n- of these in no measure: {unmeasured}\n" in text
    assert f"- {unmeasured} of the {drawn} ties are in no measure: rivalries, or hostile" in text
    assert f"- 248 of {measured} ties have no strength" in text
    assert f"| ties in measures | strength | {measured - 248} | {measured} |" in text
    assert "- stakeholders: 109\n" in text
    assert "| stakeholders | owner | 75 | 109 |" in text
    assert "- partnerships: 394\n" in text
    assert "| partnerships | strength | 304 | 394 |" in text
    assert "10 of 304 are shown." in text
    assert "- at risk: 27\n" in text
    assert "10 of 27 are shown." in text
    said = relgraph("map").stderr
    assert f"109 stakeholders and {drawn} ties drawn" in said
    assert f"{unmeasured} of the {drawn} ties are in no measure" in said
    said = relgraph("map", "--focus", "cus-42").stderr
    assert f"measures are of the whole network: 109 stakeholders and {measured} ties" in said


def test_a_strength_that_is_not_known_is_told_so(relgraph: Relgraph) -> None:
    fill(
        [stakeholder("f", "firm"), stakeholder("c", "customer", satisfaction=0.1)],
        [tie("c", "f", "BUYS_FROM")],
    )
    assert relgraph("report").exit_code == 0
    html = Path("report.html").read_text(encoding="utf-8")
    assert ">strength unknown</span>" in html
    assert "强度未知" in html
    assert relgraph("report", "--format", "markdown").exit_code == 0
    text = Path("report.md").read_text(encoding="utf-8")
    assert (
        "| Name of c | Name of f | customer | strength unknown | – | – | unhappy, nobody looks "
        "after it | – |"
    ) in text
    assert "| ties in measures | strength | 0 | 1 | 0% |" in text
    assert "- 1 of 1 tie has no strength, so every tie counts as 1" in text


def test_the_index_is_named_as_such(firm: Relgraph) -> None:
    fill([], [tie("s1", "c1", "SUPPLIES", trust=0.9, commitment=0.9, intimacy=0.9)])
    for strength in ("given", "index"):
        assert firm("report", "--format", "markdown", "--strength", strength).exit_code == 0
        text = Path("report.md").read_text(encoding="utf-8")
        low = (0.1 * (0.9 + 0.1) / 2 * 0.9) ** (1 / 3)
        assert f"| Name of s1 | Name of c1 | customer | 0.9 | {low:.4g} | 0.9 | index |" in text


def test_the_same_seed_gives_the_same_bytes(firm: Relgraph) -> None:
    for name in ("a", "b"):
        assert firm("report", "-o", name, "--seed", "7").exit_code == 0
    assert Path("a").read_bytes() == Path("b").read_bytes()


@pytest.mark.parametrize("format_", ["html", "markdown"])
@pytest.mark.parametrize(
    "stakeholders", [[], [stakeholder("f", "firm")], [stakeholder("c", "customer")]]
)
def test_thin_data_is_reported(
    relgraph: Relgraph, stakeholders: list[dict[str, object]], format_: str
) -> None:
    fill(stakeholders, [])
    result = relgraph("report", "--format", format_, "-o", "out")
    assert result.exit_code == 0, result.stderr
    text = Path("out").read_text(encoding="utf-8")
    assert "There are no word-of-mouth ties." in text
    assert "No tie is at risk." in text


def test_open_hands_the_file_to_the_browser(
    firm: Relgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    assert firm("report", "--open").exit_code == 0
    assert opened == [str(Path("report.html").resolve())]
