"""When two names mean the same institution or offer; one rule for lists, forms and hints.

The same name alone says little: two towns each have a "Sonnenschule". What counts is the key of a
list, else name and address; what stays in doubt a person decides.
"""

import re
import unicodedata
from dataclasses import dataclass

from kekiz_portal.lib import mailbox, telephone

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Of one institution one list writes this, another that.
SAME_WORDS = {
    "kath": "katholisch",
    "ev": "evangelisch",
    "evang": "evangelisch",
    "evgl": "evangelisch",
    "st": "sankt",
    "staedt": "staedtisch",
    "kita": "kindertageseinrichtung",
    "kitas": "kindertageseinrichtung",
    "kindertagesstaette": "kindertageseinrichtung",
    "tageseinrichtung": "kindertageseinrichtung",
    "kiga": "kindergarten",
    "famz": "familienzentrum",
    "fz": "familienzentrum",
    "ggs": "gemeinschaftsgrundschule",
    "dt": "deutsch",
    "u": "und",
}
LEFT_OUT = {"und", "der", "die", "das", "fuer", "ggmbh", "gmbh"}
INFLECTED = re.compile(r"(katholisch|evangelisch|staedtisch|deutsch|international)e[rsnm]?")
REGISTERED = re.compile(r"\be\.? ?V\.?(?=\W|$)")  # "e. V.", "eV"; "Ev." is evangelisch
STREET = re.compile(r"str(?:asse|\.)?(?= |\d|$)")


def folded(name):
    """Return the words of a name as they are compared: without case, accents, short forms."""
    name = REGISTERED.sub(" ", unicodedata.normalize("NFC", name))
    plain = _plain(name.replace("&", " und "))
    words = re.sub(r"[\W_]+", " ", plain).split()
    words = [SAME_WORDS.get(word, word) for word in words]
    return " ".join(INFLECTED.sub(r"\1", word) for word in words if word not in LEFT_OUT)


def dialled(numbers):
    """Return telephone numbers as they are dialled."""
    found = (telephone.read(text) for text in numbers if text)
    return frozenset(one.dialled for one in found if one)


def mailboxes(addresses):
    """Return mailboxes as they are compared."""
    return frozenset(mailbox.identity(text) for text in addresses if text)


def folded_word(text):
    """Return a word of a vocabulary as it is compared: only letters, case and spaces give way."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Address:
    """Where something is, as it is compared; empty parts are not known."""

    street: str = ""
    postal_code: str = ""
    city: str = ""

    @classmethod
    def of(cls, street, postal_code, city):
        street = STREET.sub("str", _plain(street or ""))
        return cls(re.sub(r"\W+", "", street), postal_code or "", folded(city or ""))

    def agrees(self, other):
        """Whether both are certainly the same place."""
        return bool(self.street) and self.street == other.street and not self.contradicts(other)

    def contradicts(self, other):
        """Whether both are certainly in different towns."""
        if self.city and other.city:
            return self.city != other.city
        codes = self.postal_code, other.postal_code
        return all(codes) and codes[0] != codes[1]


def _plain(text):
    text = unicodedata.normalize("NFC", text).casefold().translate(GERMAN)
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
