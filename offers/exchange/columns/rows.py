"""Columns that say the rows of another table about an entry: contacts, sources, closing days.

Their plain value is the cell itself: each row a value, its fields the parts of it.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import Column, as_kept
from kekiz_portal.lib.tables.readings import SHOWN, date, truth
from offers.models import ClosingDay, ContactPoint, Source


class RowsColumn(Column):
    """``model`` is that of the rows, ``owner`` the key by which they know their entry."""

    is_relation = True
    model = None
    owner = "offer"
    related = ""  # how an entry calls its rows

    def plain(self, entry):
        return several.joined(several.row(self.parts(row)) for row in self.of(entry))

    def of(self, entry):
        """Return the rows of an entry that stand in this column, from what was prefetched."""
        return getattr(entry, self.related).all()

    def stored(self, entries):
        """Return the rows of some entries that stand in this column."""
        return self.model.objects.filter(**{f"{self.owner}__in": entries})

    def read(self, text):
        rows = self.rows(text)
        for row in rows:
            row.clean_fields(exclude=[self.owner])
        return several.joined(several.row(self.parts(row)) for row in rows)

    def rows(self, plain):
        """Return the unsaved rows that a plain value says."""
        return [self.row(parts, place) for place, parts in enumerate(several.rows(plain))]

    def parts(self, row):
        """Return the parts of a row, texts."""
        raise NotImplementedError

    def row(self, parts, place):
        """Return the unsaved row of some parts at a place of the list."""
        raise NotImplementedError


def exactly(parts, number):
    """Return so many parts, empty ones for those that are missing. Raises ``ValidationError``."""
    if len(parts) > number:
        words = _("„%(text)s“ hat mehr als %(number)d Teile.")
        text = several.row(parts)[:SHOWN]
        raise ValidationError(words % {"text": text, "number": number})
    return [*parts, *[""] * (number - len(parts))]


class ContactsColumn(RowsColumn):
    """Whom to ask, as far as the same people may see it: what for; telephone; mail; when."""

    model, related = ContactPoint, "contact_points"

    def __init__(self, key, label, visibility, **options):
        super().__init__(key, label, **options)
        self.visibility = visibility

    def of(self, entry):
        return [one for one in super().of(entry) if one.visibility == self.visibility]

    def stored(self, entries):
        return super().stored(entries).filter(visibility=self.visibility)

    def parts(self, row):
        return [as_kept(text) for text in (row.label, row.phone, row.email, row.hours)]

    def row(self, parts, place):
        label, phone, email, hours = exactly(parts, 4)
        return ContactPoint(
            label=label,
            phone=phone,
            email=email,
            hours=hours,
            visibility=self.visibility,
            position=place,
        )


class SourcesColumn(RowsColumn):
    """The pages an entry was put together from: page; year; what comes from it."""

    model, related = Source, "sources"

    def __init__(self, owner, label):
        super().__init__("sources", label)
        self.owner = owner

    def parts(self, row):
        return [as_kept(row.page), str(row.year or ""), ", ".join(row.facts)]

    def row(self, parts, place):  # noqa: ARG002, sources are in order by year
        page, year, facts = exactly(parts, 3)
        if year and not (year.isdecimal() and len(year) == len("2026")):
            raise ValidationError(_("„%s“ ist kein Jahr.") % year[:SHOWN])
        facts = [one.strip() for one in facts.split(",") if one.strip()]
        return Source(page=page, year=int(year) if year else None, facts=facts)


class ClosingDaysColumn(RowsColumn):
    """Days on which an institution is closed: why; first day; last day; whether every year."""

    model, related, owner = ClosingDay, "closing_days", "institution"

    def parts(self, row):
        every_year = _("ja") if row.every_year else ""
        return [as_kept(row.name), row.first_on.isoformat(), row.last_on.isoformat(), every_year]

    def row(self, parts, place):  # noqa: ARG002, closing days are in order by day
        name, first, last, every_year = exactly(parts, 4)
        return ClosingDay(
            name=name,
            first_on=dt.date.fromisoformat(date(first)),
            last_on=dt.date.fromisoformat(date(last)),
            every_year=bool(every_year) and truth(every_year),
        )
