"""Lists that somebody keeps under a name."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from network.models import SavedList
from offers.admin.versions.collisions import CollisionsExplained


class SavedListForm(forms.ModelForm):
    """The form also checks the rules about the owner, whom it does not show."""

    class Meta:
        model = SavedList
        fields = ["name", "is_shared"]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"by"}


@admin.register(SavedList)
class SavedListAdmin(SavedBesideOthers, CollisionsExplained):
    """One's own lists and the shared ones; they come into being above the list they filter."""

    belongs_here = _(
        "Hier stehen gemerkte Listen. "
        "Filtern Sie Netzwerkpartner oder Ansprechpersonen, und merken Sie sich die Liste dort."
    )
    list_display = ["name", "kind", "is_shared", "by", "opened"]
    list_select_related = ["by"]
    form = SavedListForm

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, _request):
        return False

    @admin.display(description=_("Liste"))
    def opened(self, saved):
        return format_html('<a href="{}">{}</a>', saved.address, _("öffnen"))
