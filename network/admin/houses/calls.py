"""The call desk: one house a screen, all its entries, what to ask and where to write it down."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib import telephone
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.keys import keys
from kekiz_portal.lib.office import ReadOnly, page
from network.asking import escalation
from network.calling import gain, holding, noting, questions
from network.calling.forms import AgainForm, CallForm
from network.models import Call
from network.models.call import houses_without_number
from offers.admin.listing import OfficeList
from offers.models import Institution

RIGHT = "network.add_call"  # to put right and confirm what a house says on the telephone


@admin.register(Call)
class CallAdmin(ReadOnly, OfficeList):
    belongs_here = _(
        "Hier steht, wer wann bei welcher Einrichtung angerufen hat. Bisher hat niemand angerufen."
    )
    list_display = ["institution", "called_at", "by", "confirmed", "again_at"]
    search_fields = ["institution__name"]
    ordered_by = {"institution": GermanOrder("institution__name")}

    def get_urls(self):
        allowed = permission_required(RIGHT, raise_exception=True)
        first = self.admin_site.admin_view(allowed(self.next_view))
        house_view = allowed(require_http_methods(["GET", "POST"])(self.house_view))
        one = self.admin_site.admin_view(house_view)
        own = [
            path("anrufen/", first, name="network_call_desk"),
            path("anrufen/<int:number>/", one, name="network_call_house"),
        ]
        return [*own, *super().get_urls()]

    def next_view(self, request):
        """Lead to the house with the most to gain."""
        houses = gain.houses()
        if not houses:
            unreachable = houses_without_number().order_by(GermanOrder("name"), "name", "pk")
            context = {"without_number": unreachable}
            return page(self, request, "admin/network/call_nobody.html", _now("Anrufen"), context)
        numbers = [one.institution.pk for one in houses]
        return redirect("admin:network_call_house", holding.first_free(numbers, request.user))

    def house_view(self, request, number):
        """Show a house to call; keep what was said, then go on with the next one."""
        institution = get_object_or_404(Institution.objects.current(), pk=number)
        houses = gain.houses()
        keys = [one.institution.pk for one in houses]
        here = keys.index(number) if number in keys else -1
        after = holding.first_free(keys[here + 1 :], request.user)
        data = request.POST if request.method == "POST" else None
        is_nobody = data is not None and "niemand" in data
        offers = _entries(institution, data)
        forms = [CallForm(None if is_nobody else data, offer=offer) for offer in offers]
        again = AgainForm(data if is_nobody else None)
        if data is not None and self._kept(request, institution, forms, again, is_nobody=is_nobody):
            holding.let_go(number)
            if after in {None, number}:
                return redirect("admin:network_call_desk")
            return redirect("admin:network_call_house", after)
        context = {
            "opts": None,  # what is typed is about offers, not about people: it outlives the tab
            "institution": institution,
            "entries": [{"form": form, "questions": questions.of(form.offer)} for form in forms],
            "numbers": _numbers(institution, offers),
            "again": again,
            "called_by": User.objects.filter(pk=holding.take(number, request.user)).first(),
            "seen": noting.last_call(institution),
            "calls": Call.objects.filter(institution=institution).for_office_list()[:3],
            "place": here + 1,
            "number": len(keys),
            "after": after,
            "without_number": houses_without_number(),
            "rule": escalation.in_words(),
        }
        return page(self, request, "admin/network/call_house.html", institution.name, context)

    def _kept(self, request, institution, forms, again, *, is_nobody):
        """Keep what was posted; return whether it could be."""
        if is_nobody:
            if not again.is_valid():
                return False
            noting.note_nobody(institution, again.again_at, request.user)
            words = _now("„%s“: notiert, dass niemand da war.") % institution.name
            self.message_user(request, words)
            return True
        if not all([form.is_valid() for form in forms]):  # noqa: C419, each says what is wrong
            return False
        try:
            seen = request.POST.get("bisher", "")
            call = noting.note_reached(institution, forms, request.user, seen)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        words = ngettext(
            "„%(name)s“: %(number)d Eintrag bestätigt.",
            "„%(name)s“: %(number)d Einträge bestätigt.",
            call.confirmed,
        )
        if not call.confirmed:
            words = _now("„%(name)s“: gespeichert, aber noch nichts als bestätigt angekreuzt.")
        said = words % {"name": institution.name, "number": call.confirmed}
        self.message_user(request, said, messages.SUCCESS)
        return True


def _entries(institution, data):
    """Return the offers to ask about, with those that somebody else settled while we talked."""
    talked_about = {name.partition("-")[0].removeprefix("e") for name in data or ()}
    return list(gain.about([institution.pk], also=keys(talked_about)).for_page())


def _numbers(institution, offers):
    """Return the numbers to call, each once with its ``tel:`` address."""
    points = [point["phone"] for offer in offers for point in offer.public_contact_points]
    known = [institution.phone, *(offer.phone for offer in offers), *points]
    shown = dict.fromkeys(telephone.shown(text) for text in known if text)
    return [{"text": text, "uri": telephone.tel_uri(text)} for text in shown]
