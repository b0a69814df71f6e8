"""From a list to letters: which of the chosen institutions would get one, then yes or no."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.office import page
from network.asking import letters, whom
from offers.models import Institution


class AsksHouses(admin.ModelAdmin):
    """An admin whose list asks institutions about their entries.

    ``houses_path`` leads from a row to its institution.
    """

    houses_path = "institution"

    @admin.action(description=_("Um Bestätigung bitten (Brief) …"), permissions=["ask"])
    def ask_houses(self, request, chosen):
        """Show who would get a letter; write them if somebody agreed to just that."""
        keys = chosen.order_by().values(self.houses_path)
        plan = whom.plan(Institution.objects.filter(pk__in=keys))
        agreed = request.POST.get("agreed")
        if agreed and agreed == plan.mark:
            houses = Institution.objects.filter(pk__in=[one.house.pk for one in plan.letters])
            number = letters.ask(houses, by=request.user)
            words = ngettext(
                "%d Einrichtung bekommt einen Brief.",
                "%d Einrichtungen bekommen einen Brief.",
                number,
            )
            self.message_user(request, words % number, messages.SUCCESS)
            return None
        if agreed:
            words = _now("Inzwischen ist es anders. Sehen Sie bitte noch einmal hin.")
            self.message_user(request, words, messages.WARNING)
        context = {
            "plan": plan,
            "may_see_people": request.user.has_perm("network.view_contact"),
            "action": request.POST["action"],
            "selected": request.POST.getlist("_selected_action"),
            "across": request.POST.get("select_across", "0"),
            "list_address": request.get_full_path(),
        }
        title = _now("Um Bestätigung bitten")
        return page(self, request, "admin/network/ask_houses.html", title, context)

    def has_ask_permission(self, request):
        return request.user.has_perm("network.add_houseletter")
