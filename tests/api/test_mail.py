"""`import_mail`: contacts from mail and calendars, and the addresses that are nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, import_mail, list_sources
from relgraph.errors import UsageError
from relgraph.store import open_store
from tests.mail import files


def test_contacts_are_stored_and_strangers_listed(tmp_path: Path) -> None:
    people, mails = tmp_path / "stakeholders.csv", tmp_path / "mails.mbox"
    people.write_text(files.PEOPLE)
    mails.write_bytes(files.MBOX)
    with open_store(tmp_path / "s.lbug", write=True) as store:
        import_files(store, people)
        with pytest.raises(UsageError, match=r"stakeholders.csv is no mail"):
            import_mail(store, [mails, people])
        done = import_mail(store, mails, internal=["acme.de"])
        assert done.rows["created"].tolist() == [len(files.MAILED)]
        assert done.unmatched["address"].tolist() == ["spam@new.example", "zoe@new.example"]
        assert done.unmatched["domain"].tolist() == ["new.example"] * 2
        assert "taken as inside the firm: acme.com, acme.de" in map(str, done.rows.notes)
        assert import_mail(store, mails).rows["created"].tolist() == [0]


def test_mail_is_a_source(tmp_path: Path) -> None:
    people, mails = tmp_path / "stakeholders.csv", tmp_path / "mails.mbox"
    people.write_text(files.PEOPLE)
    mails.write_bytes(files.MBOX)
    with open_store(tmp_path / "s.lbug", write=True) as store:
        import_files(store, people)
        import_mail(store, mails, internal=["acme.de"], source="mail")
        (row,) = list_sources(store).rows()
        assert (row["name"], row["interactions"]) == ("mail", len(files.MAILED))
        assert (
            len(import_mail(store, mails, internal=["acme.de"], source="mail", sync=True).rows) == 0
        )
        with pytest.raises(UsageError, match="needs source"):
            import_mail(store, mails, sync=True)
