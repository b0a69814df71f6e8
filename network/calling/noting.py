"""What a call came to: entries put right and confirmed by telephone, or nobody reached."""

import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from network.asking.answering import put_in, report_gone, say_places, tell
from network.models import Call
from offers.curation.confirming import confirm
from offers.curation.record import ROOT, put, take
from offers.models import Feedback, Institution, Offer, OfferPlace

from .forms import Said


@transaction.atomic
def note_reached(institution, forms, by, seen):
    """Keep what valid forms of a house's entries say; return the ``Call`` with how many are
    confirmed. Confirmed by telephone counts as confirmed, with its day and who called.

    ``seen`` is the number of the last call that whoever filled them in knew of, as text. Raises
    ``ValidationError`` if there was another since, or an entry breaks a rule by it; then nothing is
    kept.
    """
    _refuse_if_called_since(institution, seen)
    told = [form for form in forms if form.says_something]
    for form in told:
        _keep(form, by)
        if state := form.cleaned_data.get("places"):
            say_places(form.offer, state)
        if form.cleaned_data["note"]:
            tell(institution, form.offer, Feedback.Topic.OTHER, form.cleaned_data["note"])
        if form.cleaned_data["said"] == Said.GONE:
            report_gone(institution, form.offer, by)
    right = [form.offer.pk for form in told if form.cleaned_data["said"] == Said.RIGHT]
    if right:
        reason = _("am Telefon bestätigt: %s") % institution.name
        method = Offer.ConfirmMethod.PHONE
        confirm(Offer.objects.filter(pk__in=right), by=by, method=method, reason=reason)
    return Call.objects.create(institution=institution, by=by, confirmed=len(right))


def note_nobody(institution, again_at, by):
    """Note that nobody answered, and when somebody tries again."""
    return Call.objects.create(institution=institution, by=by, again_at=again_at)


def last_call(institution):
    """Return the number of the last call to a house, 0 without one."""
    return max(Call.objects.filter(institution=institution).values_list("pk", flat=True), default=0)


def _refuse_if_called_since(institution, seen):
    """Hold the house, so that two people who called it answer one after the other."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    last = last_call(institution)
    if not last or str(last) == seen:
        return
    call = Call.objects.for_office_list().get(pk=last)
    words = _(
        "Inzwischen hat %(who)s bei diesem Haus angerufen (%(clock)s Uhr). Von Ihnen ist noch "
        "nichts gespeichert, und Ihre Eingaben stehen hier. Sehen Sie nach, was jetzt im Eintrag "
        "steht; dann halten Sie sie noch einmal fest."
    )
    clock = date_format(timezone.localtime(call.called_at), "H:i")
    raise ValidationError(words % {"who": call.by or _("jemand"), "clock": clock})


def _keep(form, by):
    """Put what was filled in into the entry."""
    offer = Offer.objects.select_for_update().get(pk=form.offer.pk)
    with edit(by=by, reason=_("am Telefon erfragt")):
        if mode := form.cleaned_data["where"]:
            _place(offer, mode, form.own_place)  # first: times belong to a place
        if form.changed:
            wanted = copy.deepcopy(take(offer))
            put_in(wanted, wanted[ROOT][offer.pk], form)
            put(offer, wanted)


def _place(offer, mode, own_place):
    """Say where an entry is: where nobody knew, that answer replaces the empty one."""
    location = own_place if mode == OfferPlace.Mode.LOCATION else None
    unknown = offer.places.filter(mode=OfferPlace.Mode.UNKNOWN)
    if not offer.places.filter(mode=mode, location=location).exists():
        place = unknown.first() or OfferPlace(offer=offer)  # with the times that are known of it
        place.mode, place.location = mode, location
        place.full_clean()
        place.save()
    unknown.delete()
