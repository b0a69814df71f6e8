"""What an institution answers: an entry is right, is gone, is different; or a message.

The row of the link is held, so that two people with the same letter answer one after the other.
Nothing but "right" changes an entry by itself: the office decides.
"""

import copy

from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.keys import key
from offers.curation.confirming import confirm as note_confirmed
from offers.curation.confirming import take_back, take_back_own
from offers.curation.proposals import in_words, propose_by_link
from offers.curation.record import ROOT, plain, take
from offers.models import Feedback, FreePlaces, Offer

from . import house

Topic = Feedback.Topic


def confirm(link, seen):
    """Confirm the entries of the house that still stand as they were seen.

    ``seen`` are ``Entry.seen`` of buttons. Returns the numbers of the confirmed ones and of those
    that changed meanwhile, also in what the house itself wants otherwise. Who confirms an entry
    takes back that it is gone.
    """
    wanted = dict(_read(one) for one in seen)
    entries = [one for one in house.of(link.institution).entries if one.offer.pk in wanted]
    right = [one.offer.pk for one in entries if one.mark == wanted[one.offer.pk] and not one.sent]
    changed = [one.offer.pk for one in entries if one.offer.pk not in right]
    reason = _("vom Träger mit dem Link seines Briefs bestätigt")
    method = Offer.ConfirmMethod.PARTNER
    if right:
        note_confirmed(Offer.objects.filter(pk__in=right), method=method, reason=reason)
        said = Feedback.objects.open().filter(offer__in=right, institution=link.institution)
        said.filter(topic=Topic.GONE).update(done_at=timezone.now())
    return right, changed


def say_places(offer, state):
    """Note how many places are free; families read it until it fades. Return whether that is a
    state that can be said.
    """
    if state not in FreePlaces.State.values:
        return False
    said = {"state": state, "wait_months": None, "said_at": timezone.now()}
    FreePlaces.objects.update_or_create(offer=offer, defaults=said)
    return True


def say_wait(offer, months):
    """Note about how long families wait where no place is free; return whether none is, and
    ``months`` is a time that can be said, as text.
    """
    used_up = FreePlaces.objects.filter(offer=offer, state__in=FreePlaces.USED_UP)
    can_be_said = key(months) in FreePlaces.Wait.values
    return can_be_said and bool(used_up.update(wait_months=key(months), said_at=timezone.now()))


def report_gone(institution, offer, by=None):
    """Tell the office that there is an entry no more; it decides whether it is archived.

    Until then families do not read that somebody vouches for it, whoever it was.
    """
    tell(institution, offer, Topic.GONE)
    reason = _("vom Träger gemeldet: gibt es nicht mehr")
    take_back(Offer.objects.filter(pk=offer.pk), by=by, reason=reason)


def tell(institution, offer, topic, message=""):
    """Leave something for the office to decide, said by a house about itself or an entry; the very
    same once.
    """
    said = {"offer": offer, "institution": institution, "topic": topic, "message": message}
    if not Feedback.objects.open().filter(**said).exists():
        Feedback.objects.create(**said)


def propose(link, offer, form):
    """Hand the office what a valid form changed; a note alone is a message."""
    note = form.cleaned_data["note"]
    if not form.changed:
        tell(link.institution, offer, Topic.OTHER, note)
        return
    take_back_own(offer)  # before its base is read: that is no change of somebody else
    base = take(offer)
    wanted = copy.deepcopy(base)
    put_in(wanted, wanted[ROOT][offer.pk], form)
    propose_by_link(offer, base, wanted, link.institution, note)


def put_in(wanted, root, form):
    """Put the changed answers into a record. Times and prices in words replace those in rows."""
    said = {name: form.cleaned_data[name] for name in form.changed}
    if "ages" in said:
        said["ages"] = plain(Offer._meta.get_field("ages"), Offer(ages=said["ages"]))  # noqa: SLF001
    in_words(wanted, root, {form.of_the_entry[name]: value for name, value in said.items()})
    if {"cost", "cost_kind"} & said.keys():
        root["cost_note"] = form.cleaned_data["cost"]
    if said.get("cost_kind") == Offer.Cost.FREE and "cost" not in said:
        root["cost_note"] = ""  # what it cost before
    if said.get("cost") and root["cost_kind"] == Offer.Cost.UNKNOWN:
        root["cost_kind"] = Offer.Cost.PAID


def _read(text):
    number, _dash, mark = text.partition("-")
    return key(number), mark
