"""Letters to institutions about their entries: who was asked when, and what came of it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.office import ReadOnly
from network.models import HouseLetter, HouseLink
from offers.admin.list_filters import SelectFilter
from offers.admin.listing import OfficeList


class LetterFilter(SelectFilter):
    title = _("Stand")
    parameter_name = "stand"
    options = [
        ("beantwortet", _("beantwortet")),
        ("offen", _("noch keine Antwort")),
        ("zurueck", _("abgelehnt oder zurückgekommen")),
        ("wartet", _("noch nicht verschickt")),
    ]
    questions = {
        "beantwortet": lambda found: found.answered(),
        "offen": lambda found: found.unanswered(),
        "zurueck": lambda found: found.come_back(),
        "wartet": lambda found: found.waiting(),
    }

    def narrow(self, found, value):
        return self.questions[value](found)


@admin.register(HouseLetter)
class HouseLetterAdmin(ReadOnly, OfficeList):
    belongs_here = _(
        "Hier steht, welche Einrichtung wann gefragt wurde, ob ihre Einträge noch stimmen. Wählen "
        "Sie unter Einrichtungen, Angebote oder Netzwerkpartner aus und „Um Bestätigung bitten“."
    )
    list_display = [
        "institution",
        "went_to",
        "entries",
        "wanted_at",
        "asked_by",
        "words",
        "used_at",
    ]
    list_filter = [LetterFilter]
    search_fields = ["institution__name"]
    actions = ["revoke"]
    fields = ["institution", "went_to", "entries", "wanted_at", "sent_at", "asked_by", "words"]
    readonly_fields = ["went_to", "asked_by", "words"]
    ordered_by = {"institution": GermanOrder("institution__name")}

    @admin.display(description=_("an"))
    def went_to(self, letter):
        if letter.sent_on_by_id:
            return letter.sent_on_to or _("jemand, den die Einrichtung nannte")
        return letter.contact or _("Postfach der Einrichtung")

    @admin.display(description=_("von"))
    def asked_by(self, letter):
        if letter.sent_on_by_id:
            return _("von der Einrichtung weitergegeben")
        return letter.by or _("von selbst")

    @admin.display(description=_("Stand"))
    def words(self, letter):
        return letter.state

    @admin.display(description=_("Antwort am"), ordering="link__used_at", empty_value="–")
    def used_at(self, letter):
        return letter.link and letter.link.used_at

    @admin.action(description=_("Link zurücknehmen"), permissions=["revoke"])
    def revoke(self, request, found):
        number = HouseLink.objects.filter(letter__in=found.order_by().values("pk")).revoke()
        words = ngettext("%d Link gilt nicht mehr.", "%d Links gelten nicht mehr.", number)
        self.message_user(request, words % number)

    def has_revoke_permission(self, request):
        return request.user.has_perm("network.change_houselink")
