"""Links to pages of others: one rule for what people type, whoever enters it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

SCHEMES = ["https", "http"]
SCHEME = re.compile(r"(?i)([a-z][a-z0-9+.\-]*):(?!\d+(?:[/?#]|$))")  # not "herne.de:8080"
INVISIBLE = {"Cf"}

_is_address = URLValidator(
    schemes=SCHEMES,
    message=_("Das ist keine Adresse einer Internetseite, etwa https://www.herne.de."),
)


def stored(text):
    """Return an address as it is kept: with "https://" where no scheme was typed."""
    text = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text or "")
        if unicodedata.category(sign) not in INVISIBLE
    ).strip()
    if not text:
        return ""
    if text.startswith("//"):
        return f"https:{text}"
    if scheme := SCHEME.match(text):
        return f"{scheme[1].lower()}:{text[scheme.end() :]}"
    return f"https://{text}"


def validate(text):
    """Raise ``ValidationError`` unless a text leads to a page: http or https, nothing else."""
    kept = stored(text)
    scheme = kept.partition(":")[0]
    if scheme not in SCHEMES:
        raise ValidationError(
            _("Links beginnen mit https:// oder http://; „%(scheme)s:“ geht nicht."),
            code="scheme",
            params={"scheme": scheme},
        )
    _is_address(kept)


def link(text):
    """Return what a page may link to; nothing where a text is no address of a page."""
    try:
        validate(text)
    except ValidationError:
        return ""
    return stored(text)
