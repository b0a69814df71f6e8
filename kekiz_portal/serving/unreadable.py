"""Addresses of the administration that nobody can have meant: an answer, not an error."""

import re
from urllib.parse import unquote_plus

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.views.defaults import bad_request

# What the filters of Django's admin ask; a date's part is a small number.
COMPARISONS = {"exact", "isnull", "gte", "lt"}
PART_OF_A_DATE = {"year", "month", "day"}
SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


class Unreadable:
    """Middleware: answer 400 to what Django's admin would pass on to the database unchecked.

    A NUL character in an address reaches the database through every list filter and
    autocomplete, and PostgreSQL refuses it; so it does with a broken regular expression, which
    Django would compare any column with. It is answered, not left out: whoever followed
    a broken link should not take a longer list for the filtered one. Text in forms is not
    looked at: there the field itself says what is wrong, and nothing typed is lost. Public
    pages leave out what they cannot read, and say so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        if "admin" not in request.resolver_match.app_names:
            return None
        readable = "\x00" not in unquote_plus(request.META["QUERY_STRING"])
        if readable and _marks_are_numbers(request) and _questions_are_plain(request):
            return None
        return bad_request(request, BadRequest())


def _marks_are_numbers(request):
    """Tell whether the rows marked in a list are given by their numbers, as the list does."""
    name = request.resolver_match.url_name or ""
    if request.method != "POST" or not name.endswith("_changelist"):
        return True
    return all(
        mark.isascii() and mark.isdigit() for mark in request.POST.getlist(ACTION_CHECKBOX_NAME)
    )


def _questions_are_plain(request):
    """Tell whether a list is asked only what its filters ask, as ``field__comparison=value``."""
    for name, value in request.GET.items():
        comparison = name.rpartition("__")[2] if "__" in name else "exact"
        if comparison in PART_OF_A_DATE and SMALL_NUMBER.fullmatch(value):
            continue
        if comparison not in COMPARISONS:
            return False
    return True
