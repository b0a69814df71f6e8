"""The list of people, and the form of one of them."""

from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from network.lists import columns
from network.models import Contact, SavedList
from network.newsletters.subscribing import signing_up
from network.people.doubles import of_people
from network.people.erasing import erase
from network.people.narrowing import SEARCHED
from offers.admin.deciding import twins
from offers.admin.deciding.leading_on import LeadsOn
from offers.admin.deleting import DeletedWithReason
from offers.admin.versions.versions import Versioned
from offers.models import ImportRun

from .asking import AsksForConsent
from .filters import OF_THE_PARTNER, MissingAtPersonFilter, PresenceFilter, VisibilityFilter
from .lists import Listing
from .of_partner import OfPartner

twins.KINDS["menschen"] = twins.Kind(
    Contact,
    _("Ansprechpersonen"),
    of_people,
    rights=["network.change_contact"],
    what_happens=_(
        "Der erste Eintrag bleibt. Der zweite gilt als gegangen, und was an ihm hängt, hängt am "
        "ersten. Wer in einem der beiden keine E-Mails will, bekommt keine."
    ),
)


@admin.register(Contact)
class ContactAdmin(LeadsOn, AsksForConsent, OfPartner, Versioned, DeletedWithReason, Listing):
    saved_kind = SavedList.Kind.CONTACTS
    _kind = ImportRun.Kind.PEOPLE  # what a list of them is called on its way in
    list_display = ["name", "role", "institution", "phone", "email", "visibility", "until"]
    list_filter = [PresenceFilter, *OF_THE_PARTNER, VisibilityFilter, MissingAtPersonFilter]
    ordering = ["name_order", "pk"]
    ordered_by = {"name": F("name_order")}
    search_fields = SEARCHED[Contact]
    autocomplete_fields = ["partner"]
    fieldsets = [
        (None, {"fields": ["partner", "name", "role", "answers_for_entries", "language"]}),
        (_("Erreichbar"), {"fields": ["phone", "mobile", "email"]}),
        (
            _("Wer es sehen darf"),
            {"fields": ["visibility", "consent_given_on", "consent_text"]},
        ),
        (
            _("Ob E-Mails kommen dürfen"),
            {
                "fields": [
                    "mail_consent_given_on",
                    "mail_consent_way",
                    "mail_consent_text",
                    "mail_consent_withdrawn_on",
                ],
                "description": _("Ohne diese Einwilligung kommt kein Newsletter."),
            },
        ),
        (_("Von wann bis wann"), {"fields": ["since", "until", "kept_until"]}),
    ]

    def exportable(self, request, entries):
        return entries.to_hand_out(request.user)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        request.email_before = form.initial.get("email", obj.email) if change else obj.email

    def after_saving(self, request, entry, change):
        super().after_saving(request, entry, change)
        before = (request.overtaken or {"email": request.email_before})["email"]
        if entry.email != before:
            signing_up.follow(before, entry.email)

    def delete_model(self, request, obj):
        """Whoever is deleted is gone from the history too."""
        erase(Contact.objects.filter(pk=obj.pk))

    def columns(self, request):
        return columns.of_contacts(internal=self.may_see_people(request))

    @admin.display(description=_("Einrichtung"), ordering=GermanOrder("partner__institution__name"))
    def institution(self, person):
        return person.partner.institution
