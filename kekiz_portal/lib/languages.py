"""Names of the languages that families and staff speak, by ISO 639 code."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.http import escape_leading_slashes
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
    gettext_lazy,
)
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


def said(text):
    """Return what a list of the city says (a topic, a milestone) in the language of the page.

    Without a translation of exactly these German words they stay as they are.
    """
    return gettext(text) if text else text


RIGHT_TO_LEFT = {",": "،", ";": "؛"}


def listed(parts, mark=","):
    """Return words in a row, with the comma or semicolon of the language of the page."""
    mark = RIGHT_TO_LEFT[mark] if get_language_bidi() else mark
    return f"{mark} ".join(map(str, parts))


# Where most who read a language live, as Open Graph wants it said ("ar_AR" is what it knows).
TERRITORIES = {"ar": "AR", "en": "GB", "fa": "IR", "uk": "UA"}


def territory_of(code):
    """Return what stands behind a language in the name of a locale: "de" -> "DE"."""
    return TERRITORIES.get(code, code.upper())


class OfPages(NamedTuple):
    """A language that pages are shown in: by its own name, and what its addresses begin with."""

    code: str
    name: str
    direction: str
    prefix: str


def of_pages():
    """Return the languages that pages are shown in, that of the city first."""
    return _of_pages(tuple(settings.LANGUAGES), settings.LANGUAGE_CODE)


@lru_cache
def _of_pages(languages, of_the_city):
    return tuple(
        OfPages(
            code,
            own_name,
            "rtl" if get_language_info(code)["bidi"] else "ltr",
            "" if code == of_the_city else f"/{code}",
        )
        for code, own_name in languages
    )


def without_prefix(address):
    """Return an address of ours, from its first slash on, as it is in the city's language.

    Two slashes after a prefix would name another site ("/tr//site.example"): the second is escaped.
    """
    prefix, slash, rest = address[1:].partition("/")
    if slash and any(each.prefix == f"/{prefix}" for each in of_pages()):
        address = slash + rest
    return escape_leading_slashes(address)


def marked_german(text):
    """Return German text as markup that keeps it apart in a sentence of another language."""
    if not text or get_language() == settings.LANGUAGE_CODE:
        return escape(text)
    return format_html('<bdi lang="de" dir="ltr">{}</bdi>', text)
