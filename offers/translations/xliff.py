"""Texts of offers as XLIFF 1.2, which the tools of translators read and write.

The number of a text says which offer and field it is of, and carries the signs of the German and
of the translation that went out: so what comes back is known to be of this German, and whether
somebody has worked on it here meanwhile.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from kekiz_portal.lib import rich_text
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNITS = 10_000  # three texts of three thousand offers
DEEPEST = 40
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2
UNIT = re.compile(r"([0-9a-f-]{36})\.(\w+)\.([0-9a-f]{16})\.([0-9a-f]{16}|new)")
NEW = "new"
FINAL = {"final", "signed-off"}
RICH = {"description"}


class UnreadableError(Exception):
    """A file that is no XLIFF of ours; the message says to whoever sent it why."""


@dataclass(frozen=True)
class Unit:
    """A text that came back; ``german`` and ``before`` are the signs with which it went out."""

    offer: str
    name: str
    german: str
    before: str
    text: str
    is_final: bool


def sign_of(text):
    """Return the sign of a translation as it goes out."""
    return fingerprint.of(text) if text else NEW


def written(offers, rows, language, address_of):
    """Return the bytes of a file with the texts of offers; ``rows`` are translations by offer."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}xliff", version="1.2")
    about = {"original": "angebote", "source-language": "de", "target-language": language}
    file = ET.SubElement(root, f"{{{NAMESPACE}}}file", about | {"datatype": "plaintext"})
    body = ET.SubElement(file, f"{{{NAMESPACE}}}body")
    for offer in offers:
        row = rows.get(offer.pk)
        for name in TEXTS:
            if getattr(offer, name):
                _write_unit(body, offer, row, name, address_of(offer))
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _write_unit(body, offer, row, name, address):
    german, said = getattr(offer, name), getattr(row, name, "")
    number = f"{offer.uuid}.{name}.{fingerprint.of(german)}.{sign_of(said)}"
    unit = ET.SubElement(body, f"{{{NAMESPACE}}}trans-unit", id=number, resname=name)
    unit.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    ET.SubElement(unit, f"{{{NAMESPACE}}}source").text = _typed(name, german)
    state = "needs-translation"
    if said and not row.is_old(name):
        state = "final" if row.state == row.State.CHECKED else "needs-review-translation"
    target = ET.SubElement(unit, f"{{{NAMESPACE}}}target", state=state)
    target.text = _typed(name, said)
    ET.SubElement(unit, f"{{{NAMESPACE}}}note").text = address


def _typed(name, text):
    return NO_XML.sub("", rich_text.as_typed(text) if name in RICH and text else text)


def read(content):
    """Return the language and each ``Unit`` of a file. Raises ``UnreadableError``."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("size")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.refuse
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableError("xml") from error
    if not reader.language:
        raise UnreadableError("language")
    return reader.language, reader.units


class _Reader:
    """Takes what is said in the units; marks of tools inside a text are its words."""

    def __init__(self):
        self.language, self.units = "", []
        self._path, self._unit, self._target, self._state = [], None, [], ""

    def start(self, name, attributes):
        kind = name.rpartition(" ")[2]
        self._path.append(kind)
        if len(self._path) > DEEPEST:
            raise UnreadableError("xml")
        if len(self._path) == 1 and name != f"{NAMESPACE} xliff":
            raise UnreadableError("kind")
        if kind == "file":
            self.language = attributes.get("target-language", "")
        elif kind == "trans-unit":
            self._unit, self._target, self._state = attributes, [], ""
        elif kind == "target" and self._path[-2] == "trans-unit":
            self._state = attributes.get("state", "")

    def text(self, words):
        if self._unit is not None and "target" in self._path and "alt-trans" not in self._path:
            self._target.append(words)

    def end(self, _name):
        kind = self._path.pop()
        if kind != "trans-unit" or self._unit is None:
            return
        if len(self.units) >= MOST_UNITS:
            raise UnreadableError("size")
        number, approved = self._unit.get("id", ""), self._unit.get("approved") == "yes"
        found = UNIT.fullmatch(number)
        named = found.groups() if found and found[2] in TEXTS else (number, "", "", "")
        is_final = approved or self._state in FINAL
        text = "".join(self._target).strip()
        self.units.append(Unit(*named, text, is_final=is_final))
        self._unit = None

    def refuse(self, *_doctype):
        raise UnreadableError("doctype")
