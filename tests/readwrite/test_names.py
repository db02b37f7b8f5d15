"""Names that are read: English in any case and number, and Chinese."""

from __future__ import annotations

import pytest

from relgraph.model import ALL_MARKETS, COLUMNS, RELATIONSHIP_TYPES, TABLES, TableName
from relgraph.readwrite.names import (
    VALUE_NAMES,
    canonical_column,
    canonical_table,
    canonical_type,
    folded,
    is_market_alias,
)

CHINESE_COLUMNS = """编号 id · 名称/姓名 name · 市场 market · 细分市场 sub_market · 性质 kind ·
负责人 owner · 收入/销售额 revenue · 利润 margin · 满意度 satisfaction · 圈子 circle · 权力 power ·
合法性 legitimacy · 紧迫性 urgency · 利益 interest · 状态 status · 流失日期 left_on ·
流失原因 left_reason · 来源/起点 source · 目标/终点 target · 类型 type · 强度 strength ·
联系层次 bond · 关系水平 level · 正负 sign · 开始日期 since · 双向沟通 two_way · 合作 cooperation ·
双赢 win_win · 亲密 intimacy · 控制 control · 信任 trust · 承诺 commitment · 时间 at ·
渠道 channel · 金额 value"""
CHINESE_TYPES = """推荐 REFERS · 影响 INFLUENCES · 认识 KNOWS · 合作 PARTNERS_WITH ·
购买 BUYS_FROM · 供应 SUPPLIES · 分销 DISTRIBUTES · 任职 WORKS_FOR · 汇报 REPORTS_TO ·
负责 MANAGES · 竞争 COMPETES_WITH"""
MARKETS = {
    "customer": "顾客 客户 Customers",
    "supplier": "供应商 supplier_alliance Supplier-Alliances suppliers",
    "distributor": "分销商 经销商 referral Referrals DISTRIBUTOR",
    "competitor": "竞争者 竞争对手 competitors",
    "influencer": "影响者 influence",
    "employee": "员工 内部 recruitment internal Employees",
    "firm": "企业 本公司 Firm",
}
VALUES = {
    "kind": {"个人": "person", "组织": "organisation", "单位": "organisation", "Persons": "person"},
    "status": {"在": "active", "流失": "left", "Left": "left"},
    "left_reason": {"价格": "price", "产品": "product", "服务": "service", "市场": "market"},
    "bond": {"财务": "financial", "社会": "social", "结构": "structural", "Social": "social"},
    "level": {"基本": "basic", "被动": "reactive", "负责": "accountable", "能动": "proactive"},
}
FURTHER_VALUES = [
    *(("left_reason", "技术", "technology"), ("left_reason", "政治", "political")),
    *(("left_reason", "Technologies", "technology"), ("level", "伙伴", "partnership")),
    *(("kind", "organization", "organisation"), ("kind", "people", "person")),
]


def pairs(text: str) -> list[tuple[str, str]]:
    """Return each spelling with its canonical name."""
    entries = [entry.split() for entry in text.replace("\n", " ").split(" · ")]
    return [(word, name) for words, name in entries for word in words.split("/")]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        *(("Stakeholders", "stakeholders"), ("STAKEHOLDER", "stakeholders")),
        *(
            ("利益相关者", "stakeholders"),
            ("客户关系人", "stakeholders"),
            ("关系", "relationships"),
        ),
        *(("Relationship", "relationships"), ("interactions", "interactions")),
        *(("往来", "interactions"), ("接触记录", "interactions"), ("Sheet1", None)),
    ],
)
def test_tables(name: str, table: TableName | None) -> None:
    assert canonical_table(name) == table


@pytest.mark.parametrize(("word", "name"), pairs(CHINESE_COLUMNS))
def test_chinese_columns(word: str, name: str) -> None:
    tables = [table for table in TABLES if name in COLUMNS[table]]
    assert tables
    assert all(canonical_column(table, word) == name for table in tables)


@pytest.mark.parametrize("table", TABLES)
def test_english_columns_in_any_case_and_number(table: TableName) -> None:
    for name in COLUMNS[table]:
        for header in (name, name.upper(), name.replace("_", " "), f" {name.title()}s "):
            assert canonical_column(table, header) == name


def test_extra_columns_have_no_canonical_name() -> None:
    assert canonical_column("stakeholders", "region") is None
    assert canonical_column("stakeholders", "source") is None


@pytest.mark.parametrize(("word", "name"), pairs(CHINESE_TYPES))
def test_chinese_types(word: str, name: str) -> None:
    assert canonical_type(word) == name


def test_english_types_in_any_case_and_number() -> None:
    for name in RELATIONSHIP_TYPES:
        assert canonical_type(name.lower().replace("_", " ")) == name
    assert canonical_type("refer") == "REFERS"
    assert canonical_type("Supply") == "SUPPLIES"
    assert canonical_type("buy-from") == "BUYS_FROM"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("lends to", "LENDS_TO"), ("5g partner", "5G_PARTNER"), ("R&D", None), ("投资", None)),
        *(("", None), ("12", None), ("__", None), ("a`b", None), ("ÉTÉ", None)),
    ],
)
def test_other_types(text: str, name: str | None) -> None:
    assert canonical_type(text) == name


def test_markets_under_every_name() -> None:
    assert set(MARKETS) == set(ALL_MARKETS)
    for market, words in MARKETS.items():
        assert {VALUE_NAMES["market"][folded(word)] for word in words.split()} == {market}


@pytest.mark.parametrize("word", ["referral", "Referrals", "internal", "客户", "员工", "influence"])
def test_aliases_say_more_than_the_market(word: str) -> None:
    assert is_market_alias(word)


@pytest.mark.parametrize("word", ["customer", " Customers", "FIRM", "suppliers", "nonsense"])
def test_a_market_in_any_case_and_number_is_no_alias(word: str) -> None:
    assert not is_market_alias(word)


def test_other_values() -> None:
    told = [(column, *pair) for column, words in VALUES.items() for pair in words.items()]
    for column, word, name in (*told, *FURTHER_VALUES):
        assert VALUE_NAMES[column][folded(word)] == name
