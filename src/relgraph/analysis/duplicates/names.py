"""Names of organisations and people, as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Legal forms: words that say nothing of who it is.
_FORMS = frozenset(
    (
        *("ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "plc"),
        *("llc", "llp", "lp", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "ev", "eg", "se"),
        *("sa", "sas", "sasu", "sarl", "srl", "spa", "sl", "slu", "bv", "nv", "bvba", "ab", "asa"),
        *("aps", "oy", "oyj", "kft", "zrt", "nyrt", "sro", "doo", "dd", "spzoo", "pty", "pte"),
        *("bhd", "sdn", "kk", "pvt", "private", "eirl", "ltda", "cv", "ooo", "oao", "zao", "the"),
    )
)
_JOINED = re.compile(r"\bsp z o ?o\b|\bs r o\b|\bd o o\b|\bs a r l\b")
_CHINESE_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限责任合伙|有限公司|集团公司|责任公司|股份公司|公司|株式会社|株式會社|"
    "有限會社|주식회사|㈜"
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " "})
_SILENT = re.compile(r"[.'’`´]")  # S.A. is SA
_APART = re.compile(r"[\W_]+")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(ix|iv|v?i{0,3})")
_CHINESE_NUMBER = re.compile("[〇零一二三四五六七八九十百]+")
_NUMBER = re.compile(r"\d+")
_DIRECTIONS = frozenset(
    (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("northeast", "northwest", "southeast", "southwest", "central", "upper", "lower"),
        *("nord", "sud", "sued", "ost", "est", "ouest", "norte", "sur", "sul", "este", "oeste"),
        *("noord", "zuid", "oost", "junior", "senior", "jr", "sr"),
    )
)
_CHINESE_DIRECTION = re.compile("[东南西北中東]")


def normalised(name: str) -> str:
    """Return a name without case, accents, punctuation and legal form, its words in order.

    One that is nothing but a legal form keeps it.

    Examples
    --------
    >>> normalised("The Müller & Söhne G.m.b.H."), normalised("北京蓝天科技有限公司")
    ('muller sohne', '北京蓝天科技')
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    text = unicodedata.normalize("NFC", _SILENT.sub("", kept))
    words = _JOINED.sub("spzoo", " ".join(_APART.split(text))).split()
    said = [word for word in words if word not in _FORMS] or words
    joined = " ".join(sorted(said))
    return _CHINESE_FORMS.sub("", joined).strip() or joined


def told_apart(one: str, other: str) -> str | None:
    """Return what tells two normalised names apart: a numeral, a direction, or None.

    Examples
    --------
    >>> told_apart("depot 3 harbour", "depot 4 harbour"), told_apart("lodge north", "lodge south")
    ('numeral', 'direction')
    """
    if _numbers(one) != _numbers(other):
        return "numeral"
    return "direction" if _directions(one) != _directions(other) else None


def _numbers(name: str) -> Counter[str]:
    """Return the numbers in a name, in whatever figures."""
    found = [number.lstrip("0") for number in _NUMBER.findall(name)]
    found += [word for word in name.split() if _ROMAN.fullmatch(word)]
    return Counter(found + _CHINESE_NUMBER.findall(name))


def _directions(name: str) -> Counter[str]:
    words = [word for word in name.split() if word in _DIRECTIONS]
    return Counter(words + _CHINESE_DIRECTION.findall(name))
