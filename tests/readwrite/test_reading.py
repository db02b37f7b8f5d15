"""What files say, as a dataset: names, types, aliases, repeats, what a second import means."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from relgraph.errors import InvalidInput
from relgraph.model import ColumnType, TableName
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.reading import read_files
from tests.readwrite.reading import PEOPLE, problems, read, write_files
from tests.told import told

TIES = "source,target,type,strength,since\n"


def stored(
    people: Sequence[tuple[str, str, str | None]] = (),
    types: Mapping[TableName, Mapping[str, ColumnType]] | None = None,
    ties: Sequence[tuple[str, str, str]] = (),
) -> Stored:
    """Return a store that holds (id, market, owner) and (source, target, type)."""
    frame = pd.DataFrame(people, columns=["id", "market", "owner"], dtype="str")
    frame = frame.assign(name=frame["id"].str.upper(), kind=pd.Series(None, frame.index, "str"))
    ends = pd.DataFrame(ties, columns=["source", "target", "type"], dtype="str")
    return Stored(frame, types or {}, lambda wanted: ends[ends["type"].isin(wanted)])


def column(frame: pd.DataFrame, name: str) -> list[object]:
    return frame[name].astype(object).where(frame[name].notna(), None).tolist()


def test_chinese_tables(tmp_path: Path) -> None:
    dataset = read(
        tmp_path,
        {
            "利益相关者.csv": "编号,名称,市场,性质,状态,负责人\nc1,张三,顾客,个人,在,e1\n"
            "e1,李四,员工,个人,流失,\nf,公司,本公司,单位,,\n",
            "关系.csv": "来源,目标,类型,强度,联系层次,关系水平,正负\nc1,e1,推荐,0.5,社会,伙伴,1\n"
            "c1,e1,认识,1,3,2,-1\n",
            "往来.csv": "起点,终点,时间,渠道,金额\nc1,e1,2024-05-01,微信,12.5\n",
        },
    )
    assert column(dataset.stakeholders, "market") == ["customer", "employee", "firm"]
    assert column(dataset.stakeholders, "kind") == ["person", "person", "organisation"]
    assert column(dataset.stakeholders, "status") == ["active", "left", None]
    assert column(dataset.relationships, "type") == ["REFERS", "KNOWS"]
    assert column(dataset.relationships, "bond") == [2, 3]
    assert column(dataset.relationships, "level") == [5, 2]
    assert column(dataset.relationships, "sign") == [1, -1]
    assert column(dataset.interactions, "channel") == ["微信"]
    assert column(dataset.interactions, "occurrence") == [0]
    assert dataset.types("interactions")["at"] == "time"


def test_rows_know_their_file_and_line(tmp_path: Path) -> None:
    frame = read(tmp_path, {"stakeholders.csv": PEOPLE}).stakeholders
    assert frame.index.names == ["file", "line"]
    assert frame.index.tolist()[1] == (f"{tmp_path}/stakeholders.csv", 3)


def test_a_market_alias_is_kept_in_sub_market(tmp_path: Path) -> None:
    text = "id,name,market\na,A,Referral\nb,B,supplier_alliance\nc,C,customers\nd,D,客户\n"
    frame = read(tmp_path, {"stakeholders.csv": text}).stakeholders
    assert column(frame, "market") == ["distributor", "supplier", "customer", "customer"]
    assert column(frame, "sub_market") == ["Referral", "supplier_alliance", None, "客户"]
    assert "market_as_read" not in frame


def test_a_market_alias_is_kept_apart_where_sub_market_is_given(tmp_path: Path) -> None:
    text = "id,name,market,sub_market\na,A,referral,north\nb,B,internal,\nc,C,customer,south\n"
    frame = read(tmp_path, {"stakeholders.csv": text}).stakeholders
    assert column(frame, "sub_market") == ["north", None, "south"]
    assert column(frame, "market_as_read") == ["referral", "internal", None]


def test_files_with_and_without_sub_market_together(tmp_path: Path) -> None:
    first = "id,name,market,sub_market\na,A,referral,north\n"
    frame = read(
        tmp_path, {"stakeholders.csv": first, "b.csv": "id,name,market\nb,B,referral\n"}
    ).stakeholders
    assert column(frame, "sub_market") == ["north", "referral"]
    assert column(frame, "market_as_read") == ["referral", None]


def test_extra_columns_have_types(tmp_path: Path) -> None:
    text = (
        "id,name,market,count,ratio,vip,day,moment,zip,empty,mixed,code:text\n"
        "a,A,customer,1,1,true,2024-01-02,2024-01-02,01234,,1,7\n"
        "b,B,customer,2,1.5,FALSE,,2024-01-02T10:00+08:00,99999,,x,8\n"
    )
    dataset = read(tmp_path, {"stakeholders.csv": text})
    types = dataset.types("stakeholders")
    assert {name: types[name] for name in list(types)[3:]} == {
        "count": "integer",
        "ratio": "number",
        "vip": "boolean",
        "day": "date",
        "moment": "time",
        "zip": "text",
        "mixed": "text",
        "code": "text",
    }
    assert column(dataset.stakeholders, "zip") == ["01234", "99999"]


def test_only_an_empty_cell_is_missing(tmp_path: Path) -> None:
    text = 'id,name,market,note,sub_market,revenue\na,NULL,customer,NA,"",1\nb,N,customer, ,n/a, \n'
    frame = read(tmp_path, {"stakeholders.csv": text}).stakeholders
    assert column(frame, "name") == ["NULL", "N"]
    assert column(frame, "note") == ["NA", None]
    assert column(frame, "sub_market") == [None, "n/a"]
    assert column(frame, "revenue") == [1.0, None]


def test_a_name_of_blanks_is_none(tmp_path: Path) -> None:
    text = "id,name,market\na, \u00a0\u3000,customer\n"
    with pytest.raises(InvalidInput, match="2: name is empty; every row needs one"):
        read(tmp_path, {"stakeholders.csv": text})


def test_extra_columns_of_several_files_are_one(tmp_path: Path) -> None:
    first = "id,name,market,Score\na,A,customer,1\n"
    second = "id,name,market,score\nb,B,customer,1.5\n"
    frame = read(tmp_path, {"stakeholders.csv": first, "b.csv": second}).stakeholders
    assert column(frame, "Score") == [1.0, 1.5]


def test_an_extra_column_takes_the_stored_spelling_and_type(tmp_path: Path) -> None:
    types: dict[TableName, dict[str, ColumnType]] = {
        "stakeholders": {"Region": "text", "score": "number", "seen": "time"}
    }
    text = "id,name,market,region,SCORE,seen\na,A,customer,12,3,2024-01-02\n"
    dataset = read(tmp_path, {"stakeholders.csv": text}, stored(types=types))
    assert column(dataset.stakeholders, "Region") == ["12"]
    assert dataset.types("stakeholders")["score"] == "number"
    assert dataset.types("stakeholders")["seen"] == "time"


def test_a_later_file_that_does_not_fit_the_stored_type(tmp_path: Path) -> None:
    types: dict[TableName, dict[str, ColumnType]] = {
        "stakeholders": {
            "count": "integer",
            "ratio": "number",
            "vip": "boolean",
            "day": "date",
            "moment": "time",
        }
    }
    text = (
        "id,name,market,count,ratio,vip,day,moment\na,A,customer,1,2,true,2024-01-02,2024-01-02\n"
        "b,B,customer,1.5,x,1,2024-01-02T10:00,noon\nc,C,customer,007,0.50,yes,now,\n"
    )
    found = problems(tmp_path, {"stakeholders.csv": text}, stored(types=types))
    assert all(", as the column is in the store" in line for line in found)
    assert [line.removeprefix("stakeholders.csv:").rpartition(",")[0] for line in found] == [
        "3: 'count' '1.5' is not a whole number",
        "3: 'ratio' 'x' is not a number",
        "3: 'vip' '1' is not true or false",
        "3: 'day' '2024-01-02T10:00' is not a date like 2024-05-31",
        "3: 'moment' 'noon' is not a time like 2024-05-31T14:30Z",
        "4: 'count' '007' is not a whole number",
        "4: 'vip' 'yes' is not true or false",
        "4: 'day' 'now' is not a date like 2024-05-31",
    ]


def test_a_file_that_does_not_keep_to_the_type_it_says(tmp_path: Path) -> None:
    text = "id,name,market,score:integer\na,A,customer,1\nb,B,customer,x\n"
    assert problems(tmp_path, {"stakeholders.csv": text}) == [
        "stakeholders.csv:3: 'score' 'x' is not a whole number, as the file says the column is"
    ]


def test_ids_are_text_in_workbooks_too(tmp_path: Path) -> None:
    rows = '[{"id": 1, "name": "A", "market": "customer", "n": 1.0}, {"id": 2.0, "name": 3}]'
    store = stored([("2", "customer", None)])
    frame = read(tmp_path, {"stakeholders.json": rows}, store).stakeholders
    assert column(frame, "id") == ["1", "2"]
    assert column(frame, "name") == ["A", "3"]
    assert column(frame, "n") == [1.0, None]


def test_ids_of_csv_stay_beside_those_of_workbooks(tmp_path: Path) -> None:
    files = {
        "a.json": '[{"id": 7.0, "name": "A", "market": "customer", "x": 1.0}]',
        "b.csv": "id,name,market,x\n8.0,B,customer,a\n",
    }
    frame = read(tmp_path, files).stakeholders
    assert column(frame, "id") == ["7", "8.0"]
    assert column(frame, "x") == ["1", "a"]


def test_what_is_stored_may_be_left_out(tmp_path: Path) -> None:
    store = stored([("a", "customer", None), ("b", "customer", None)])
    short = read(tmp_path, {"stakeholders.csv": "id,revenue\na,5\n"}, store).stakeholders
    assert list(short.columns) == ["id", "revenue"]
    text = "id,name,market\na,,\nb,B,\n"
    frame = read(tmp_path, {"stakeholders.csv": text}, store).stakeholders
    assert column(frame, "name") == [None, "B"]
    assert column(frame, "market") == [None, None]


def test_new_stakeholders_need_name_and_market(tmp_path: Path) -> None:
    store = stored([("a", "customer", None)])
    assert problems(tmp_path, {"stakeholders.csv": "id,revenue\na,5\nb,6\n"}, store) == [
        "stakeholders.csv:1: column name is missing; stakeholders need id, name, market "
        "(found: 'id', 'revenue')",
        "stakeholders.csv:1: column market is missing; stakeholders need id, name, market "
        "(found: 'id', 'revenue'); market gives one to all, market_from takes it from another "
        "column",
    ]
    assert problems(tmp_path, {"stakeholders.csv": "id,name,market\na,,\nb,,\n"}, store) == [
        "stakeholders.csv:3: name is empty; every row needs one",
        "stakeholders.csv:3: market is empty; every row needs one",
    ]


def test_ends_may_be_in_the_store(tmp_path: Path) -> None:
    store = stored([("a", "customer", None), ("b", "customer", None)])
    text = f"{TIES}a,b,REFERS,,\n"
    dataset = read(tmp_path, {"relationships.csv": text}, store)
    assert len(dataset.relationships) == 1
    assert dataset.stakeholders.empty


def test_self_loops_are_kept(tmp_path: Path) -> None:
    files = {"stakeholders.csv": PEOPLE, "relationships.csv": f"{TIES}c1,c1,KNOWS,,\n"}
    assert len(read(tmp_path, files).relationships) == 1


def test_a_repeated_relationship_is_taken_once_with_a_note(tmp_path: Path) -> None:
    text = f"{TIES}c1,c2,REFERS,0.5,\nc2,c1,REFERS,0.5,\nc1,c2,refers,0.50,\n"
    dataset = read(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text})
    assert len(dataset.relationships) == 2
    place = f"{tmp_path}/relationships.csv"
    assert told(dataset.notes) == (f"{place}:4 repeats {place}:2; each is counted once",)


def test_a_tie_both_ways_is_one(tmp_path: Path) -> None:
    both = "c1,c2,KNOWS,0.5,\nc2,c1,KNOWS,0.5,\nc2,c1,PARTNERS_WITH,0.5,\n"
    text = f"{TIES}{both}c1,c2,X,,\nc2,c1,X,,\n"
    dataset = read(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text})
    kept = dataset.relationships[["source", "type"]].to_numpy().tolist()
    assert kept == [["c1", "KNOWS"], ["c2", "PARTNERS_WITH"], ["c1", "X"], ["c2", "X"]]
    assert [note.key for note in dataset.notes] == ["type.new", "row.repeated"]


def test_a_stored_tie_both_ways_is_updated_from_either_end(tmp_path: Path) -> None:
    people = [("a", "customer", None), ("b", "customer", None)]
    store = stored(people, ties=[("a", "b", "KNOWS"), ("a", "b", "REFERS")])
    text = f"{TIES}b,a,KNOWS,0.5,\nb,a,REFERS,0.5,\nb,a,PARTNERS_WITH,,\n"
    frame = read(tmp_path, {"relationships.csv": text}, store).relationships
    assert frame[["source", "target"]].to_numpy().tolist() == [["a", "b"], ["b", "a"], ["b", "a"]]


def test_repeats_that_differ_are_problems(tmp_path: Path) -> None:
    text = (
        f"{TIES}c1,c2,REFERS,0.5,2024-01-01\nc1,c2,REFERS,0.6,2024-01-01\nc1,c2,KNOWS,0.5,\n"
        "c2,c1,KNOWS,,\nc1,c2,REFERS,0.5,2024-01-01\n"
    )
    assert problems(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text}) == [
        "relationships.csv:3: 'c1' REFERS 'c2' is also at relationships.csv:2, with other values",
        "relationships.csv:5: 'c2' KNOWS 'c1' is also at relationships.csv:4, with other values",
    ]


def test_equal_interactions_of_one_file_are_several(tmp_path: Path) -> None:
    text = (
        "source,target,at,channel,value\nc1,c2,2024-01-01,mail,1\nc1,c2,2024-01-01,mail,2\n"
        "c1,c2,2024-01-01,,1\nc1,c2,2024-01-01T00:00Z,mail,1\nc2,c1,2024-01-01,mail,1\n"
    )
    dataset = read(tmp_path, {"stakeholders.csv": PEOPLE, "interactions.csv": text})
    assert column(dataset.interactions, "occurrence") == [0, 1, 0, 2, 0]
    assert dataset.notes == ()


def test_interactions_may_have_columns_of_other_tables(tmp_path: Path) -> None:
    text = "source,target,at,type,id,market\nc1,c2,2024-01-01,1,2,referral\n"
    dataset = read(tmp_path, {"stakeholders.csv": PEOPLE, "interactions.csv": text})
    assert list(dataset.interactions.columns) == [
        *("source", "target", "at", "type", "id", "market", "occurrence")
    ]
    assert dataset.types("interactions")["type"] == "integer"


def test_interactions_in_two_files_are_the_same(tmp_path: Path) -> None:
    text = "source,target,at\nc1,c2,2024-01-01\nc1,c2,2024-01-01\n"
    files = {"stakeholders.csv": PEOPLE, "interactions.csv": text, "more.csv": text}
    dataset = read(tmp_path, files)
    assert column(dataset.interactions, "occurrence") == [0, 1]
    assert told(dataset.notes) == (
        f"{tmp_path}/more.csv:2 repeats {tmp_path}/interactions.csv:2, and 1 more row repeats "
        "another; each is counted once",
    )
    other = files | {"more.csv": "source,target,at,value\nc1,c2,2024-01-01,5\n"}
    assert problems(tmp_path, other) == [
        "more.csv:2: the contact of 'c1' with 'c2' is also at interactions.csv:2, with other values"
    ]


def test_an_extra_column_that_looks_misspelt_is_noted(tmp_path: Path) -> None:
    text = "id,name,market,satisfacton,region\na,A,customer,0.5,x\n"
    dataset = read(tmp_path, {"stakeholders.csv": text})
    assert told(dataset.notes) == (
        f"{tmp_path}/stakeholders.csv: column 'satisfacton' is kept as a property of its own "
        "(did you mean 'satisfaction'?)",
    )


def test_files_are_recorded_with_their_digest(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, {"stakeholders.csv": PEOPLE})
    (file,) = read_files([path]).files
    assert file.name == str(path)
    assert file.rows == 4
    assert file.sha256 == hashlib.sha256(PEOPLE.encode()).hexdigest()


def test_an_encoding_that_is_said(tmp_path: Path) -> None:
    data = "id,name,market\na,Öö,customer\n".encode("cp1252")
    (path,) = write_files(tmp_path, {"stakeholders.csv": data})
    assert column(read_files([path], encoding="cp1252").dataset.stakeholders, "name") == ["Öö"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_all_encodings_give_the_same(tmp_path: Path, encoding: str) -> None:
    text = "编号,名称,市场\na,张三,客户\nb,李四,供应商\n"
    frame = read(tmp_path, {"stakeholders.csv": text.encode(encoding)}).stakeholders
    assert column(frame, "name") == ["张三", "李四"]
