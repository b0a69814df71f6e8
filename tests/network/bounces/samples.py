"""Bounces as mail servers write them. The names and addresses are made up."""

POSTFIX = """\
Return-Path: <>
Delivered-To: {to}
Date: Mon, 5 Oct 2026 10:00:00 +0200 (CEST)
From: MAILER-DAEMON@mx.portal.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B/1"
Message-Id: <{id}@mx.portal.example>

--B/1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.portal.example.

<{recipient}>: host mx.kita.example said: {words}

--B/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.portal.example
X-Postfix-Sender: rfc822; {to}

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.kita.example
Diagnostic-Code: smtp; {words}

--B/1
Content-Type: text/rfc822-headers

From: portal@portal.example
To: {recipient}
Subject: Neues im Oktober

--B/1--
"""

EXCHANGE = """\
Return-Path: <>
From: Microsoft Outlook <postmaster@kita.example>
To: <{to}>
Subject: =?utf-8?q?Unzustellbar=3A_Neues_im_Oktober?=
Message-ID: <{id}@EX01.kita.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="_000_"

--_000_
Content-Type: multipart/alternative; boundary="_001_"

--_001_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Fehler bei der Nachrichten=C3=BCbermittlung an folgende Empf=C3=A4nger.

--_001_
Content-Type: text/html; charset="utf-8"

<p>Unzustellbar</p>

--_001_--

--_000_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.kita.example

Final-recipient: RFC822;{recipient}
Action: {action}
Status: 5.0.0
Diagnostic-Code: smtp;{words}
X-Display-Name: Frau Beispiel

--_000_
Content-Type: message/rfc822

From: portal@portal.example
To: {recipient}
Subject: Neues im Oktober

Guten Tag

--_000_--
"""

EXIM = """\
Return-path: <>
Envelope-to: {to}
X-Failed-Recipients: {recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.kita.example>
To: {to}
Subject: Mail delivery failed: returning message to sender
Message-Id: <{id}@mx.kita.example>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {recipient}
    SMTP error from remote mail server after RCPT TO:<{recipient}>:
    host mx.kita.example [192.0.2.1]: {words}

------ This is a copy of the message, including all the headers. ------

Return-path: <{to}>
To: {recipient}
Subject: Neues im Oktober

Guten Tag
"""

ABSENCE = """\
Return-Path: <{recipient}>
From: {recipient}
To: {to}
Auto-Submitted: auto-replied
Subject: Abwesend
Message-ID: <{id}@kita.example>

Ich bin bis Montag nicht da. <{recipient}>: 550 5.1.1 steht hier nur so.
"""

LETTER = """\
Return-Path: <{recipient}>
From: {recipient}
To: {to}
Subject: Re: Neues im Oktober
Message-ID: <{id}@kita.example>

Delivery to the following recipients failed.

    {recipient}

Das stand in einer Nachricht an mich, was heißt das?
"""


def mail(
    shape,
    to,
    *,
    recipient="leitung@kita.example",
    words="550 5.1.1 User unknown",
    status="5.1.1",
    action="failed",
    number=1,
):
    """Return the bytes of a mail of one of the shapes above."""
    return shape.format(
        to=to, recipient=recipient, words=words, status=status, action=action, id=f"m{number}"
    ).encode()
