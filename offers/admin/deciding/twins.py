"""The desk for entries that may be one: the likely pairs, one pair field by field, a decision."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kekiz_portal.lib.office import ReadOnly, form_of, page
from offers.admin.ownership import readable_by
from offers.curation import joining, parting
from offers.models import Institution, Offer, TwinDecision
from offers.quality import stock_twins

RIGHTS = ["offers.change_offer", "offers.change_institution", "offers.publish_offer"]


@dataclass(frozen=True)
class Kind:
    """A kind of entries of which two may be one; ``find`` returns the likely pairs."""

    model: type
    title: str
    find: Callable
    rights: list = field(default_factory=lambda: RIGHTS)
    what_happens: str = _(
        "Der erste Eintrag bleibt. Der zweite wird archiviert; seine Adresse führt dann zum "
        "ersten, und was an ihm hängt, hängt am ersten."
    )


# By the word in an address. An upper floor adds its own.
KINDS = {
    "einrichtungen": Kind(Institution, _("Einrichtungen"), stock_twins.of_institutions),
    "angebote": Kind(Offer, _("Angebote"), stock_twins.of_offers),
}
MOST_SHOWN = 100
DESK = "admin:offers_twindecision_changelist"


@admin.register(TwinDecision)
class TwinAdmin(ReadOnly):
    """One page in place of a list, and one for each pair."""

    def has_view_permission(self, request, _obj=None):
        return bool(_kinds(request))

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.pair_view))
        address = "<slug:kind>/<int:first>/<int:second>/"
        back = self.admin_site.admin_view(require_POST(self.take_back_view))
        return [
            path(address, view, name="offers_twins"),
            path("<int:number>/zurueck/", back, name="offers_twins_take_back"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        kinds = _kinds(request)
        if not kinds:
            raise PermissionDenied
        context = {
            "kinds": [_shown(slug, kind) for slug, kind in kinds.items()],
            "decided": _decided_pairs([kind.model for kind in kinds.values()]),
        }
        return page(self, request, "admin/offers/twins.html", _now("Vielleicht doppelt"), context)

    def pair_view(self, request, kind, first, second):
        """Show two entries side by side; make them one, or remember that they are two."""
        kept, gone = _pair(_kind(request, KINDS.get(kind)), first, second)
        if words := _decided_already(kept, gone):
            self.message_user(request, words, messages.WARNING)
            return redirect(DESK)
        if request.method == "POST" and self._decided(request, kept, gone):
            return redirect(DESK)
        found = joining.choices(kept, gone)
        changes = readable_by(request.user, [one.change for one in found])
        shown = {change.name: change for change in changes}
        context = {
            "what_happens": KINDS[kind].what_happens,
            "kept": kept,
            "gone": gone,
            "kept_address": form_of(kept),
            "gone_address": form_of(gone),
            "swapped": reverse("admin:offers_twins", args=[kind, second, first]),
            "choices": [
                {"choice": one, "change": shown[one.name], "side": _sent(request, one) or one.side}
                for one in found
                if one.name in shown
            ],
        }
        title = _now("Vielleicht doppelt")
        return page(self, request, "admin/offers/twin_pair.html", title, context)

    def take_back_view(self, request, number):
        """Take a decision back: what was merged is two again, and both are looked at anew."""
        decision = TwinDecision.objects.filter(pk=number).first()
        if decision is not None:
            by_label = {one.model._meta.label_lower: one for one in KINDS.values()}  # noqa: SLF001
            _kind(request, by_label.get(decision.model))
        if decision is None:
            words, level = _now("Das hat schon jemand zurückgenommen."), messages.WARNING
        elif words := _taken_back(decision, request.user):
            level = messages.ERROR
        else:
            words, level = _now("Zurückgenommen."), messages.SUCCESS
        self.message_user(request, words, level)
        return redirect(DESK)

    def _decided(self, request, kept, gone):
        if "zwei" in request.POST:
            joining.tell_apart(kept, gone, request.user)
            words = _now("Gemerkt: „%(one)s“ und „%(other)s“ sind zwei.")
            self.message_user(request, words % {"one": kept, "other": gone}, messages.SUCCESS)
            return True
        sides = {one.name: _sent(request, one) for one in joining.choices(kept, gone)}
        chosen = {name: side for name, side in sides.items() if side}
        try:
            joining.join(kept, gone, chosen, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        words = _now("Zusammengeführt. „%s“ bleibt; die Adresse des anderen führt dorthin.")
        self.message_user(request, words % kept, messages.SUCCESS)
        return True


def _kinds(request):
    """Return the kinds that somebody may decide about, by their words."""
    return {slug: kind for slug, kind in KINDS.items() if request.user.has_perms(kind.rights)}


def _kind(request, kind):
    """Return a kind that there is and that somebody may decide about."""
    if kind is None:
        raise Http404
    if not request.user.has_perms(kind.rights):
        raise PermissionDenied
    return kind


def _taken_back(decision, by):
    """Take a decision back; return why it cannot be, "" if it was."""
    if not decision.is_one:
        decision.delete()
        return ""
    try:
        parting.part(decision, by)
    except (ValidationError, LookupError) as error:
        reasons = getattr(error, "messages", [_now("Ihre Versionen sind nicht mehr da.")])
        return " ".join([_now("Das lässt sich so nicht zurücknehmen."), *reasons])
    return ""


def _sent(request, choice):
    side = request.POST.get(choice.name)
    return side if side in (joining.KEPT, joining.GONE, joining.BOTH) else None


def _pair(kind, first, second):
    rows = kind.model.objects.in_bulk([first, second])
    if len(rows) < 2:  # noqa: PLR2004
        raise Http404
    return rows[first], rows[second]


def _decided_already(one, other):
    """Say what somebody decided about two entries meanwhile, with a way there; "" for nothing."""
    decision = TwinDecision.objects.between(one, other)
    gone = next((each for each in (one, other) if each.is_put_away), None)
    if decision and not decision.is_one:
        return _now("Schon entschieden: Es sind zwei. Unten können Sie das zurücknehmen.")
    if gone is None:
        return ""
    kept = TwinDecision.objects.successor(type(gone), pk=gone.pk)
    if kept is None:
        words = _now('Schon entschieden: <a href="{}">{}</a> ist archiviert.')
        return format_html(words, form_of(gone), gone)
    words = _now('Schon entschieden: <a href="{}">{}</a> bleibt, „{}“ ist darin aufgegangen.')
    return format_html(words, form_of(kept), kept, gone)


def _shown(slug, kind):
    """Return what the desk shows of a kind: its name and the pairs with their addresses."""
    pairs = kind.find()
    shown = pairs[:MOST_SHOWN]
    entries = kind.model.objects.in_bulk({key for one in shown for key in (one.first, one.second)})
    return {
        "title": kind.title,
        "number": len(pairs),
        "pairs": [
            {
                "first": entries[one.first],
                "second": entries[one.second],
                "why": one.why,
                "address": reverse("admin:offers_twins", args=[slug, one.first, one.second]),
            }
            for one in shown
        ],
    }


def _decided_pairs(models):
    """Return the newest decisions about models with their two entries, if both still exist."""
    newest = TwinDecision.objects.select_related("decided_by").order_by("-decided_at", "-pk")
    newest = list(newest[:MOST_SHOWN])
    found = []
    for model in models:
        label = model._meta.label_lower  # noqa: SLF001, documented API
        of_kind = [one for one in newest if one.model == label]
        rows = model.objects.in_bulk({key for one in of_kind for key in (one.first, one.second)})
        found += [
            {
                "decision": one,
                "pair": [(each, form_of(each)) for each in both],
                "may_go_back": not one.is_one or parting.may_be_parted(one),
            }
            for one in of_kind
            if len(both := [rows[key] for key in (one.first, one.second) if key in rows]) > 1
        ]
    return sorted(found, key=lambda one: newest.index(one["decision"]))
