"""Encodings: told apart in short files, noted when guessed, reported when mixed."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from relgraph.errors import Problem, UsageError
from relgraph.readwrite.formats import encoding as encoding_module
from relgraph.readwrite.formats.encoding import check_encoding
from relgraph.readwrite.formats.likeness import decodes
from relgraph.readwrite.problems import ProblemLog
from tests.told import told

WESTERN = """é|É|ü|Ö|ß|Ñ|café|Müller|Ünal & Söhne|Käär|Sää|Jäätelö|Bääläk|KÄÄR|Pääbo|Lõõtsa|
Jõeäär|Þórður Sæþórsson|Ægir|Façade|Zoë’s|naïve|Noël Coward|Émile Zola|Château d’Yquem|Citroën|
Nestlé|L’Oréal|Crédit Agricole|Société Générale|Škoda Žižek|Ñandú|Peña Nieto|São Paulo Ações|Straße|
Ærø|Øresund|Åse Ødegård|«Été»|“Smart quotes”|résumé|€5|£100|50°C|½|Björk Guðmundsdóttir|
Yrjö Hämäläinen|BJÖRN ÅKE|GÜNTHER GRASS|Œuvre|FRANÇOIS|ÉLÈVE|ÅÄÖ AB|Über ÄÖÜ|Voß & Söhne|João|
Antônio|
KØBENHAVN|© 2024|™ Brand™|®Acme®|Señor|créée|crème brûlée|Löwenbräu""".replace("\n", "").split("|")
CHINESE = """张三|李娜|王伟|谢霆锋|鑫鑫|婷婷|在|客户|供应商|北京大学|中国银行（香港）有限公司|
上海汽车集团|联通|TCL集团|QQ音乐|A股|IT部|欧阳修|諸葛亮|陳小明|台積電|喆|堃|朱镕基|钰|佳|娜|骁|阿里巴巴|王·李|“引号”|
张三，李四|深圳市 ABC 公司|嬴政|尉迟恭|李雷 and 韩梅梅|①②③|是|否|流失""".replace("\n", "").split(
    "|"
)
RUSSIAN = """Иван|Анна Смирнова|Ольга|Юрий|ООО Ромашка|ЗАО «Вектор»|Алёна Ёлкина|Завод №5|Цой|
Санкт-Петербург|Вікторія|Георги Иванов|Львів|Надія""".replace("\n", "").split("|")
JAPANESE = """佐藤花子さん|株式会社トヨタ|ソニー|パナソニック|すし|お客様|有限会社さくら|NTTドコモ|
日立製作所|ヤマト運輸""".replace("\n", "").split("|")
UTF16 = ("utf-16-le", "utf-16-be")


class Decoded(NamedTuple):
    """The text of a file, with what was noted and reported of it."""

    text: str
    note: str
    problems: tuple[Problem, ...]


def decode(data: bytes, file: str, encoding: str | None = None) -> Decoded:
    log = ProblemLog()
    text = encoding_module.decode(data, file, log, encoding)
    return Decoded(text, " ".join(told(log.notes)), tuple(log.problems))


def one_row(name: str) -> str:
    return f"id,name,market\nc1,{name},customer\n"


@pytest.mark.parametrize("name", WESTERN)
def test_short_western_files(name: str) -> None:
    decoded = decode(one_row(name).encode("cp1252"), "a.csv")
    assert decoded.text == one_row(name)
    assert decoded.note == (
        "a.csv is not UTF-8 and was read as Windows-1252; if that is wrong, give encoding"
    )


@pytest.mark.parametrize("name", CHINESE)
def test_short_chinese_files(name: str) -> None:
    decoded = decode(one_row(name).encode("gb18030"), "a.csv")
    assert decoded.text == one_row(name)
    assert "GB18030" in decoded.note


@pytest.mark.parametrize(
    ("names", "encoding", "title"),
    [(RUSSIAN, "cp1251", "Windows-1251"), (JAPANESE, "cp932", "Shift-JIS")],
)
def test_short_files_in_other_alphabets(names: list[str], encoding: str, title: str) -> None:
    for name in names:
        decoded = decode(one_row(name).encode(encoding), "a.csv")
        assert decoded.text == one_row(name)
        assert f"was read as {title}" in decoded.note


@pytest.mark.parametrize("name", [*WESTERN, *CHINESE, "谢", "😀", "Ðð"])
def test_utf8_is_no_guess(name: str) -> None:
    for mark in ("", "\ufeff"):
        decoded = decode((mark + one_row(name)).encode(), "a.csv")
        assert decoded == (one_row(name), "", ())


@pytest.mark.parametrize("encoding", UTF16)
@pytest.mark.parametrize(
    "text",
    [
        *map(one_row, ("Ann", "Müller", "张三", "Иван", "上海第一银行")),
        "编号,名称,市场\n一,张三,客户\n",
        "编号,名称,市场\n一二三四五六,张三李四王五赵六孙七周八吴九郑十,客户\n",
        "编号,名称\r\n1,一二三四五六七八九十百千万亿兆京垓秭穰沟涧正载极恒河沙阿僧祇那由他\r\n",
    ],
)
def test_utf16_by_its_nuls(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.csv")
    assert decoded.text == text
    assert encoding.upper() in decoded.note


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_byte_order_marks(encoding: str) -> None:
    assert decode(one_row("张三").encode(encoding), "a.csv") == (one_row("张三"), "", ())


@pytest.mark.parametrize(
    "data",
    [
        *(b"a,b,c\n\0,2,3\n", b"id,name\nc1,A\0\n", b"id,name\n\0c1,A\0n\0\n"),
        *("id,name\nc1,张\0三\n".encode(), "编号,名称\nc1,张三\0,\n".encode("gb18030")),
    ],
)
def test_a_stray_nul_is_not_utf16(data: bytes) -> None:
    assert "UTF-16" not in decode(data, "a.csv").note
    assert "\0" in decode(data, "a.csv").text


@pytest.mark.parametrize(
    ("good", "odd", "title"),
    [
        (one_row("Müller") + "c2,Søren,customer\n", "c3,José,customer\n".encode("cp1252"), "UTF-8"),
        (one_row("张三") + "c2,李四,客户\n", "c3,王五,客户\n".encode("gb18030"), "UTF-8"),
    ],
)
def test_mixed_encodings_are_problems(good: str, odd: bytes, title: str) -> None:
    decoded = decode(good.encode() + odd + b"c4,Ann,customer\n", "a.csv")
    assert [(problem.file, problem.line) for problem in decoded.problems] == [("a.csv", 4)]
    assert f"not {title}, which most of the file is in" in str(decoded.problems[0])


NAMES = {"cp1252": WESTERN, "cp1251": RUSSIAN, "gb18030": CHINESE, "cp932": JAPANESE}


@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("odd", ["Zoë", "José", "São Paulo", "L’Oréal", "Łódź", "Ольга", "李娜"])
def test_lines_in_utf8_amid_others_are_problems(odd: str, encoding: str) -> None:
    lines = [f"c{number},{name},customer\n" for number, name in enumerate(NAMES[encoding])]
    data = b"id,name,market\n" + b"".join(line.encode(encoding) for line in lines[:8])
    data += f"x1,{odd},customer\n".encode() + lines[8].encode(encoding) + f"x2,{odd},".encode()
    decoded = decode(data, "a.csv")
    assert [problem.line for problem in decoded.problems] == [10, 12]
    assert "UTF-8 here, but" in str(decoded.problems[0])


def test_two_encodings_in_one_line_are_a_problem() -> None:
    data = one_row("Jos\xe9").encode("cp1252") * 3 + "c4,Zoë,".encode() + "Köln".encode("cp1252")
    assert [problem.line for problem in decode(data, "a.csv").problems] == [7]


@pytest.mark.parametrize("encoding", NAMES)
def test_no_false_alarm_in_one_encoding(encoding: str) -> None:
    """Names in every order and number: some cells are valid UTF-8 by chance, as 小学 is."""
    randomly = random.Random(1)
    for _ in range(200):
        count = randomly.choice([1, 2, 3, 50])
        names = [randomly.choice(NAMES[encoding]) for _ in range(count)]
        data = "".join(map(one_row, names)).encode(encoding)
        assert decode(data, "a.csv").problems == ()


def test_no_false_alarm_among_thousands_of_chinese_names() -> None:
    common = bytes(range(0xA1, 0xFF))
    characters = [bytes([row, cell]) for row in range(0xB0, 0xD7) for cell in common]
    randomly = random.Random(1)
    names = [b"".join(randomly.choices(characters, k=randomly.choice([2, 3]))) for _ in range(9999)]
    decoded = decode(b"id,name\n" + b"".join(b"c,%b\n" % name for name in names), "a.csv")
    assert decoded.problems == ()
    assert sum(map(decodes, names)) > 20  # by chance


def test_bytes_that_gb18030_lacks_are_problems() -> None:
    data = (one_row("张三") * 5).encode("gb18030") + "c3,José,customer\n".encode("cp1252")
    assert [problem.line for problem in decode(data, "a.csv").problems] == [11]


def test_bytes_that_cp1252_lacks_are_problems() -> None:
    data = (one_row("Müller") * 5).encode("cp1252") + b"\x81,x,customer\n"
    assert [problem.line for problem in decode(data, "a.csv").problems] == [11]


def test_an_encoding_that_is_said_decides() -> None:
    data = one_row("Ðð").encode("cp1252")
    assert decode(data, "a.csv", "cp1252") == (one_row("Ðð"), "", ())
    assert decode("\ufeffid\n".encode(), "a.csv", "utf-8").text == "id\n"
    (problem,) = decode(data, "a.csv", "utf-8").problems
    assert str(problem).startswith("a.csv:2: bytes that are not UTF-8, which was asked for")


@pytest.mark.parametrize("name", ["klingon", "", "hex", "utf-8\0", "idna"])
def test_unknown_encodings(name: str) -> None:
    with pytest.raises(UsageError, match=r"^encoding: "):
        check_encoding(name)


def test_old_mac_lines_are_counted() -> None:
    data = b"id,name\rc1,Ann\rc2,Jos\xe9 \xff\xfe\x81\r" + "c3,Müller\r".encode() * 9
    assert [problem.line for problem in decode(data, "a.csv").problems] == [3]
