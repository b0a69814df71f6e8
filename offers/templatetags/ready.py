"""Parts of a page that are the same again and again, rendered once."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language

from kekiz_portal.lib.languages import of_pages, without_prefix
from offers.browsing.ready import filled, gap, lean

register = template.Library()

LANGUAGES = "Languages"  # for whoever does not read the language of the page
IN_THE_MENU = ["offers:browse", "offers:phases", "offers:help"]


class _Shell:
    """The parts of every page for the city they speak for."""

    city = None
    parts = {}


@register.simple_tag
def icon(name, size=""):
    """Return a pictogram, as ``components/icon.html`` draws it."""
    return _icon(name, size)


@register.simple_tag
def phase_strip(catalogue, lit=(), here=""):
    """Return the thread under the header with some phases lit, or with the one of this page."""
    known, name = catalogue.made_of_words, ("strip", get_language(), here, *lit)
    if name not in known:
        context = {"phases": catalogue.phases, "current": lit, "here": here}
        known[name] = lean(get_template("components/phase-strip.html").render(context))
    return known[name]


@register.simple_tag
def language_links(request):
    """Return links to this page with its filters in every language, if there is more than one.

    A preview, and an answer to words of distress, link to the address that ``stands_for`` names.
    """
    languages = of_pages()
    if len(languages) == 1:
        return ""
    shape = (("languages", languages), ("here", get_language()), ("word", LANGUAGES))
    shape += (("rest", gap("rest")),)
    address = getattr(request, "stands_for", "") or request.get_full_path()
    return filled("language-links", shape, rest=without_prefix(address))


@register.simple_tag
def shell(part, city, path=""):
    """Return a part that every page has; ``path`` marks where the reader is in the menu."""
    if _Shell.city is not city:
        _Shell.city, _Shell.parts = city, {}
    language = get_language()
    path = path if path in _menu(language) else ""
    name = part, language, path
    if name not in _Shell.parts:
        languages = LANGUAGES if len(settings.LANGUAGES) > 1 else ""
        context = {"city": city, "path": path, "languages": languages}
        _Shell.parts[name] = lean(get_template(f"components/{part}.html").render(context))
    return _Shell.parts[name]


@lru_cache
def _icon(name, size):
    return lean(get_template("components/icon.html").render({"name": name, "size": size}))


@lru_cache
def _menu(_language):
    return {reverse(name) for name in IN_THE_MENU}
