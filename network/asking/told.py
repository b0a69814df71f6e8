"""What was done, said on the next page: the address carries a word and numbers, nothing typed."""

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kekiz_portal.lib.keys import key

CONFIRMED, CHANGED, GONE, NOTED = "stimmt", "geaendert", "weg", "nachricht"
PLACES, SENT_ON = "plaetze", "weitergegeben"
NOTHING, ELSEWHERE = "nichts", "inzwischen"


def address_part(word, *, entry=None, number=None, left=None):
    """Return the end of an address that makes its page say what was done."""
    said = {"getan": word, "nr": entry, "n": number, "offen": left}
    return f"?{urlencode({key: value for key, value in said.items() if value})}#getan"


def sentences(query, titles):
    """Return what a page says first; ``query`` is its query, ``titles`` those of the house's
    entries by number. Without anything done, nothing.
    """
    title = titles.get(_number(query.get("nr")))
    said = _about(query.get("getan"), title, _number(query.get("n")))
    if said and (left := _number(query.get("offen"))):
        words = ngettext(
            "Ein Eintrag hat sich inzwischen geändert. Sehen Sie ihn bitte noch einmal an.",
            "%d Einträge haben sich inzwischen geändert. Sehen Sie sie bitte noch einmal an.",
            left,
        )
        said.append(words % left if "%d" in words else words)
    return said


def _about(word, title, number):
    if word == CONFIRMED and title:
        return [_("Danke. „%s“ ist bestätigt; Familien sehen das jetzt.") % title]
    if word == CONFIRMED and number:
        words = ngettext(
            "Danke. %d Eintrag ist bestätigt; Familien sehen das jetzt.",
            "Danke. %d Einträge sind bestätigt; Familien sehen das jetzt.",
            number,
        )
        return [words % number]
    words = {
        CHANGED: _("Danke. Ihre Änderung zu „%s“ liegt bei der Redaktion. Sie prüft sie zuerst."),
        GONE: _("Danke. Die Redaktion weiß jetzt, dass es „%s“ nicht mehr gibt, und prüft es."),
        PLACES: _("Danke. Familien lesen jetzt, wie es um die Plätze in „%s“ steht."),
    }.get(word)
    if words and title:
        return [words % title]
    return {
        SENT_ON: [_("Danke. Wir schreiben an die Adresse, die Sie genannt haben.")],
        NOTED: [_("Danke. Ihre Nachricht liegt bei der Redaktion.")],
        NOTHING: [_("Es ist nichts geschehen: Diesen Eintrag gibt es hier nicht mehr.")],
        ELSEWHERE: [_("Noch nicht bestätigt.")],
    }.get(word, [])


def _number(text):
    return key(text or "") or 0
