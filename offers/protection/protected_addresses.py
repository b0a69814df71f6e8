"""The address of a protected place stands in one field, its own, and nowhere else.

One rule for every text that somebody may read, published or not yet, in any model and by any way:

- the street with the number is refused everywhere, and so is another place at that address;
- the street alone, or with another number, is refused in the entries of the place itself: its
  offers, their provider, and all that hangs on them;
- the street alone is refused in other entries too, where it can mean nothing else: its name is
  no common word, and no public place lies in it. "Bahnhofstraße" in another offer is fine.

Forms say it (``KeepsAddressesSecret.clean``), saving refuses it (``offers.receivers``), and every
night ``offers.quality.leaks`` looks through all that is there.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy

from lifephases.models import AgeSpan

from .checks_at_once import ChecksAtOnce
from .street_in_text import WORD, Named, Street, fold, named, read_street, read_text

logger = logging.getLogger(__name__)
_known = ContextVar("known_protected_addresses", default=None)

CODE = "protected_address"
HIDDEN = gettext_lazy("(nennt eine geschützte Adresse)")
REFUSED = gettext_lazy(
    "„%(field)s“ nennt eine geschützte Adresse oder ihre Straße. Nehmen Sie sie heraus: "
    "Wer dort Schutz sucht, darf nicht gefunden werden."
)
PLACE = "offers.Location"
ROWS_A_BATCH = 500


class KeepsAddressesSecret(ChecksAtOnce):
    """An entry whose texts are read by people: none of them names a protected address."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        refuse(self, spares_stored=_is_out_of_sight(self))

    def own_places(self):
        """Return the condition on the places that this entry is about; ``None`` without any."""
        return


@dataclass(frozen=True)
class Address:
    """Where a place is; ``city`` and ``postal_code`` tell streets of the same name apart."""

    street: Street
    city: str = ""
    postal_code: str = ""

    def is_at(self, other):
        """Whether two addresses may be one house."""
        return self.street.is_at(other.street) and not self.is_elsewhere(other)

    def is_elsewhere(self, other):
        """Whether two addresses surely lie in different towns, of which no word is the same.

        One town has a street once: a postal code may be wrong, so it says nothing by itself.
        """
        towns = [set(WORD.findall(fold(one.city))) for one in (self, other)]
        same_code = bool(self.postal_code) and self.postal_code == other.postal_code
        return all(towns) and not towns[0] & towns[1] and not same_code


def refuse(entry, addresses=None, *, spares_stored=False):
    """Raise ``ValidationError`` if a text of an entry names a protected address.

    ``addresses`` (from ``protected()``) spares a query where many entries are looked at.
    ``spares_stored`` lets a text be that stands there already: whoever archives or mends such an
    entry must not be held up by it. The log names the entry and the place, never the address.
    """
    for column, place in leaks_in(entry, addresses):
        if spares_stored and _stands_there(entry, column):
            continue
        logger.warning(
            "Refused %s %s: its %s names protected place %s",
            _label(entry),
            entry.pk,
            column.name,
            place,
        )
        raise ValidationError(REFUSED, CODE, params={"field": column.verbose_name})


def _is_out_of_sight(entry):
    """Whether nobody outside the office reads an entry as it is now."""
    return getattr(entry, "status", "published") != "published" or bool(
        getattr(entry, "archived_on", None)
    )


def _stands_there(entry, column):
    stored = type(entry)._base_manager.filter(pk=entry.pk)  # noqa: SLF001, documented API
    return stored.filter(**{column.attname: getattr(entry, column.attname)}).exists()


def refuse_naming(entry, places):
    """Raise ``ValidationError`` if an entry names the street of one of the places it is to get."""
    protected_ones = (address_of(place) for place in places if place.is_protected)
    addresses = [address for address in protected_ones if address]
    for column, text in texts_of(entry) if addresses else ():
        if _names_any(text, addresses):
            raise ValidationError(REFUSED, CODE, params={"field": column.verbose_name})


def entries_naming(addresses):
    """Yield each entry that names one of the addresses, with the field and the place's number."""
    for model in read_by_people() if addresses else ():
        for entry in model._base_manager.iterator(ROWS_A_BATCH):  # noqa: SLF001, documented API
            if found := next(leaks_in(entry, addresses), None):
                yield entry, *found


def read_by_people():
    """Return the models whose texts are looked through; the words of the search are one."""
    kinds = KeepsAddressesSecret, AgeSpan, apps.get_model("offers.SearchWord")
    return [model for model in apps.get_models() if issubclass(model, kinds)]


def leaks_in(entry, addresses=None):
    """Yield each field of an entry that names a protected address, and the place's number.

    A protected place itself may say where it is.
    """
    texts = [(column, text) for column, text in texts_of(entry) if text]
    if not texts or (_label(entry) == PLACE and entry.is_protected):
        return
    addresses = protected() if addresses is None else addresses
    if not addresses:
        return
    if _label(entry) == PLACE and (address := address_of(entry)):
        addresses = {pk: one for pk, one in addresses.items() if not one.is_elsewhere(address)}
        here = (place for place, other in addresses.items() if address.is_at(other))
        if (place := next(here, None)) is not None:
            yield entry._meta.get_field("street"), place  # noqa: SLF001, documented API
    looker = _Looker(entry, addresses)
    for column, text in texts:
        if (place := looker.place_named_in(text)) is not None:
            yield column, place


def protected():
    """Return the ``Address`` of each protected place by its number, where one is known."""
    known = _known.get()
    if known is None:
        return _read_protected()
    if not known:
        known.append(_read_protected())
    return known[0]


def _read_protected():
    return _addresses(_places().filter(visibility="protected"))


@contextmanager
def looked_up_once():
    """Ask the database for the protected addresses once for all that is saved inside."""
    token = _known.set([])
    try:
        yield
    finally:
        _known.reset(token)


def look_up_anew():
    """Forget what was looked up: a place was saved."""
    if known := _known.get():
        known.clear()


def address_of(place):
    """Return the ``Address`` of a place, ``None`` if it has no street."""
    street = read_street(place.street)
    return Address(street, place.city, place.postal_code) if street else None


def may_see(user):
    """Whether somebody may know protected addresses: who keeps the places, no one else."""
    return user.has_perm("offers.change_location")


def names_one(text):
    """Whether a text names the street of a protected place, alone or with any number."""
    return _names_any(text, protected().values())


def hidden(text, addresses):
    """Return a text as those may read it who may not know; as it is, unless it names one."""
    return str(HIDDEN) if addresses and _names_any(text, addresses.values()) else text


def names_whole(text, addresses):
    """Whether a text names the street of a protected place with its number."""
    read = read_text(text)
    return any(named(read, address.street) == Named.WHOLE for address in addresses.values())


def as_read_by(user, rows, **columns):
    """Annotate rows with texts as a user may read them, each under a name: ``words="message"``.

    People write what they know, a protected address too; what they wrote stays whole.
    """
    addresses = {} if may_see(user) else protected()
    for name, column in columns.items():
        texts = rows.values_list("pk", column) if addresses else ()
        naming = [pk for pk, text in texts if _names_any(text, addresses.values())]
        masked = models.When(pk__in=naming, then=models.Value(str(HIDDEN)))
        text = models.Case(masked, default=models.F(column), output_field=models.TextField())
        rows = rows.annotate(**{name: text})
    return rows


def texts_of(entry):
    """Yield each text field of an entry with its text; what was not loaded is left out."""
    deferred = entry.get_deferred_fields()
    for column in entry._meta.concrete_fields:  # noqa: SLF001, documented API
        if column.attname in deferred:
            continue
        value = getattr(entry, column.attname)
        if isinstance(column, ArrayField) and isinstance(value, list):
            yield column, "\n".join(one for one in value if isinstance(one, str))
        elif isinstance(column, models.CharField | models.TextField) and isinstance(value, str):
            yield column, value


class _Looker:
    """Which way of naming a street counts in an entry; asks the database when it must."""

    def __init__(self, entry, addresses):
        self.entry, self.addresses = entry, addresses

    def place_named_in(self, text):
        read = read_text(text)
        for place, address in self.addresses.items():
            how = named(read, address.street)
            if how == Named.WHOLE or (how and self._tells(how, place, address.street)):
                return place
        return None

    def _tells(self, how, place, street):
        """Whether a street without its number gives a place away here."""
        if place in self.own:
            return True
        alone = how == Named.ALONE and street.speaks_for_itself
        return alone and street.name not in self.public_names

    @cached_property
    def own(self):
        condition = self.entry.own_places() if hasattr(self.entry, "own_places") else None
        found = _places().filter(condition) if condition else _places().none()
        return set(found.values_list("pk", flat=True))

    @cached_property
    def public_names(self):
        """The names of the streets in which a public place lies, the entry itself aside."""
        public = _places().public()
        if _label(self.entry) == PLACE:
            public = public.exclude(pk=self.entry.pk)
        return {address.street.name for address in _addresses(public).values()}


def _names_any(text, addresses):
    read = read_text(text)
    return any(named(read, address.street) for address in addresses)


def _places():
    return apps.get_model(PLACE).objects.all()


def _addresses(places):
    found = places.exclude(street="").only("street", "city", "postal_code")
    read = ((place.pk, address_of(place)) for place in found)
    return {pk: address for pk, address in read if address}


def _label(entry):
    return entry._meta.label  # noqa: SLF001, documented API
