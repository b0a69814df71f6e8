"""The fixed words of a sheet, in the language of its page and in a second one beside it.

Those of the second stand in a table that belongs to no city (``data/sheet_labels.csv``). What
stands between them is said as on a page of that language; free texts stay German, but for titles
that somebody translated.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from offers.models import OfferTranslation
from offers.models.offer.here import Here, Translated

GERMAN = "de"
TABLE = settings.BASE_DIR / "data" / "sheet_labels.csv"


@dataclass(frozen=True)
class Label:
    """Words of the sheet; ``other`` is empty where they are not said in a second language."""

    here: str
    other: str


@dataclass(frozen=True)
class SecondLanguage:
    """The language beside that of the page, ``code`` empty where none is chosen."""

    code: str = ""

    @property
    def direction(self):
        return "rtl" if translation.get_language_info(self.code)["bidi"] else "ltr"

    def labels(self):
        """Return the labels by their key."""
        other = self._others()
        return {key: Label(here, other.get(key, "")) for key, here in _of_the_page().items()}

    def _others(self):
        if self.code == GERMAN:
            with translation.override(GERMAN):
                return _of_the_page()
        return {key: row.get(self.code, "") for key, row in _table().items()}

    def fact(self, say, marked=None):
        """Return what a function says on a page of each language; once where both are alike.

        ``marked`` says the same as markup, with what of it is German.
        """
        here, shown = str(say()), (marked or say)()
        if not self.code:
            return Label(shown, "")
        with translation.override(self.code):
            return Label(shown, "" if str(say()) == here else (marked or say)())

    def titles(self, offers):
        """Return what offers are called in the second language, by key, where somebody said it."""
        if self.code == GERMAN:
            return {offer.pk: offer.title for offer in offers}
        rows = OfferTranslation.objects.filter(language=self.code, offer__in=offers)
        of_key = {offer.pk: offer for offer in offers}
        said = {row.offer_id: Here(of_key[row.offer_id], row).title for row in rows}
        return {key: title for key, title in said.items() if isinstance(title, Translated)}


def choices():
    """Return the languages a sheet may have beside its own, as pairs of code and own name.

    They are those of the pages: else its labels alone would be said in it, and no fact.
    """
    known = {GERMAN, *next(iter(_table().values()))} - {translation.get_language()}
    return [
        (code, settings.LANGUAGE_NAMES[code]) for code, _n in settings.LANGUAGES if code in known
    ]


def second_language(code):
    """Return a language that an address names; none for what is no language here.

    A sheet that is opened in its second language has German as the other: two stay two.
    """
    if code == translation.get_language():
        code = GERMAN
    return SecondLanguage(code if code in dict(choices()) else "")


def _of_the_page():
    return {
        "title": _("Ihr Merkzettel"),
        "for_whom": _("Für wen"),
        "when": _("Nächster Termin"),
        "when_it_is": _("Wann"),
        "room": _("Freie Plätze"),
        "where": _("Wo"),
        "stop": _("Bus und Bahn"),
        "phone": _("Telefon"),
        "cost": _("Kosten"),
        "note": _("Notiz"),
        "scan": _("Diese Liste auf Ihrem Telefon"),
        "danger": _("In Gefahr: Polizei 110, Rettungsdienst 112"),
    }


@lru_cache(maxsize=1)
def _table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}
