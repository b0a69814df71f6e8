"""What the city's lists say, in the language of the page; what stays German says so."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from kekiz_portal.lib import languages
from offers.models.offer.here import Translated

register = template.Library()

IN_GERMAN = mark_safe(' lang="de" dir="ltr"')

register.filter("said", languages.said)
register.filter("listed", languages.listed)


@register.simple_tag
def comma():
    """Return the comma of the language of the page."""
    return languages.listed(["", ""]).rstrip()


@register.filter
def german(text):
    """Return a name or a text that is German as markup that says so on a page of another language.

    A text of an offer ``here`` may be in the language of the page.
    """
    return text if isinstance(text, Translated) else languages.marked_german(text)


@register.filter
def each_said(texts):
    """Return what lists of the city say, each in the language of the page."""
    return [languages.said(text) for text in texts]


@register.simple_tag
def in_german(text=""):
    """Return the attributes of an element that holds German text on a page of another language.

    A text of an offer ``here`` may be in the language of the page.
    """
    is_page_german = get_language() == settings.LANGUAGE_CODE
    return "" if is_page_german or isinstance(text, Translated) else IN_GERMAN
