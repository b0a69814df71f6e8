"""The page on which an institution answers for its entries, opened by the link of its letter.

It is bound to no session and sets no cookie: whoever has the letter speaks for the house, so there
is nothing for a stranger's page to forge, and the forms need no CSRF token. Opening a page changes
nothing: mail scanners open every link.
"""

from functools import wraps
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import for_coming_back, made_private
from kekiz_portal.lib.keys import key
from kekiz_portal.lib.limits import Limit
from network.models import HouseLink
from offers.browsing.whom_to_ask import of_the_city
from offers.models import Feedback, Offer

from . import answering, sending_on, told
from . import house as houses
from .forms import ChangeForm, NoteForm, SendOnForm

# One tap is one request; a whole family centre may share a connection.
ANSWERS = Limit("partner", connection=200, network=600)


def by_link(view):
    """Decorate a page behind a link: the view gets the good ``HouseLink`` beside the key.

    An answer holds its row, so that two people with one letter answer one after the other.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, token, **arguments):
        links = HouseLink.objects.of_key(token)
        link = links.good().select_related("institution").first()
        if link is None:
            return made_private(_no_such_link(request, is_over=links.exists()))
        if request.method != "POST":
            return made_private(view(request, token, link, **arguments))
        if not ANSWERS.allows(request):
            return made_private(ANSWERS.refuse(render(request, "429.html")))
        with transaction.atomic():
            HouseLink.objects.select_for_update().get(pk=link.pk)
            answered = made_private(view(request, token, link, **arguments))
            # After a form with an error the browser steps back to that page, not to its own error.
            return for_coming_back(answered)

    return guarded


@by_link
def house(request, token, link):
    note = NoteForm(request.POST if "nachricht" in request.POST else None)
    send_on = SendOnForm(request.POST if "weiter" in request.POST else None)
    if request.method == "POST" and (done := _answer(link, request.POST, note, send_on)):
        link.note_use()
        return _see_other(token, done)
    found = houses.of(link.institution)
    titles = {one.offer.pk: one.offer.title for one in found.entries}
    may_send_on = found.entries and sending_on.may(link)
    context = {
        "token": token,
        "institution": link.institution,
        "house": found,
        "done": [] if note.errors or send_on.errors else told.sentences(request.GET, titles),
        "form": note,
        "is_noted": request.GET.get("getan") == told.NOTED,
        "send_on": send_on if send_on.errors or may_send_on else None,
    }
    return render(request, "network/asking/house.html", context)


@by_link
def change(request, token, link, number):
    offers = Offer.objects.meant_for_readers().of(link.institution)
    offer = offers.for_page().filter(pk=number).first()
    if offer is None:
        return _see_other(token, told.address_part(told.NOTHING))
    form = ChangeForm(request.POST if request.method == "POST" else None, offer=offer)
    if form.is_bound and form.is_valid():
        answering.propose(link, offer, form)
        link.note_use()
        return _see_other(token, told.address_part(told.CHANGED, entry=offer.pk))
    return render(
        request, "network/asking/change.html", {"token": token, "offer": offer, "form": form}
    )


def _answer(link, sent, note, send_on):
    """Do what a button says; return the end of the next address, nothing if it has to be told."""
    if "nachricht" in sent:
        return _write(link, note)
    if "weiter" in sent:
        return _send_on(link, send_on)
    if "plaetze" in sent:
        return _say(link, sent["plaetze"], answering.say_places)
    if "wartezeit" in sent:
        return _say(link, sent["wartezeit"], answering.say_wait)
    if "weg" in sent:
        return _report_gone(link, sent["weg"])
    return _confirm(link, [sent["stimmt"]] if "stimmt" in sent else sent.getlist("gesehen"))


def _write(link, form):
    if not form.is_valid():
        return ""
    answering.tell(link.institution, None, Feedback.Topic.OTHER, form.cleaned_data["note"])
    return told.address_part(told.NOTED)


def _entry(link, number):
    offers = Offer.objects.meant_for_readers().of(link.institution)
    return offers.filter(pk=key(number)).first()


def _report_gone(link, number):
    offer = _entry(link, number)
    if offer is None:
        return told.address_part(told.NOTHING)
    answering.report_gone(link.institution, offer)
    return told.address_part(told.GONE, entry=offer.pk)


def _send_on(link, form):
    if not form.is_valid():
        return ""
    try:
        sending_on.send_on(link, form.cleaned_data["to"])
    except ValidationError as error:
        form.add_error("to", error)
        return ""
    return told.address_part(told.SENT_ON)


def _say(link, sent, say):
    """Say of an entry how it is about its places, by what a button sends: "12-free"."""
    number, _dash, value = sent.partition("-")
    offer = _entry(link, number)
    if offer is None or not say(offer, value):
        return told.address_part(told.NOTHING)
    return told.address_part(told.PLACES, entry=offer.pk)


def _confirm(link, seen):
    right, changed = answering.confirm(link, seen)
    if not right:
        word = told.ELSEWHERE if changed else told.NOTHING
        return told.address_part(word, left=len(changed))
    only = right[0] if len(right) == 1 else None
    return told.address_part(told.CONFIRMED, entry=only, number=len(right), left=len(changed))


def _see_other(token, done):
    address = reverse("asking:house", args=[token]) + done
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _no_such_link(request, *, is_over):
    """Say what to do: a link that was good once is gone (410), any other was never there."""
    page = render(
        request, "network/asking/no_such_link.html", {"is_over": is_over, "asked": of_the_city()}
    )
    page.status_code = HTTPStatus.GONE if is_over else HTTPStatus.NOT_FOUND
    return page
