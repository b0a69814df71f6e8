"""The list of partner institutions, and all the network knows of one of them on one page."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from network.lists import columns
from network.models import Partner, SavedList
from network.people.narrowing import SEARCHED
from offers.admin.deleting import DeletedWithReason
from offers.admin.placeless import SaysWhoHasNoPlace
from offers.admin.versions.versions import Versioned
from offers.models import Offer

from .filters import OF_THE_PARTNER, ArchivedFilter, MissingAtPartnerFilter
from .houses.asking import AsksHouses
from .labels import HELP, LabelsField
from .lists import Listing

TALKS_SHOWN = 20


@admin.register(Partner)
class PartnerAdmin(AsksHouses, Versioned, DeletedWithReason, SaysWhoHasNoPlace, Listing):
    saved_kind = SavedList.Kind.PARTNERS
    change_form_template = "admin/network/partner/change_form.html"
    list_display = ["institution", "kind", "place", "groups", "people", "offers", "talked_on"]
    list_filter = [*OF_THE_PARTNER, MissingAtPartnerFilter, ArchivedFilter]
    actions = ["ask_houses"]
    ordering = [GermanOrder("institution__name"), "pk"]
    search_fields = SEARCHED[Partner]
    autocomplete_fields = ["institution"]
    fields = ["institution", "since", "labels", "notes"]

    class Media:
        css = {"all": ["css/admin/network.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution__kind")

    def get_readonly_fields(self, request, obj=None):
        """A partner stays the institution it is; another one is another partner."""
        return ["institution"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "labels":
            return LabelsField(label=db_field.verbose_name, help_text=HELP)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj is not None:
            context["partner_page"] = page_of(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def columns(self, request):
        return columns.of_partners(
            internal=self.may_see_internal(request), people=self.may_see_people(request)
        )

    @admin.display(description=_("Art"), ordering=GermanOrder("institution__kind__name"))
    def kind(self, partner):
        return partner.institution.kind

    @admin.display(description=_("Stadtteil"), empty_value="–")
    def place(self, partner):
        return partner.institution.place_words or None

    @admin.display(description=_("Netzwerke"), empty_value="–")
    def groups(self, partner):
        names = dict.fromkeys(one.group.name for one in partner.open_memberships)
        return format_html_join(", ", "{}", ((name,) for name in names)) or None

    @admin.display(description=_("Personen"), ordering="people_count")
    def people(self, partner):
        return partner.people_count or "–"

    @admin.display(description=_("Angebote"), ordering="offer_count")
    def offers(self, partner):
        if not partner.due_count:
            return partner.offer_count or "–"
        words = _("%(number)d, davon %(due)d zu prüfen")
        return format_html("{}", words % {"number": partner.offer_count, "due": partner.due_count})

    @admin.display(description=_("letzter Kontakt"), ordering="last_talk", empty_value="–")
    def talked_on(self, partner):
        return partner.last_talk and date_format(partner.last_talk, "SHORT_DATE_FORMAT")


def page_of(partner):
    """Return what the page of a partner shows beside its form, at a constant number of queries."""
    people = list(partner.contacts.all())
    offers = Offer.objects.in_the_works().of(partner.institution).select_related("offer_type")
    talks = partner.conversations.select_related("contact", "by")
    return {
        "institution": partner.institution,
        "people": [person for person in people if person.is_current],
        "former": [person for person in people if not person.is_current],
        "memberships": list(partner.memberships.select_related("group", "contact")),
        "agreements": list(partner.agreements.all()),
        "talks": list(talks[:TALKS_SHOWN]),
        "offers": list(offers.order_by(GermanOrder("title"), "pk")),
        "neighbours": list(Partner.objects.current().beside(partner).select_related("institution")),
        "members": list(partner.institution.members.all()),
    }
