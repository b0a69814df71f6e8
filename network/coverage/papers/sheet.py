"""The table as a workbook: one row a cell, with every figure, its date and how it is counted."""

from decimal import Decimal

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages, times
from kekiz_portal.lib.tables.columns import ReadOnlyColumn
from offers.exchange.exporting import exports
from offers.models import Offer

TENTH = Decimal("0.1")


def _languages(cell):
    return ", ".join(languages.name(code) for code in cell.languages)


def _marks(cell):
    return ", ".join(str(one.label) for one in cell.thin)


def _doubles(found):
    return "; ".join(one.words for one in found)


def _per_100(field):
    return "" if field.per_100 is None else Decimal(field.per_100).quantize(TENTH)


def _level(words):
    return ReadOnlyColumn(str(words), words, lambda one: one.cell.by_level[words])


COLUMNS = [
    ReadOnlyColumn("place", _("Wo"), lambda one: one.place.label),
    ReadOnlyColumn("phase", _("Lebensphase oder Schritt"), lambda one: one.column.name),
    ReadOnlyColumn("ages", _("Alter"), lambda one: one.column.age_words),
    ReadOnlyColumn("topic", _("Thema"), lambda one: one.topic.name),
    ReadOnlyColumn("offers", _("Angebote"), lambda one: one.cell.offers),
    ReadOnlyColumn("within_reach", _("erreichbar"), lambda one: one.cell.within_reach),
    ReadOnlyColumn("free", _("kostenlos"), lambda one: one.cell.free),
    ReadOnlyColumn("places", _("Orte"), lambda one: one.cell.places),
    ReadOnlyColumn("providers", _("Anbieter"), lambda one: one.cell.providers),
    ReadOnlyColumn("languages", _("Sprachen"), lambda one: _languages(one.cell)),
    ReadOnlyColumn("unconfirmed", _("unbestätigt"), lambda one: one.cell.unconfirmed),
    ReadOnlyColumn("full", _("erreichbar, aber voll"), lambda one: one.cell.full),
    ReadOnlyColumn("ending", _("endet bald"), lambda one: one.cell.ending),
    *(_level(words) for words in Offer.Prevention.labels),
    ReadOnlyColumn("elsewhere", _("anderswo in der Stadt"), lambda one: one.cell.elsewhere),
    ReadOnlyColumn("thin", _("dünnes Eis"), lambda one: _marks(one.cell)),
    ReadOnlyColumn("doubles", _("doppelt"), lambda one: _doubles(one.doubles)),
    ReadOnlyColumn("demand", _("vergeblich gesucht oder voll"), lambda one: one.demand or ""),
    ReadOnlyColumn("children", _("Kinder"), lambda one: one.count.children if one.count else ""),
    ReadOnlyColumn("as_of", _("Kinder, Stand"), lambda one: one.count.as_of if one.count else ""),
    ReadOnlyColumn("source", _("Quelle"), lambda one: one.count.source_url if one.count else ""),
    ReadOnlyColumn("per_100", _("Angebote je 100 Kinder"), _per_100),
]


COMPARED = [
    ReadOnlyColumn("came", _("neu seit dem Vergleichstag"), lambda one: len(one.change.came)),
    ReadOnlyColumn("gone", _("weg seit dem Vergleichstag"), lambda one: len(one.change.gone)),
]


class Fields(list):
    """Cells that are written as the rows of a database are."""

    def iterator(self, chunk_size):  # noqa: ARG002 - they are all here
        return iter(self)


def fields(overview):
    """Return every cell of the part of the city; of the whole city those of its parts, too."""
    places = [overview.place] if overview.part else [overview.city, *overview.parts]
    columns = [*overview.phases, *overview.steps]
    return Fields(
        overview.field(topic, column, place)
        for place in places
        if place is not None
        for column in columns
        for topic in overview.topics
    )


def workbook(overview, those, by):
    """Return a file with the workbook of some fields, and what it says of itself; ``by`` is who
    asked for it.
    """
    filters, columns = f"{overview.place or ''}; {overview.cut.name}", COLUMNS
    if overview.since:
        filters += "; " + _now("verglichen mit dem %s") % times.plain_day(overview.since.day)
        columns = [*COLUMNS, *COMPARED]
    about = exports.About(
        what=_now("Abdeckung"),
        filters=filters,
        by=by,
        hint=_now(
            "Erreichbar heißt: Kontakt, Ort und Zeit oder Zugang sind bekannt. Was ins Haus kommt, "
            "online, am Telefon oder in der ganzen Stadt ist, zählt in jedem Stadtteil. "
            "Doppelt ist, was drei Anbieter oder mehr im selben Ortsteil am selben Wochentag zur "
            "selben Tageszeit für dasselbe Alter zum selben Thema in derselben Art tun. "
            "Kinderzahlen stehen nur, wo eine Quelle sie für genau dieses Alter nennt."
        ),
    )
    return exports.workbook(those, columns, about), about
