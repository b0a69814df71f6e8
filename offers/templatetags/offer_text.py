"""Times and numbers as families read them."""

from django import template
from django.utils.safestring import mark_safe

from kekiz_portal.lib import telephone
from kekiz_portal.lib.rich_text import stored
from kekiz_portal.lib.times import day_words
from offers.browsing.whom_to_ask import of_the_city
from offers.models.occurrence import when_words

register = template.Library()
register.filter(day_words)
register.filter(when_words)


@register.filter
def rich_text(text):
    """Return a rich text as HTML, cleaned once more at the last step before it is shown."""
    return mark_safe(stored(text))  # noqa: S308 - what it returns is clean


@register.simple_tag
def city_contact():
    """Return whom to ask where nobody else is known (``WhomToAsk``)."""
    return of_the_city()


@register.filter
def tel_uri(number):
    """Return the address that dials the number in a text; nothing where there is none."""
    return telephone.tel_uri(number)


@register.filter
def phone_number(text):
    """Return the number in a text without its note: what a link shows."""
    found = telephone.read(text)
    return found.number if found else text


@register.filter
def phone_note(text):
    """Return what stands behind the number in a text: "(Mo-Fr 9-12)"."""
    found = telephone.read(text)
    return found.note.removeprefix(", ") if found else ""
