"""What a column of a list of figures can mean, and how its cells are read."""

import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import readings
from kekiz_portal.lib.tables.cells import NumberText
from kekiz_portal.lib.tables.columns import ChoiceColumn, Column, FieldColumn, LineColumn
from network.models import ChildrenCount, NeedIndicator
from offers.models import District

THOUSANDS = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+")


class PartColumn(Column):
    """The city or a part of it; a name that several have is asked about."""

    def plain(self, figure):
        return figure.district_id

    def put(self, figure, plain):
        figure.district_id = plain

    def read(self, text):
        found = self._by_name.get(" ".join(text.split()).casefold(), set())
        if len(found) != 1:
            raise readings.unknown(text)
        return next(iter(found))

    def words(self, plain):
        return next((one.label for one in self._parts if one.pk == plain), "")

    def choices(self):
        return [(_full_name(one), _full_name(one)) for one in self._parts]

    @cached_property
    def _parts(self):
        return list(District.objects.select_related("parent").order_by("path"))

    @cached_property
    def _by_name(self):
        found = defaultdict(set)
        for one in self._parts:
            for name in (one.name, _full_name(one)):
                found[name.casefold()].add(one.pk)
        return found | {one.slug: {one.pk} for one in self._parts if one.slug not in found}


def _full_name(part):
    """Return a name that no other part has: "Ortsteil Wanne"."""
    return f"{part.get_level_display()} {part.name}"


class NumberColumn(FieldColumn):
    """A number as a German office writes it: "1.116", "30,2"; whole where the field is."""

    def plain(self, figure):
        value = getattr(figure, self.key)
        return None if value is None else _plain(Decimal(value))

    def read(self, text):
        words = str(text).strip()
        if not isinstance(text, NumberText) and THOUSANDS.fullmatch(words):
            words = re.sub("[. ]", "", words)
        words = words.replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", words):
            raise readings.wrong(_now("„%s“ ist keine Zahl."), text)
        number = Decimal(words)
        if isinstance(self.field, models.IntegerField) and number != number.to_integral_value():
            raise readings.wrong(_now("„%s“ ist keine ganze Zahl."), text)
        return _plain(number)


class AsOfColumn(LineColumn):
    """When a figure held; a day as offices write it is turned round: a later one sorts last."""

    def read(self, text):
        try:
            day = dt.datetime.strptime(str(text).strip(), "%d.%m.%Y")  # noqa: DTZ007, a day alone
        except ValueError:
            return super().read(text)
        return super().read(day.date().isoformat())


def _plain(number):
    """Return a number as it is compared: without a comma where it is whole."""
    return format(number.normalize(), "f")


def _about(model):
    names = "quelle, link, url, source url, herkunft"
    return [
        AsOfColumn(model, "as_of", "stichtag, datum, jahr, reference date, date"),
        LineColumn(model, "source_url", names),
        LineColumn(model, "certainty", "sicherheit"),
    ]


def _part():
    names = "stadtbezirk, ortsteil, bezirk, ort, gebiet, district slug, stadt"
    return PartColumn("district", _("Stadtteil"), names)


def of_children():
    """Return the columns of a list of counts of children."""
    model = ChildrenCount
    return [
        _part(),
        ChoiceColumn(model, "measure", "messgröße, was"),
        NumberColumn(model, "from_years", "alter von, von, age from years, ab jahre"),
        NumberColumn(model, "to_years", "alter bis, bis, age to years, bis jahre"),
        NumberColumn(model, "children", "kinder, zahl, kinderzahl, anzahl kinder"),
        *_about(model),
        LineColumn(model, "note", "bemerkung, anmerkung"),
    ]


def of_needs():
    """Return the columns of a list of figures of need."""
    model = NeedIndicator
    return [
        _part(),
        LineColumn(model, "name", "indikator, indicator, kennzahl, merkmal"),
        NumberColumn(model, "value", "zahl, quote, anteil, anzahl"),
        ChoiceColumn(model, "unit"),
        *_about(model),
    ]
