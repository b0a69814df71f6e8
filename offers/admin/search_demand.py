"""What families searched in vain: add a synonym, or see what offers are missing."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import BrowseQuery
from offers.models import SearchDemand


@admin.register(SearchDemand)
class SearchDemandAdmin(ReadOnly):
    belongs_here = _(
        "Hier steht, was Familien oft suchen und nicht finden. "
        "Bisher war keine Suche fünfmal vergeblich."
    )
    list_per_page = 50
    show_full_result_count = False
    list_display = ["words_shown", "filters_in_words", "total", "week", "what_to_do"]
    list_display_links = None
    search_fields = ["words"]
    actions = None

    def get_queryset(self, request):
        """The newest row of each search that was made five times or more."""
        return SearchDemand.objects.frequent().order_by(*self.get_ordering(request))

    def get_ordering(self, _request):
        return ["-total", "words", "pk"]

    @admin.display(description=_("Wörter, ohne Umlautpunkte"), ordering="words", empty_value="–")
    def words_shown(self, demand):
        return demand.words or None

    @admin.display(description=_("mit den Filtern"), empty_value="–")
    def filters_in_words(self, demand):
        chips = BrowsePage(BrowseQuery(QueryDict(demand.filters))).chips
        return ", ".join(chip.label for chip in chips) or None

    @admin.display(description=_("wie oft"), ordering="total")
    def total(self, demand):
        return demand.total

    @admin.display(description=_("Was tun?"))
    def what_to_do(self, demand):
        state = "&".join(part for part in [urlencode({"q": demand.words}), demand.filters] if part)
        again = format_html(
            '<a href="{}?{}">{}</a>', reverse("offers:browse"), state, _("Suche ansehen")
        )
        if not demand.words or not self.may_add_synonyms:
            return again
        add = reverse("admin:offers_searchsynonym_add")
        link = urlencode({"phrase": demand.words})
        return format_html('<a href="{}?{}">{}</a><br>{}', add, link, _("Synonym anlegen"), again)

    def changelist_view(self, request, extra_context=None):
        self.may_add_synonyms = request.user.has_perm("offers.add_searchsynonym")
        return super().changelist_view(request, extra_context)
