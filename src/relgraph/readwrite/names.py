"""The names that are read: English in any case and number, and Chinese.

Only canonical names (those of `relgraph.model`) are stored and written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from relgraph.errors import did_you_mean
from relgraph.messages import Message
from relgraph.model import COLUMNS, RELATIONSHIP_TYPES, TABLES, TableName
from relgraph.readwrite.ids import visible

_NEAR = 0.75  # how alike a type that isn't known and a known one are, of one that was mistyped
_TYPE_NAME = re.compile(r"[A-Z0-9_]*[A-Z][A-Z0-9_]*")

_CHINESE_TABLES: dict[TableName, str] = {
    "stakeholders": "利益相关者 客户关系人",
    "relationships": "关系",
    "interactions": "往来 接触记录",
}
_CHINESE_COLUMNS = {
    "id": "编号",
    "name": "名称 姓名",
    "market": "市场",
    "sub_market": "细分市场",
    "kind": "性质",
    "owner": "负责人",
    "revenue": "收入 销售额",
    "margin": "利润",
    "satisfaction": "满意度",
    "circle": "圈子",
    "power": "权力",
    "legitimacy": "合法性",
    "urgency": "紧迫性",
    "interest": "利益",
    "status": "状态",
    "left_on": "流失日期",
    "left_reason": "流失原因",
    "retention": "保留率",
    "organisation": "所属单位 organization",
    "role": "角色",
    "parent": "上级单位",
    "currency": "币种",
    "source": "来源 起点",
    "target": "目标 终点",
    "type": "类型",
    "strength": "强度",
    "bond": "联系层次",
    "level": "关系水平",
    "sign": "正负",
    "since": "开始日期",
    "until": "结束日期",
    "two_way": "双向沟通",
    "cooperation": "合作",
    "win_win": "双赢",
    "intimacy": "亲密",
    "control": "控制",
    "trust": "信任",
    "commitment": "承诺",
    "at": "时间",
    "channel": "渠道",
    "value": "金额",
}
_CHINESE_TYPES = {
    "REFERS": "推荐",
    "INFLUENCES": "影响",
    "KNOWS": "认识",
    "PARTNERS_WITH": "合作",
    "BUYS_FROM": "购买",
    "SUPPLIES": "供应",
    "DISTRIBUTES": "分销",
    "WORKS_FOR": "任职",
    "REPORTS_TO": "汇报",
    "MANAGES": "负责",
    "COMPETES_WITH": "竞争",
}
# Chinese names of values, and the markets' names in Christopher, Payne and Ballantyne's own set.
_VALUE_ALIASES: dict[str, dict[str, str]] = {
    "market": {
        "customer": "顾客 客户",
        "supplier": "供应商 supplier_alliance",
        "distributor": "分销商 经销商 referral",
        "competitor": "竞争者 竞争对手",
        "influencer": "影响者 influence",
        "employee": "员工 内部 recruitment internal",
        "firm": "企业 本公司",
    },
    "kind": {"person": "个人 people", "organisation": "组织 单位 organization"},
    "status": {"active": "在", "left": "流失"},
    "left_reason": {
        "price": "价格",
        "product": "产品",
        "service": "服务",
        "market": "市场",
        "technology": "技术",
        "political": "政治",
    },
    "bond": {"financial": "财务", "social": "社会", "structural": "结构"},
    "level": {
        "basic": "基本",
        "reactive": "被动",
        "accountable": "负责",
        "proactive": "能动",
        "partnership": "伙伴",
    },
}


def folded(text: str) -> str:
    """Return a name as names are compared: case, width, spaces and hyphens don't count.

    Invisible characters don't either.

    Examples
    --------
    >>> folded(" Sub-Market ")
    'sub_market'
    """
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", visible(text)).strip().casefold())


def _in_any_number(name: str) -> set[str]:
    """Return an English name with its plurals; a Chinese one has none."""
    if not name.isascii():
        return {name}
    return {name, f"{name}s", re.sub("y$", "ie", name) + "s"}


def _readings(names: Iterable[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Return every spelling that is read, folded, with the name that it stands for."""
    return {
        spelling: name
        for name in names
        for word in (name, *aliases.get(name, "").split())
        for spelling in _in_any_number(word)
    }


# What other tools call their tables.
_FOREIGN_TABLES: dict[str, TableName] = {
    **dict.fromkeys(("nodes", "elements", "vertices"), "stakeholders"),
    **dict.fromkeys(("edges", "connections", "links"), "relationships"),
}
TABLE_NAMES: dict[str, TableName] = _FOREIGN_TABLES | {
    spelling: table
    for table in TABLES
    for spelling in (table, table.removesuffix("s"), *_CHINESE_TABLES[table].split())
}
COLUMN_NAMES: dict[TableName, dict[str, str]] = {
    table: _readings(COLUMNS[table], _CHINESE_COLUMNS) for table in TABLES
}
VALUE_NAMES: dict[str, dict[str, str]] = {
    spec.name: _readings(spec.choices, _VALUE_ALIASES[spec.name])
    for table in TABLES
    for spec in COLUMNS[table].values()
    if spec.choices
}


def _type_readings() -> dict[str, str]:
    """Return the spellings of the known types: `refer` and `REFERS`, `buy from`, Chinese."""
    readings: dict[str, str] = {}
    for name in RELATIONSHIP_TYPES:
        verb, _, rest = name.lower().partition("_")
        singular = re.sub("ie$", "y", verb.removesuffix("s")) + (f"_{rest}" if rest else "")
        chinese = _CHINESE_TYPES.get(name, "").split()
        readings |= dict.fromkeys((name.lower(), singular, *chinese), name)
    return readings


_TYPE_NAMES = _type_readings()


def canonical_table(name: str) -> TableName | None:
    """Return the table that a file or a sheet is named after, or None.

    Examples
    --------
    >>> canonical_table("Stakeholder"), canonical_table("往来"), canonical_table("Sheet1")
    ('stakeholders', 'interactions', None)
    """
    return TABLE_NAMES.get(folded(name))


def canonical_column(table: TableName, header: str) -> str | None:
    """Return the known column of a table that a header names, or None for an extra one.

    Examples
    --------
    >>> canonical_column("stakeholders", "Sub Market"), canonical_column("stakeholders", "Region")
    ('sub_market', None)
    """
    return COLUMN_NAMES[table].get(folded(header))


def canonical_market(text: str) -> str:
    """Return the market that a text names, or the text if it is none.

    Examples
    --------
    >>> canonical_market("Customers"), canonical_market("供应商"), canonical_market("friend")
    ('customer', 'supplier', 'friend')
    """
    return VALUE_NAMES["market"].get(folded(text), text)


def canonical_type(text: str) -> str | None:
    """Return a relationship type as it is stored, or None if it can't name one.

    Examples
    --------
    >>> canonical_type("推荐"), canonical_type("lends-to"), canonical_type("R&D")
    ('REFERS', 'LENDS_TO', None)
    """
    spelling = folded(text)
    name = _TYPE_NAMES.get(spelling, spelling.upper())
    return name if _TYPE_NAME.fullmatch(name) else None


def mistyped_type(name: str, known: Collection[str]) -> Message | None:
    """Return which known type was probably meant by one that isn't known, or None.

    Parameters
    ----------
    name : str
        A type as it is stored.
    known : collection of str
        The types whose meaning is known.

    Examples
    --------
    >>> str(mistyped_type("REFERRS", RELATIONSHIP_TYPES)), mistyped_type("LENDS_TO", ["KNOWS"])
    (" (did you mean 'REFERS'?)", None)
    >>> str(mistyped_type("BUYS", RELATIONSHIP_TYPES))
    " (did you mean 'BUYS_FROM'?)"
    """
    if name in known:
        return None
    for other in known:
        verb, _, rest = other.partition("_")
        if rest and name in (verb, verb.removesuffix("S")):
            return Message("did_you_mean", word=other)
    return did_you_mean(name, known, _NEAR)


def is_market_alias(text: str) -> bool:
    """Return whether a market is read under another name than its own.

    Examples
    --------
    >>> is_market_alias("Customers"), is_market_alias("referral"), is_market_alias("客户")
    (False, True, True)
    """
    market = VALUE_NAMES["market"].get(folded(text))
    return market is not None and folded(text) not in _in_any_number(market)
