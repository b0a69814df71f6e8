"""Read where an offer takes place: "Rathausstraße 6 und zu Hause", "online/Telefon"."""

import re
from dataclasses import dataclass

from offers.models import OfferPlace

Mode = OfferPlace.Mode

UNDISCLOSED = "Adresse geheim"
MODE_WORDS = {
    "zu Hause": Mode.HOME_VISIT,
    "online": Mode.ONLINE,
    "Telefon": Mode.PHONE,
    "telefonisch": Mode.PHONE,
    "stadtweit": Mode.CITY_WIDE,
}
ALL_OVER_THE_CITY = re.compile(
    r".*\b(?:stadtweit|Stadtgebiet|Stadtbezirke)\b.*"
    r"|wechselnd\b.*"
    r"|(?:in|an) (?:den )?(?:Kitas|Schulen|Grundschulen)"
    r"|\S*[Pp]raxen\b.*"
)
BRACKETS = re.compile(r"(?P<text>.+?) \((?P<note>[^()]+)\)")
STREET = re.compile(
    r"[^,;()]*?(?: [0-9]+ ?[a-z]?(?:-[0-9]+ ?[a-z]?)?"
    r"|(?:straße|Straße|str\.|Str\.|platz|weg|allee|gasse))"
)
NAME_AND_STREET = re.compile(r"(?P<name>[^,]+), (?P<street>[^,]+ [0-9]+[a-z]?)")
STREET_AND_FLOOR = re.compile(r"(?P<street>[^,]+ [0-9]+[a-z]?), (?P<note>[0-9]+\. Etage)")


@dataclass(frozen=True)
class Spot:
    """One place as read: how one takes part, and for a location its name and street."""

    mode: str = Mode.LOCATION
    name: str = ""
    street: str = ""
    note: str = ""
    is_secret: bool = False


def read(text, has_district=False):
    """Return the spots that a text names, in order; none for an empty text.

    An offer that names its part of the city is never read as one all over the city.
    """
    text = " ".join(text.split())
    if not text:
        return []
    if text == UNDISCLOSED:
        return [Spot(is_secret=True)]
    if not has_district and ALL_OVER_THE_CITY.fullmatch(text):
        return [Spot(Mode.CITY_WIDE, note="" if text in MODE_WORDS else text[:200])]
    return [_spot(part) for part in _parts(text)]


def _parts(text):
    """Return the places in a text; "und" and "/" divide only beside a way to take part."""
    for separator in ("; ", " / ", "/", " und "):
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) > 1 and (separator == "; " or any(part in MODE_WORDS for part in parts)):
            return [piece for part in parts for piece in _parts(part)]
    return [text] if text else []


def _spot(text):
    if text in MODE_WORDS:
        return Spot(MODE_WORDS[text])
    note = ""
    if found := BRACKETS.fullmatch(text):
        text, note = found["text"], found["note"]
    if found := STREET_AND_FLOOR.fullmatch(text):
        return Spot(street=found["street"], note=found["note"])
    if found := NAME_AND_STREET.fullmatch(text):
        return Spot(name=found["name"], street=found["street"], note=note)
    if STREET.fullmatch(text):
        return Spot(street=text, note=note)
    return Spot(name=text, note=note)
