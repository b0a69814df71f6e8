"""The public pages of the newsletter and of what is known about an address.

No form here is bound to a session, and no page sets a cookie: whoever holds the token of a mail
acts for its owner, and a sign-up becomes nothing until that mail is answered. So there is nothing
for a stranger's page to forge, and the forms need no CSRF token.
"""

from functools import wraps
from http import HTTPStatus

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.signing import BadSignature
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import TemplateView

from kekiz_portal.lib.keeping import made_private
from kekiz_portal.lib.limits import Limit
from network.models import MailingList, MailRequest
from network.newsletters import tokens
from offers.browsing.whom_to_ask import city_in_a_line

from . import consenting, mailing, personal_data, recipients, signing_up, wording
from .forms import AddressForm, PersonForm, PreferencesForm, SignUpForm

# A whole family centre may share one connection, a town's schools one network.
FORMS = Limit("newsletter", connection=30, network=120)
TOO_MANY = "too_many"


def form_page(view):
    """Decorate a page with a form that needs no CSRF token, see above."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view))


def private(view):
    """Decorate a page behind a token: nobody keeps or passes on its address; a bad one is told."""

    @wraps(view)
    def guarded(request, token):
        try:
            response = view(request, token)
        except BadSignature:
            response = no_such_link(request)
        return made_private(response)

    return guarded


def of_who_asked(view):
    """Decorate a page of somebody's own data: the view gets their ``MailRequest``, too."""

    @private
    @wraps(view)
    def asked_for(request, token):
        wanted = personal_data.wanted_by(token)
        return no_such_link(request) if wanted is None else view(request, token, wanted)

    return asked_for


@form_page
def sign_up(request):
    offered = MailingList.objects.offered()
    form = SignUpForm(request.POST if request.method == "POST" else None, offered=offered)
    if may_be_taken(request, form):
        if form.is_to_be_taken():
            signing_up.ask(form.cleaned_data["address"], form.choice, request.path)
        return see_other("network:newsletter_asked")
    context = {"form": form, "consent": wording.consent(form.offered)}
    return page_of_form(request, "network/sign_up.html", context)


asked = TemplateView.as_view(template_name="network/asked.html")


@form_page
@private
def confirm(request, token):
    subscription = signing_up.to_confirm(token)
    if subscription is None:
        return no_such_link(request)
    if request.method == "POST":
        signing_up.confirm(subscription, token)
        subscription.refresh_from_db()
    settings_token = tokens.make(tokens.SETTINGS, 0, subscription.pk, 0)
    context = {"subscription": subscription, "settings_token": settings_token}
    context["lists"] = wording.named(subscription.lists.all())
    return render(request, "network/confirm.html", context)


@form_page  # mail programs post here by themselves (RFC 8058), without a session
@private
def unsubscribe(request, token):
    """Leave the lists a mail was sent to, or with ``?alle`` all of them."""
    addresses = recipients.addresses_of(tokens.UNSUBSCRIBE, token)
    newsletter = None if "alle" in request.GET else recipients.newsletter_of(token)
    left = newsletter.mailing_lists.all() if newsletter else MailingList.objects.all()
    if request.method == "POST":
        for address in addresses:
            signing_up.leave(address, newsletter)
        recipients.note_sign_off(token)
    context = {"done": request.method == "POST" or recipients.has_signed_off(token, left)}
    others = MailingList.objects.read_by(addresses).exclude(pk__in=left)
    context |= {"left": wording.named(left), "others": wording.named(others)}
    return render(request, "network/unsubscribe.html", context)


@form_page
@private
def mail_consent(request, token):
    """Ask somebody of the network whether mails may come; the other answer stays open."""
    letter = consenting.letter_of(token)
    if letter is None:
        return no_such_link(request)
    answer = request.POST.get("answer") if request.method == "POST" else None
    if answer in consenting.ANSWERS:
        consenting.answer(letter, answer)
    return render(request, "network/mail_consent.html", {"letter": letter})


@form_page
@private
def preferences(request, token):
    subscription = recipients.subscription_of(tokens.SETTINGS, token)
    context = {"unsubscribe_token": _unsubscribe_token(token), "subscription": subscription}
    if subscription:
        form = PreferencesForm(
            request.POST if request.method == "POST" else None,
            offered=MailingList.objects.offered_to(subscription),
            initial={
                "language": subscription.language,
                "lists": subscription.lists.all(),
                "interests": subscription.interests.all(),
            },
        )
        context["saved"] = form.is_bound and form.is_valid() and _is_one_of_few(request, form)
        if context["saved"]:
            source = reverse("network:newsletter_settings", args=["-"])
            signing_up.change(subscription, form.choice, source, token)
        context |= {"form": form, "consent": wording.consent(form.offered)}
    return page_of_form(request, "network/preferences.html", context)


@form_page
def data_wanted(request):
    form = AddressForm(request.POST if request.method == "POST" else None)
    if may_be_taken(request, form):
        if form.is_to_be_taken():
            mailing.request(form.cleaned_data["address"], MailRequest.Kind.DATA, get_language())
        return see_other("network:data_asked")
    return page_of_form(request, "network/data_wanted.html", {"form": form})


data_asked = TemplateView.as_view(template_name="network/data_asked.html")


@require_safe
@of_who_asked
def data(request, token, wanted):
    context = {"sections": personal_data.for_reading(wanted.address), "token": token}
    return render(request, "network/data.html", context | {"address": wanted.address})


@require_safe
@of_who_asked
def data_file(_request, _token, wanted):
    return data_response(wanted.address, personal_data.about_mailbox(wanted.address))


@form_page
@of_who_asked
def about_person(request, token, wanted):
    """Take a wish about somebody of the network; people answer it once it is clear who asks."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "token": token, "address": wanted.address}
    if form.is_bound and form.is_valid() and _is_one_of_few(request, form):
        context["due_on"] = personal_data.ask_about_person(wanted.address, **form.cleaned_data)
    return page_of_form(request, "network/about_person.html", context)


@form_page
@of_who_asked
def erase(request, token, wanted):
    context = {"token": token, "address": wanted.address, "done": request.method == "POST"}
    if context["done"]:
        context["under_way"] = personal_data.erase_mailbox(wanted.address)
    return render(request, "network/erase.html", context)


def data_response(address, sections):
    """Return what is known about an address as a file."""
    response = JsonResponse(
        {"address": address, "data": sections},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


def may_be_taken(request, form):
    """Tell whether what a form says may be done; too many of one connection are told in it."""
    if not (form.is_bound and form.is_valid()):
        return False
    if _is_one_of_few(request, form):
        return True
    form.renew_stamp()  # to send it again in an hour
    return False


def _is_one_of_few(request, form):
    """Tell whether a connection sends no flood of forms; else the form says so."""
    if FORMS.allows(request):
        return True
    words = _(
        "Von Ihrem Anschluss kamen gerade viele Anfragen. Bitte versuchen Sie es in einer Stunde "
        "noch einmal, oder rufen Sie an: %s."
    )
    error = forms.ValidationError(words % city_in_a_line(), code=TOO_MANY)
    form.add_error(None, error)
    return False


def page_of_form(request, template, context):
    """Return the page of a form; one of too many says so to programs, too."""
    page = render(request, template, context)
    form = context.get("form")
    is_refused = form is not None and form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY)
    return FORMS.refuse(page) if is_refused else page


def see_other(name, *arguments):
    return HttpResponseRedirect(reverse(name, args=arguments), status=HTTPStatus.SEE_OTHER)


def no_such_link(request):
    return render(request, "network/no_such_link.html", status=HTTPStatus.NOT_FOUND)


def _unsubscribe_token(settings_token):
    return tokens.make(tokens.UNSUBSCRIBE, *tokens.read(tokens.SETTINGS, settings_token))
