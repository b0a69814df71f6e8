"""One stylesheet and one script for visitors: the parts they import, put into one file each.

Each component has a file of its own, and development loads them so: the browser names the part a
rule stands in. When files are collected the parts become one, without comments.
"""

import posixpath
import re
from dataclasses import dataclass

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What is said between quotes stays as it is; comments go, and spaces that separate nothing.
GAP = r"(?:\s|/\*.*?\*/)"
STYLE = re.compile(rf'("[^"]*")|{GAP}*([{{}};,]){GAP}*|(:) |({GAP}+)', re.DOTALL)
MARK = re.compile(r'"[^"]*"|[{};]')
SCRIPT_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Bundle:
    """A file that imports parts, the pattern of such a line, and what becomes of a part."""

    name: str
    imports: re.Pattern
    part: callable
    whole: callable


def without_spaces(style):
    """Return a stylesheet that says the same in fewer letters."""
    short = STYLE.sub(lambda found: " " if found[4] else found[found.lastindex], style).strip()
    return "".join(_in_whole_layers(_blocks(short)))


def _blocks(style):
    """Yield the outermost blocks and statements of a stylesheet as pairs of head and rest."""
    depth, start, end_of_head = 0, 0, None
    for found in MARK.finditer(style):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "{" and depth == 1:
            end_of_head = found.end()
        if depth == 0 and found[0] in {"}", ";"}:
            cut = end_of_head or found.end()
            yield style[start:cut], style[cut : found.end()]
            start, end_of_head = found.end(), None


def _in_whole_layers(blocks):
    """Return the blocks as texts, those of one layer that follow each other in one."""
    texts, before = [], None
    for head, rest in blocks:
        if head == before and head.startswith("@layer"):
            texts[-1] = texts[-1].removesuffix("}") + rest
        else:
            texts.append(head + rest)
        before = head
    return texts


def alone(script):
    """Return a module as a block: what it names stays its own."""
    return f"{{\n{SCRIPT_COMMENT.sub('', script)}\n}}\n"


BUNDLES = [
    Bundle(
        "css/main.css",
        re.compile(r'^@import url\("([^"]+)"\);\n', re.MULTILINE),
        part=str,
        whole=without_spaces,
    ),
    Bundle(
        "js/main.js",
        re.compile(r'^import "([^"]+)";\n', re.MULTILINE),
        part=alone,
        whole=str,
    ),
]


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Collected files with a hash in their names, stylesheet and script in one piece each."""

    def post_process(self, paths, *args, **options):
        """Put the imported parts into their files, then go on as usual.

        ``paths`` maps names to where their sources are; the sources stay as they are.
        """
        for bundle in BUNDLES:
            if bundle.name in paths and not options.get("dry_run"):
                self.delete(bundle.name)
                self._save(bundle.name, ContentFile(_in_one_piece(bundle, paths).encode()))
                paths = paths | {bundle.name: (self, bundle.name)}
        return super().post_process(paths, *args, **options)


def _in_one_piece(bundle, paths):
    folder = posixpath.dirname(bundle.name)

    def part(found):
        return bundle.part(_source(paths, posixpath.normpath(f"{folder}/{found[1]}")))

    return bundle.whole(bundle.imports.sub(part, _source(paths, bundle.name)))


def _source(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
