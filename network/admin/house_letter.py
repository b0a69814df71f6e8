"""Letters to institutions about their entries: who was asked when, and what came of it."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.office import ReadOnly
from network.asking import letters
from network.models import HouseLetter, HouseLink
from offers.admin.list_filters import SelectFilter
from offers.admin.listing import OfficeList
from offers.models import Institution


class LetterFilter(SelectFilter):
    title = _("Stand")
    parameter_name = "stand"
    questions = {
        "beantwortet": lambda found: found.answered(),
        "offen": lambda found: found.unanswered(),
        "zurueck": lambda found: found.come_back(),
        "wartet": lambda found: found.waiting(),
    }

    def lookups(self, request, model_admin):
        return [
            ("beantwortet", _("beantwortet")),
            ("offen", _("noch keine Antwort")),
            ("zurueck", _("abgelehnt oder zurückgekommen")),
            ("wartet", _("noch nicht verschickt")),
        ]

    def queryset(self, request, found):
        return self.questions[self.value()](found) if self.value() else found


@admin.register(HouseLetter)
class HouseLetterAdmin(ReadOnly, OfficeList):
    belongs_here = _(
        "Hier steht, welche Einrichtung wann gefragt wurde, ob ihre Einträge noch stimmen. Wählen "
        "Sie unter Netzwerkpartner Einrichtungen aus und „Um Bestätigung bitten“."
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
        return letter.contact or _("Postfach der Einrichtung")

    @admin.display(description=_("von"))
    def asked_by(self, letter):
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


class AsksHouses(admin.ModelAdmin):
    """An admin of partners whose list asks chosen houses about their entries."""

    @admin.action(description=_("Um Bestätigung bitten (Brief)"), permissions=["ask"])
    def ask_houses(self, request, partners):
        chosen = Institution.objects.filter(pk__in=partners.order_by().values("institution"))
        asked, unreachable = letters.ask(chosen, by=request.user)
        if asked:
            words = ngettext(
                "%d Einrichtung bekommt einen Brief.",
                "%d Einrichtungen bekommen einen Brief.",
                asked,
            )
            self.message_user(request, words % asked, messages.SUCCESS)
        if unreachable:
            names = ", ".join(house.name for house in unreachable)
            words = _now("Ohne E-Mail-Adresse, bitte anrufen: %s.")
            self.message_user(request, words % names, messages.WARNING)
        if quiet := chosen.count() - asked - len(unreachable):
            words = ngettext(
                "%d Einrichtung bekommt keinen Brief: Dort ist nichts zu bestätigen, oder der "
                "letzte Brief ist keine Woche her.",
                "%d Einrichtungen bekommen keinen Brief: Dort ist nichts zu bestätigen, oder der "
                "letzte Brief ist keine Woche her.",
                quiet,
            )
            self.message_user(request, words % quiet, messages.INFO)

    def has_ask_permission(self, request):
        return request.user.has_perm("network.add_houseletter")
