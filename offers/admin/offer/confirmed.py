"""An entry is still right: by phone, by mail or on a visit, with one button; then the next."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.office import form_of
from offers.curation.confirming import confirm
from offers.models import ChangeProposal, Editorship, Offer
from offers.quality import work_list

Method = Offer.ConfirmMethod
WAYS = {
    Method.PHONE.value: _("am Telefon"),
    Method.MAIL.value: _("per Mail"),
    Method.VISIT.value: _("bei einem Besuch"),
}


class Confirming(admin.ModelAdmin):
    """An admin of offers whose form and list say that all is right today, and who said so."""

    def get_actions(self, request):
        """Offer each way of confirming as an action of its own: no second page asks for it."""
        actions = super().get_actions(request)
        if Editorship.objects.restricts(request.user) and self.has_change_permission(request):
            return {f"confirm_{Method.PARTNER}": BY_THE_HOUSE} | actions
        if not self.may_confirm(request):
            return actions
        own = {f"confirm_{name}": _action(name, way) for name, way in WAYS.items()}
        return own | actions

    def may_confirm(self, request):
        is_office = not Editorship.objects.restricts(request.user)
        return is_office and request.user.has_perm("offers.publish_offer")

    def render_change_form(self, request, context, **kwargs):
        offer = context.get("original")
        is_live = offer is not None and offer.status != Offer.Status.ARCHIVED
        if is_live and self.may_confirm(request):
            context["ways_to_confirm"] = WAYS
        return super().render_change_form(request, context, **kwargs)

    def after_saving(self, request, entry, change):
        """What the office enters it knows; what is only corrected counts as looked at when said."""
        super().after_saving(request, entry, change)
        if not self.may_confirm(request):
            return
        method = request.POST.get("_confirm")
        if method in WAYS:
            confirm(_only(entry), by=request.user, method=method)
            entry.refresh_from_db()
        elif not change and entry.confirmed_at is None:
            confirm(_only(entry), by=request.user)
            entry.refresh_from_db()

    def response_change(self, request, obj):
        if request.POST.get("_confirm") not in WAYS or not self.may_confirm(request):
            return super().response_change(request, obj)
        way = WAYS[request.POST["_confirm"]]
        words = _now("„%(title)s“ stimmt: heute %(way)s bestätigt.")
        self.message_user(request, words % {"title": obj, "way": way}, messages.SUCCESS)
        if following := self.next_entry(request, obj):
            text = _now('Als Nächstes: <a href="{}">{}</a>')
            address = self.address_of(request, following)
            self.message_user(request, format_html(text, address, following), messages.INFO)
        else:
            self.message_user(request, _now("Auf diesem Stapel liegt nichts mehr."), messages.INFO)
        return HttpResponseRedirect(self.address_of(request, obj))

    def next_entry(self, request, offer):
        """Return the next entry of the pile somebody came from, else of those to be confirmed."""
        filters = self.get_preserved_filters(request)
        name = work_list.pile_in(filters) or work_list.DUE
        return work_list.next_in(name, request.user, self.get_queryset(request), but_not=offer)

    def address_of(self, request, offer):
        filters = self.get_preserved_filters(request)
        return f"{form_of(offer)}?{filters}" if filters else form_of(offer)


def _only(offer):
    return Offer.objects.filter(pk=offer.pk)


def _action(method, way):
    """Return an action of the list as Django keeps it: function, name, words."""

    def confirm_all(_admin, request, offers):
        number = confirm(offers, by=request.user, method=method)
        words = ngettext(
            "%(n)d Eintrag ist heute %(way)s bestätigt.",
            "%(n)d Einträge sind heute %(way)s bestätigt.",
            number,
        )
        messages.success(request, words % {"n": number, "way": way})

    name = f"confirm_{method}"
    return confirm_all, name, _("Stimmt noch: heute %s bestätigt") % way


def _confirm_own(_admin, request, offers):
    """The list of a house holds its own entries only, and confirms none that is no more, or that
    it wants otherwise itself.
    """
    wanted = ChangeProposal.objects.open().of_houses().values("offer")
    right = offers.meant_for_readers().exclude(pk__in=wanted)
    left = offers.count() - right.count()
    number = confirm(right, by=request.user, method=Method.PARTNER)
    if left:
        words = ngettext(
            "%d Eintrag ist nicht bestätigt: Er ist nicht veröffentlicht, oder Ihre Änderung liegt "
            "noch bei der Redaktion.",
            "%d Einträge sind nicht bestätigt: Sie sind nicht veröffentlicht, oder Ihre Änderung "
            "liegt noch bei der Redaktion.",
            left,
        )
        messages.warning(request, words % left)
    if not number:
        return
    words = ngettext(
        "%d Eintrag ist heute bestätigt. Danke.", "%d Einträge sind heute bestätigt. Danke.", number
    )
    messages.success(request, words % number)


BY_THE_HOUSE = (_confirm_own, f"confirm_{Method.PARTNER}", _("Stimmt noch"))
