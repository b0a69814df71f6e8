"""What became of each mail of a newsletter; a person decides where nobody else can."""

from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from network.models import Delivery, Newsletter
from network.newsletters.composing import messages as messages_of
from network.newsletters.sending import steering
from offers.admin.list_filters import SelectFilter


class StateFilter(SelectFilter):
    """The state; and what came back, which a mail may whatever its state."""

    title = _("Stand")
    parameter_name = "stand"
    field = "state"
    CAME_BACK, SIGNED_OFF = "zurueck", "abgemeldet"
    options = [
        *Delivery.State.choices,
        (CAME_BACK, _("zurückgekommen")),
        (SIGNED_OFF, _("damit abgemeldet")),
    ]

    def narrow(self, deliveries, value):
        if value == self.CAME_BACK:
            return deliveries.came_back().distinct()
        if value == self.SIGNED_OFF:
            return deliveries.signed_off()
        return super().narrow(deliveries, value)


class NewsletterFilter(SelectFilter):
    title = _("Newsletter")
    parameter_name = field = "newsletter"

    def lookups(self, request, model_admin):
        sent = Newsletter.objects.exclude(frozen_at=None)
        return [(str(one.pk), one.title) for one in sent]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """The ledger: to be read; unclear and failed mails also to be decided about."""

    belongs_here = _(
        "Hier steht für jede Adresse, ob ein Newsletter ankam. Bisher ist keiner verschickt."
    )
    list_display = ["address", "newsletter", "state", "server_said", "answered_at", "attempts"]
    list_display_links = ["address"]
    list_filter = [StateFilter, NewsletterFilter]
    list_select_related = ["newsletter"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-newsletter", "pk"]
    search_fields = ["address__istartswith", "domain"]
    search_help_text = _("Sucht nach dem Anfang der Adresse oder der Domain.")
    actions = ["send_again", "take_for_delivered"]
    fields = [
        "newsletter",
        "address",
        "language",
        "state",
        "server_said",
        "message_id",
        "answered_at",
        "data_at",
        "attempts",
        "retry_at",
        "decided_by",
        "decided_at",
    ]

    @admin.display(description=_("Der Mailserver sagte"), empty_value="–")
    def server_said(self, delivery):
        return delivery.said

    @admin.display(description=_("Message-ID (für die Suche im Protokoll des Mailservers)"))
    def message_id(self, delivery):
        return messages_of.message_id(delivery.newsletter, delivery)

    @admin.action(
        description=_("Noch einmal senden (unklare und gescheiterte)"), permissions=["send"]
    )
    def send_again(self, request, deliveries):
        number = steering.send_again(deliveries, by=request.user)
        words = ngettext(
            "%d Nachricht wird noch einmal gesendet.",
            "%d Nachrichten werden noch einmal gesendet.",
            number,
        )
        self._tell(request, number, words)

    @admin.action(description=_("Als angekommen abschließen (unklare)"), permissions=["send"])
    def take_for_delivered(self, request, deliveries):
        number = deliveries.close(by=request.user)
        words = ngettext(
            "%d Nachricht ist abgeschlossen.", "%d Nachrichten sind abgeschlossen.", number
        )
        self._tell(request, number, words)

    def changelist_view(self, request, extra_context=None):
        asks_a_person = request.GET.get(StateFilter.parameter_name) == Delivery.State.UNCLEAR
        if request.method == "GET" and asks_a_person:
            messages.warning(
                request,
                gettext(
                    "Bei diesen Nachrichten ist unklar, ob sie angekommen sind: Die Verbindung "
                    "brach ab, nachdem die Nachricht übergeben war. Von selbst werden sie nicht "
                    "noch einmal gesendet. Fragen Sie nach, oder senden Sie sie noch einmal – "
                    "viele Mailprogramme zeigen sie dann trotzdem nur einmal – oder schließen "
                    "Sie sie ab."
                ),
            )
        return super().changelist_view(request, extra_context)

    def has_send_permission(self, request):
        return request.user.has_perm("network.send_newsletter")

    def _tell(self, request, number, words):
        if number:
            self.message_user(request, words % number)
            return
        nothing = gettext(
            "Keine der gewählten Nachrichten wartet auf eine Entscheidung, oder ihr Newsletter "
            "wurde abgebrochen."
        )
        self.message_user(request, nothing, messages.WARNING)
