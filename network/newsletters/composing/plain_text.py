"""The words of a mail for those who read it without HTML."""

import re

from kekiz_portal.lib.rich_text import as_text

LINK = re.compile(
    r'<a href="(?:mailto:|tel:)?([^"]*)"[^<>]*>((?:[^<]|<(?!/?a\b))*)</a>', re.IGNORECASE
)
POINT = re.compile(r"<li>", re.IGNORECASE)
END_OF_PARAGRAPH = re.compile(r"</(p|h3|ul|ol)>", re.IGNORECASE)
MANY_LINES = re.compile(r"\n{3,}")


def of(markup):
    """Return a rich text in words; points get a dash, and links say where they lead."""
    with_links = LINK.sub(_link_in_words, markup)
    with_points = POINT.sub("<li>– ", with_links)
    return tidy(as_text(END_OF_PARAGRAPH.sub(r"</\1>\n", with_points)))


def tidy(text):
    """Return text without spaces at the ends of lines, paragraphs one empty line apart."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return MANY_LINES.sub("\n\n", lines).strip() + "\n"


def _link_in_words(match):
    address, words = match.groups()
    return words if address in words else f"{words} ({address})"
