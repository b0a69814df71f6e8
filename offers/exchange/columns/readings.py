"""Read the cells that only lists of offers and institutions have: ages, postal codes, prices."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.readings import date, wrong
from lifephases import age_text, ages

POSTAL_CODE = re.compile(r"[0-9]{5}")
PRICE = re.compile(
    r"(?P<amount>[0-9]{1,6}(?:[.,][0-9]{1,2})?) ?(?:€|Euro|EUR)?(?: (?P<label>.{1,120}))?",
    re.DOTALL,
)
# What lists write under costs: an amount with its unit, or alone. A second number in the words
# after it ("5 € ab 3 Kindern") says more than one price can.
COSTS = re.compile(
    r"(?:€|euro|eur)? ?(?P<amount>[0-9]{1,6}(?:[.,][0-9]{1,2})?)(?:,-{1,2})?"
    r"(?: ?(?:€|euro\b|eur\b)(?: (?P<label>[^0-9]{1,120}))?)?",
    re.IGNORECASE,
)
FOR_NOTHING = {"kostenlos", "kostenfrei", "frei", "umsonst", "gratis", "unentgeltlich", "keine"}
BEGINS_LIKE_MONEY = re.compile(r"(?:€|Euro|EUR)(?: |$)")
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
VALID = re.compile(rf" \(gilt(?: ab (?P<first>{DAY}))?(?: bis (?P<last>{DAY}))?\)$")


def month(text):
    """Read an age in whole months; before birth it is negative."""
    if re.fullmatch(r"-?[0-9]{1,4}", text):
        if not ages.may_be_entered(int(text)):
            raise wrong(_("Ein Alter von „%s“ Monaten gibt es hier nicht."), text)
        return int(text)
    try:
        return age_text.month(text, age_text.MONTHS)
    except ValueError:
        raise wrong(_("„%s“ ist keine ganze Zahl von Monaten."), text) from None


def months_of_years(text, *, is_last):
    """Return the months, as text, that an age in years begins or ends with."""
    try:
        return str(age_text.month(text, age_text.YEARS, is_last=is_last))
    except ValueError:
        reason = _(
            "„%s“ ist kein Alter in Jahren. Stehen hier Monate, wählen Sie die Spalte dafür."
        )
        raise wrong(reason, text) from None


def ages_in_one(text):
    """Return the months, as texts, that "6–12 Monate" begins and ends with; open is empty."""
    try:
        return tuple("" if end is None else str(end) for end in age_text.read(text))
    except ValueError:
        raise wrong(_("„%s“ ist kein Alter wie „3 Jahre“ oder „6–12 Monate“."), text) from None


def postal_code(text, known=()):
    """Read a postal code; a lost zero comes back only if the city has such a code."""
    if POSTAL_CODE.fullmatch(text):
        return text
    if re.fullmatch(r"[0-9]{4}", text) and f"0{text}" in known:
        return f"0{text}"
    raise wrong(_("„%s“ ist keine Postleitzahl: Sie hat fünf Ziffern."), text)


def postal_code_and_city(text):
    """Divide "44789 Bochum"; a text without a code is a city."""
    found = re.fullmatch(r"(?:D-? ?)?(?P<code>[0-9]{4,5})\b[ ,]*(?P<city>.*)", text)
    return (found["code"], found["city"]) if found else ("", text)


def prices(text):
    """Read "10", "4,50 je Termin | 30 im Monat (gilt bis 2026-12-31)".

    Returns lists of amount and what it is for, and of first and last day if it is not for good.
    """
    found = [_price(part) for part in several.values(text)]
    if len({tuple(price[:2]) for price in found}) < len(found):
        raise ValidationError(_("„%s“: Derselbe Betrag steht hier zweimal.") % text)
    return sorted(found)


def costs(text):
    """Read "3,50 € im Monat", "gratis" and the like, as lists write it in one cell.

    Returns whether it costs nothing, and the text that ``prices`` reads; ``None`` for other words.
    """
    said = " ".join(text.split())
    if said.casefold() in FOR_NOTHING:
        return True, ""
    found = COSTS.fullmatch(said)
    if not found:
        return None
    amount = Decimal(found["amount"].replace(",", "."))
    return not amount, price(f"{amount:.2f}", found["label"] or "") if amount else ""


def _price(part):
    valid = VALID.search(part)
    price = PRICE.fullmatch(part[: valid.start()] if valid else part)
    if not price:
        raise wrong(_("„%s“ ist kein Betrag wie 4,50."), part)
    amount = Decimal(price["amount"].replace(",", ".")).quantize(Decimal("0.01"))
    days = [day and date(day) for day in valid.groups(default="")] if valid else []
    return [str(amount), price["label"] or "", *days]


def price(amount, label, first="", last=""):
    """Return the text that ``prices`` reads as such a price."""
    unit = " Euro" if BEGINS_LIKE_MONEY.match(label) else ""
    days = "".join(f" {word} {day}" for word, day in (("ab", first), ("bis", last)) if day)
    valid = f" (gilt{days})" if days else ""
    return f"{amount.removesuffix('.00')}{unit} {label}".strip() + valid
