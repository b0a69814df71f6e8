"""What a page says in its own language: all of its words that are not marked as another one's."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SAID_IN = {"alt", "aria-label", "placeholder", "title"}
SILENT = {"script", "style", "textarea", "svg", "code"}
ADDRESSES = re.compile(r"\S*(?:@|://|www\.|\.de\b|\?a=)\S*")
WORDS = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")


class PageRead(HTMLParser):
    """Collects the texts of a page that stand in its own language."""

    def __init__(self, html):
        super().__init__()
        self.texts, self._open = [], []
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        found = dict(pairs)
        before = self._open[-1] if self._open else ("", None, False)
        language = found.get("lang") or before[1]
        silent = before[2] or tag in SILENT
        here = tag, language, silent
        if tag not in VOID:
            self._open.append(here)
        if self._is_own(language) and not silent:
            self.texts += [found[name] for name in SAID_IN & found.keys() if found[name]]

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if self._open and self._is_own(self._open[-1][1]) and not self._open[-1][2]:
            self.texts.append(text)

    def _is_own(self, language):
        return language is not None and language == self._open[0][1] if self._open else False


def latin_words(text):
    """Return the words in Latin letters, without those of addresses and mailboxes."""
    return set(WORDS.findall(ADDRESSES.sub(" ", text)))
