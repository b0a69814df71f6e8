"""What people agree to when they ask for the newsletter.

A change of a word is a new version; the old wording stays in the evidence of those who read it.
"""

from django.conf import settings
from django.utils.translation import gettext as _

VERSION = "2026-11"


def network_consent():
    """Return what somebody of the network agrees to who wants its mails."""
    return _(
        "Ich möchte vom Präventionsnetzwerk der %(sender)s E-Mails bekommen, etwa einmal im Monat: "
        "Newsletter, Einladungen und Neues für Fachkräfte. Dafür darf die %(sender)s meinen Namen "
        "und meine E-Mail-Adresse verwenden. Ich kann das jederzeit widerrufen, zum Beispiel mit "
        "dem Link zum Abmelden in jeder dieser E-Mails."
    ) % {"sender": settings.CITY["full_name"]}


def consent():
    """Return the sentences above the button, in the reader's language."""
    return _(
        "Ich möchte den Newsletter „%(portal)s“ der %(sender)s per E-Mail bekommen, etwa einmal im "
        "Monat: Neues zu Angeboten für Familien in %(city)s. Dafür darf die %(sender)s meine "
        "E-Mail-Adresse, meine Sprache und meine Themen speichern. Ich kann das jederzeit "
        "widerrufen, zum Beispiel mit dem Link zum Abmelden in jeder Ausgabe."
    ) % {
        "portal": settings.CITY["portal_name"],
        "sender": settings.CITY["full_name"],
        "city": settings.CITY["name"],
    }
