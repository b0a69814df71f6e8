"""Columns of single values that are read in a way of their own: ages, prices, identity, days."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import rich_text
from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import ChoiceColumn, Column, FieldColumn, as_kept
from kekiz_portal.lib.tables.readings import date, wrong
from lifephases import ages
from offers.models import CostOption

from . import readings
from .rows import RowsColumn, exactly

STANDS = [
    *("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
    *("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%m/%Y", "%m.%Y", "%Y"),
]
STAND = STANDS[0]


class RichTextColumn(FieldColumn):
    def read(self, text):
        return rich_text.stored(text)

    def typed(self, plain):
        """Leave the mark-up away where the text needs none: paragraphs are lines here."""
        return rich_text.as_typed(plain)

    def words(self, plain):
        return rich_text.as_text(plain)


class AgeColumn(Column):
    """One end of the span of ages, in months, both included."""

    blank = None

    def __init__(self, key, label, names, end):
        super().__init__(key, label, names)
        self.end = end

    def plain(self, entry):
        return self.end(entry.ages)

    def read(self, text):
        return readings.month(text)

    def put(self, entry, plain):
        """Keep the other end; the span is checked when both are set."""
        ends = getattr(entry, "imported_ages", None) or {
            "age_from": ages.first_month(entry.ages),
            "age_to": ages.last_month(entry.ages),
        }
        entry.imported_ages = ends | {self.key: plain}
        entry.ages, entry.ages_are_reversed = None, True
        with suppress(ValueError):
            entry.ages = ages.span(*entry.imported_ages.values())
            entry.ages_are_reversed = False


class CostColumn(ChoiceColumn):
    """Whether it costs anything; of an amount nobody is asked what it means."""

    def asked_words(self, text):
        return [] if readings.costs(text) else super().asked_words(text)


class PriceColumn(RowsColumn):
    """Amounts in euros: each with what it is for, and from when until when if not for good."""

    model, related = CostOption, "cost_options"
    blank = []

    def plain(self, entry):
        return sorted(
            [f"{one.amount:.2f}", as_kept(one.label), *_days(one)] for one in self.of(entry)
        )

    def read(self, text):
        return readings.prices(text)

    def rows(self, plain):
        return [self.row(parts, place) for place, parts in enumerate(plain)]

    def row(self, parts, place):  # noqa: ARG002, prices are in order by amount
        amount, label, first, last = exactly(parts, 4)
        return CostOption(
            amount=Decimal(amount), label=label, valid_from=first or None, valid_to=last or None
        )

    def cell(self, plain):
        """One amount alone is a number, for computing with it."""
        if len(plain) == 1 and not any(plain[0][1:]):
            return Decimal(plain[0][0])
        return several.joined(several.escaped(readings.price(*one)) for one in plain)

    def words(self, plain):
        return several.joined(
            f"{amount} Euro {label}".strip().replace(".", ",") for amount, label, *_days in plain
        )


def _days(price):
    days = [price.valid_from, price.valid_to]
    return [day.isoformat() if day else "" for day in days] if any(days) else []


class IdentityColumn(Column):
    """The portal's own identifier, as an export writes it."""

    def plain(self, entry):
        return str(entry.uuid)

    def read(self, text):
        return text.lower()


class StandColumn(Column):
    """When an entry last changed: tells an import what the person with the file had seen.

    In other lists it is a day, a month or a year.
    """

    is_date = may_be_date = True

    def plain(self, entry):
        return timezone.localtime(entry.updated_at).strftime(STAND)

    def read(self, text):
        for form in STANDS:
            try:
                return dt.datetime.strptime(text, form).strftime(STAND)  # noqa: DTZ007
            except ValueError:
                continue
        raise wrong(_("„%s“ ist kein Datum wie 31.12.2026."), text)


def moment(stand):
    """Return the moment that a stand means."""
    return timezone.make_aware(dt.datetime.strptime(stand, STAND))  # noqa: DTZ007


class ConfirmedColumn(Column):
    """The day on which somebody last confirmed an entry."""

    is_date = may_be_date = True
    blank = None

    def plain(self, entry):
        day = entry.confirmed_at and timezone.localdate(entry.confirmed_at)
        return day and day.isoformat()

    def read(self, text):
        return date(text)

    def put(self, entry, plain):
        noon = dt.time(12)
        day = plain and dt.datetime.combine(dt.date.fromisoformat(plain), noon)
        entry.confirmed_at = day and timezone.make_aware(day)

    def cell(self, plain):
        return dt.date.fromisoformat(plain) if plain else ""


class ArchivedColumn(FieldColumn):
    """Since when an entry is archived; whoever compares asks only whether it is."""

    def same(self, one, other):
        return bool(one) == bool(other)
