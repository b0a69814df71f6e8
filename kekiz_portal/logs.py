"""Keep what people search for, and the keys in their links, out of the logs."""

import logging
import re
from functools import cache

from django.apps import apps
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from gunicorn.glogging import Logger

QUERY = re.compile(r"\?[^\s\"']*")
# What routes call the key of a link: whoever has one may act for its owner.
KEYS = {"token", "key"}
FIRST_ARGUMENT = re.compile(r"<|\(\?P<")


def without_secrets(text):
    """Return a line without query strings and the keys of links."""
    text = QUERY.sub("", text)
    # No address is asked for, or reversed, before the apps are there.
    return _keys().sub(r"\1…", text) if "/" in text and apps.ready else text


@cache
def fronts_of_keys():
    """Return what stands before the key in each address that holds one: "/newsletter/abmelden/"."""
    return sorted(set(_fronts(get_resolver(), "/")))


def _fronts(resolver, front):
    for one in resolver.url_patterns:
        route = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        here = front + FIRST_ARGUMENT.split(route.removeprefix("^"))[0]
        if isinstance(one, URLResolver):
            yield from _fronts(one, here)
        elif KEYS & {*one.pattern.regex.groupindex}:
            yield here


@cache
def _keys():
    fronts = "|".join(re.escape(front) for front in fronts_of_keys())
    return re.compile(rf"({fronts})[^\s\"'/?]+")


class WithoutQuery(logging.Filter):
    """Cut query strings and tokens from every address in a line: they may tell a lot."""

    def filter(self, record):
        """Rewrite the record's message; every record passes."""
        message = record.getMessage()
        if (kept := without_secrets(message)) != message:
            record.msg, record.args = kept, None
        return True


class ServerLog(Logger):
    """What gunicorn writes: its access log, when it is on, and its complaints."""

    def atoms(self, *args, **kwargs):
        found = super().atoms(*args, **kwargs)
        said = {name: without_secrets(str(found[name])) for name in ("r", "U", "f") if found[name]}
        return found | said | {"q": "", "h": "-"}
