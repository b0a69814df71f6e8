"""Read vCards by the rules of RFC 6350, as an address book does."""

import re


def read_cards(data):
    """Return one dict a card: the name of a property to its values, escapes undone.

    Raises ``AssertionError`` where a file breaks the rules about lines.
    """
    text = data.decode("utf-8")
    assert text == "" or text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert "\n" not in line
        assert "\r" not in line
        assert len(line.encode()) <= 75
    unfolded = text.replace("\r\n ", "")
    cards, card = [], None
    for line in unfolded.split("\r\n")[:-1]:
        name, value = re.fullmatch(r'([A-Z\-]+(?:;[^:"]*(?:"[^"]*")?[^:"]*)*):(.*)', line).groups()
        if line == "BEGIN:VCARD":
            card = {}
        elif line == "END:VCARD":
            cards.append(card)
        else:
            card.setdefault(name.partition(";")[0], []).append(value)
    return cards


def plain(value):
    """Return the text of a value with its escapes undone."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
