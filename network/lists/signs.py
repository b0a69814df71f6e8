"""Which signs the fonts of this machine can print. PDF/UA-1 allows none that they cannot."""

import json
import unicodedata
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "typst"
# The first is inside typst and has Latin, Greek and Cyrillic; others are taken where they are.
FONTS = ["Libertinus Serif"]
UA = {"format": "pdf", "pdf_standards": ["ua-1"]}
BOX = "□"
INVISIBLE = {"Cc", "Cs", "Co", "Cn"}
JOINER = "\N{ZERO WIDTH JOINER}"
LAST_SURE_SIGN = "\N{LATIN SMALL LETTER EZH WITH CARON}"  # typst's own font has all up to here
known = {}  # sign -> whether it can be printed; fonts do not change under a running process


def compiled(template, data, **options):
    """Return what typst makes of a template and data; ``options`` as for ``typst.compile``."""
    return typst.compile(
        TEMPLATES / template, root=TEMPLATES, sys_inputs={"data": json.dumps(data)}, **options
    )


def tagged_pdf(template, data):
    """Return a PDF/UA-1 of a template and data; whatever cannot be printed is a box."""
    _learn(json.dumps(data, ensure_ascii=False))
    try:
        return compiled(template, _mapped(data, _as_known), **UA)
    except typst.TypstError:  # beside others some signs come out differently: then only sure ones
        return compiled(template, _mapped(data, _as_sure), **UA)


def signs_of(text):
    """Yield what one sees as one sign: a letter with its accents, joined pictures."""
    sign = ""
    for one in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(one)
        if kind in INVISIBLE:
            continue
        if sign and not (kind.startswith("M") or one == JOINER or sign.endswith(JOINER)):
            yield sign
            sign = ""
        sign += one
    if sign:
        yield sign


def _as_known(sign):
    return sign if known.get(sign, True) else BOX


def _as_sure(sign):
    return BOX if _is_doubtful(sign) else sign


def _mapped(value, shown):
    if isinstance(value, dict):
        return {name: _mapped(one, shown) for name, one in value.items()}
    if isinstance(value, list):
        return [_mapped(one, shown) for one in value]
    return "".join(map(shown, signs_of(value))) if isinstance(value, str) else value


def _is_doubtful(sign):
    return len(sign) > 1 or sign > LAST_SURE_SIGN


def _learn(text):
    """Find out which signs of a text can be printed."""
    _try_out(sorted({sign for sign in signs_of(text) if _is_doubtful(sign)} - known.keys()))


def _try_out(signs):
    """Print signs all at once, then by halves until each is known."""
    if not signs:
        return
    can = _can_print(signs)
    if can or len(signs) == 1:
        known.update(dict.fromkeys(signs, can))
        return
    half = len(signs) // 2
    _try_out(signs[:half])
    _try_out(signs[half:])


def _can_print(signs):
    try:
        compiled("signs.typ", {"signs": signs, "fonts": FONTS}, **UA)
    except typst.TypstError:
        return False
    return True
