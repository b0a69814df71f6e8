"""The parts of a report: what stands where in the mails that mail servers write."""

import email
import re
from html import unescape

PROSE_LENGTH = 20_000
REPORTS = {"message/delivery-status", "message/global-delivery-status"}  # RFC 3464, RFC 6533
MARKUP = re.compile(r"<(?:style|script)\b[^<>]*>[^<]*</|<[^<>]*>")


def status_blocks(message):
    """Yield what stands in a report about each recipient."""
    for part in message.walk():
        if part.get_content_type() in REPORTS and part.is_multipart():
            for block in _blocks(part):
                if block.get("Action") or block.get("Status"):
                    yield block


def complaint_in(message):
    """Return the fields of a reader's complaint (RFC 5965), ``None`` where there is none."""
    if message.get_param("report-type") != "feedback-report":
        return None
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report" and part.is_multipart():
            return part.get_payload(0)
    return None


def returned_path(message):
    """Return where bounces of the mail that is sent back would have gone, "" if it is not said."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            part = email.message_from_bytes(_content(part))  # noqa: PLW2901 - it is the part meant
        elif kind == "message/rfc822" and part.is_multipart():
            part = part.get_payload(0)  # noqa: PLW2901 - as above
        else:
            continue
        if path := part.get("Return-Path"):
            return str(path)
    return ""


def prose(message):
    """Return the text that comes first, without the mail that is sent back in it."""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text = _content(part)[:PROSE_LENGTH].decode("utf-8", errors="replace")
            if part.get_content_subtype() == "html":
                return unescape(MARKUP.sub(" ", text))
            return text
    return ""


def _blocks(part):
    """Return the blocks of fields; Python divides only those of RFC 3464."""
    if part.get_content_type() == "message/delivery-status":
        return part.get_payload()
    whole = part.get_payload(0).as_bytes()
    divided = email.message_from_bytes(b"Content-Type: message/delivery-status\n\n" + whole)
    return divided.get_payload()


def _content(part):
    return part.get_payload(decode=True) or b""
