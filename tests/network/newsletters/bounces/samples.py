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


GMX = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mout.gmx.example
To: {to}
Subject: Mail delivery failed: returning message to sender
Message-ID: <{id}@mout.gmx.example>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"{recipient}":
SMTP error from remote server after transfer of mail text:
host: mx.kita.example
{words}

--- The header of the original message is following. ---

From: portal@portal.example
Subject: Neues im Oktober
"""

EXCHANGE_HTML = """\
Return-Path: <>
Delivered-To: {to}
From: Microsoft Outlook <postmaster@kita.example>
To: {to}
Subject: Unzustellbar: Neues im Oktober
Message-ID: <{id}@EX01.kita.example>
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"

<html><head><style>p {{ color: #123456; }}</style></head><body>
<p><b>Fehler bei der Nachrichtenzustellung an folgende Empf&auml;nger oder Gruppen:</b></p>
<p><a href="mailto:{recipient}">Frau Beispiel</a></p>
<p>Remote Server returned &#39;{words}&#39;</p></body></html>
"""

GLOBAL = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mx.kita.example
To: {to}
Subject: Undelivered Mail
Message-ID: <{id}@mx.kita.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=global-delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

Unzustellbar

--B
Content-Type: message/global-delivery-status
Content-Transfer-Encoding: 8bit

Reporting-MTA: dns; mx.kita.example

Original-Recipient: utf-8; büro@kita.example
Final-Recipient: utf-8; büro@kita.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--B--
"""

COMPLAINT = """\
Return-Path: <>
From: <feedback@provider.example>
To: <abuse@portal.example>
Subject: FW: Neues im Oktober
Message-ID: <{id}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

This is an email abuse report.

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Mail-From: <{to}>

--B
Content-Type: message/rfc822

From: portal@portal.example
Subject: Neues im Oktober

Guten Tag

--B--
"""

SUPPLEMENT = POSTFIX.replace(
    "Diagnostic-Code: smtp; {words}",
    "Diagnostic-Code: smtp; 550 Requested action not taken\nX-Supplementary-Info: {words}",
)
