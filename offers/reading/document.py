"""A foreign page as the lines that somebody sees, in time and memory linear in its length.

No parser that mends what is broken: those take quadratic time for pages made to hurt. A tag is
what stands between "<" and the next ">", never longer than ``LONGEST_TAG``.
"""

import re
from dataclasses import dataclass
from html import unescape

MOST_BYTES = 1_000_000
MOST_LINES = 4000
LONGEST_LINE = 600
LONGEST_TAG = 2000
DEEPEST = 40  # headings and hidden parts inside each other
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]{{0,20}})([^<>]{{0,{LONGEST_TAG}}})>")
# Whatever stands between these is nothing to read; without an end it reaches to the end.
UNREAD = re.compile(
    r"<!--|<(?=(?:script|style|template|noscript|svg|textarea|select|iframe|object|title)\b)"
)
TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,400})", re.IGNORECASE)
HREF = re.compile(r"href\s*=\s*[\"']?((?:tel|mailto):[^\"'\s>]{1,200})", re.IGNORECASE)
HIDDEN = re.compile(
    r"\shidden(?=[\s=/]|$)|aria-hidden\s*=\s*[\"']?true|display\s*:\s*none|visibility\s*:\s*hidden",
    re.IGNORECASE,
)
STRUCK = frozenset({"del", "s", "strike"})
# What only says where a line may end: soft hyphens, joiners, marks of a direction or an encoding.
INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
HEADINGS = {f"h{number}": number for number in range(1, 7)}
PSEUDO = 7  # a line all in bold, a term of a list, a caption: a heading below the real ones
NAMES = frozenset({"dt", "caption", "legend", "summary", "strong", "b", "th"})
ASIDE = frozenset({"footer", "nav", "aside"})
# A heading in one says nothing of what follows it.
PARTS = ASIDE | {"section", "article", "details"}
DECLARED = re.compile(r"<[!?][^<>]{0,300}>")
LINES = frozenset(
    """p div li ul ol dl dt dd tr table tbody thead section article main header footer nav aside
    address form fieldset legend figure figcaption blockquote details summary pre body caption br hr
    h1 h2 h3 h4 h5 h6""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Line:
    """One line as it is read, below which headings, with its telephone and mail links."""

    text: str
    headings: tuple = ()
    links: tuple = ()
    is_heading: bool = False
    is_aside: bool = False


@dataclass(frozen=True)
class Document:
    title: str = ""
    lines: tuple = ()


def parse(body, charset=""):
    """Return the ``Document`` of the first bytes of a page."""
    html = _decoded(body[:MOST_BYTES], charset)
    title = TITLE.search(html)
    reader = _Reader()
    reader.read(_without_unread(html))
    return Document(_tidy(title[1]) if title else "", tuple(reader.lines))


def _decoded(body, charset):
    named = CHARSET.search(body[:4000])
    for name in filter(None, ("utf-8-sig", charset, named and named[1].decode("ascii"))):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8" if _is_cut_utf8(body) else "cp1252", errors="replace")


def _is_cut_utf8(body):
    """Whether only the end, where the page was cut off, is no UTF-8."""
    try:
        body[:-4].decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        return error.start >= len(body) - 8
    return True


def _without_unread(html):
    lower = html.lower()
    kept, at, end = [], 0, 0
    while start := UNREAD.search(lower, at):
        kept.append(html[at : start.start()])
        if start[0] == "<!--":
            end, after = lower.find("-->", start.end()), 3
        else:
            name = re.match(r"\w+", lower[start.end() : start.end() + 12])[0]
            end, after = lower.find(f"</{name}", start.end()), 0
        if end < 0:
            break
        at = end + after if after else lower.find(">", end) + 1 or len(html)
    if end >= 0:
        kept.append(html[at:])
    return DECLARED.sub(" ", " ".join(kept))


class _Reader:
    """Walks over tags and text once."""

    def __init__(self):
        self.lines, self.words, self.links = [], [], []
        self.headings = []  # pairs of level and text, outermost first
        self.level = 0  # of the heading we are in
        self.hidden, self.depth = "", 0  # the tag that hides, and how often it is nested in itself
        self.parts = []  # those we are in, each with the headings above it
        self.names = 0  # signs of this line that stand in bold or name what follows
        self.in_name = 0

    def read(self, html):
        at = 0
        for tag in TAG.finditer(html):
            self.text(html[at : tag.start()])
            self.tag(tag[2].lower(), tag[3], is_end=bool(tag[1]))
            at = tag.end()
            if len(self.lines) >= MOST_LINES:
                return
        self.text(html[at:])
        self.end_line()

    def text(self, text):
        if self.hidden or not text:
            return
        self.words.append(text)
        if self.in_name:
            self.names += len(text.strip())

    def tag(self, name, attributes, *, is_end):
        if self.hidden:
            self._inside_hidden(name, is_end=is_end)
            return
        if not is_end and name not in VOID and (name in STRUCK or HIDDEN.search(attributes)):
            self.hidden, self.depth = name, 1
            return
        if name in ("td", "th"):
            self.words.append(" | " if is_end else " ")
        if name in LINES:
            self.end_line()
            self.level = 0  # a heading without an end does not reach into the next line
        if name in HEADINGS:
            self.level = 0 if is_end else HEADINGS[name]
        if name in NAMES:
            self.in_name = max(0, self.in_name + (-1 if is_end else 1))
        if name in PARTS:
            self._part(name, is_end=is_end)
        if name == "a" and not is_end and (found := HREF.search(attributes)):
            self.links.append(unescape(found[1]))

    def _inside_hidden(self, name, *, is_end):
        if name == self.hidden:
            self.depth += -1 if is_end else 1
            if self.depth == 0:
                self.hidden = ""

    def _part(self, name, *, is_end):
        """Headings end with their part; those of the page do not reach into its edges."""
        if not is_end and len(self.parts) < DEEPEST:
            self.parts.append((name, list(self.headings)))
            if name in ASIDE:
                self.headings = self.headings[:1]
        elif is_end and any(name == one for one, _headings in self.parts):
            while self.parts:
                one, self.headings = self.parts.pop()
                if one == name:
                    break

    def end_line(self):
        text = _tidy("".join(self.words)).strip("| ")
        level = self.level or (PSEUDO if text and self.names >= len(text) * 0.9 else 0)
        if text:
            self._keep(text[:LONGEST_LINE], level)
        self.words, self.names = [], 0
        if text:
            self.links = []

    def _keep(self, text, level):
        if level:
            self.headings = [one for one in self.headings if one[0] < level]
        above = tuple(words for _level, words in self.headings)
        is_aside = any(name in ASIDE for name, _headings in self.parts)
        self.lines.append(Line(text, above, tuple(self.links), bool(level), is_aside))
        if level:
            self.headings.append((level, text))


def _tidy(text):
    text = unescape(text[: 20 * LONGEST_LINE])
    return " ".join(text.translate(INVISIBLE).split())
