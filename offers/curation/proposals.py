"""Changes somebody proposes to a published offer, and what the office makes of them."""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from json import dumps, loads

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.models import ChangeProposal, Feedback, Offer
from offers.models.signals import decided

from .confirming import confirm, take_back_own
from .difference import Differences
from .merging import Merge
from .record import ROOT, from_json, parts_of, put, take
from .said_times import put_times

MARK_LENGTH = 16
MOST_WORDS = ChangeProposal._meta.get_field("answer").max_length  # noqa: SLF001, documented API


def propose(offer, base, wanted, by, reason=""):
    """Keep a proposal to turn ``offer`` from one record into another.

    A second proposal of the same person goes on with their open one: the form shows the entry as
    it stands, so what they leave alone there they do not take back.
    """
    before = ChangeProposal.objects.open().filter(offer=offer, by=by).first()
    if before is not None:
        wanted, reason = _both(before, base, wanted), reason or before.reason
    proposal, _created = ChangeProposal.objects.update_or_create(
        offer=offer,
        by=by,
        state=ChangeProposal.State.OPEN,
        defaults={"base": base, "wanted": wanted, "reason": reason},
    )
    take_back_own(offer, by=by)
    return proposal


def _both(before, base, wanted):
    """Return what is wanted with what an earlier proposal wants and nobody wants otherwise now."""
    parts = parts_of(Offer)
    earlier = Merge(parts, from_json(before.base), base, from_json(before.wanted)).record
    return Merge(parts, base, earlier, wanted).record


def propose_by_link(offer, base, wanted, institution, reason=""):
    """Keep a proposal of an institution; another one stands beside it, the very same does not.

    Whoever has the link of a letter may be one of several people: none of them replaces another.
    """
    said = {"offer": offer, "institution": institution, "reason": reason}
    wanted, base = (loads(dumps(one, cls=DjangoJSONEncoder)) for one in (wanted, base))
    new = ChangeProposal(**said, base=base, wanted=wanted)
    for one in ChangeProposal.objects.open().filter(**said).order_by("pk"):
        if changes(one) == changes(new):  # in words: new rows have other keys each time
            return one
    new.save()
    return new


def in_words(record, root, said):
    """Put values said in words (column -> text) into a record; they replace those in rows.

    ``root`` are the values of its entry. Times become rows themselves if they can be read.
    """
    before = root.get("schedule_text", "")
    root |= said
    if "schedule_text" in said:
        root["schedule_text"] = put_times(record, before, said["schedule_text"])
    if {"cost_note", "cost_kind"} & said.keys():
        record["price"] = {}


def changes(proposal):
    """Return what the proposer changed, as ``Change`` in words."""
    differences = Differences(type(proposal.entry))
    return differences.between(from_json(proposal.base), from_json(proposal.wanted))


def overtaken(proposal):
    """Return what changed here since the proposer looked, as ``Change`` in words."""
    entry = proposal.entry
    return Differences(type(entry)).between(from_json(proposal.base), take(entry))


def mark_of(entry):
    """Return what tells this state of an entry from any other."""
    said = dumps(take(entry), sort_keys=True, cls=DjangoJSONEncoder)
    return sha256(said.encode()).hexdigest()[:MARK_LENGTH]


@dataclass(frozen=True)
class Choice:
    """What is taken over or not: a field ("root.phone") or a kind of rows ("place")."""

    key: str
    label: str


def choices(proposal):
    """Return the ``Choice`` of each of its changes, every one once.

    A field of the entry stands for itself. Rows hang together, as a place and its times do: they
    are taken over or left as one, under the names of what changes of them.
    """
    parts = {part.name: part for part in parts_of(type(proposal.entry))}
    labels = defaultdict(dict)
    for change in changes(proposal):
        part = _top(parts, change.name.partition(".")[0])
        labels[change.name if part.name == ROOT else part.name][change.label] = True
    return [Choice(key, ", ".join(names)) for key, names in labels.items()]


def _without(model, base, wanted, left):
    """Return a record that asks for all that ``wanted`` does but for the keys that are ``left``."""
    parts = {part.name: part for part in parts_of(model)}
    record = deepcopy(wanted)
    for key in left:
        name, _dot, field = key.partition(".")
        if name == ROOT:
            for pk, row in record[ROOT].items():
                row[field] = base[ROOT][pk][field]
        for part in parts:
            if name != ROOT and _top(parts, part).name == name:
                record[part] = deepcopy(base.get(part, {}))
    return record


def _top(parts, name):
    """Return the part below the entry under which rows of a part hang."""
    part = parts[name]
    while part.under not in {"", ROOT}:
        part = parts[part.under]
    return part


def accept(proposal, by, seen="", left=()):
    """Make the entry what was proposed, and keep what was changed here meanwhile.

    A value the proposer left alone stays as it is now, and so do the keys of ``choices`` that are
    ``left``. ``seen`` is the ``mark_of`` the entry as whoever decides saw it. Raises
    ``ValidationError`` if it is another one now or the result breaks a rule, and
    ``ChangeProposal.DoesNotExist`` if somebody decided already.
    """
    with transaction.atomic():
        proposal = _open_and_locked(proposal)
        model = type(proposal.entry)
        entry = model.objects.select_for_update().get(pk=proposal.entry.pk)
        _check(entry, seen)
        base, wanted = from_json(proposal.base), from_json(proposal.wanted)
        not_taken = [one.label for one in choices(proposal) if one.key in left]
        wanted = _without(model, base, wanted, left)
        merge = Merge(parts_of(model), base, take(entry), wanted)
        words = _("Vorschlag von %s") % (proposal.sender or _("einem gelöschten Zugang"))
        reason = f"{words}: {proposal.reason}" if proposal.reason else words
        with edit(by=by, reason=reason):
            put(entry, merge.record)
            if proposal.institution_id and not not_taken:
                _confirm_as_said(proposal)  # else families read what they say is wrong
        answer = _("Nicht übernommen: %s") % ", ".join(not_taken) if not_taken else ""
        _keep_wish(proposal)
        _decide(proposal, ChangeProposal.State.ACCEPTED, by, answer[:MOST_WORDS])


def _keep_wish(proposal):
    """What a house wrote beside its answers stands in no field: it stays open until ticked off."""
    said = {"offer": proposal.offer, "institution": proposal.institution}
    said |= {"topic": Feedback.Topic.OTHER, "message": proposal.reason}
    if proposal.institution_id and proposal.reason:
        Feedback.objects.open().get_or_create(**said)


def _check(entry, seen):
    if seen and mark_of(entry) != seen:
        words = _("Den Eintrag hat inzwischen jemand geändert. Sehen Sie nach, was jetzt dasteht.")
        raise ValidationError(words)


def _confirm_as_said(proposal):
    """Who put an entry right has looked at it: it counts as confirmed then."""
    said = Offer.objects.filter(pk=proposal.offer_id)
    newer = said.filter(confirmed_at__gt=proposal.created_at)
    if not newer.exists():
        confirm(said, method=Offer.ConfirmMethod.PARTNER, at=proposal.created_at)


def decline(proposal, by, answer):
    """Close a proposal without taking it over; ``answer`` says why.

    Raises ``ChangeProposal.DoesNotExist`` if somebody decided already.
    """
    with transaction.atomic():
        _decide(_open_and_locked(proposal), ChangeProposal.State.DECLINED, by, answer)


def _open_and_locked(proposal):
    return ChangeProposal.objects.open().select_for_update().get(pk=proposal.pk)


def _decide(proposal, state, by, answer=""):
    proposal.state, proposal.answer = state, answer
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.full_clean()
    proposal.save()
    decided.send(sender=None, actor=by, proposal=proposal)
