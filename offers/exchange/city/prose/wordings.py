"""What the collectors wrote about cost, registration and languages, as choices of the portal."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from kekiz_portal.lib import languages
from offers.models import Offer

Cost, Access = Offer.Cost, Offer.Access

FREE = re.compile(r"kostenlos(?: \((?P<note>[^()]+)\))?")
FREE_NOTES = {"Leistung": "", "Bewilligung": "nach Bewilligung"}
SOMETIMES_FREE = {"meist kostenlos", "kostenlos oder kleiner Beitrag"}
AMOUNT = re.compile(r"(?P<amount>[0-9]{1,5}(?:,[0-9]{2})?) (?:Euro|€)")
PAID = re.compile(
    r"(?:gegen Gebühr|Vereinsbeitrag|Entgeltordnung|Mitgliedschaft|Elternbeitrag|kleiner Beitrag)"
    r"\b.*"
)
COST_ASSUMED = re.compile(r"\b(?:cost|fee|details)\b[^;]*\bassumed\b")
NOT_FOUND = re.compile(r" \([^()]*nicht gefunden\)")
WITH_BUT = "BuT möglich"

# The first match decides which ways in there are; no match leaves them open.
ACCESS = [
    (re.compile(r"ohne Anmeldung"), [Access.OPEN]),
    (re.compile(r".*per Los\b.*"), [Access.REGISTRATION, Access.LOTTERY]),
    (re.compile(r"Antrag\b.*"), [Access.APPLICATION]),
    (re.compile(r".*Verordnung\b.*"), [Access.PRESCRIPTION]),
    (re.compile(r"(?:Einladung|Anschreiben)\b.*"), [Access.INVITATION]),
    (re.compile(r"über (?:die )?Schule\b.*"), [Access.SCHOOL]),
    (re.compile(r".*nachweis"), [Access.PROOF]),
    (re.compile(r"Anmeld.*|telefonisch.*|[Oo]nline\b.*"), [Access.REGISTRATION]),
]
CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?")


@dataclass(frozen=True)
class CostWords:
    kind: str = Cost.UNKNOWN
    note: str = ""
    amount: Decimal | None = None
    reductions: list = field(default_factory=list)


def cost(text):
    """Return what an offer costs; unknown with the wording as a note where it is not certain."""
    text = NOT_FOUND.sub("", text)
    if found := FREE.fullmatch(text):
        note = found["note"] or ""
        return CostWords(Cost.FREE, FREE_NOTES.get(note, note))
    if text in SOMETIMES_FREE:
        return CostWords(Cost.VARIES, sentence(text))
    if text == "Krankenkasse":
        return CostWords(Cost.INSURANCE)
    if found := AMOUNT.fullmatch(text):
        return CostWords(Cost.PAID, amount=Decimal(found["amount"].replace(",", ".")))
    if PAID.fullmatch(text):
        reductions = [Offer.Reduction.BUT] if WITH_BUT in text else []
        note = text.replace(f", {WITH_BUT}", "")
        return CostWords(Cost.PAID, sentence(note), reductions=reductions)
    return CostWords(note=sentence(text))


def is_cost_assumed(certainty):
    """Whether the collectors say that they only assumed what an offer costs."""
    return COST_ASSUMED.search(certainty) is not None


def access(text):
    """Return the ways in that a wording about registration names."""
    return next((list(modes) for pattern, modes in ACCESS if pattern.fullmatch(text)), [])


def spoken(text):
    """Return the codes of the languages in a text, and what it says besides.

    Raises ``ValueError`` with a code that looks like one and is not known.
    """
    if text == "mehrsprachig":
        return ["mul"], ""
    codes, notes = [], []
    for part in filter(None, (part.strip() for part in text.split("|"))):
        if part in languages.NAMES:
            codes.append(part)
        elif CODE.fullmatch(part):
            raise ValueError(part)
        else:
            notes.append("weitere Sprachen" if part == "weitere" else part)
    return codes, sentence("; ".join(notes))


def sentence(text):
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]
