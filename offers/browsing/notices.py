"""What a reader is told about the part of an address that a page could not use."""

from django.utils.translation import gettext as _

from offers.search.words.folding import plain

LONGEST_QUOTE = 24
LONGEST_PAGE_NUMBER = 12


def ignored(legend, value):
    """Say that a value was left out because nothing is known by it."""
    return _("%(filter)s: „%(value)s“ kennen wir nicht.") % {
        "filter": legend,
        "value": quoted(value),
    }


def one_too_many(legend, value):
    """Say that a value was left out because only one can be chosen."""
    return _("%(filter)s: Hier geht nur eine Auswahl. „%(value)s“ haben wir weggelassen.") % {
        "filter": legend,
        "value": quoted(value),
    }


def quoted(value):
    """Return what of a value can be read, cut to the length of a line."""
    readable = "".join(char for char in value if char.isprintable())
    return readable if len(readable) <= LONGEST_QUOTE else readable[:LONGEST_QUOTE] + "…"


def single(parameters, name, legend, notices):
    """Return the first value of a parameter that is to stand once; tell of all others."""
    first, *others = parameters.getlist(name) or [""]
    notices += [one_too_many(legend, other) for other in others]
    return first


def page_number(parameters, notices):
    """Return the number of the page that is asked for; 1 where it is no number."""
    text = plain(single(parameters, "seite", _("Seite"), notices))
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    if is_number and int(text) > 0:
        return int(text)
    if text:
        notices.append(ignored(_("Seite"), text))
    return 1


def page_of(paginator, number, notices):
    """Return a page of a list; the last one, and a notice, where there is no such page."""
    tell_if_too_far(number, paginator.num_pages, notices)
    return paginator.get_page(number)


def tell_if_too_far(number, pages, notices):
    """Tell who asked for a page after the last one."""
    if number > pages:
        notices.append(
            _("Seite %(page)d gibt es nicht. Sie sehen die letzte Seite.") % {"page": number}
        )
