"""Mails that came back, and the addresses that get no newsletter because of it."""

from django.contrib import admin, messages
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from network.models import AddressHealth, AuditEntry, Bounce
from network.people.audit import record
from offers.admin.list_filters import SelectFilter
from offers.admin.listing import OfficeList


class KindFilter(SelectFilter):
    title = _("Art")
    parameter_name = "art"
    field = "kind"
    options = Bounce.Kind.choices


class EffectFilter(SelectFilter):
    title = _("Folge")
    parameter_name = "folge"
    field = "effect"
    options = Bounce.Effect.choices


class StoppedFilter(SelectFilter):
    title = _("Newsletter")
    parameter_name = "newsletter"
    options = [("nein", _("angehalten")), ("ja", _("wird noch gesendet"))]

    def narrow(self, addresses, value):
        return addresses.stopped() if value == "nein" else addresses.not_stopped()


@admin.register(Bounce)
class BounceAdmin(ReadOnly, OfficeList):
    belongs_here = _("Hier steht, welche E-Mails nicht ankamen und warum. Bisher kam keine zurück.")
    WORDS_SHOWN = 200

    list_display = ["address_shown", "kind", "effect", "server_said", "newsletter", "received_at"]
    list_filter = [KindFilter, EffectFilter]
    search_fields = ["address__istartswith"]
    search_help_text = _("Sucht nach dem Anfang der Adresse.")
    fields = [
        "address_shown",
        "newsletter",
        "kind",
        "effect",
        "status",
        "diagnostic",
        "received_at",
    ]

    @admin.display(description=_("E-Mail"), ordering="address")
    def address_shown(self, bounce):
        return str(bounce)

    @admin.display(description=_("Der Mailserver sagte"), empty_value="–")
    def server_said(self, bounce):
        words = bounce.diagnostic or bounce.status
        return Truncator(words).chars(self.WORDS_SHOWN)

    @admin.display(description=_("Newsletter"))
    def newsletter(self, bounce):
        return bounce.delivery.newsletter.title if bounce.delivery else "–"


@admin.register(AddressHealth)
class AddressHealthAdmin(OfficeList):
    belongs_here = _("Hier stehen Adressen, bei denen E-Mails nicht ankamen. Bisher ist es keine.")
    list_display = ["address", "points", "receives", "last_counted_on", "bounces"]
    list_filter = [StoppedFilter]
    search_fields = ["address__istartswith"]
    search_help_text = _("Sucht nach dem Anfang der Adresse.")
    actions = ["release"]
    fields = [
        "address",
        "points",
        "receives",
        "last_counted_on",
        "bounces",
        "released_by",
        "released_at",
    ]
    readonly_fields = fields

    @admin.display(description=_("Punkte"), ordering="score")
    def points(self, health):
        return number_format(health.score, decimal_pos=1)

    @admin.display(description=_("Newsletter"), ordering="stopped_at")
    def receives(self, health):
        if health.stopped_at is None:
            return gettext("wird noch gesendet")
        day = date_format(localtime(health.stopped_at), "DATE_FORMAT")
        return gettext("angehalten seit %(day)s") % {"day": day}

    @admin.display(description=_("Rückläufer"))
    def bounces(self, health):
        address = reverse("admin:network_bounce_changelist", query={"q": health.address})
        return format_html('<a href="{}">{}</a>', address, gettext("ansehen"))

    @admin.action(description=_("Wieder anschreiben (Punkte auf 0 setzen)"), permissions=["change"])
    def release(self, request, addresses):
        with transaction.atomic():
            stopped = list(addresses.stopped().select_for_update(of=["self"]))
            number = addresses.release(by=request.user)
            for address in stopped:
                record(AuditEntry.Action.RELEASED, request.user, address)
        if not number:
            nothing = gettext("Keine der gewählten Adressen war angehalten.")
            self.message_user(request, nothing, messages.WARNING)
            return
        words = ngettext(
            "%d Adresse bekommt wieder Newsletter.",
            "%d Adressen bekommen wieder Newsletter.",
            number,
        )
        self.message_user(request, words % number)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
