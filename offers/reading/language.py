"""Whether a page is one to read: German, and no page that says that there is none."""

import re

WORDS = re.compile(r"[a-zäöüßçğışéèêñåøæ]{2,}", re.IGNORECASE)
GERMAN = frozenset(
    """und der die das für mit ist sind von zu zum zur wir sie uns ihr ihre ihren unser
    unsere bei im am auf ein eine einen oder nicht auch uhr telefon anmeldung kinder
    eltern kosten öffnungszeiten montag dienstag mittwoch donnerstag freitag samstag
    montags dienstags mittwochs donnerstags freitags angebot angebote kontakt startseite
    kostenlos gruppe kurs beratung familien jahre monate euro impressum leitung herzlich
    willkommen""".split()  # noqa: SIM905
)
OTHERS = frozenset(
    """the and of to for with is are you your our we this from at by on or not children
    parents please ve bir için ile bu olarak çocuk aile het een van voor met zijn niet wij
    ons naar op le la les des et une pour avec dans est sont el los las y con para una por
    que i w na do z się nie jest dla oraz dzieci si pentru cu este un sau copii""".split()  # noqa: SIM905
)
NO_PAGE = re.compile(
    r"nicht gefunden|not found|\b404\b|seite existiert nicht|wartungsarbeiten|under construction|"
    r"im aufbau|domain .{0,40}(?:verkauf|registriert|geparkt|for sale)|for sale|parked|"
    r"zugriff verweigert|access denied|forbidden|service unavailable|just a moment|"
    r"ein fehler ist aufgetreten|error \d{3}|(?:website|konto) gesperrt|anmelden, um fortzufahren",
    re.IGNORECASE,
)
FEWEST_GERMAN = 3
READ = 1500  # words that are counted
HEAD = 3  # lines that may say that there is no page


def is_to_be_read(document):
    """Whether the page speaks German and is there."""
    head = [document.title, *(line.text for line in document.lines[:HEAD])]
    if any(NO_PAGE.search(text) for text in head):
        return False
    german = others = count = 0
    for line in document.lines:
        for word in WORDS.findall(line.text.lower()):
            german += word in GERMAN
            others += word in OTHERS
            count += 1
        if count > READ:
            break
    return german >= FEWEST_GERMAN and german > others
