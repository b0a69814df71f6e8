"""Names of the languages that families and staff speak, by ISO 639 code."""

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

NAMES = {
    "de": _("Deutsch"),
    "de-leicht": _("Leichte Sprache"),
    "tr": _("Türkisch"),
    "ar": _("Arabisch"),
    "uk": _("Ukrainisch"),
    "ru": _("Russisch"),
    "pl": _("Polnisch"),
    "ro": _("Rumänisch"),
    "bg": _("Bulgarisch"),
    "en": _("Englisch"),
    "ku": _("Kurdisch"),
    "fa": _("Farsi"),
    "rom": _("Romanes"),
    "mul": _("mehrsprachig"),
}

# What is typed into the search is understood in these.
OF_THE_SEARCH = {
    code: gettext_lazy(words)
    for code, words in NAMES.items()
    if code not in ("de-leicht", "rom", "mul")
}


def name(code):
    """Return the German name of a language code, or the code if it is not known."""
    return gettext(NAMES[code]) if code in NAMES else code
