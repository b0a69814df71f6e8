"""The one address that an entry takes from a list from outside, and when it takes none."""

from django.utils.translation import gettext as _

from offers.exchange.columns.addresses import KEYS, beside, places_of, shown

from . import addresses

SHELTER = "schutz"  # the kind of institutions that nobody may find


class OneAddress:
    """Looks at the addresses of drafts; ``refuse`` notes why a column of one cannot be taken."""

    def __init__(self, columns, refuse):
        self.columns, self.refuse = columns, refuse
        self.book = addresses.AddressBook()

    def settle(self, draft):
        """Let a row say of its address what will be kept of it, no more and no less."""
        wanted = {key: draft.values[key] for key in KEYS if draft.values.get(key)}
        if not wanted:
            return
        if reason := self._why_none(draft, wanted):
            if draft.question:
                self.refuse(draft, next(iter(wanted)), [reason])
                draft.is_secret = self.is_protected(draft)
            return
        is_new, district_of = draft.entry is None, self.columns["district"].pk
        location = addresses.place(draft.entry, wanted, self.book, district_of, is_new=is_new)
        if location is None:
            for key in wanted:
                del draft.values[key]
            draft.hints.append(
                _("Postleitzahl und Stadt ohne Straße sind kein Ort; sie bleiben weg.")
            )
            return
        if location.pk is None and location.district_id is None:
            draft.hints.append(_("Der Ort ist hier neu und liegt in keinem Stadtteil."))
        for key, text in shown(location).items():
            kept = beside([text])
            if wanted.get(key, "") not in ("", kept):
                names = {"what": self.columns[key].label, "kept": text or "–"}
                draft.hints.append(
                    _("%(what)s: An dieser Anschrift steht hier schon „%(kept)s“.") % names
                )
            if key in wanted or kept:
                draft.values[key] = kept

    def check(self, draft, values):
        """Refuse an address that the entry does not take from such a list."""
        wanted = {key: values[key] for key in KEYS if values.get(key)}
        if wanted and (reason := self._why_none(draft, wanted)):
            self.refuse(draft, next(iter(wanted)), [reason])
            draft.is_secret = self.is_protected(draft)
        for key, reasons in addresses.too_long(wanted).items():
            self.refuse(draft, key, reasons)

    def _why_none(self, draft, wanted):
        """Return why an entry takes no address from a file, "" if it does."""
        if self.is_protected(draft):
            return _("Die Adresse ist geschützt und wird nie aus einer Datei übernommen.")
        is_known = draft.entry is not None and draft.target
        is_one = not (is_known and len(places_of(draft.entry)) > 1)
        if addresses.is_several(wanted) or not is_one:
            return _("Der Eintrag hat mehrere Orte. Ändern Sie die Adresse bitte im Formular.")
        return ""

    def is_protected(self, draft):
        """Whether nobody may find where the entry of a row is."""
        is_known = draft.entry is not None and draft.target
        return self.is_shelter(draft) or (is_known and addresses.has_protected_place(draft.entry))

    def is_shelter(self, draft):
        """Whether a row is about a shelter: no list says where that is."""
        column = self.columns.get("kind")
        kind = draft.values.get("kind") or getattr(draft.entry, "kind_id", None)
        return bool(column and kind) and kind == column.known.get(SHELTER)
