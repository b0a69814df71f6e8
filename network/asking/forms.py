"""The few questions an institution answers about an entry, and its free note."""

from contextlib import suppress

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxFormField, SubmitButton, TelephoneFormField
from lifephases import age_text, ages
from offers.models import Feedback, Offer

MOST_SIGNS = Feedback._meta.get_field("message").max_length  # noqa: SLF001, documented API
TIMES_LENGTH = Offer._meta.get_field("schedule_text").max_length  # noqa: SLF001, as above
COST_LENGTH = Offer._meta.get_field("cost_note").max_length  # noqa: SLF001, as above
TOO_LONG = _("Das sind %(number)d Zeichen, höchstens %(most)d passen. Kürzen Sie es bitte.")


class ChangeForm(forms.Form):
    """An entry as it stands, to be put right.

    Each field sends along what it said when the page was opened: only what somebody changed is
    proposed, whatever happened to the entry meanwhile.
    """

    phone = TelephoneFormField(
        label=_("Telefon"),
        required=False,
        max_length=160,
        help_text=_("Leer: Familien sehen die Nummer Ihrer Einrichtung, wenn wir sie kennen."),
    )
    email = MailboxFormField(
        label=_("E-Mail"),
        required=False,
        max_length=254,
        help_text=_("Ein Postfach, das Familien lesen dürfen."),
    )
    ages = forms.CharField(
        label=_("Für welches Alter?"),
        required=False,
        max_length=100,
        help_text=_("Zum Beispiel: 6 bis 10 Jahre, ab 14, bis 12 Monate, jedes Alter."),
    )
    when = forms.CharField(
        label=_("Wann findet es statt?"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Zum Beispiel: dienstags 16 bis 18 Uhr, nicht in den Schulferien."),
    )
    cost_kind = forms.ChoiceField(
        label=_("Kostet es etwas?"),
        choices=[(Offer.Cost.UNKNOWN, _("Weiß ich nicht"))]
        + [one for one in Offer.Cost.choices if one[0] != Offer.Cost.UNKNOWN],
        required=False,
        error_messages={"invalid_choice": _("Wählen Sie eine Antwort.")},
    )
    cost = forms.CharField(
        label=_("Wie viel, und gibt es Ermäßigung?"),
        required=False,
        help_text=_("Zum Beispiel: 10 Euro im Monat, mit BuT kostenlos."),
    )
    note = forms.CharField(
        label=_("Was stimmt sonst nicht, oder was fehlt?"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ein, zwei Sätze an die Redaktion. Bitte keine Namen von Menschen."),
    )
    of_the_entry = {"phone": "phone", "email": "email", "ages": "ages"} | {
        "when": "schedule_text",
        "cost_kind": "cost_kind",
        "cost": "cost_note",
    }

    helper = FormHelper()
    helper.form_id = "aendern"
    helper.disable_csrf = True  # the views say why
    helper.layout = Layout(
        *("phone", "email", "ages", "when", "cost_kind", "cost", "note"),
        HTML("{{ form.as_it_stood }}"),
        SubmitButton(_("An die Redaktion schicken")),
    )

    def __init__(self, data=None, *, offer):
        super().__init__(data, initial=self.said_of(offer))
        self.offer = offer
        for name in self.of_the_entry:
            self._compare_with_what_was_seen(name)

    @staticmethod
    def said_of(offer):
        """Return what an entry says now, by the names of the fields ``of_the_entry``."""
        said = {name: getattr(offer, name) for name in ("phone", "email", "cost_kind")}
        words = {"ages": offer.age_words, "when": offer.times_as_text}
        return said | words | {"cost": offer.cost_as_text}

    def _compare_with_what_was_seen(self, name):
        """Django would do that by ``show_hidden_initial``, whose fields are no right HTML."""
        sent = self.data.get(self.add_initial_prefix(name)) if self.is_bound else None
        if sent is not None:
            with suppress(ValidationError):
                self.initial[name] = self.fields[name].to_python(sent)

    @property
    def as_it_stood(self):
        """The hidden fields that say what the page said when it was opened."""
        hidden = [self._as_it_stood(name) for name in self.of_the_entry]
        return mark_safe("".join(hidden))  # noqa: S308, made by Django's widgets

    def _as_it_stood(self, name):
        field = self[name]
        sent = self.data.get(field.html_initial_name) if self.is_bound else None
        value = self.initial[name] if sent is None else sent
        attributes = {"id": field.html_initial_id}
        return forms.HiddenInput().render(field.html_initial_name, value, attributes)

    def clean_ages(self):
        """Read only what somebody changed: the words of a span are for people."""
        text = self.cleaned_data["ages"]
        if "ages" not in self.changed_data:
            return self.offer.ages
        try:
            return ages.span(*age_text.read(text))
        except ValueError:
            reason = _("„%(text)s“ ist kein Alter wie „6 bis 10 Jahre“ oder „ab 14“.")
            raise ValidationError(reason, params={"text": text}) from None

    def clean_when(self):
        return self._fitting("when", TIMES_LENGTH)

    def clean_cost(self):
        return self._fitting("cost", COST_LENGTH)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not self.changed_data:
            raise ValidationError(_("Sie haben noch nichts geändert."))
        self._check_as_entry(cleaned)
        return cleaned

    @property
    def changed(self):
        """The names of the answers about the entry that somebody changed."""
        return [name for name in self.changed_data if name in self.of_the_entry]

    def _fitting(self, name, most):
        """Refuse what is too long, unless it stood there so."""
        text = self.cleaned_data[name]
        if len(text) > most and name in self.changed_data:
            raise ValidationError(TOO_LONG, params={"number": len(text), "most": most})
        return text

    def _check_as_entry(self, cleaned):
        """Ask the entry itself whether it may say so, as the office's form does."""
        trial = Offer.objects.get(pk=self.offer.pk)
        columns = {self.of_the_entry[name]: name for name in self.changed}
        for column, name in columns.items():
            setattr(trial, column, cleaned[name])
        others = {one.name for one in Offer._meta.get_fields()} - columns.keys()  # noqa: SLF001
        try:
            trial.clean_fields(exclude=others)
            trial.clean()
        except ValidationError as error:
            by_column = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
            for column, wrong in by_column.items():
                self.add_error(columns.get(column), wrong)


class NoteForm(forms.Form):
    """A message of the house to the office."""

    note = forms.CharField(
        label=_("Ihre Nachricht an die Redaktion"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Etwa ein neues Angebot, oder was Familien oft fragen."),
    )
    helper = FormHelper()
    helper.disable_csrf = True  # the views say why
    helper.attrs = {"data-keep-typing": True}
    helper.layout = Layout(
        "note",
        SubmitButton(_("Nachricht schicken"), name="nachricht", value="1", css_class="button"),
    )

    def clean_note(self):
        if not self.cleaned_data["note"]:
            raise ValidationError(_("Schreiben Sie erst etwas in das Feld."))
        return self.cleaned_data["note"]


class SendOnForm(forms.Form):
    """Who else in the house knows: they get a letter with a link of their own."""

    to = MailboxFormField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Schreiben Sie erst eine Adresse in das Feld.")},
        help_text=_("Nennen Sie nur jemanden, der für Ihre Einrichtung antworten darf."),
    )
    helper = FormHelper()
    helper.disable_csrf = True  # the views say why
    helper.layout = Layout(
        "to",
        SubmitButton(_("Brief dorthin schicken"), name="weiter", value="1", css_class="button"),
    )
