"""What people agree to when they ask for the newsletter.

A change of a word is a new version; the old wording stays in the evidence of those who read it.
"""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages

VERSION = "2026-12"


def network_consent():
    """Return what somebody of the network agrees to who wants its mails."""
    return _(
        "Ich möchte vom Präventionsnetzwerk der %(sender)s E-Mails bekommen, etwa einmal im Monat: "
        "Newsletter, Einladungen und Neues für Fachkräfte. Dafür darf die %(sender)s meinen Namen "
        "und meine E-Mail-Adresse verwenden. Ich kann das jederzeit widerrufen, zum Beispiel mit "
        "dem Link zum Abmelden in jeder dieser E-Mails."
    ) % {"sender": settings.CITY["full_name"]}


def consent(lists):
    """Return the sentences above the button, in the reader's language; they name every list."""
    told = [f"{one} – {about}" if (about := _about(one)) else one for one in lists]
    names = {"sender": settings.CITY["full_name"], "lists": named(told)}
    what = (
        _(
            "Ich möchte von diesen Newslettern der %(sender)s per E-Mail bekommen, was ich "
            "angekreuzt habe: %(lists)s."
        )
        if len(lists) > 1
        else _("Ich möchte den Newsletter %(lists)s der %(sender)s per E-Mail bekommen.")
    )
    rest = _(
        "Das ist etwa eine E-Mail im Monat. Dafür darf die %(sender)s meine E-Mail-Adresse, meine "
        "Sprache und meine Themen speichern. Ich kann das jederzeit widerrufen, zum Beispiel mit "
        "dem Link zum Abmelden in jeder Ausgabe."
    )
    return f"{what} {rest}" % names


def agreed(offered, chosen):
    """Return the sentences somebody read, and where there was a choice, what they chose."""
    if len(offered) == 1:
        return consent(offered)
    return f"{consent(offered)}\n" + _("Angekreuzt: %s.") % named(chosen)


def _about(one):
    """Return what a list is about, empty where nobody said it in the reader's language."""
    said = languages.said(one.description)
    is_german = get_language() == settings.LANGUAGE_CODE
    return said if is_german or said != one.description else ""


def named(lists):
    """Return the names of lists as they stand in a sentence."""
    return languages.listed(_("„%s“") % one for one in lists)
