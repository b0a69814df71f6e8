"""Every kind of page in every language, for the tools that read them all."""

from django.conf import settings

from kekiz_portal.lib.languages import of_pages
from kekiz_portal.tools import screens

GERMAN_ALONE = {"embedding", "partner-over"}


def addresses():
    """Return the address of one page of each kind, by name; each exists in this database."""
    pages = screens.addresses()
    offer = pages["offer"]
    return pages | {
        "phase-of-parents": "/lebensphasen/eltern-familie/",
        "suggestions": "/angebote/vorschlaege/?q=heb",
        "reported": f"{offer}melden/danke/",
        "experience": f"{offer}war-da/",
        "place-alert": f"{offer}platz-frei/",
        "place-alert-asked": f"{offer}platz-frei/fast-fertig/",
        "place-alert-over": "/platz-frei/x",
        "newsletter-asked": "/newsletter/fast-fertig/",
        "newsletter-over": "/newsletter/abmelden/x",
        "newsletters": "/newsletter/archiv/",
        "data": "/newsletter/meine-daten/",
        "data-asked": "/newsletter/meine-daten/unterwegs/",
        "imprint": "/impressum/",
        "privacy": "/datenschutz/",
        "easy-language": "/leichte-sprache/",
        "barrier-reported": "/barrierefreiheit/melden/danke/",
        "partner-over": "/partner/x",
    }


def in_every_language(pages):
    """Yield name of page, code of language and address of pages in each language they are in."""
    for language in of_pages():
        for name, path in pages.items():
            if language.code == settings.LANGUAGE_CODE or name not in GERMAN_ALONE:
                yield name, language.code, language.prefix + path
