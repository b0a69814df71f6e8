"""From a list of offers into a newsletter: what this floor adds to the list of the floor below."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import edit
from network.models import Newsletter, NewsletterBlock
from offers.admin import bulk
from offers.admin.offer.offer import OfferAdmin
from offers.models import Offer

from .houses.asking import AsksHouses


class CollectForm(forms.Form):
    newsletter = forms.ModelChoiceField(
        label=_("In welchen Entwurf?"),
        queryset=Newsletter.objects.filter(state=Newsletter.State.DRAFT),
    )


class OfferAdminOfTheNetwork(AsksHouses, OfferAdmin):
    """The list of offers as whoever writes newsletters, or letters to institutions, sees it."""

    houses_path = "provider"
    actions = [*OfferAdmin.actions, "into_newsletter", "ask_houses"]

    @admin.action(description=_("In den Newsletter übernehmen …"), permissions=["newsletter"])
    def into_newsletter(self, request, offers):
        form = bulk.answered(CollectForm, request)
        if not form.is_valid():
            return bulk.ask_first(self, request, offers, form, _("In den Newsletter übernehmen"))
        number = collect(offers, form.cleaned_data["newsletter"])
        words = ngettext(
            "%d Angebot steht jetzt im Newsletter.",
            "%d Angebote stehen jetzt im Newsletter.",
            number,
        )
        self.message_user(request, words % number, messages.SUCCESS)
        return bulk.say_unchanged(self, request, offers.count() - number)

    def has_newsletter_permission(self, request):
        return request.user.has_perm("network.change_newsletter")


@transaction.atomic
def collect(offers, newsletter):
    """Put offers at the end of a draft, each once; return how many are new in it.

    None of them is, when somebody has begun to send it meanwhile.
    """
    held = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if held.state != Newsletter.State.DRAFT:
        return 0
    there = held.blocks.exclude(offer=None).values("offer")
    last = held.blocks.aggregate(last=Max("position"))["last"] or 0
    found = offers.exclude(pk__in=there).order_by(GermanOrder("title"), "title", "pk").distinct()
    with edit():
        for position, offer in enumerate(found, last + 1):
            held.blocks.create(position=position, kind=NewsletterBlock.Kind.OFFER, offer=offer)
    return len(found)


admin.site.unregister(Offer)
admin.site.register(Offer, OfferAdminOfTheNetwork)
