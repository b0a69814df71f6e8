"""What a mail in the mailbox of bounces says: which mail could not be delivered, and why.

First the report that RFC 3464 and, for addresses with umlauts, RFC 6533 describe, then the
complaint of RFC 5965; where a server sends prose instead, flufl.bounce knows the shapes of many,
and what comes from nobody to an address we signed is one too, whatever it says. Reports are
written by strangers, so anything may stand in them.
"""

import email
import hashlib
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from flufl.bounce import all_failures

from kekiz_portal.lib.mail_headers import words_of_server
from network.models import Bounce
from network.newsletters.sending.return_addresses import delivery_id_in, letter_id_in

from . import documents

Kind = Bounce.Kind
logger = logging.getLogger(__name__)

# Where servers write to which address a mail came.
RECEIVED_FOR = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To"]
MACHINES = re.compile(r"(mailer-daemon|postmaster)@|#@", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
SMTP_CODE = re.compile(r"\b([45])[0-5]\d[ -]")
KINDS = {"4": Kind.SOFT, "5": Kind.HARD}
SAYS_WHY = re.compile(rf"{STATUS.pattern}|{SMTP_CODE.pattern}")
WORDS_BEFORE = 60
ADDRESS_LENGTH = Bounce._meta.get_field("address").max_length  # noqa: SLF001 - public in Django
LINES_ABOUT_AN_ADDRESS = 8

# RFC 3463: what was refused is the message or its sender, not the mailbox.
NOT_THE_MAILBOX = re.compile(r"[45]\.(7\.\d+|6\.\d+|5\.\d+|3\.4|2\.3|1\.7|1\.8)")
# The mailbox does not exist: then words about spam change nothing.
NO_SUCH_MAILBOX = re.compile(r"5\.1\.(0|1|2|3|6|10)")
ABOUT_THE_CONTENT = re.compile(
    r"\bspam|\bvirus|malware|phish|blacklist|block ?list|dnsbl|\brbl\b|reputation"
    r"|dmarc|dkim|\bspf\b"
    r"|content (?:filter|reject)|message content|\bpolic(?:y|ies)\b|too large|\(BL\)|\bofr_\d"
    r"|invalid (?:subject|header)|unsolicited|\bbulk\b|rate.?limit|too many (?:mails|messages)"
    r"|client host|reverse dns|\brdns\b|\bhelo\b|sender (?:address )?(?:rejected|denied|blocked)"
    r"|relay(?:ing)? (?:access |not |is )?(?:denied|permitted|allowed)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One bounce, of the mail of a newsletter or of a letter to an institution.

    Both numbers are None where its address bears no signature of ours. ``is_ours``: a server told
    us itself while we spoke to it, so that the address needs no signature.
    """

    message_hash: str
    delivery_id: int | None = None
    letter_id: int | None = None
    address: str
    kind: str
    status: str = ""
    words: str
    is_under_way: bool = False
    is_ours: bool = False

    @property
    def blames_the_mailbox(self):
        """Whether it tells something about the address, not about what was sent."""
        if NO_SUCH_MAILBOX.fullmatch(self.status):
            return True
        return not (NOT_THE_MAILBOX.fullmatch(self.status) or ABOUT_THE_CONTENT.search(self.words))


@dataclass(frozen=True)
class Failure:
    """What a report says about one recipient."""

    address: str
    status: str
    words: str
    is_under_way: bool


def recognise(raw):
    """Return the ``Report`` that a mail's bytes hold, None when it is no bounce; never raises."""
    try:
        return _recognise(raw)
    except Exception:
        # Parsers stumble over what strangers write; the mail is kept for a person to look at.
        logger.exception("a mail of %d bytes in the bounce mailbox cannot be read", len(raw))
        return None


def _recognise(raw):
    message = email.message_from_bytes(raw)
    if _is_an_answer(message):
        return None
    if complaint := documents.complaint_in(message):
        return _complaint(message, raw, complaint)
    delivery_id = delivery_id_in(_joined(message, RECEIVED_FOR))
    letter_id = letter_id_in(_joined(message, RECEIVED_FOR))
    is_signed = delivery_id is not None or letter_id is not None
    blocks = list(documents.status_blocks(message))
    failure = _first_failure(blocks) if blocks else _failure_in_prose(message)
    if failure is None and not blocks and is_signed and _is_from_a_machine(message):
        failure = _failure_of_a_signed_mail(message)
    if failure is None:
        return None
    return Report(
        message_hash=_hash(message, raw, delivery_id),
        delivery_id=delivery_id,
        letter_id=letter_id,
        kind=_kind(failure),
        **vars(failure),
    )


def _is_an_answer(message):
    """Whether a person or an absence note wrote it: those quote mails, and are no bounce."""
    if message.get_content_type() == "multipart/report":
        return False
    # Bounces come from nobody: that keeps servers from answering each other for ever.
    came_from = _address_in(message, "Return-Path")
    if came_from and not MACHINES.match(came_from):
        return True
    # Absence notes may come from nobody too, but they say who wrote them.
    answers = _header(message, "Auto-Submitted").lower().startswith("auto-replied")
    return answers and not MACHINES.match(_address_in(message, "From"))


def _complaint(message, raw, complaint):
    """Return the report of a reader who called our mail spam: nothing more goes there."""
    delivery_id = delivery_id_in(_joined(complaint, ["Original-Mail-From"]))
    delivery_id = delivery_id or delivery_id_in(documents.returned_path(message))
    return Report(
        message_hash=_hash(message, raw, delivery_id),
        delivery_id=delivery_id,
        letter_id=letter_id_in(_joined(complaint, ["Original-Mail-From"])),
        address=_address(_joined(complaint, ["Original-Rcpt-To"])),
        kind=Kind.COMPLAINT,
        words=words_of_server(f"Feedback-Type: {_header(complaint, 'Feedback-Type')}"),
    )


def _first_failure(blocks):
    for block in blocks:
        action = _header(block, "Action").lower()
        status = _found(STATUS, _header(block, "Status"))
        failed = action.startswith(("fail", "error")) or (not action and status[:1] in KINDS)
        if failed or action.startswith("delayed"):
            words = _header(block, "Diagnostic-Code").partition(";")[2].strip()
            # Some say here alone what they mind.
            words = " ".join(filter(None, [words, _header(block, "X-Supplementary-Info")]))
            if status[1:] in {"", ".0.0"}:  # says nothing; the server's words often do
                status = _found(STATUS, words) or status
            named = _header(block, "Original-Recipient") or _header(block, "Final-Recipient")
            address = _address(named.rpartition(";")[2])
            return Failure(address, status, words, action.startswith("delayed"))
    return None


def _failure_in_prose(message):
    temporary, permanent = all_failures(message)
    found = sorted(permanent) or sorted(temporary)
    if not found:
        return None
    address = _address(found[0].decode("ascii", errors="replace"))
    words = _lines_about(address, documents.prose(message))
    return Failure(address, _found(STATUS, words), words, not permanent)


def _failure_of_a_signed_mail(message):
    """Return what a machine says of a mail of ours in words of its own."""
    prose = documents.prose(message)
    at = SAYS_WHY.search(prose)
    words = words_of_server(prose[max(at.start() - WORDS_BEFORE, 0) :] if at else prose)
    return Failure("", _found(STATUS, words), words, is_under_way=False)


def _is_from_a_machine(message):
    """Whether nobody, or the mail system itself, sent it."""
    came_from = _address_in(message, "Return-Path")
    return not came_from and bool(MACHINES.match(_address_in(message, "From")))


def _lines_about(address, prose):
    _before, named, after = prose.partition(address)
    lines = after.splitlines()[:LINES_ABOUT_AN_ADDRESS] if address and named else []
    return words_of_server("\n".join(lines))


def _kind(failure):
    digit = failure.status[:1] or _found(SMTP_CODE, failure.words)
    return KINDS.get(digit, Kind.UNKNOWN)


def _hash(message, raw, delivery_id):
    """Return the same for the same report, also where it was delivered twice on other ways."""
    name = _header(message, "Message-ID")
    known_by = f"{name} {delivery_id}".encode(errors="replace") if name else raw
    return hashlib.sha256(known_by).hexdigest()


def _joined(message, names):
    return " ".join(_header(message, name) for name in names)


def _address_in(message, name):
    return parseaddr(_header(message, name))[1]


def _header(message, name):
    """Return all headers of a name as one plain line."""
    found = (value for key, value in message.raw_items() if key.lower() == name.lower())
    # As they came: servers write umlauts without encoding them.
    return " ".join(words_of_server(one.encode(errors="surrogateescape")) for one in found)


def _address(text):
    """Return the address in a text, "" where there is none that can be kept."""
    address = parseaddr(text.strip())[1]
    with suppress(ValidationError):
        validate_email(address)
        return address if len(address) <= ADDRESS_LENGTH else ""
    return ""


def _found(pattern, text):
    match = pattern.search(text)
    return match[1] if match else ""
