"""Parts of a page that are rendered once and only filled in from then on.

A gap stands in the context where a value will stand in the page. The rest of the context is what
the part looks like (``shape``), so it is hashable; there are few shapes of each part.
"""

import re
from functools import lru_cache
from secrets import token_hex

from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

MOST_PARTS = 4_000
_TOKEN = token_hex(8)  # so that no text says it
_BLANKS = re.compile(r"\s+")
_GAP = re.compile(f"<!--{_TOKEN}:(\\w+)-->")


@lru_cache(MOST_PARTS)
def gap(name):
    """Return what stands in a context for a value that ``filled`` is given later."""
    return mark_safe(f"<!--{_TOKEN}:{name}-->")  # noqa: S308, made here


def filled(template, shape=(), **values):
    """Return a part with its gaps filled; ``shape`` is its context as pairs."""
    part = parts(template, get_language(), shape)
    texts = list(part)
    texts[1::2] = [conditional_escape(values[name]) for name in part[1::2]]
    return mark_safe("".join(texts))  # noqa: S308, the template escaped all but what is above


def partly_filled(template, shape, **values):
    """Return a part with some of its gaps filled, divided at the others."""
    first, *rest = parts(template, get_language(), shape)
    found = [first]
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        if name in values:
            found[-1] += conditional_escape(values[name]) + text
        else:
            found += [name, text]
    return found


@lru_cache(MOST_PARTS)
def parts(template, _language, shape):
    """Return the markup of a part between its gaps, and the names of these in turn."""
    return divided(get_template(f"components/{template}.html").render(dict(shape)))


def divided(markup):
    """Return markup between its gaps, and the names of these in turn."""
    return _GAP.split(lean(markup))


def lean(markup):
    """Return markup with one blank where there are many; nothing here shows more."""
    return mark_safe(_BLANKS.sub(" ", markup).strip())  # noqa: S308, what is safe stays so


def hidden_fields(parameters, names):
    """Return some of the parameters as fields that a form sends along."""
    kept = ((name, value) for name in names for value in parameters.getlist(name))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)
