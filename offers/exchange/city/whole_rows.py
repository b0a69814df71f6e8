"""Rows of a list that brings entries whole, as the portal's own export writes it.

They are read and checked as those of any list (``importing.checking``), but for what such a list
is sure of: an entry is known by its identifiers alone, an empty cell says that there is nothing,
and it names the state of an entry and all of its places too.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offers.exchange.columns import places
from offers.exchange.columns.values import moment
from offers.exchange.importing import entries
from offers.exchange.importing.checking import Checker
from offers.exchange.importing.comparing import NOT_KEPT
from offers.exchange.importing.keeping import Change
from offers.exchange.importing.mapping import REQUIRED


class WholeRows(Checker):
    """Looks at the rows of one list, batch after batch."""

    def takes(self, column):
        return column.can_be_imported or column.comes_whole

    def empty_clears(self, key):
        return key not in REQUIRED[self.kind]

    def not_read(self, draft, key, text, error):  # noqa: ARG002, nothing stays as words
        self.refuse(draft, key, error.messages)

    def identify(self, draft):
        keys = self.known.identifiers(draft.values)
        if not keys:
            draft.refuse("", [_("Die Zeile hat weder „Kennung im Portal“ noch „Kennung dort“.")])
        draft.target = self.known.identified(keys)
        self.identifier.refuse_twice(draft, keys)

    def with_columns(self, queryset):
        return entries.with_all(queryset)

    def settle_address(self, draft):
        """Leave the address as it is: it is one of the places that ``check_places`` looks at."""

    def comparer(self, _targets):
        return self

    def compare(self, draft):
        """Whoever worked on an entry was asked about before: a difference is a change."""
        for key, value in draft.values.items():
            column = self.columns[key]
            if key in NOT_KEPT or column.is_only_for_new:
                continue
            current = column.plain(draft.entry)
            if not column.same(current, value):
                draft.changes[key] = [current, value]

    def new_entry(self, values):
        name = values.get("title") or values.get("name")
        slug = self.slugs.take(name, values.pop("slug", ""))
        entry = self.model(slug=slug)
        if values.get("uuid"):
            entry.uuid = values["uuid"]
        return entry

    def check_places(self, draft, values):
        if not places.KEYS & values.keys():
            return
        said = {
            key: values.get(key, column.plain(draft.entry) if draft.target else "")
            for key, column in self.columns.items()
            if key in places.KEYS
        }
        if self.address.is_shelter(draft) and any(said[key] for key in places.addresses.KEYS):
            reason = _("Die Adresse ist geschützt und wird nie aus einer Datei übernommen.")
            self.refuse(draft, "modes", [reason])
        draft.places = partial(places.planned, said, self.columns["district"].pk)
        try:
            draft.places()
        except ValidationError as error:
            self.refuse(draft, "modes", error.messages)

    def change(self, draft):
        """Return the ``Change`` that a checked row asks for."""
        values = {key: new for key, (_old, new) in draft.changes.items()}
        stand = draft.values.get("stand")
        return Change(
            draft.entry,
            values if draft.target else draft.values,
            is_new=not draft.target,
            row=draft,
            places=draft.places,
            changed_at=moment(stand) if stand else None,
        )
