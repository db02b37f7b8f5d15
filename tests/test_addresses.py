"""Which columns hold addresses, and what is in their cells."""

from __future__ import annotations

from relgraph.addresses import mail_columns, phone_columns, split_addresses, split_phones


def test_columns_are_known_by_their_names() -> None:
    named = ["email", "E-Mail", "mail", "Email Address", "email2", "邮箱", "mailbox", "female"]
    assert mail_columns(named) == named[:6]
    phones = ["phone", "Telephone", "tel.", "Mobile Phone", "phone_number", "手机号", "hotel"]
    assert phone_columns(phones) == phones[:6]


def test_a_cell_may_hold_several() -> None:
    assert split_addresses("A@x.org, b@Y.org;a@X.org") == ["a@x.org", "b@y.org"]
    assert split_addresses("none") == []
    assert split_phones("+86 10 8888-1234; 010-88881234, ext 12") == ["088881234"]
