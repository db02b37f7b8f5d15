"""What is read of mail and calendars: contacts worked out by hand, and an account of the rest."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from relgraph.errors import InvalidInput
from relgraph.mail.entries import read_date, read_parties
from relgraph.mail.matching import Book
from relgraph.mail.mbox import read_mbox
from relgraph.mail.reading import Unknown, read_mail
from relgraph.readwrite.reading import Reading
from tests.mail import files

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def book(*internal: str) -> Book:
    people = pd.read_csv(StringIO(files.PEOPLE), dtype="str")
    return Book.of(people, internal, {})


def read(path: Path, *, day_first: bool | None = None) -> tuple[Reading, tuple[Unknown, ...]]:
    return read_mail([path], book(), now=NOW, day_first=day_first)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def contacts(reading: Reading) -> list[tuple[str, str, str]]:
    frame = reading.dataset.interactions
    rows = zip(frame["source"], frame["target"], frame["at"], strict=True)
    return sorted((s, t, at.strftime("%Y-%m-%dT%H:%M:%S")) for s, t, at in rows)


def told(reading: Reading) -> list[str]:
    return [str(note) for note in reading.dataset.notes if note.key == "mail.account"]


def test_mail(tmp_path: Path) -> None:
    path = written(tmp_path, "a.mbox", files.MBOX)
    reading, unknown = read(path)
    assert contacts(reading) == sorted(files.MAILED)
    assert set(reading.dataset.interactions["channel"]) == {"email"}
    (account,) = told(reading)
    assert account.startswith(f"{path} · read 10 · used 3 · gives 5 contacts · dropped: ")
    for reason in (
        "1 among colleagues (line 27)",
        "1 without addresses of both sides (line 34)",
        "1 with a date that can't be read (line 41)",
        "1 with a date before 1980 or to come (line 48)",
        "1 read already (line 55)",
        "1 with nobody who is known (line 63)",
        "1 with no colleague who is known (line 70)",
    ):
        assert reason in account
    assert [(each.domain, each.address, each.count) for each in unknown] == [
        ("new.example", "spam@new.example", 1),
        ("new.example", "zoe@new.example", 1),
    ]


@pytest.mark.parametrize("content", [files.MBOX, files.MBOX.replace(b"\n", b"\r\n")])
def test_line_ends_make_no_difference(tmp_path: Path, content: bytes) -> None:
    assert contacts(read(written(tmp_path, "a.mbox", content))[0]) == sorted(files.MAILED)


def test_meetings(tmp_path: Path) -> None:
    reading, _ = read(written(tmp_path, "a.ics", files.CALENDAR))
    assert contacts(reading) == files.MET
    assert set(reading.dataset.interactions["channel"]) == {"meeting"}
    (account,) = told(reading)
    assert " · read 9 · used 4 · gives 8 contacts · dropped: " in account
    for reason in ("1 cancelled", "1 to come", "1 declined by all", "1 repeating by a rule"):
        assert reason in account


def test_of_an_event_in_two_files_the_latest_version_counts(tmp_path: Path) -> None:
    event = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSEQUENCE:{0}\nDTSTART:2026010{1}T100000Z\n{2}"
        "ORGANIZER:mailto:ann@acme.com\nATTENDEE:mailto:cleo@fox.org\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    paths = [
        written(tmp_path, "new.ics", event.format(2, 6, "")),
        written(tmp_path, "old.ics", event.format(1, 5, "")),
    ]
    reading, _ = read_mail(paths, book(), now=NOW)
    assert contacts(reading) == [("E1", "C1", "2026-01-06T10:00:00")]
    paths.append(written(tmp_path, "gone.ics", event.format(3, 6, "STATUS:CANCELLED\n")))
    assert contacts(read_mail(paths, book(), now=NOW)[0]) == []


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=DAILY", 60),  # January and February, begun on the first
        ("FREQ=DAILY;UNTIL=20260110T100000Z", 10),
        ("FREQ=DAILY;UNTIL=20260110", 10),
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114", 5),
        ("FREQ=MONTHLY;COUNT=2", 2),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=DAILY;INTERVAL=0", 0),
        ("FREQ=SOMETIMES", 0),
        ("nonsense", 0),
    ],
)
def test_repetitions_are_bounded(tmp_path: Path, rule: str, count: int) -> None:
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20260101T100000Z\nRRULE:" + rule + "\n"
        "ORGANIZER:mailto:ann@acme.com\nATTENDEE:mailto:cleo@fox.org\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert (
        len(contacts(read(written(tmp_path, "a.ics", text))[0]))
        == count + (rule == "FREQ=DAILY") * -1
    )


def test_outlook(tmp_path: Path) -> None:
    reading, _ = read(written(tmp_path, "mails.csv", files.MESSAGES))
    assert contacts(reading) == files.SENT
    assert "read 2 · used 1 · gives 2 contacts" in told(reading)[0]
    reading, _ = read(written(tmp_path, "calendar.csv", files.MEETINGS))
    assert contacts(reading) == files.GATHERED
    assert "read 2 · used 1 · gives 4 contacts · dropped: 1 among colleagues" in told(reading)[0]


def test_outlook_without_dates_or_with_unclear_ones_is_told(tmp_path: Path) -> None:
    dateless = files.MESSAGES.replace(",Sent\n", ",Other\n")
    with pytest.raises(InvalidInput, match=r"mails.csv:1: no column says when messages were sent"):
        read(written(tmp_path, "mails.csv", dateless))
    unclear = files.MEETINGS.replace("13/1", "3/1").replace("14/1", "4/1")
    path = written(tmp_path, "calendar.csv", unclear)
    with pytest.raises(InvalidInput, match="is 3/1/2026 a month first"):
        read(path)
    assert {at[:10] for _, _, at in contacts(read(path, day_first=True)[0])} == {"2026-01-03"}
    assert {at[:10] for _, _, at in contacts(read(path, day_first=False)[0])} == set()  # 3/2026


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    for name in ("a.mbox", "a.ics"):
        with pytest.raises(InvalidInput, match="holds no message and no meeting"):
            read(written(tmp_path, name, b"SECRET\n\nSECRET\n"))


def test_nothing_but_who_whom_and_when_is_read(tmp_path: Path) -> None:
    texts: dict[str, str | bytes] = {
        "a.mbox": files.MBOX,
        "a.ics": files.CALENDAR,
        "m.csv": files.MESSAGES,
        "c.csv": files.MEETINGS,
    }
    for name, content in texts.items():
        reading, unknown = read(written(tmp_path, name, content))
        assert "SECRET" not in repr((reading, unknown, reading.dataset.interactions.to_csv()))
    for entry in read_mbox("a", tmp_path / "a.mbox", NOW):
        assert "SECRET" not in repr(entry)


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    """One body of 30 MB without a line end, and one of many lines."""
    path = tmp_path / "large.mbox"
    with path.open("wb") as file:
        for _ in range(2):
            file.write(b"From - Mon Jan  5 09:00:00 2026\nFrom: a@x.org\nTo: b@x.org\n")
            file.write(b"Date: Mon, 5 Jan 2026 09:00:00 +0100\n\n" + b"x" * 15_000_000 + b"\n\n")
    tracemalloc.start()
    entries = list(read_mbox("large", path, NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(entries) == 2
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        ("Lee, Ann <ann@x.org>", ["ann@x.org"]),
        ('"bad@x.org" <good@y.org>', ["good@y.org"]),
        ("=?utf-8?Q?Ann_=3Cann=40x=2Eorg=3E?=", ["ann@x.org"]),
        ("=?nonsense?Q?Ann?= <ann@x.org>", ["ann@x.org"]),
        ("Team: a@x.org, b@x.org;, c@x.org", ["a@x.org", "b@x.org", "c@x.org"]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("王伟 <wang@例子.cn>", ["wang@例子.cn"]),
    ],
)
def test_address_fields(field: str, addresses: list[str]) -> None:
    assert [party.address for party in read_parties([field])] == addresses


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("Mon, 5 Jan 2026 09:00:00 +0100 (CET)", True),
        ("5 Jan 26 09:00 EST", True),
        ("Mon, 32 Jan 2026 09:00:00 +0100", False),
        ("Mon, 5 Jan 2026 09:00:00 +9999999999", False),
        ("Mon, 5 Jan 1904 09:00:00 +0000", False),
        ("", False),
    ],
)
def test_dates(text: str, is_date: bool) -> None:
    assert isinstance(read_date(text, NOW), datetime) == is_date


def test_domains_are_those_of_colleagues_and_those_given() -> None:
    assert book().domains == {"acme.com"}  # not gmail.com, where anybody is
    found = book("@Acme.de")
    assert found.is_internal("x@acme.de")
    assert found.is_internal("x@mail.acme.com")
    assert not found.is_internal("x@notacme.com")


def test_an_address_of_several_is_nobodys() -> None:
    people = pd.DataFrame(
        {
            "id": ["a", "b"],
            "name": ["A", "B"],
            "market": ["customer"] * 2,
            "email": ["x@y.org"] * 2,
        },
        dtype="str",
    )
    assert [str(note) for note in Book.of(people, (), {}).notes] == [
        "1 mail address is of several stakeholders, and counts for none"
    ]
    assert Book.of(people, (), {"b": "a"}).holder["x@y.org"] == "a"  # they are the same
