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
A_TAG = re.compile(r"(<[^<>]*>)")
OPENING = re.compile(r"<([a-z][a-z0-9]*)", re.IGNORECASE)
MAY_BE_EMPTY = {"p", "h2", "h3", "h4", "li", "ul", "ol", "strong", "em"}
# Elements in elements: no reader sees more, and cleaning takes the square of them.
DEEPEST = 30
# These end by themselves, or hold nothing.
NOT_DEEPER = frozenset(
    "p li br hr img wbr input td th tr dt dd option meta link col".split()  # noqa: SIM905
)
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
        text = _without_empty_blocks(sanitised(_shallow(text), tags))
        if not BLOCK.search(text):
            text = _paragraphs(text)
    else:
        text = _paragraphs(html.escape(text, quote=False))
    return _without_empty_blocks(sanitised(text, tags))


def as_text(markup):
    """Return the words of a rich text, a line for each paragraph or point."""
    lines = END_OF_BLOCK.sub(lambda end: f"{end[0]}\n", _shallow(markup))
    return html.unescape(nh3.clean(lines, tags=set())).strip()


def as_typed(markup, tags=TAGS):
    """Return a stored text as a person would type it: plain, if it is paragraphs only."""
    plain = re.sub(r"</p>\s*<p>", "\n\n", markup).removeprefix("<p>").removesuffix("</p>")
    plain = html.unescape(plain.replace("<br>", "\n"))
    is_plain = not MARKUP.search(plain) and stored(plain, tags) == markup
    return plain if is_plain else markup


def _shallow(markup):
    """Return markup without the tags that open deeper than ``DEEPEST``, nor their ends."""
    kept, open_ones = [], []
    for piece in A_TAG.split(markup):
        opening = OPENING.match(piece)
        is_kept = True
        if opening and opening[1].lower() not in NOT_DEEPER:
            is_kept = len(open_ones) < DEEPEST
            open_ones.append(is_kept)
        elif piece.startswith("</") and _name(piece) not in NOT_DEEPER and open_ones:
            is_kept = open_ones.pop()
        if is_kept:
            kept.append(piece)
    return "".join(kept)


def _without_empty_blocks(markup):
    """Return clean markup without blocks that hold nothing to read, in one pass."""
    kept, open_ones, just_removed = [], [], False
    for found in A_TAG.split(markup):
        piece = found.lstrip() if just_removed else found
        just_removed = False
        if not piece:
            continue
        if piece.startswith("</") and open_ones and open_ones[-1][0] == _name(piece):
            _opened, at, is_filled = open_ones.pop()
            if is_filled:
                kept.append(piece)
                _fill(open_ones)
            else:
                del kept[at:]
                just_removed = True
            continue
        if piece.startswith("<") and piece[1:-1] in MAY_BE_EMPTY:
            open_ones.append([piece[1:-1], len(kept), False])
        elif piece != "<br>" and piece.replace("&nbsp;", "").strip():
            _fill(open_ones)
        kept.append(piece)
    return "".join(kept).strip()


def _fill(open_ones):
    if open_ones:
        open_ones[-1][2] = True


def _name(closing):
    return closing[2:-1].strip().lower()


def _paragraphs(text):
    """Return the parts between blank lines as paragraphs."""
    parts = [part.strip().replace("\n", "<br>") for part in BLANK_LINE.split(text)]
    return "\n".join(f"<p>{part}</p>" for part in parts if part)
