"""The parts of the browse page that are ready but for what fills their gaps."""

from typing import NamedTuple

from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from .paging import pagination
from .query import LITERAL, SORTS
from .ready import filled, gap, hidden_fields


class Chip(NamedTuple):
    """A value in use; ``words`` are those of the search it was read from, if it was."""

    label: str
    remove_url: str
    words: str = ""


class Order(NamedTuple):
    """One order of the list, with its address."""

    label: str
    url: str
    chosen: bool


class ReadyParts:
    """What ``BrowsePage`` shows of its query, its chips and its facets."""

    @property
    def search_box(self):
        """One field to search all offers; the filters that were chosen stay."""
        chosen = self.query.parameters
        stays = [name for name in chosen if name not in {"q", LITERAL}]
        shape = {"action": self.query.path, "prefix": "liste", "htmx": True, "q": gap("q")}
        kept, typed = hidden_fields(chosen, stays), self.query.chosen.get("q", [""])[0]
        return filled("search-box", (*shape.items(), ("kept", gap("kept"))), q=typed, kept=kept)

    @property
    def filters(self):
        """All filters, as a sheet or a column."""
        shape = {"action": self.query.path, "htmx": True, "chosen": len(self.chips)}
        shape |= {"opened": bool(self.age_form), "is_private": self.is_private}
        shape |= {"kept": gap("kept"), "facets": (gap("facets"),)}
        kept = hidden_fields(self.query.settled_parameters, ["q", LITERAL, "sortierung"])
        facets = format_html_join("", "{}", ((facet,) for facet in self.facets))
        return filled("filters", tuple(shape.items()), kept=kept, facets=facets)

    @property
    def chip_list(self):
        """The filters in use, each a link that drops it."""
        if not self.chips:
            return ""
        shown, values = [], {"clear_url": self.query.url_without_filters}
        for number, chip in enumerate(self.chips):
            said = {f"{name}{number}": text for name, text in chip._asdict().items() if text}
            shown.append(Chip(*(gap(name) for name in said)))
            values |= said
        shape = ("chosen", tuple(shown)), ("clear_url", gap("clear_url")), ("htmx", True)
        return filled("chips", shape, **values)

    @property
    def sorting(self):
        """The order of the list, as links behind the chosen one."""
        labels = {
            "passend": _("was am besten passt"),
            "termin": _("nächster Termin"),
            "titel": _("Titel von A bis Z"),
        }
        choices = tuple(Order(labels[one], gap(one), one == self.query.sort) for one in SORTS)
        urls = {one: self.query.url(sortierung=[one]) for one in SORTS}
        return filled("sorting", (("choices", choices), ("htmx", True)), **urls)

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
