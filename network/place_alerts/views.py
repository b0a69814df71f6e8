"""A family asks to be told when an offer has places again, confirms by mail, or takes it back.

As with the newsletter, nothing is bound to a session: whoever holds the link of the mail acts for
its owner, so there is nothing for a stranger's page to forge, and the forms need no CSRF token.
"""

from http import HTTPStatus

from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kekiz_portal.lib.fields import TRAP, helper
from kekiz_portal.lib.keys import keys
from network.newsletters.subscribing.forms import AddressForm
from network.newsletters.subscribing.views import (
    form_page,
    may_be_taken,
    page_of_form,
    private,
    see_other,
)
from offers.browsing.whom_to_ask import whom_to_ask
from offers.models import Offer

from . import wishing


class WishForm(AddressForm):
    """An address, asked for on the page of an offer."""

    helper = helper(_("Bescheid geben lassen"), "address", TRAP, "began")


@form_page
def wish(request, slug):
    offer = _offer(slug)
    form = WishForm(request.POST if request.method == "POST" else None)
    if may_be_taken(request, form):
        if form.is_to_be_taken():
            wishing.wish(form.cleaned_data["address"], offer, get_language())
        return see_other("place_alerts:wished", slug)
    context = {"offer": offer, "form": form, "asked": whom_to_ask(offer)}
    return page_of_form(request, "network/place_alerts/wish.html", context)


@require_safe
def wished(request, slug):
    return render(request, "network/place_alerts/wished.html", {"offer": _offer(slug)})


@form_page
@private
def mine(request, token):
    """Show what a mailbox asked for: a button confirms all that is shown, others end one each."""
    wishes = wishing.of_link(token)
    if request.method == "POST":
        if ended := keys(request.POST.getlist("ende")):
            wishes.filter(pk__in=ended).delete()
        else:
            wishing.confirm(wishes.filter(pk__in=keys(request.POST.getlist("wunsch"))))
    shown = list(wishes.all())
    if not shown and request.method != "POST":
        return render(request, "network/place_alerts/over.html", status=HTTPStatus.GONE)
    context = {
        "wishes": shown,
        "open": [one for one in shown if not one.confirmed_at],
        "address": shown[0].address if shown else "",
        "token": token,
    }
    return render(request, "network/place_alerts/mine.html", context)


def _offer(slug):
    return get_object_or_404(Offer.objects.published().for_page(), slug=slug)
