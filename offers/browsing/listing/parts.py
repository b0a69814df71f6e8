"""The parts of the browse page that are ready but for what fills their gaps."""

import time
from typing import NamedTuple

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offers.browsing.facets import Choice, Facet
from offers.browsing.paging import pagination
from offers.browsing.query import DEFAULT_SORT, LITERAL, SORTS
from offers.browsing.ready import filled, gap, hidden_fields

FIRST_PAGES = 10


class Chip(NamedTuple):
    """A value in use; ``words`` are those of the search it was read from, if it was."""

    label: str
    remove_url: str
    words: str = ""


class ReadyParts:
    """What ``BrowsePage`` shows of its query, its chips and its facets."""

    @property
    def search_box(self):
        """One field to search all offers; the filters that were chosen stay."""
        chosen = self.query.parameters
        stays = [name for name in chosen if name not in {"q", LITERAL}]
        shape = {"action": self.query.path, "prefix": "liste", "htmx": True, "narrow": True}
        shape["q"] = gap("q")
        kept, typed = hidden_fields(chosen, stays), self.query.chosen.get("q", [""])[0]
        return filled("search-box", (*shape.items(), ("kept", gap("kept"))), q=typed, kept=kept)

    @property
    def filters(self):
        """All filters, as a sheet or a column."""
        return self.once("filters", self._all_filters)

    @property
    def chip_list(self):
        """The filters in use, each a link that drops it, and the switches."""
        return self.once("chips", self._chips_and_switches)

    @property
    def is_often_asked_for(self):
        """Whether this is one of the first pages of the whole list, as it is without notices."""
        return self.results.number <= FIRST_PAGES and not self.all_notices

    def once(self, name, make):
        """Return a part of the whole list: made once, until a date begins or is over.

        Of what was chosen there are too many lists to keep a part of each.
        """
        if self.query.selection or self.age_form:
            return make()
        catalogue, begun = self.query.catalogue, time.time()
        name = name, get_language(), self.query.sort
        return catalogue.once(name, make, until=lambda _made: catalogue.dates.change_after(begun))

    def _all_filters(self):
        shape = {"action": self.query.path, "htmx": True, "is_private": self.is_private}
        shape["back"] = "results-title"
        shape |= {"kept": gap("kept"), "facets": (gap("facets"),), "count": gap("count")}
        if not self.shows_help:  # no address holds what a need was
            shape["counts"] = reverse("offers:count")
        kept = hidden_fields(self.query.settled_parameters, ["q", LITERAL])
        groups = [*self.facets, self._order]
        facets = mark_safe("".join(map(str, groups)))  # noqa: S308, each is a ready part
        return filled("filters", tuple(shape.items()), kept=kept, facets=facets, count=self.count)

    @property
    def filters_link(self):
        """What opens the filters on phones."""
        return filled("filters-link", (("chosen", len(self.chips)),))

    def _chips_and_switches(self):
        shown, values = [], {}
        for number, chip in enumerate(self.other_chips):
            said = {f"{name}{number}": text for name, text in chip._asdict().items() if text}
            shown.append(Chip(*(gap(name) for name in said)))
            values |= said
        switches = []
        for number, one in enumerate(self.switches):
            switches.append(one._replace(label=gap(f"switch{number}"), url=gap(f"to{number}")))
            values |= {f"switch{number}": one.label, f"to{number}": one.url}
        shape = [("chosen", tuple(shown)), ("switches", tuple(switches)), ("htmx", True)]
        if self.chips:
            shape.append(("clear_url", gap("clear_url")))
            values["clear_url"] = self.query.url_without_filters
        return filled("chips", tuple(shape), **values)

    @property
    def _order(self):
        """The order of the list, as a group of the filters."""
        labels = {
            "passend": _("was am besten passt"),
            "termin": _("nächster Termin"),
            "titel": _("Titel von A bis Z"),
        }
        choices = [
            Choice(
                "sortierung",
                "" if one == DEFAULT_SORT else one,
                labels[one],
                one == self.query.sort,
            )
            for one in SORTS
        ]
        return Facet("sortierung", _("Reihenfolge"), "order", choices)

    @property
    def pagination(self):
        """The way back and on through the list; no address holds words of distress."""
        if self.is_private:
            page = self.results
            more = page.has_next() and self._sent_again(
                "seite", page.next_page_number(), _("Weitere Angebote")
            )
            return more or ""
        return pagination(self.results, lambda page: self.query.url(seite=[page]), htmx=True)

    @property
    def literally(self):
        """The same search once more, each word as it was typed."""
        label = _("Nicht gemeint? Alle Angebote zu diesen Wörtern")
        return self._sent_again(LITERAL, "1", label)

    def _sent_again(self, name, value, label):
        context = {"name": name, "value": value, "label": label, "htmx": True}
        context |= {"action": self.query.path, "kept": self.query.parameters}
        return get_template("components/sent-again.html").render(context)
