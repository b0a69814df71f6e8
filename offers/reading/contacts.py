"""Telephone numbers and mailboxes of a page, those of other people and purposes left out."""

import re
from urllib.parse import unquote

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from kekiz_portal.lib import telephone

from .sentences import is_of_another_time, is_of_others, sentences

NUMBER_BEGINS = re.compile(r"(?:\+|\b0|\(0)[\d (/]")
FAX = re.compile(r"\b(?:tele)?fax\b|\bpc-fax", re.IGNORECASE)
LABELS = re.compile(
    r"anmeld|\binfo|auskunft|kontakt|telefon|\btel\b|\bfon\b|rufen sie|zentrale|anruf|erreich|"
    r"melden",
    re.IGNORECASE,
)
MAILBOX = re.compile(
    r"(?<![\w.+-])[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,3}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"
)
HIDDEN_AT = re.compile(r"\s?[\[({]\s?(?:at|ät|@|a)\s?[\])}]\s?", re.IGNORECASE)
HIDDEN_DOT = re.compile(r"\s?[\[({]\s?(?:dot|punkt)\s?[\])}]\s?", re.IGNORECASE)
OF_NOBODY = re.compile(
    r"^(?:webmaster|datenschutz|presse|no-?reply|admin|technik|beispiel|muster|max\.muster\w*|ihre|name|"
    r"hostmaster|spenden|bewerbung|abuse|support)@|@(?:example|beispiel|muster)",
    re.IGNORECASE,
)
LOOKED_AT = 300  # lines with something like a number
NOT_CALLED = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.TOLL_FREE}


def numbers_in(lines, today=None):
    """Return the numbers of lines as triples of E.164, sentence and line; faxes are none.

    With a day, what is of others or of another time is left out.
    """
    found = []
    with_a_number = [one for one in lines if NUMBER_BEGINS.search(one.text) or one.links]
    for line in with_a_number[:LOOKED_AT]:
        if today and _speaks_of_others(line, today):
            continue
        for sentence in sentences(line):
            found += [(number, sentence, line) for number in _numbers(sentence, line)]
        for link in line.links:
            number = telephone.read(unquote(link[4:])) if link.lower().startswith("tel:") else None
            if number and number.dialled.startswith("+") and not _is_fax(line, line.text):
                found.append((number.dialled, line.text, line))
    return found


def mailboxes_in(lines, today=None):
    """Return the mailboxes of lines as triples of address, sentence and line, likewise."""
    found = []
    for line in lines:
        if today and _speaks_of_others(line, today):
            continue
        for sentence in sentences(line):
            plain = HIDDEN_DOT.sub(".", HIDDEN_AT.sub("@", sentence)).replace("mailto:", "")
            found += [(one, sentence, line) for one in MAILBOX.findall(plain.rstrip("."))]
        links = [link for link in line.links if link.lower().startswith("mailto:")]
        mails = [unquote(link[7:]).partition("?")[0] for link in links]
        found += [(one, line.text, line) for one in mails if MAILBOX.fullmatch(one)]
    return [one for one in found if not OF_NOBODY.search(one[0])]


def chosen(candidates):
    """Return the one value that is meant, with its sentence; None where several may be.

    Of several the one with a label, then the one that is no mobile telephone.
    """
    by_value = {}
    for value, sentence, line in candidates:
        by_value.setdefault(value, (value, sentence, line))
    for narrow in (bool, _is_labelled, _is_landline):
        left = [one for one in by_value.values() if narrow(one)]
        if len(left) == 1:
            return left[0][:2]
        if left:
            by_value = {one[0]: one for one in left}
    return None


def _is_labelled(candidate):
    _value, sentence, line = candidate
    return bool(LABELS.search(" ".join((*line.headings[-1:], sentence))))


def _is_landline(candidate):
    if "@" in candidate[0]:
        return candidate[0].partition("@")[0] in {"info", "kontakt", "anmeldung", "mail", "post"}
    kind = phonenumbers.number_type(phonenumbers.parse(candidate[0]))
    return kind != PhoneNumberType.MOBILE


def _numbers(sentence, line):
    if not NUMBER_BEGINS.search(sentence):
        return
    country = settings.CITY.get("telephone", {}).get("country", "DE")
    for match in phonenumbers.PhoneNumberMatcher(sentence, country):
        is_written_so = match.raw_string.lstrip("( ")[:1] in {"0", "+"}
        kind = phonenumbers.number_type(match.number)
        before = sentence[max(0, match.start - 25) : match.start]
        if is_written_so and kind not in NOT_CALLED and not _is_fax(line, before):
            yield phonenumbers.format_number(match.number, PhoneNumberFormat.E164)


def _is_fax(line, before):
    """Whether the last word before a number, or the heading above it, says that it is a fax."""
    label = re.split(r"[|,;/]|\btel(?!e?fax)\w*|\bfon\b", before, flags=re.IGNORECASE)[-1]
    above = " ".join(line.headings[-1:])
    return bool(FAX.search(label)) or bool(
        FAX.search(above) and not re.search(r"tel|fon", above, re.IGNORECASE)
    )


def _speaks_of_others(line, today):
    return is_of_others(line) or is_of_another_time(line, today)
