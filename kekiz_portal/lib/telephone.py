"""Telephone numbers: one reading of whatever people type, with the library `phonenumbers`.

A number is kept as E.164 ("+492323161651"), a short one as it is dialled ("116117"). What else
was typed stays behind it as a note. Region, area code and switchboards are the city's
(``city.toml``, ``[telephone]``).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat, shortnumberinfo

LABEL = re.compile(
    r"^(?:tel(?:efon)?(?:nummer)?|fon|ruf(?:nummer)?|phone)\b\s*[.:]*\s*", re.IGNORECASE
)
DASHES = re.compile(r"[\u2010-\u2015\u2212]")
NO_NUMBERS = re.compile(  # what has digits and begins like a number, but is a date or a time
    r"""(?<![\d.])(?:[0-2]?\d|3[01])\.\s?(?:0?\d|1[0-2])\.(?:\s?\d{4}|\d{2})?(?!\d)
      | \b\d{4}-\d{2}-\d{2}\b
      | \b[0-2]?\d[.:][0-5]\d\s*(?:-|bis)\s*[0-2]?\d[.:][0-5]\d\b
      | \b[0-2]?\d(?:[.:][0-5]\d)?(?:\s*(?:-|bis|und)\s*[0-2]?\d(?:[.:][0-5]\d)?)?\s*(?:Uhr|h)\b""",
    re.VERBOSE | re.IGNORECASE,
)
FAX_BEFORE = re.compile(r"\bfax(?:nummer)?\s*[.:]*\s*$", re.IGNORECASE)
SHORT_BY_SHORT = re.compile(r"(\d{3})\s*/\s*\d{3}")  # "110/112"
TRUNK_IN_BRACKETS = r"\(\s*0\s*\)"
RUN = re.compile(rf"(?<![\w+])(?:\+\s*|\(\s*\+\s*)?(?:{TRUNK_IN_BRACKETS}|[\d(])[\d ()/.\-]*")
LOCAL = re.compile(r"[1-9]\d*(?:[ /]?\d+){0,3}(?:-\d+)?")
LOCAL_DIGITS = range(4, 9)
SECOND_NUMBER = re.compile(r"\s*/\s*|\s+-(?=\d)|\s+(?=\+|00\s?[1-9]|\([0+])")
# From so many digits on, a slash begins a second number and no longer divides the first.
FULL_DIGITS, FULL_DIGITS_ABROAD = 9, 11
LONGEST_NATIONAL = 13  # more is two numbers in one; E.164 allows 15 with the country's digits
DIGITS_OF_SHORT = range(3, 7)
FEWEST_SEARCHED = 4
EUROPEAN_SHORT = re.compile(r"116\d{3}")  # harmonised: Commission Decision 2007/116/EC
NOTE_BEGINS_LIKE_A_NUMBER = re.compile(r"\(?\s*[\d+]")


@dataclass(frozen=True)
class Telephone:
    """A number that a phone can dial, and what was written beside it."""

    dialled: str  # "+492323161651", "116117"
    note: str = ""
    is_local: bool = False  # typed without its area code, which is the city's then

    @property
    def uri(self):
        """The address of a link (RFC 3966)."""
        return f"tel:{self.dialled}"

    @property
    def stored(self):
        return self._with_note(self.dialled)

    @property
    def number(self):
        """The number as people in this country read it: "02323 16-1651"."""
        return _written(self.dialled)

    @property
    def international(self):
        """The number as people anywhere can dial it: "+49 2323 161651"."""
        if not self.dialled.startswith("+"):
            return self.number
        number = phonenumbers.parse(self.dialled)
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)

    def __str__(self):
        return self._with_note(self.number)

    def _with_note(self, number):
        between = "" if self.note.startswith(",") else " "
        return f"{number}{between}{self.note}".rstrip()


@lru_cache(maxsize=4096)
def read(text):
    """Return the first number in a text as a ``Telephone``; None where there is none.

    The rest becomes its note; a fax is no telephone. A number that stands alone and lacks its
    area code gets the city's.
    """
    tidied = _tidy(text or "")
    without_times = NO_NUMBERS.sub(lambda match: "\x00" * len(match[0]), tidied)
    for run in RUN.finditer(without_times):
        if FAX_BEFORE.search(tidied, 0, run.start()):
            continue
        written, dialled = _first_number(run[0])
        if dialled:
            note = _note(tidied[: run.start()], tidied[run.start() + len(written) :])
            return Telephone(dialled, note)
    if dialled := _local(tidied):
        return Telephone(dialled, is_local=True)
    return None


def validated(text):
    """Return the ``Telephone`` in what somebody typed; raise ``ValidationError`` without one."""
    if found := read(text):
        return found
    raise ValidationError(
        _(
            "„%(text)s“ ist keine Telefonnummer, die man wählen kann. Schreiben Sie sie mit "
            "Vorwahl, etwa 02323 16-0. Ein Hinweis darf dahinter stehen."
        ),
        code="no_telephone",
        params={"text": text},
    )


def stored(text):
    """Return how a text is kept: number and note; as it is where it holds no number."""
    found = read(text)
    return found.stored if found else (text or "").strip()


def shown(text):
    """Return how a text, typed or stored, is read: number as usual here, note behind it."""
    found = read(text)
    return str(found) if found else (text or "").strip()


def tel_uri(text):
    """Return the ``tel:`` address of the number in a text; nothing where none is complete."""
    found = read(text)
    return found.uri if found and not found.is_local else ""


def joined(area_code, number):
    """Return a number with the area code of a column of its own, where it lacks one."""
    found = read(number)
    if not number or (found and not found.is_local):
        return number
    digits = re.sub(r"\D", "", area_code).lstrip("0")
    return f"0{digits} {number}" if digits else number


def searched_digits(text):
    """Return the digits to look for in stored numbers, if a search is for a number; else nothing.

    A beginning will do: "02323 16" finds "+492323161651".
    """
    typed = _tidy(text)
    if not re.fullmatch(r"[+(]?[\d ()/.\-]+", typed) or _count(typed) < FEWEST_SEARCHED:
        return ""
    if (found := read(typed)) and not found.is_local:
        return found.dialled.lstrip("+")
    digits = re.sub(r"\D", "", re.sub(TRUNK_IN_BRACKETS, "0", typed))
    return digits.removeprefix("00") if digits.startswith("00") else digits.removeprefix("0")


def _tidy(text):
    """Return a text with plain digits, dashes and blanks and without marks nobody sees."""
    text = unicodedata.normalize("NFKC", DASHES.sub("-", text))
    text = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in text
        if unicodedata.category(sign) not in {"Cf", "Cc", "Cs"} or sign.isspace()
    )
    text = re.sub(r"\s*;\s*ext=", " App. ", " ".join(text.split()))  # RFC 3966
    text = text.lstrip("'")
    return text[label.end() :].strip() if (label := LABEL.match(text)) else text


def _first_number(run):
    """Return the first number in a run of digits and dividers: as written, and as dialled."""
    if (pair := SHORT_BY_SHORT.match(run)) and (dialled := _dialled(pair[1])):
        return pair[1], dialled
    full = FULL_DIGITS_ABROAD if re.match(r"\(?\s*(?:\+|0\s*0)", run) else FULL_DIGITS
    written = run.rstrip(" (/.-")
    for cut in SECOND_NUMBER.finditer(run):
        if _count(run[: cut.start()]) >= full and _dialled(run[: cut.start()]):
            written = run[: cut.start()]
            break
    while not (dialled := _dialled(written)) and _count(written) > full and " " in written:
        written = written.rpartition(" ")[0].rstrip(" (/.-")  # "02323 161651 02323 161652"
    return written, dialled


def _count(text):
    return sum(map(str.isdigit, text))


def _dialled(run):
    """Return what a phone dials for a complete number; nothing for anything else."""
    written = re.sub(TRUNK_IN_BRACKETS, "0", run)
    plus = "+" if written.lstrip("( ").startswith("+") else ""
    digits = re.sub(r"\D", "", written)
    if not plus and len(digits) in DIGITS_OF_SHORT and _is_short(digits):
        return digits
    country = str(_country())
    area = _city("area_code").lstrip("0")
    if not plus and digits.startswith("00"):
        return _valid(f"+{digits[2:]}")
    if plus or (digits.startswith(country) and len(digits) > FULL_DIGITS):
        return _valid(f"+{digits}")
    if digits.startswith("0"):
        return _valid(f"+{country}{digits[1:]}")
    if area and digits.startswith(area) and len(digits) >= FULL_DIGITS:  # a table took the zero
        return _valid(f"+{country}{digits}")
    return ""


def _local(text):
    """Return what a phone dials for a number without area code that stands alone."""
    digits = re.sub(r"\D", "", text)
    if not (area := _city("area_code").lstrip("0")) or not LOCAL.fullmatch(text):
        return ""
    if len(digits) not in LOCAL_DIGITS:
        return ""
    return _valid(f"+{_country()}{area}{digits}")


def _valid(number):
    """Return an international number as E.164, without a zero after the country; "" if none."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed) or parsed.national_number >= 10**LONGEST_NATIONAL:
        return ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _is_short(digits):
    """Whether these few digits are a service of their own: 110, 112, 115, 116 xxx, 118 xx.

    The library also knows the numbers of five digits for paid text messages, which nobody calls.
    """
    if EUROPEAN_SHORT.fullmatch(digits):
        return True
    number = phonenumbers.PhoneNumber(country_code=_country(), national_number=int(digits))
    return digits.startswith("11") and shortnumberinfo.is_valid_short_number(number)


def _written(dialled):
    """Return a number as it is written in its country's neighbourhood, a switchboard set off."""
    if EUROPEAN_SHORT.fullmatch(dialled):
        return f"{dialled[:3]} {dialled[3:]}"
    if not dialled.startswith("+"):
        return dialled
    number = phonenumbers.parse(dialled)
    is_here = number.country_code == _country()
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if not (is_here and written.startswith("0")):  # or the library cannot tell the area
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    for switchboard in _city("switchboards", ()):
        if written.startswith(switchboard) and written != switchboard:
            return f"{switchboard}-{written[len(switchboard) :].lstrip()}"
    return written


def _note(before, after):
    """Return what stands around a number as one note that is never read as part of it."""
    before = before.strip(" :(,;-")
    opens = "(" in after.partition(")")[0]
    after = after.lstrip(" ,;.:/-" if opens else " ,;.:/-)")
    if after.lower() in {"oder", "und", "o.", "u."}:
        after = ""
    if before:
        after = f"{after} ({before})".lstrip()
    return f", {after}" if NOTE_BEGINS_LIKE_A_NUMBER.match(after) else after


def _city(name, default=""):
    return settings.CITY.get("telephone", {}).get(name, default)


def _country():
    return phonenumbers.country_code_for_region(_city("country"))
