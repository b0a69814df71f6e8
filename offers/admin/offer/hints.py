"""Hints beside the form of an offer: about the saved entry, and about texts while typed."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from kekiz_portal.lib.keys import keys
from offers.quality.hints import TEXTS, hints_of, of_typed

LONGEST_TEXT = 20_000


class TypedForm(forms.Form):
    """What the page sends while somebody types; whatever cannot be read counts as empty."""

    title = forms.CharField(max_length=200, required=False)
    teaser = forms.CharField(max_length=LONGEST_TEXT, required=False)
    description = forms.CharField(max_length=LONGEST_TEXT, required=False)
    how_to_apply = forms.CharField(max_length=LONGEST_TEXT, required=False)
    provider = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    offer = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    @property
    def values(self):
        self.is_valid()
        return self.cleaned_data | {"locations": keys(self.data.getlist("location"))}


class Hinted(admin.ModelAdmin):
    """An admin of offers with a panel of hints; none of them keeps anybody from saving."""

    class Media:
        css = {"all": ["css/admin/hints.css"]}
        js = [forms.Script("js/admin-hints.js", type="module")]

    def get_urls(self):
        view = require_POST(self.typed_hints_view)
        address = path("hinweise/", self.admin_site.admin_view(view), name="offers_offer_hints")
        return [address, *super().get_urls()]

    def render_change_form(self, request, context, **kwargs):
        offer = context.get("original")
        context |= {
            "rules": hints_of(offer) if offer else None,
            "reports": self.reports_of(offer, request.user),
            "dead_links": list(offer.link_checks.dead()) if offer else [],
            "typed": of_typed(values_in(context["adminform"].form, offer), self.known(request)),
        }
        return super().render_change_form(request, context, **kwargs)

    def reports_of(self, offer, user):
        """Return what readers reported about an offer and nobody has dealt with."""
        may_read = offer and user.has_perm("offers.view_feedback")
        return list(offer.feedback.open().as_read_by(user)) if may_read else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Hints are no reason to wait: while somebody saves, there are none."""
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if not self.waits_for_nobody(request):
            return view()
        try:
            with transaction.atomic():
                return view()
        except OperationalError:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def waits_for_nobody(self, request):
        return "_hints" in request.POST

    def response_add(self, request, obj, post_url_continue=None):
        return self._asked(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._asked(request, obj) or super().response_change(request, obj)

    def _asked(self, request, offer):
        """Answer what is missing in what was typed, as if saved; save nothing. Else ``None``."""
        if not self.waits_for_nobody(request):
            return None
        answer = render(request, "admin/offers/offer/_rules.html", {"rules": hints_of(offer)})
        self.saves_nothing(request)
        return answer

    def typed_hints_view(self, request):
        """Answer with the hints about the texts as they stand in the form."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        typed = of_typed(TypedForm(request.POST).values, self.known(request))
        return render(request, "admin/offers/offer/_typed_hints.html", {"typed": typed})

    def known(self, request):
        """The offers a twin may be found among: those the person may see."""
        return self.get_queryset(request)


def values_in(form, offer):
    """Return the values of a form as it is shown, saved or typed."""
    shown = {name: form[name].value() for name in ["title", *TEXTS] if name in form.fields}
    if offer is None:
        return shown
    places = [place.location_id for place in offer.places.all() if place.location_id]
    return shown | {"offer": offer.pk, "provider": offer.provider_id, "locations": places}
