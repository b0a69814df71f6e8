"""Who gets the newsletter: to look at; people sign up, change and end it themselves."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kekiz_portal.lib.fields import MailboxFormField
from kekiz_portal.lib.keys import keys
from kekiz_portal.lib.office import ReadOnly, Untouched, page
from network.models import AuditEntry, Consent, Subscription, Suppression
from network.newsletters.subscribing import personal_data, signing_up
from network.newsletters.subscribing.forms import ADDRESS_ERRORS, DataForm, WithAddress
from network.newsletters.subscribing.views import data_response
from network.people.audit import record
from offers.admin.list_filters import SelectFilter

State = Subscription.State


class StateFilter(SelectFilter):
    title = _("Stand")
    parameter_name = "stand"
    field = "state"
    options = State.choices


class CorrectionForm(WithAddress, forms.ModelForm):
    """What a subscriber may want to have put right."""

    address = MailboxFormField(
        label=_("E-Mail"),
        help_text=_(
            "An eine neue Adresse geht eine E-Mail zum Bestätigen; die alte bekommt ab sofort "
            "nichts mehr."
        ),
        error_messages=ADDRESS_ERRORS,
    )
    language = forms.ChoiceField(label=_("Sprache"))

    class Meta:
        model = Subscription
        fields = ["address", "language", "interests"]
        widgets = {"interests": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES

    def clean_address(self):
        address = super().clean_address()
        if Subscription.objects.of(address).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Diese Adresse hat schon ein Abo."))
        return address


@admin.register(Subscription)
class SubscriptionAdmin(Untouched):
    belongs_here = _(
        "Hier steht, wer den Newsletter bekommt. "
        "Familien melden sich selbst an, auf der Seite „Newsletter“."
    )
    list_display = ["address", "state", "language", "asked_at", "confirmed_at", "ended_at"]
    list_filter = [StateFilter, "lists"]
    search_fields = ["address__istartswith"]
    search_help_text = _("Sucht nach dem Anfang der Adresse.")
    form = CorrectionForm
    fields = ["address", "language", "interests", "lists", "state"]
    fields += ["asked_at", "confirmed_at", "ended_at"]
    readonly_fields = ["lists", "state", "asked_at", "confirmed_at", "ended_at"]
    change_list_template = "admin/network/subscriptions.html"
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self):
        def for_whoever_may(action, address, view, name):
            allowed = permission_required(f"network.{action}_subscription", raise_exception=True)
            return path(address, self.admin_site.admin_view(allowed(view)), name=f"network_{name}")

        return [
            for_whoever_may("view", "daten/", self.data, "personal_data"),
            for_whoever_may("view", "daten/herunterladen/", self.data_file, "personal_data_file"),
            for_whoever_may("delete", "daten/loeschen/", self.erase, "personal_data_erase"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request, obj=None):
        is_active = obj is None or obj.state == State.ACTIVE
        return is_active and request.user.has_perm("network.change_subscription")

    def save_model(self, request, subscription, form, change):
        """Correct what was typed; the rules are those of the public pages."""
        kept = Subscription.objects.active().select_for_update().filter(pk=subscription.pk).first()
        if kept is None:
            messages.warning(request, gettext("Dieses Abo ist inzwischen beendet."))
            return
        had = list(kept.lists.all())
        choice = signing_up.Choice(
            language=form.cleaned_data["language"],
            lists=had,
            offered=had,
            interests=list(form.cleaned_data["interests"]),
        )
        if "address" in form.changed_data:
            source = gettext("berichtigt in der Verwaltung")
            signing_up.move(kept, form.cleaned_data["address"], choice, source)
            words = gettext("An %s ist eine E-Mail zum Bestätigen unterwegs.")
            messages.info(request, words % form.cleaned_data["address"])
        else:
            signing_up.correct(kept, choice)

    def save_related(self, request, form, formsets, change):
        """Save nothing more: ``save_model`` kept the topics too."""

    def log_change(self, request, obj, message):
        """Note it in the audit log, which quotes no address, instead of in Django's own."""
        record(AuditEntry.Action.CORRECTED, request.user, obj)

    def has_delete_permission(self, request, obj=None):
        # Everything about an address is erased on its own page, not one row of it.
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, (extra_context or {}) | {"counts": counts()})

    def data(self, request):
        """Everything about the address that somebody names; no page's address quotes it."""
        form = DataForm(request.POST if request.method == "POST" else None)
        address = form.cleaned_data["address"] if form.is_bound and form.is_valid() else ""
        may_erase = request.user.has_perm("network.delete_subscription")
        title = gettext("Daten zu einer Adresse")
        return self._about(request, "personal_data", title, address, form=form, may_erase=may_erase)

    @method_decorator(require_POST)
    def data_file(self, request):
        form = DataForm(request.POST)
        if not form.is_valid():
            return redirect("admin:network_personal_data")
        record(AuditEntry.Action.EXPORT, request.user, what=gettext("Daten zu einer Adresse"))
        address = form.cleaned_data["address"]
        return data_response(address, personal_data.about(address))

    @method_decorator(require_POST)
    def erase(self, request):
        """Erase an address after a second question, and of its people those who are chosen."""
        form = DataForm(request.POST)
        if not form.is_valid():
            return redirect("admin:network_personal_data")
        address = form.cleaned_data["address"]
        if "agreed" not in request.POST:
            return self._about(request, "erase_data", gettext("Alles löschen?"), address)
        chosen = keys(request.POST.getlist("person"))
        people = personal_data.people_at(address).filter(pk__in=chosen)
        under_way = personal_data.erase(address, people, by=request.user)
        record(AuditEntry.Action.DELETED, request.user, what=gettext("Daten zu einer Adresse"))
        if under_way:
            words = gettext("Eine E-Mail ist gerade unterwegs. Löschen Sie in einer Stunde erneut.")
            messages.warning(request, words)
        else:
            messages.success(request, gettext("Die Daten zu dieser Adresse sind gelöscht."))
        return redirect("admin:network_personal_data")

    def _about(self, request, name, title, address, **more):
        """Answer with a page that shows what is known of an address."""
        known = {
            "address": address,
            "sections": personal_data.about(address) if address else [],
            "people": list(personal_data.people_at(address)) if address else [],
        }
        return page(self, request, f"admin/network/{name}.html", title, known | more)


def counts():
    """Return how many subscriptions there are, as words for each state."""
    numbers = Subscription.objects.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State}
    )
    return [(label, numbers[value]) for value, label in State.choices]


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    belongs_here = _(
        "Hier steht jede Einwilligung mit Wortlaut und Zeit, sobald sich jemand anmeldet."
    )
    list_display = ["asked_at", "confirmed_at", "withdrawn_at", "text_version", "language"]
    fields = ["mailing_list", "wording", "text_version", "purposes", "language", "source"]
    fields += ["asked_at", "confirmed_at", "token_hash", "withdrawn_at"]
    list_per_page = 50
    show_full_result_count = False


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    belongs_here = _("Hier stehen Adressen, die nie wieder einen Newsletter bekommen sollen.")
    list_display = ["address", "since"]
    search_fields = ["address__istartswith"]
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return False
