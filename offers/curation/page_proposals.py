"""What the pages of providers say otherwise than an entry, as proposals; nothing changes by itself.

Each fact of a page is proposed once, with the sentence that says it and its address: what was
turned down is not proposed again, however it is written. Where a page says a fact no more, or the
entry says it now, an open proposal of it goes; a page that fails or cannot be read takes nothing.
"""

import copy
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from offers.models import ChangeProposal, Institution, Offer
from offers.quality.identity import dialled, mailboxes
from offers.reading import language, money, reader
from offers.reading.clock import same, times_in

from .proposals import in_words
from .record import ROOT, put, take

Fact = ChangeProposal.Fact
COST_LENGTH = Offer._meta.get_field("cost_note").max_length  # noqa: SLF001, documented API
FOUND_LENGTH = ChangeProposal._meta.get_field("found").max_length  # noqa: SLF001, as above
QUESTION_LENGTH = Institution._meta.get_field("open_question").max_length  # noqa: SLF001, as above

logger = logging.getLogger(__name__)


def pages():
    """Return the addresses to be read: those of published offers and of current institutions."""
    houses = Institution.objects.current().exclude(url="").order_by()
    offers = Offer.objects.meant_for_readers().exclude(url="").order_by()
    return set(houses.values_list("url", flat=True)) | set(offers.values_list("url", flat=True))


def take_in(url, document):
    """Propose what a page says otherwise than the entries that name it; return how many are new."""
    if not language.is_to_be_read(document):
        return 0
    houses = list(Institution.objects.current().filter(url=url))
    offers = list(Offer.objects.meant_for_readers().filter(url=url).for_page())
    is_alone = len(offers) == 1 and not houses
    known = [(one, _known_of_offer(one, is_alone=is_alone)) for one in offers]
    if len(houses) == 1:
        known.append((houses[0], _known_of_house(houses[0])))
    return sum(_take_in(entry, url, document, stands) for entry, stands in known)


def _take_in(entry, url, document, known):
    found = reader.differences(document, known, timezone.localdate())
    of_entry = ChangeProposal.objects.of_pages().filter(**_about(entry))
    before = list(of_entry.order_by("pk"))
    still = {one.pk for one in before if any(_is_same(one.fact, one.found, new) for new in found)}
    of_entry.open().filter(page=url).exclude(pk__in=still).delete()
    new = [one for one in found if not any(_is_same(old.fact, old.found, one) for old in before)]
    return sum(_propose(entry, url, one) for one in new)


def _is_same(fact, found, new):
    """Whether a proposal said what a page says now, in these words or others."""
    if fact != new.fact:
        return False
    if fact in (Fact.TIMES, Fact.HOURS):
        return same(times_in(found), times_in(new.value))
    if fact == Fact.PRICE:
        return money.amounts_in(found) == money.amounts_in(new.value)
    return found == new.value[:FOUND_LENGTH]


def _propose(entry, url, found):
    """Keep a proposal, unless the entry could not become so; return whether it is new."""
    base = take(entry)
    wanted = copy.deepcopy(base)
    values = _values(entry, found)
    if not values:
        return False
    in_words(wanted, wanted[ROOT][entry.pk], values)
    if wanted == base or not _may_become(entry, wanted):
        return False
    said = {"fact": found.fact, "found": found.value[:FOUND_LENGTH]}
    _proposal, is_new = ChangeProposal.objects.get_or_create(
        **_about(entry),
        **said,
        defaults={
            "page": url,
            "base": base,
            "wanted": wanted,
            "reason": _("Dort steht: „%s“") % found.sentence,
        },
    )
    return is_new


def _may_become(entry, wanted):
    """Whether the rules of an entry allow what is wanted; tried, and all of it taken back."""
    try:
        with transaction.atomic():
            put(type(entry).objects.get(pk=entry.pk), wanted)
            transaction.set_rollback(True)
    except ValidationError as error:
        name = type(entry).__name__
        logger.info("what a page says of %s %s cannot stand there: %s", name, entry.pk, error)
        return False
    return True


def _values(entry, found):
    """Return what a fact would make of the columns of an entry; nothing where it does not fit."""
    if found.fact == Fact.NOTICE:
        return _of_notice(entry, found)
    if found.fact == Fact.PRICE:
        return _of_price(entry, found)
    column = {Fact.TIMES: "schedule_text", Fact.HOURS: "opening_hours_text"}.get(found.fact)
    if found.fact == Fact.PHONE:
        return {"phone": telephone.shown(found.value)}
    return {column or found.fact: found.value}


def _of_notice(entry, found):
    if isinstance(entry, Offer):
        said = _("Laut Anbieter: „%s“") % found.value
        return {"alert_text": said}
    question = _("Auf der Internetseite steht: „%s“") % found.value
    return {"open_question": question} if len(question) <= QUESTION_LENGTH else {}


def _of_price(entry, found):
    amounts = money.amounts_in(found.value)
    if amounts == {0}:
        return {"cost_kind": Offer.Cost.FREE, "cost_note": ""}
    if len(found.value) > COST_LENGTH:
        return {}
    unsaid = entry.cost_kind in (Offer.Cost.UNKNOWN, Offer.Cost.FREE)
    kind = Offer.Cost.PAID if unsaid else entry.cost_kind
    return {"cost_kind": kind, "cost_note": found.value}


def _known_of_offer(offer, *, is_alone):
    points = offer.public_contact_points
    house = offer.provider
    phones = [offer.phone, house and house.phone, *(point["phone"] for point in points)]
    mails = [offer.email, house and house.email, *(point["email"] for point in points)]
    free = _("kostenlos") if offer.cost_kind == Offer.Cost.FREE else ""
    return reader.Known(
        names=tuple(filter(None, [offer.title, offer.alternate_name])),
        phones=dialled(phones),
        emails=mailboxes(mails),
        times=offer.times_as_text,
        price=f"{free} {offer.cost_as_text}".strip(),
        notice=offer.alert_text,
        is_alone=is_alone,
    )


def _known_of_house(house):
    return reader.Known(
        names=(house.name,),
        phones=dialled([house.phone]),
        emails=mailboxes([house.email]),
        hours=house.opening_hours_text,
        notice=house.open_question,
        is_house=True,
    )


def _about(entry):
    is_offer = isinstance(entry, Offer)
    return {"offer": entry if is_offer else None, "house": None if is_offer else entry}
