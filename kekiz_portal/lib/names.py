"""Names of people: one reading into title, given and family name, whatever their order."""

import re
import unicodedata
from dataclasses import dataclass

from . import german_order


def _set(words):
    return frozenset(words.split())


SALUTATIONS = {"frau": "frau", "fr.": "frau", "herr": "herr", "herrn": "herr", "hr.": "herr"}
TITLE_WORDS = _set(
    """prof professor professorin in dr doktor dipl diplom mag magister pd priv doz ing rer nat
    phil med vet dent jur iur pol soc oec theol habil päd psych soz sozpäd sozarb biol math inform
    kfm fh em mult univ apl"""
)
# What a title begins with: "rer. nat." alone is none.
TITLES_THAT_BEGIN = _set("prof professor professorin dr doktor dipl diplom mag magister pd priv")
HONORARY = re.compile(r"(?i)\b([he])\.\s?([ch])\.")
HONORARY_WORDS = {"h.c.", "e.h."}
DEGREE = r"m\.?\s?a\.?|b\.?\s?a\.?|m\.?\s?sc\.?|b\.?\s?sc\.?|ll\.?\s?m\.?|mba|ph\.?\s?d\.?"
BEHIND = re.compile(rf"(?i)(?:{DEGREE}|jun\.|jr\.?|sen\.|a\.\s?d\.)")
# Without a comma before it, only what is written with points: "Anna Müller M. A.".
BEHIND_UNDIVIDED = re.compile(
    r"(?i)\s(m\.\s?a\.|b\.\s?a\.|m\.\s?sc\.|b\.\s?sc\.|ll\.\s?m\.|ph\.\s?d\.|jun\.|jr\.|sen\.|a\.\s?d\.)$"
)
# What a list notes beside a name and is none: "Anna Müller (Leitung)". "(FH)" belongs to a title.
REMARK = re.compile(r"(?<=\w)\s*\((?!FH\))[^()]*\)$")
NOBILITY = _set(
    """von vom zu zum zur van den der de del della di da do dos das du la le el al ter ten te af av
    ibn ben bin bint abu"""
)
NOBILITY_IN_CAPITALS = _set("Von Van De Di Del Della Der Den Dos Freifrau Freiherr Graf Gräfin")


@dataclass(frozen=True)
class Name:
    """A person's name in its parts; any part may be empty, never all of a name that is not."""

    title: str = ""
    given: str = ""
    family: str = ""
    suffix: str = ""  # what stands behind the name: "M. A.", "jun."
    salutation: str = ""  # "frau", "herr" or nothing

    @property
    def full(self):
        """ "Dr. Anna von der Heide": how a person is named in a line."""
        name = " ".join(filter(None, [self.title, self.given, self.family]))
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def sort_key(self):
        """What orders people: the family name without "von", then the given one (DIN 5007-2)."""
        words = self.family.split()
        core = " ".join(words[_particles_before(words) :])
        # A tab comes before every letter and blank: Beck, Zoe stands before Beck-Adler, Ada.
        return "\t".join(german_order.key(part) for part in [core, self.given, self.family])


def read(text):
    """Return the ``Name`` in a text: "Muster, Max", "Prof. Dr. h.c. Ayşe Yılmaz", "Frau Beck"."""
    text = HONORARY.sub(r"\1.\2.", unicodedata.normalize("NFC", text or ""))
    text = REMARK.sub("", " ".join(text.split()).strip(" ,;"))
    text = BEHIND_UNDIVIDED.sub(r", \1", text)
    family, *behind = (part.strip() for part in text.split(","))
    suffix = ", ".join(part for part in behind if BEHIND.fullmatch(part))
    rest = " ".join(part for part in behind if not BEHIND.fullmatch(part)).split()
    return _family_first(family.split(), rest, suffix) if rest else _natural(family.split(), suffix)


def from_parts(given="", family="", title="", salutation=""):
    """Return the ``Name`` of a list with columns of their own; a title may stand in any of them."""
    front = _read_front(f"{salutation} {title} {given}".split())
    behind = _read_front(family.split())
    return Name(
        title=" ".join(filter(None, [front.title, behind.title])),
        given=front.given,
        family=behind.given,
        salutation=front.salutation or behind.salutation,
    )


def _natural(words, suffix):
    front = _read_front(words)
    rest = front.given.split()
    start = len(rest) - 1
    while start > 1 and _is_particle(rest[start - 1]):
        start -= 1
    if start == 1 and rest[0] in NOBILITY:
        start = 0  # "Frau von der Heide"
    start = max(start, 0)
    given, family = " ".join(rest[:start]), " ".join(rest[start:])
    return Name(front.title, given, family, suffix, front.salutation)


def _family_first(family, rest, suffix):
    """ "Heide, Dr. Anna von der" is "Dr. Anna von der Heide"."""
    behind, front = _read_front(rest), _read_front(family)
    given = behind.given.split()
    moved = []
    while len(given) > 1 and _is_particle(given[-1]):
        moved.insert(0, given.pop())
    return Name(
        " ".join(filter(None, [front.title, behind.title])),
        " ".join(given),
        " ".join([*moved, front.given]).strip(),
        suffix,
        front.salutation or behind.salutation,
    )


def _read_front(words):
    """Return salutation and titles that stand before a name; all the rest as ``given``."""
    words, salutation = list(words), ""
    if len(words) > 1 and (known := SALUTATIONS.get(words[0].lower())):
        salutation = known
        words.pop(0)
    titles = []
    while len(words) > 1 and _is_title(words[0], is_first=not titles):
        titles.append(words.pop(0))
    return Name(title=" ".join(titles), given=" ".join(words), salutation=salutation)


def _is_title(word, *, is_first):
    if word.lower() in HONORARY_WORDS:
        return not is_first
    parts = [part for part in re.split(r"[.\-()'’]+", word.lower()) if part]
    if parts[:1] == ["dipl"]:
        return True  # whatever it is a diploma of: "Dipl.-Sozialpäd.", "Dipl.-Heilpäd."
    if not parts or any(part not in TITLE_WORDS for part in parts):
        return False
    if parts[0] in TITLES_THAT_BEGIN:
        return True
    return not is_first and ("." in word or "(" in word or word.islower())


def _is_particle(word):
    return word in NOBILITY or word in NOBILITY_IN_CAPITALS


def _particles_before(words):
    """How many words of a family name go before the one it is ordered by."""
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    return count
