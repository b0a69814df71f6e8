"""Which lines of a page speak of one entry."""

import re
import unicodedata

from rapidfuzz import fuzz

ALIKE = 88  # of 100
FOLLOWING = 6  # lines below a title that is no heading
TITLE_LENGTH = 70
ROW_BEFORE = 40  # signs of a row that may stand before the name, such as a day and hours
FACTS = re.compile(r"[\d:.!?@]")
SMALL_WORDS = "der die das und für mit von im in am an bei zum zur unser unsere ein eine"
LEFT_OUT = frozenset(SMALL_WORDS.split())


def own_lines(document, names, *, is_alone):
    """Return the lines about an entry with some names, and whether the page names it.

    ``is_alone``: the page is known as that of this entry only, so all of it may speak of it.
    """
    if headed := _below_a_heading(document.lines, names):
        return headed, True
    if any(is_named(document.title, name) for name in names):
        return list(document.lines), True
    if rows := _rows(document.lines, names):
        return rows, True
    return (list(document.lines) if is_alone else []), False


def is_named(text, name):
    """Whether a heading is that of an entry with a name, other words around it allowed."""
    said, wanted = folded(text), folded(name)
    if not said or not wanted:
        return False
    if wanted <= said and len(said) <= len(wanted) + 5:
        return True
    return fuzz.token_sort_ratio(" ".join(sorted(said)), " ".join(sorted(wanted))) >= ALIKE


def folded(text):
    """Return the words of a text without case and accents, the small ones left out."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", text).casefold())
    words = re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))
    return frozenset(word for word in words if word not in LEFT_OUT)


def _below_a_heading(lines, names):
    """Return what stands below the heading that fits best, the headings of its parts included."""
    fitting = {}
    for line in lines:
        for depth, text in enumerate(line.headings):
            path = line.headings[: depth + 1]
            if path not in fitting:
                fitting[path] = max((_fit(text, name) for name in names), default=0)
    best = max(fitting.values(), default=0)
    if not best:
        return []
    path = next(path for path, score in fitting.items() if score == best)
    return [line for line in lines if line.headings[: len(path)] == path]


def _fit(text, name):
    if not is_named(text, name):
        return 0
    return fuzz.ratio(" ".join(sorted(folded(text))), " ".join(sorted(folded(name))))


def _rows(lines, names):
    """Return the lines that name an entry; below one that is but its name, the next few too."""
    found = []
    for number, line in enumerate(lines):
        is_but_its_name = len(line.text) <= TITLE_LENGTH and not FACTS.search(line.text)
        if is_but_its_name and any(is_named(line.text, name) for name in names):
            found += [line, *_until_the_next_title(lines[number + 1 : number + 1 + FOLLOWING])]
        elif any(_names(line.text, name) for name in names):
            found.append(line)
    return list(dict.fromkeys(found))


def _names(text, name):
    wanted = folded(name)
    return bool(wanted) and wanted <= folded(text[: len(name) + ROW_BEFORE])


def _until_the_next_title(lines):
    """Return lines up to the next that looks like a title: short, without a digit or an end."""
    found = []
    for line in lines:
        text = line.text
        looks_like_a_title = len(text) < TITLE_LENGTH and not FACTS.search(text)
        if line.is_heading or (found and looks_like_a_title):
            break
        found.append(line)
    return found
