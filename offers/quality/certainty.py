"""How sure an entry was when it came in: the words of the files, in German for who checks it."""

import re

from django.utils.translation import gettext_lazy as _

WORDS = {
    "generic: exists in the region, not verified for herne": _(
        "gibt es in der Region, für die Stadt nicht geprüft"
    ),
    "not found for herne": _("für die Stadt nicht gefunden"),
    "district = own assignment": _("Stadtteil selbst zugeordnet"),
    "official open data": _("amtliche offene Daten"),
    "existence sourced": _("dass es das gibt, ist belegt"),
    "the article calls them places": _("der Artikel nennt sie Plätze"),
    "bank report from state statistics": _("Bericht einer Bank nach der Landesstatistik"),
    "local initiative citing": _("örtliche Initiative nach"),
    "births, not a stock": _("Geburten, kein Bestand"),
    "published estimate": _("veröffentlichte Schätzung"),
    "both published": _("beide veröffentlicht"),
    "school beginners": _("Erstklässler"),
    "take part": _("nehmen teil"),
    "published": _("veröffentlicht"),
    "computed": _("errechnet"),
    "rounded": _("gerundet"),
    "press": _("Presse"),
    "city": _("Stadt"),
    "plus": _("und"),
    "name only": _("nur der Name bekannt"),
    "street only": _("nur die Straße bekannt"),
    "web only": _("nur die Internetseite bekannt"),
    "from corona time": _("aus der Corona-Zeit"),
    "from 2020": _("von 2020"),
    "postal codes": _("Postleitzahlen"),
    "e-mail": _("E-Mail"),
    "sourced": _("belegt"),
    "assumed": _("angenommen"),
    "uncertain": _("unsicher"),
    "missing": _("fehlt"),
    "unknown": _("unbekannt"),
    "inferred": _("erschlossen"),
    "verify": _("bitte prüfen"),
    "planned": _("geplant"),
    "seasonal": _("nur zu bestimmten Zeiten"),
    "old": _("alt"),
    "address": _("Adresse"),
    "age": _("Alter"),
    "and": _("und"),
    "cost": _("Kosten"),
    "date": _("Datum"),
    "details": _("Einzelheiten"),
    "district": _("Stadtteil"),
    "fee": _("Gebühr"),
    "hours": _("Zeiten"),
    "languages": _("Sprachen"),
    "number": _("Nummer"),
    "phone": _("Telefon"),
    "place": _("Ort"),
    "postcode": _("Postleitzahl"),
    "recurrence": _("Wiederholung"),
    "street": _("Straße"),
    "times": _("Zeiten"),
}
KNOWN = re.compile(
    r"\b(?:" + "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


def in_words(certainty):
    """Return what a file said of its own certainty; words nobody translated stay."""
    return KNOWN.sub(lambda found: str(WORDS[found[0].lower()]), certainty)
