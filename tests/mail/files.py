"""Mail and calendars made for the tests; SECRET stands wherever nothing may be read."""

from __future__ import annotations

PEOPLE = """id,name,market,email
F,Acme,firm,info@acme.com
E1,Ann Lee,employee,ann@acme.com; a.lee@gmail.com
E2,Bob Ray,employee,bob@acme.com
C1,Cleo Fox,customer,"cleo@fox.org, c.fox@home.net"
C2,Dan Oak,customer,DAN@OAK.COM
S1,Eve Pine,supplier,eve@pine.cn
"""

MBOX = b"""From - Mon Jan  5 09:00:00 2026
Message-ID: <1@acme.com>
From: Ann Lee <ANN@acme.com>
To: =?utf-8?B?5byg5Lyf?= <cleo@fox.org>, "Oak, Dan" <dan@oak.com>
Cc: bob@acme.com,
 zoe@new.example
Subject: SECRET subject
 SECRET folded
Date: Mon, 5 Jan 2026 09:00:00 +0100
X-Long: SECRET

SECRET body
From here at 10:30 on this is SECRET text, no message

From nobody 10:30 SECRET
still SECRET

From - Tue Jan  6 09:00:00 2026
Message-ID: <2@fox.org>
From: c.fox@home.net
To: Team: ann@acme.com, bob@acme.com;
Date: Tue, 6 Jan 2026 10:00:00 -0000
Content-Type: multipart/mixed

SECRET

From - Wed Jan  7 09:00:00 2026
From: ann@acme.com
To: bob@acme.com, sales@mail.acme.com
Date: Wed, 7 Jan 2026 10:00:00 +0000

SECRET

From - Wed Jan  7 09:00:00 2026
From: dan@oak.com
To: undisclosed-recipients:;
Date: Wed, 7 Jan 2026 10:00:00 +0000

SECRET

From - Wed Jan  7 09:00:00 2026
From: dan@oak.com
To: ann@acme.com
Date: yesterday, SECRET

SECRET

From - Wed Jan  7 09:00:00 2026
From: dan@oak.com
To: ann@acme.com
Date: Wed, 7 Jan 2099 10:00:00 +0000

SECRET

From - Wed Jan  7 09:00:00 2026
Message-ID: <1@acme.com>
From: Ann Lee <ann@acme.com>
To: cleo@fox.org
Date: Mon, 5 Jan 2026 09:00:00 +0100

SECRET

From - Wed Jan  7 09:00:00 2026
From: spam@new.example
To: info@acme.com
Date: Wed, 7 Jan 2026 11:00:00 +0000

SECRET

From - Wed Jan  7 09:00:00 2026
From: cleo@fox.org
To: eve@pine.cn
Date: Wed, 7 Jan 2026 11:30:00 +0000

SECRET

From - Wed Jan  7 09:00:00 2026
From: eve@pine.cn
To: support@acme.com
Date: Wed, 7 Jan 2026 12:00:00 +0000

SECRET
"""
# 1: Ann to Cleo and to Dan; 2: Cleo to Ann and to Bob; the last: Eve to the firm.
MAILED = [
    ("E1", "C1", "2026-01-05T08:00:00"),
    ("E1", "C2", "2026-01-05T08:00:00"),
    ("C1", "E1", "2026-01-06T10:00:00"),
    ("C1", "E2", "2026-01-06T10:00:00"),
    ("S1", "F", "2026-01-07T12:00:00"),
]

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Customised Zone
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:weekly
SUMMARY:SECRET
DESCRIPTION:SECRET\\nATTENDEE:mailto:nobody@new.example
LOCATION:SECRET
DTSTART;TZID=Europe/Berlin:20260105T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260112T100000
ORGANIZER;CN="Ann: Lee":mailto:ann@acme.com
ATTENDEE;CN=Cleo;PARTSTAT=ACCEPTED:MAILTO:cleo@
 fox.org
ATTENDEE;PARTSTAT=DECLINED:mailto:dan@oak.com
ATTENDEE;CUTYPE=ROOM:mailto:eve@pine.cn
BEGIN:VALARM
DESCRIPTION:SECRET
ATTENDEE:mailto:dan@oak.com
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:weekly
RECURRENCE-ID;TZID=Europe/Berlin:20260119T100000
DTSTART;TZID=Europe/Berlin:20260120T150000
ORGANIZER:mailto:ann@acme.com
ATTENDEE:mailto:cleo@fox.org
END:VEVENT
BEGIN:VEVENT
UID:cancelled
STATUS:CANCELLED
DTSTART:20260105T100000Z
ORGANIZER:mailto:ann@acme.com
ATTENDEE:mailto:cleo@fox.org
END:VEVENT
BEGIN:VEVENT
UID:theirs
DTSTART;VALUE=DATE:20260201
ORGANIZER:mailto:dan@oak.com
ATTENDEE:mailto:ann@acme.com
ATTENDEE:mailto:bob@acme.com
ATTENDEE:mailto:eve@pine.cn
END:VEVENT
BEGIN:VEVENT
UID:own zone
DTSTART;TZID=Customised Zone:20260202T100000
ORGANIZER:mailto:ann@acme.com
ATTENDEE;EMAIL=eve@pine.cn:urn:uuid:1
END:VEVENT
BEGIN:VEVENT
UID:hourly
DTSTART:20260105T100000Z
RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30
ORGANIZER:mailto:ann@acme.com
ATTENDEE:mailto:cleo@fox.org
END:VEVENT
BEGIN:VEVENT
UID:later
DTSTART:20990105T100000Z
ORGANIZER:mailto:ann@acme.com
ATTENDEE:mailto:cleo@fox.org
END:VEVENT
BEGIN:VEVENT
UID:alone
DTSTART:20260105T100000Z
END:VEVENT
BEGIN:VEVENT
UID:all declined
DTSTART:20260105T100000Z
ORGANIZER:mailto:ann@acme.com
ATTENDEE;PARTSTAT=DECLINED:mailto:cleo@fox.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
# Weekly: the first, moved third, and fourth; Dan's meeting: all pairs across; Eve in her zone.
MET = [
    ("C2", "E1", "2026-02-01T00:00:00"),
    ("C2", "E2", "2026-02-01T00:00:00"),
    ("E1", "C1", "2026-01-05T09:00:00"),
    ("E1", "C1", "2026-01-20T14:00:00"),
    ("E1", "C1", "2026-01-26T09:00:00"),
    ("E1", "S1", "2026-02-01T00:00:00"),
    ("E1", "S1", "2026-02-02T08:00:00"),
    ("E2", "S1", "2026-02-01T00:00:00"),
]

MESSAGES = (
    "Subject,Body,From: (Name),From: (Address),From: (Type),To: (Name),To: (Address),"
    "CC: (Address),Sent\n"
    """SECRET,"SECRET
body",Ann,ann@acme.com,SMTP,Cleo,cleo@fox.org;dan@oak.com,,1/13/2026 5:30 PM
SECRET,SECRET,Ann,/O=EX/CN=ANN,EX,Cleo,cleo@fox.org,,2/1/2026 9:00 AM
"""
)
SENT = [("E1", "C1", "2026-01-13T17:30:00"), ("E1", "C2", "2026-01-13T17:30:00")]

MEETINGS = (
    '"Subject","Start Date","Start Time","End Date","Meeting Organizer","Required Attendees",'
    '"Optional Attendees","Description","Location"\n'
    '"SECRET","13/1/2026","09:15:00","13/1/2026","Ann Lee","Cleo Fox;bob@acme.com",'
    '"Dan Oak <dan@oak.com>","SECRET","SECRET"\n'
    '"SECRET","14/1/2026","09:15:00","14/1/2026","Ann Lee","Bob Ray","","SECRET","SECRET"\n'
)
GATHERED = [
    ("E1", "C1", "2026-01-13T09:15:00"),
    ("E1", "C2", "2026-01-13T09:15:00"),
    ("E2", "C1", "2026-01-13T09:15:00"),
    ("E2", "C2", "2026-01-13T09:15:00"),
]
