"""Help now: whom to call, by situation."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from offers.browsing.entering.help_now import numbers


@kept()
@require_safe
def help_now(request):
    danger, situations = numbers()
    return render(request, "offers/help.html", {"danger": danger, "situations": situations})
