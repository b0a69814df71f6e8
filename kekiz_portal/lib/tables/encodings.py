"""Which letters the bytes of a text stand for: certain, or a question to a person.

A file in UTF-8 says so itself. Everything else is a guess from how German it reads; it is taken
without asking only where every other reading is nonsense.
"""

import codecs
import re
from contextlib import suppress
from itertools import islice

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import TableError

NOT_TEXT = gettext_lazy(
    "Die Datei ist weder eine Tabelle im Format XLSX noch Text. "
    "Speichern Sie sie bitte als XLSX oder als „CSV UTF-8“."
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": gettext_lazy("Windows, Westeuropa"),
    "cp1254": gettext_lazy("Windows, Türkisch"),
    "cp1250": gettext_lazy("Windows, Mitteleuropa"),
    "mac_roman": gettext_lazy("Mac, alt"),
    "cp850": gettext_lazy("DOS"),
}
ONE_BYTE = ("cp1252", "mac_roman", "cp850", "cp1254", "cp1250")
TWICE = "utf-8 as "  # UTF-8 that somebody took for another encoding and saved again
MIXED = "mixed"  # some lines UTF-8, some cp1252: two files put together
TAKEN_FOR = ("cp1252", "mac_roman", "cp850")

GERMAN = set("äöüßÄÖÜ")
NEIGHBOURS = set("éèêëàâáçñóôîïíúÉ")  # of names that Germans spell without thinking
ORDINARY = set("§€°–—„“”‚‘’…·•½²³«»´®©×\xa0\xad")
OPENING = set("„‚«")
INSIDE = set("’‘´\xad\xa0–")  # may stand between two letters
STRANGE, OUT_OF_PLACE, IMPOSSIBLE = 2, 3, 5
CLEAR = 10  # times stranger the next reading has to be
LINES_LOOKED_AT, BYTES_LOOKED_AT = 400, 20_000
SAMPLES, SAMPLE_LETTERS = 4, 100
MOST_CONTROLS = 0.1  # of all bytes: what has more is no text


def decoded(data, chosen=""):
    """Return the text of a file, the name of its encoding and the other readings it may have:
    each with its name, a label, and as a sample lines by which a person sees whether it is right.

    ``chosen`` is the name of a reading that was returned before and picked by a person.
    Without other readings the first is certain. Raises ``TableError`` if the bytes are no text.
    """
    text, name, readings = _likeliest(data)
    if chosen in {one["name"] for one in readings} - {name}:
        return _decode(data, chosen), chosen, readings
    return text, name, readings


def _likeliest(data):
    if marked := _by_mark(data):
        return _certain_or_twice(*marked)
    if wide := _without_mark(data):
        return data.decode(wide), wide, []
    _refuse_bytes(data)
    try:
        return _certain_or_twice(data.decode(), "utf-8")
    except UnicodeDecodeError:
        return _guess(data)


def _by_mark(data):
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).lstrip("\ufeff"), encoding
            except UnicodeDecodeError as error:
                raise TableError(str(NOT_TEXT)) from error
    return None


def _without_mark(data):
    """Return UTF-16 where every second byte is mostly zero."""
    start = data[:BYTES_LOOKED_AT]
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.8 * len(zeros):
            return name
    return ""


def _refuse_bytes(data):
    controls = sum(data.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x0b")
    if controls > MOST_CONTROLS * len(data):
        raise TableError(str(NOT_TEXT))


def _certain_or_twice(text, name):
    """UTF-8 is certain, unless its letters are UTF-8 themselves that was taken for another."""
    mended = {codec: _mended(text, codec) for codec in TAKEN_FOR}
    found = {TWICE + codec: one for codec, one in mended.items() if one != text}
    best = min(found, key=lambda one: _strangeness(found[one]), default="")
    if not best or _strangeness(found[best]) >= _strangeness(text):
        return text, name, []
    readings = {best: found[best], name: text}
    return found[best], best, _readings(readings)


def _mended(text, codec):
    """Return a text with every line that was UTF-8, taken for ``codec``, as it was meant."""
    lines = text.split("\n")
    return "\n".join(line if line.isascii() else _mended_line(line, codec) for line in lines)


def _mended_line(line, codec):
    """Each run of letters beyond ASCII for itself: what was typed since is right already."""

    def mend(run):
        try:
            return _bytes(run[0], codec).decode()
        except UnicodeError:
            return run[0]

    return re.sub(r"[^\x00-\x7f]{2,}", mend, line)


def _bytes(text, codec):
    """Encode as programs do that keep the bytes cp1252 has no letter for."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(codec)
        for letter in text
    )


def _guess(data):
    """Rank what bytes that are not UTF-8 may mean."""
    sample = _telling_part(data)
    found = {}
    for name in dict.fromkeys([*ONE_BYTE, MIXED, *_second_opinion(sample)]):
        with suppress(UnicodeError, LookupError):
            text = _decode(sample, name)
            if text not in found.values():
                found[name] = text
    ranked = sorted(found, key=lambda name: _strangeness(found[name]))
    texts = {}
    for name in ranked:
        with suppress(UnicodeError):
            texts[name] = _decode(data, name)
    best, *others = texts
    strange = [_strangeness(found[name]) for name in texts]
    is_clear = len(strange) < 2 or strange[0] * CLEAR < strange[1]  # noqa: PLR2004, the next best
    if best == "cp1252" and is_clear:
        return texts[best], best, []
    kept = {name: found[name] for name in (best, *others[:3])}
    return texts[best], best, _readings(kept)


def _second_opinion(sample):
    """Return the encoding a library takes it for, if that has one letter for a byte."""
    best = from_bytes(sample).best()
    return [best.encoding] if best and len(str(best)) == len(sample) else []


def _decode(data, name):
    if name == MIXED:
        return "\n".join(_decode_line(line) for line in data.split(b"\n"))
    if name.startswith(TWICE):
        marked = _by_mark(data)
        return _mended(marked[0] if marked else data.decode(), name.removeprefix(TWICE))
    return data.decode(name)


def _decode_line(line):
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _telling_part(data):
    """Return lines that hold more than ASCII: only they tell one encoding from another."""
    lines = (line for line in re.split(rb"[\r\n]+", data) if not line.isascii())
    return b"\n".join(islice(lines, LINES_LOOKED_AT))[:BYTES_LOOKED_AT]


def _strangeness(text):
    """Return how unlike German a text is: 0 if every letter and sign may stand where it does."""
    total = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at, letter = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        total += _letter(letter, before) if letter.isalpha() else _sign(letter, before, after)
    return total


def _letter(letter, before):
    if letter in GERMAN:
        return 1 if letter.isupper() and before.islower() else 0
    if letter in NEIGHBOURS:
        return 1
    return STRANGE


def _sign(letter, before, after):
    if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
        return IMPOSSIBLE
    if letter in OPENING and before.isalpha():
        return OUT_OF_PLACE
    if before.isalpha() and after.isalpha() and letter not in INSIDE:
        return OUT_OF_PLACE
    return 0 if letter in ORDINARY else STRANGE


def _readings(texts):
    """Return each reading with lines in which it differs from another."""
    lines = {name: text.split("\n") for name, text in texts.items()}
    differing = [
        number
        for number, several in enumerate(zip(*lines.values(), strict=False))
        if len(set(several)) > 1
    ][:SAMPLES]
    return [
        {
            "name": name,
            "label": _label(name),
            "sample": [_around(lines[name][number]) for number in differing],
        }
        for name in texts
    ]


def _around(line):
    """Return the part of a line around its first letter beyond ASCII."""
    found = re.search(r"[^\x00-\x7f]", line)
    start = max(0, (found.start() if found else 0) - SAMPLE_LETTERS // 2)
    return line[start : start + SAMPLE_LETTERS].strip()


def _label(name):
    if name.startswith(TWICE):
        return _("UTF-8, beim Speichern falsch gelesen")
    if name == MIXED:
        return _("gemischt")
    return str(LABELS.get(name.removesuffix("-sig"), name))
