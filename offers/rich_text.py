"""Texts with paragraphs, headings, lists and links: what may stand in them, and nothing else.

Cleaned when saved and once more when shown. Who types plain text gets paragraphs.
"""

import html
import re

import nh3

TAGS = frozenset({"p", "h3", "ul", "ol", "li", "strong", "em", "a", "br"})
PAGE_TAGS = TAGS | {"h2", "h4", "address"}
ATTRIBUTES = {"a": {"href", "lang"}, "p": {"lang"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_BLOCKS = "p|h[2-4]|ul|ol|li|address|div"
MARKUP = re.compile(rf"</?(?:{_BLOCKS}|strong|em|b|i|a|br)\b[^<>]*>", re.IGNORECASE)
BLOCK = re.compile(rf"<(?:{_BLOCKS})\b", re.IGNORECASE)
BROWSERS_OWN = [
    (re.compile(rf"<(/?){old}\b", re.IGNORECASE), rf"<\1{new}")
    for old, new in [("b", "strong"), ("i", "em"), ("div", "p")]
]
EMPTY_BLOCK = re.compile(r"<(p|h[2-4]|li|ul|ol|strong|em)>(?:\s|<br>|&nbsp;|\xa0)*</\1>\s*")
MOST_PASSES = 5
BLANK_LINE = re.compile(r"\n\s*\n")
END_OF_BLOCK = re.compile(r"</(?:p|h[2-4]|li|address)>|<br>", re.IGNORECASE)


def sanitised(markup, tags=TAGS):
    """Return HTML with only the tags, attributes and kinds of links that may be shown."""
    return nh3.clean(
        markup, tags=set(tags), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )


def stored(text, tags=TAGS):
    """Return what to keep of a text as typed or pasted: clean HTML, all of it in blocks.

    ``stored(stored(text)) == stored(text)``: markup so broken that cleaning it leaves something
    to clean is cleaned again.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    for _again in range(MOST_PASSES):
        before, text = text, _cleaned(text, tags)
        if text == before:
            break
    return text


def _cleaned(text, tags):
    if MARKUP.search(text):
        for old, new in BROWSERS_OWN:
            text = old.sub(new, text)
        text = _without_empty_blocks(sanitised(text, tags))
        if not BLOCK.search(text):
            text = _paragraphs(text)
    else:
        text = _paragraphs(html.escape(text, quote=False))
    return _without_empty_blocks(sanitised(text, tags))


def as_text(markup):
    """Return the words of a rich text, a line for each paragraph or point."""
    lines = END_OF_BLOCK.sub(lambda end: f"{end[0]}\n", markup)
    return html.unescape(nh3.clean(lines, tags=set())).strip()


def as_typed(markup, tags=TAGS):
    """Return a stored text as a person would type it: plain, if it is paragraphs only."""
    plain = re.sub(r"</p>\s*<p>", "\n\n", markup).removeprefix("<p>").removesuffix("</p>")
    plain = html.unescape(plain.replace("<br>", "\n"))
    is_plain = not MARKUP.search(plain) and stored(plain, tags) == markup
    return plain if is_plain else markup


def _without_empty_blocks(markup):
    while EMPTY_BLOCK.search(markup):
        markup = EMPTY_BLOCK.sub("", markup)
    return markup.strip()


def _paragraphs(text):
    """Return the parts between blank lines as paragraphs."""
    parts = [part.strip().replace("\n", "<br>") for part in BLANK_LINE.split(text)]
    return "\n".join(f"<p>{part}</p>" for part in parts if part)
