"""Which column of a file means what: guessed from its header, corrected by a person, kept."""

import re
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import telephone
from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.cells import Covered
from kekiz_portal.lib.tables.headers import BETWEEN
from kekiz_portal.lib.tables.readings import is_ticked
from offers.exchange.columns import known, readings
from offers.exchange.slugs import GERMAN
from offers.models import Offer

from . import day_and_hours, unsaid_cells

OFFERS, INSTITUTIONS = "offers", "institutions"
COLUMNS = {OFFERS: known.of_offers, INSTITUTIONS: known.of_institutions}
REQUIRED = {OFFERS: ("title", "offer_type"), INSTITUTIONS: ("name", "kind")}

# One column of a file that fills more than one column here, or in another unit.
POSTAL_CODE_AND_CITY = "postal_code_and_city"
FROM_YEARS, TO_YEARS = "age_from_years", "age_to_years"
AREA_CODE = "area_code"
WEEKDAY, DAY, BEGINS, ENDS = "weekday", "day", "begins_at", "ends_at"
AGES = "ages"
JOINED = {"schedule_text"}  # what several columns of a file may say together, in their order
# Before a key: the header itself is one of the words, and holds where it is ticked. Any number
# of columns may be such.
TICKED = "ticked:"
COMPOUND = {
    POSTAL_CODE_AND_CITY: (_("Postleitzahl und Stadt in einem"), "plz_ort, plz ort, plz/ort"),
    AREA_CODE: (_("Vorwahl"), "ortsvorwahl, vorw"),
    WEEKDAY: (_("Wochentag, vor den Zeiten"), "wochentag, wochentage, tag, tage"),
    DAY: (
        _("Datum, vor den Zeiten"),
        "datum, kursdatum, termin datum, veranstaltungsdatum, datum der veranstaltung",
    ),
    BEGINS: (
        _("Uhrzeit, Beginn"),
        (
            "uhrzeit von, von uhr, von uhrzeit, startzeit, anfangszeit, uhrzeit beginn, "
            "beginn uhrzeit, beginn uhr, anfang uhrzeit"
        ),
    ),
    ENDS: (
        _("Uhrzeit, Ende"),
        "uhrzeit bis, bis uhr, bis uhrzeit, endzeit, uhrzeit ende, ende uhrzeit",
    ),
    FROM_YEARS: (_("Alter von (Jahre)"), "alter von, von alter, mindestalter"),
    TO_YEARS: (_("Alter bis (Jahre)"), "alter bis, bis alter, höchstalter"),
    AGES: (
        _("Alter in einem, etwa „6–12 Monate“"),
        (
            "alter, altersgruppe, altersspanne, altersstufe, alter in jahren, "
            "alter der kinder, für wen"
        ),
    ),
}
OF_TIMES = {WEEKDAY: "weekday", DAY: "day", BEGINS: "begins", ENDS: "ends"}
OF_HOURS = {"schedule_text", BEGINS, ENDS}
HOURS_INSTEAD = {"valid_from": BEGINS, "valid_to": ENDS}  # where hours stand in such a column
COMPOUND_IN = {OFFERS: {*COMPOUND}, INSTITUTIONS: {POSTAL_CODE_AND_CITY, AREA_CODE}}
COMPOUND_IN_OTHERS = {AREA_CODE}  # lists of a floor above


@dataclass
class Mapping:
    """How a file is to be read.

    ``columns`` has the key of a column for the headers that mean one; ``defaults`` the text for
    keys whose cell is empty; ``values`` what the words of a column are called here; ``others``
    what every word of a column means that nobody knows.
    """

    columns: dict = field(default_factory=dict)
    defaults: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    others: dict = field(default_factory=dict)
    empty_cells_clear: bool = False

    @classmethod
    def from_json(cls, data):
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**known)

    def as_json(self):
        return asdict(self)

    def texts(self, header, cells):
        """Return the text for each key that a row says something about, and what is wrong:
        pairs of key and reason."""
        found, ticks = {}, {}
        for name, cell in zip(header, cells, strict=True):
            key = self.columns.get(name)
            if not key or isinstance(cell, Covered):
                continue
            if key.startswith(TICKED):
                ticks[name] = cell
            elif key in JOINED and found.get(key):
                words = (unsaid_cells.said(one) for one in (found[key], cell) if one)
                found[key] = " ".join(words)
            else:
                found[key] = cell
        wrong = self._tick(found, ticks)
        for key, text in self.defaults.items():
            if not found.get(key):
                found[key] = text
        texts, problems = _spread(found)
        return texts, wrong + problems

    def meanings(self, key):
        """Return what the words of a column are called here, and what all others are."""
        return self.values.get(key, {}), self.others.get(key, "")

    def header_of(self, key):
        """Return the header under which a key stands in the file; one of many is its own key."""
        own = key if key in self.columns else ""
        return next((name for name, meant in self.columns.items() if meant == key), own)

    def left_out(self, header):
        """Return the sentence, if one is needed, about columns of the file that nothing takes."""
        names = [name for name in header if name and not self.columns.get(name)]
        said = _now("Aus der Datei bleiben diese Spalten weg: %s.") % ", ".join(names)
        return [said] if names else []

    def _tick(self, found, ticks):
        """Add the names of ticked columns to the words of the column they belong to; return
        pairs of header and reason where nobody can tell."""
        wrong = []
        for name, cell in ticks.items():
            key = self.columns[name].removeprefix(TICKED)
            try:
                if is_ticked(str(cell or "")):
                    words = [str(found.get(key) or ""), ticked_word(name)]
                    found[key] = several.joined(filter(None, words))
            except ValidationError as error:
                wrong.append((name, error.messages[0]))
        return wrong


def guess(kind, header, rows=()):
    """Return the ``Mapping`` that the names in a header suggest; each key at most once.

    ``rows`` are the cells of some rows: "Beginn" is an hour or a day, as they say. A "Datum" counts
    beside hours only; alone it may be that of the list.
    """
    of_hours = _with_hours(header, rows)
    names, may_be_ticked = _known(kind), [one for one in COLUMNS[kind]() if one.ticked_label]
    found = {}
    for name in header:
        key = next((names[one] for one in _callings(name) if one in names), "")
        key = HOURS_INSTEAD.get(key, key) if name in of_hours else key
        found[name] = "" if key in found.values() else key
        if not key:
            ticked = (one.key for one in may_be_ticked if one.has_word(ticked_word(name)))
            found[name] = next((f"{TICKED}{key}" for key in ticked), "")
    if not OF_HOURS & {*found.values()}:
        found = {name: key for name, key in found.items() if key != DAY}
    return Mapping(columns={name: key for name, key in found.items() if key})


def _with_hours(header, rows):
    """Return the names of columns that mostly say an hour where they say anything."""
    found = set()
    for name, *cells in zip(header, *rows, strict=True):
        said = [day_and_hours.is_clock(cell) for cell in cells if cell]
        if 2 * sum(said) > len(said):
            found.add(name)
    return found


def knows(kind):
    """Return the function that says whether a name means a column of such a list."""
    names = _known(kind)
    return lambda name: any(one in names for one in _callings(name))


def ticked_word(name):
    """Return what a ticked column says: its own header, without the name of its group."""
    return re.sub(r"[|;\n]", " ", name.rpartition(BETWEEN)[2]).strip()


def _callings(name):
    """Return what a column may be called: as it stands, and without the name of its group."""
    return [_simple(name), _simple(name.rpartition(BETWEEN)[2])]


def options(kind):
    """Return pairs of key and label of all that a column of a file can mean."""
    ticked = [one for one in COLUMNS[kind]() if one.ticked_label]
    return [
        *((key, label) for key, label, _names in _meanings(kind)),
        *((f"{TICKED}{one.key}", str(one.ticked_label)) for one in ticked),
    ]


def _known(kind):
    """Return the key of a column for every name it is known by."""
    found = {}
    for key, label, names in _meanings(kind):
        for name in filter(None, (label, key, *names.split(", "))):
            found.setdefault(_simple(name), key)
    return found


def _meanings(kind):
    """Yield the key, the label and the other names of all that a column of a file can mean."""
    for column in COLUMNS[kind]():
        if column.can_be_imported:
            yield column.key, str(column.label), column.names
    for key, (label, names) in COMPOUND.items():
        if key in COMPOUND_IN.get(kind, COMPOUND_IN_OTHERS):
            yield key, str(label), names


def _simple(name):
    return re.sub(r"[^a-z0-9]+", " ", name.translate(GERMAN).lower()).strip()


def _divide_costs(texts):
    """Take "3,50 €" from where a list says what it costs as a price, and "frei" as no price."""
    key = "cost_kind" if texts.get("cost_kind") else "prices"
    told = readings.costs(str(texts.get(key) or ""))
    if told is None:
        return
    is_free, price = told
    if is_free or key == "cost_kind":
        texts["cost_kind"] = str(Offer.Cost.FREE if is_free else Offer.Cost.PAID)
    if key == "prices":
        texts["prices"] = price
    elif price:
        texts.setdefault("prices", price)


def _spread(texts):
    """Replace the compound columns by those they fill; also returns what they cannot mean."""
    problems = []
    if POSTAL_CODE_AND_CITY in texts:
        code, city = readings.postal_code_and_city(texts.pop(POSTAL_CODE_AND_CITY))
        texts.setdefault("postal_code", code)
        texts.setdefault("city", city)
    if AREA_CODE in texts:
        area = texts.pop(AREA_CODE)
        texts["phone"] = telephone.joined(str(area or ""), str(texts.get("phone") or ""))
    when = {part: texts.pop(key) for key, part in OF_TIMES.items() if key in texts}
    if when:
        when["times"] = texts.get("schedule_text")
        texts["schedule_text"] = day_and_hours.sentence(**when)
    _divide_costs(texts)
    for key, targets, read in (
        (FROM_YEARS, ("age_from",), lambda text: [readings.months_of_years(text, is_last=False)]),
        (TO_YEARS, ("age_to",), lambda text: [readings.months_of_years(text, is_last=True)]),
        (AGES, ("age_from", "age_to"), readings.ages_in_one),
    ):
        if key in texts:
            text = texts.pop(key)
            try:
                months = read(text) if text else [""] * len(targets)
            except ValidationError as error:
                problems.append((key, error.messages[0]))
                continue
            for target, month in zip(targets, months, strict=True):
                texts.setdefault(target, month)
    return texts, problems
