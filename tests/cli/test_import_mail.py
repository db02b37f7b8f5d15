"""`relgraph import` of mail and calendars: into the store, twice, and nothing but contacts."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from relgraph.store import open_store
from relgraph.store.records import KeptText
from tests.conftest import Relgraph
from tests.mail import files


@pytest.fixture
def office(relgraph: Relgraph) -> Relgraph:
    Path("people.csv").write_text(files.PEOPLE)
    assert relgraph("import", "--stakeholders", "people.csv").exit_code == 0
    Path("mails.mbox").write_bytes(files.MBOX)
    Path("calendar.ics").write_text(files.CALENDAR, newline="")
    Path("calendar.csv").write_text(files.MEETINGS)
    return relgraph


def contacts(relgraph: Relgraph) -> list[tuple[str, str, str]]:
    assert relgraph("export", "-o", "out.json").exit_code == 0
    rows = json.loads(Path("out.json").read_text()).get("interactions", [])
    return sorted((row["source"], row["target"], row["at"][:19]) for row in rows)


def test_mail_and_calendars_give_contacts(office: Relgraph) -> None:
    dry = office("import", "mails.mbox", "calendar.ics", "--dry-run")
    assert dry.exit_code == 0
    assert "not read: subject, body, place, attachments" in dry.stderr
    assert "taken as inside the firm: acme.com" in dry.stderr
    assert contacts(office) == []
    done = office("import", "mails.mbox", "calendar.ics", "--unmatched", "nobody.csv", "--json")
    assert done.exit_code == 0
    assert [(row["rows"], row["created"]) for row in json.loads(done.stdout)] == [(5, 5), (8, 8)]
    assert "2 addresses of 1 domain are nobody's: --unmatched FILE lists them" in done.stderr
    assert contacts(office) == sorted(files.MAILED + files.MET)
    with Path("nobody.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["address"] for row in rows] == ["spam@new.example", "zoe@new.example"]
    assert list(rows[0]) == ["domain", "address", "name", "count", "first", "last"]
    again = office("import", "calendar.ics", "mails.mbox", "--json")
    assert [row["unchanged"] for row in json.loads(again.stdout)] == [8, 5]
    assert contacts(office) == sorted(files.MAILED + files.MET)


def test_no_subject_and_no_body_is_anywhere(office: Relgraph) -> None:
    Path("office").mkdir()
    names = ("mails.mbox", "calendar.ics", "calendar.csv")
    told = ""
    for more in (("--dry-run",), ("--unmatched", "office/nobody.csv"), ()):
        done = office("-v", "import", *names, *more, "-d", "office/new.lbug")
        assert done.exit_code == 2  # nobody is known there
        told += done.output
    assert office("copy", "relgraph.lbug", "office/new.lbug").exit_code == 0
    for more in (("--dry-run",), ("--unmatched", "office/nobody.csv"), ()):
        done = office("-v", "import", *names, *more, "-d", "office/new.lbug")
        assert done.exit_code == 0, done.stderr
        told += done.output
    assert "SECRET" not in told
    for file in Path("office").iterdir():
        assert b"SECRET" not in file.read_bytes()
    with open_store("office/new.lbug") as store:
        texts: tuple[KeptText, ...] = ("settings", "rows", "same")
        assert not any("SECRET" in (store.graph().read_text(name) or "") for name in texts)
        archive = Path("kept.zip")
        archive.write_bytes(store.read_snapshots().to_bytes())
    with zipfile.ZipFile(archive) as kept:
        assert kept.namelist()
        assert not any(b"SECRET" in kept.read(name) for name in kept.namelist())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("mails.mbox", "people.csv"), 2, "people.csv is no mail and no calendar"),
        (("mails.mbox", "--market", "customer"), 2, "can't be combined with mail"),
        (("people.csv", "--internal", "acme.com"), 2, "--internal: is for mail and calendars"),
        (("none.mbox",), 2, "none.mbox"),
        (("empty.mbox",), 4, "empty.mbox: holds no message"),
    ],
)
def test_what_can_not_be_done(
    office: Relgraph, arguments: tuple[str, ...], code: int, told: str
) -> None:
    Path("empty.mbox").touch()
    done = office("import", *arguments)
    assert (done.exit_code, told in done.stderr) == (code, True), done.stderr


def test_somebody_has_to_be_inside(relgraph: Relgraph) -> None:
    Path("mails.mbox").write_bytes(files.MBOX)
    Path("people.csv").write_text("id,name,market,mail\nC1,Cleo,customer,cleo@fox.org\n")
    assert relgraph("import", "--stakeholders", "people.csv").exit_code == 0
    done = relgraph("import", "mails.mbox")
    assert (done.exit_code, "--internal DOMAIN" in done.stderr) == (2, True)
    done = relgraph("import", "mails.mbox", "--internal", "acme.com")
    assert done.exit_code == 0
    assert contacts(relgraph) == []  # no employee and no firm is there to have them


def test_contacts_of_those_who_are_the_same_are_one_s(office: Relgraph) -> None:
    Path("more.csv").write_text("id,name,market,email\nC9,Cleo Fox,customer,fox@home.net\n")
    assert office("import", "--stakeholders", "more.csv").exit_code == 0
    Path("review.csv").write_text("id,other,same\nC1,C9,yes\n")
    assert office("import", "--same", "review.csv").exit_code == 0
    Path("mails.mbox").write_bytes(files.MBOX.replace(b"c.fox@home.net", b"fox@home.net"))
    assert office("import", "mails.mbox").exit_code == 0
    assert contacts(office) == sorted(files.MAILED)
