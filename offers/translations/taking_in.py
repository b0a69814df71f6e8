"""Take in what translators send back: nothing newer that somebody wrote here is overwritten."""

from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib import rich_text
from kekiz_portal.lib.history.recording import edit
from offers.models import Offer, OfferTranslation
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS
from offers.protection.protected_addresses import looked_up_once

from .work import row_for
from .xliff import RICH, sign_of


@dataclass(frozen=True)
class Refused:
    """A text that was not taken in, and why."""

    title: str
    what: str
    reason: str


@dataclass
class Report:
    """What became of a file: texts taken, those that said nothing new, those refused."""

    language: str
    taken: int = 0
    same: int = 0
    empty: int = 0
    outdated: int = 0
    refused: list = field(default_factory=list)


def take_in(units, language, by, reason):
    """Write what came back in a language; returns a ``Report``."""
    report = Report(language)
    known = {str(one.uuid): one.pk for one in Offer.objects.only("uuid")}
    with edit(by=by, reason=reason), looked_up_once():
        ordered = sorted(units, key=lambda unit: unit.offer)
        for uuid, group in groupby(ordered, key=lambda unit: unit.offer):
            of_one = list(group)
            if uuid in known and all(unit.name for unit in of_one):
                _take_offer(known[uuid], language, of_one, report)
            else:
                words = _("Diesen Text gibt es hier nicht.")
                report.refused += [Refused(uuid[:80], unit.name, words) for unit in of_one]
    return report


@transaction.atomic
def _take_offer(key, language, units, report):
    report.empty += sum(not one.text for one in units)
    units = [one for one in units if one.text]
    if not units:
        return
    offer = Offer.objects.get(pk=key)
    row = row_for(offer, language)
    row = OfferTranslation.objects.select_for_update().get(pk=row.pk)
    row.offer = offer
    before = _said(row)
    final = {one.name for one in units if _take(row, one, report) and one.is_final}
    if all(name in final and not row.is_old(name) for name in TEXTS if getattr(offer, name)):
        row.state = row.State.CHECKED
    elif before != _said(row):
        row.state = row.State.MACHINE
    if before != _said(row):
        row.save()


def _said(row):
    return [row.state, *(getattr(row, name) for part in TEXTS for name in (part, f"{part}_of"))]


def _take(row, unit, report):
    """Let a row say what a unit says; return whether nothing speaks against it."""
    text = rich_text.stored(unit.text) if unit.name in RICH else unit.text
    now = getattr(row, unit.name)
    if text == now and not (unit.is_final and row.is_old(unit.name)):
        report.same += 1
        return True
    if sign_of(now) != unit.before:
        reason = _("Hier hat inzwischen jemand etwas anderes geschrieben. Das bleibt.")
    else:
        reason = _what_is_wrong(row, unit, text)
    if reason:
        label = str(row._meta.get_field(unit.name).verbose_name)  # noqa: SLF001, documented API
        report.refused.append(Refused(row.offer.title, label, reason))
        return False
    report.taken += 1
    report.outdated += unit.german != fingerprint.of(getattr(row.offer, unit.name))
    return True


def _what_is_wrong(row, unit, text):
    """Say the text, and take it back where a rule speaks against it; return that in words."""
    before = getattr(row, unit.name), getattr(row, f"{unit.name}_of")
    row.say(unit.name, text, unit.german)
    try:
        row.clean_fields(exclude={"offer"})
        row.clean()
    except ValidationError as error:
        row.say(unit.name, *before)
        return " ".join(error.messages)
    return ""
