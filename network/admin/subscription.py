"""Who gets the newsletter: to look at; people sign up, change and end it themselves."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kekiz_portal.lib.fields import MailboxFormField
from kekiz_portal.lib.keys import keys
from kekiz_portal.lib.office import Untouched
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


class Listed(Untouched):
    """Rows nobody writes by hand."""

    list_per_page = 50
    show_full_result_count = False


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
class SubscriptionAdmin(Listed):
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

    def get_urls(self):
        def page(address, view, action, name):
            allowed = permission_required(f"network.{action}_subscription", raise_exception=True)
            return path(address, self.admin_site.admin_view(allowed(view)), name=name)

        return [
            page("daten/", self.data, "view", "network_personal_data"),
            page("daten/herunterladen/", self.data_file, "view", "network_personal_data_file"),
            page("daten/loeschen/", self.erase, "delete", "network_personal_data_erase"),
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
        context = self._context(request, gettext("Daten zu einer Adresse"), address)
        context |= {
            "form": form,
            "may_erase": request.user.has_perm("network.delete_subscription"),
        }
        return render(request, "admin/network/personal_data.html", context)

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
        if form.is_valid() and "agreed" not in request.POST:
            title, address = gettext("Alles löschen?"), form.cleaned_data["address"]
            context = self._context(request, title, address)
            return render(request, "admin/network/erase_data.html", context)
        if form.is_valid():
            address = form.cleaned_data["address"]
            chosen = keys(request.POST.getlist("person"))
            people = personal_data.people_at(address).filter(pk__in=chosen)
            under_way = personal_data.erase(address, people, by=request.user)
            record(AuditEntry.Action.DELETED, request.user, what=gettext("Daten zu einer Adresse"))
            self._say(request, under_way)
        return redirect("admin:network_personal_data")

    def _context(self, request, title, address):
        return self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "address": address,
            "sections": personal_data.about(address) if address else [],
            "people": list(personal_data.people_at(address)) if address else [],
        }

    def _say(self, request, under_way):
        if under_way:
            words = gettext("Eine E-Mail ist gerade unterwegs. Löschen Sie in einer Stunde erneut.")
            messages.warning(request, words)
        else:
            messages.success(request, gettext("Die Daten zu dieser Adresse sind gelöscht."))


def counts():
    """Return how many subscriptions there are, as words for each state."""
    numbers = Subscription.objects.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State}
    )
    return [(label, numbers[value]) for value, label in State.choices]


@admin.register(Consent)
class ConsentAdmin(Listed):
    belongs_here = _(
        "Hier steht jede Einwilligung mit Wortlaut und Zeit, sobald sich jemand anmeldet."
    )
    list_display = ["asked_at", "confirmed_at", "withdrawn_at", "text_version", "language"]
    fields = ["mailing_list", "wording", "text_version", "purposes", "language", "source"]
    fields += ["asked_at", "confirmed_at", "token_hash", "withdrawn_at"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    belongs_here = _("Hier stehen Adressen, die nie wieder einen Newsletter bekommen sollen.")
    list_display = ["address", "since"]
    search_fields = ["address__istartswith"]
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return False
