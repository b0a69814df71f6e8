"""Which views make pages that the next reader may get too, and by what their addresses differ."""

from collections.abc import Callable
from dataclasses import dataclass

KEPT = "kept_pages"
FOR_ONE_READER = "is_for_one_reader"
PRIVATE_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store, private",
}


@dataclass(frozen=True)
class Kept:
    """How the pages of a view are kept."""

    parameters: tuple
    only_here: bool
    edition: Callable


def kept(*parameters, only_here=False, edition=lambda: None):
    """Decorate a view whose pages may be kept as long as nothing that readers see changes.

    ``parameters`` are all that it reads of its query string, in their order; it gets no others.
    A page may depend on nothing else but its path, the minute, whether a script asks, and on that
    of which ``edition`` returns the number. What is kept ``only_here`` stays in the memory of the
    process, whatever its headers say to others.
    """

    def decorate(view):
        setattr(view, KEPT, Kept(parameters, only_here, edition))
        return view

    return decorate


def how_kept(view):
    """Return the ``Kept`` of a view, ``None`` where no page of it may be kept."""
    return getattr(view, KEPT, None)


def for_one_reader(response):
    """Say of a page that nobody else may get it: it shows a need, or asking for it is counted."""
    setattr(response, FOR_ONE_READER, True)
    return response


def is_for_one_reader(response):
    return getattr(response, FOR_ONE_READER, False)


def forgotten(response):
    """Keep a page out of every memory on the way: it holds what somebody typed in confidence."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def for_coming_back(response):
    """Let nobody but the reader's own browser keep a page, to show it again after a step back."""
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


def made_private(response):
    """Return the response of a page behind the key of a link as one that nobody keeps or finds."""
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response
