"""What people fill in about the newsletter; ``website`` is a trap nobody sees or hears."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import TRAP, MailboxFormField, TrapField, helper
from kekiz_portal.lib.languages import said
from network.models import DataRequest, MailingList
from network.newsletters.composing.messages import UnusableAddressError, ascii_address
from offers.models import Topic

from .filling_in import TakesTime
from .signing_up import Choice

ADDRESS_LENGTH = 254
ADDRESS_ERRORS = {
    "required": _("Schreiben Sie Ihre E-Mail-Adresse."),
    "invalid": _("Diese Adresse ist nicht vollständig. Ein Beispiel: name@beispiel.de"),
    "max_length": _("Diese Adresse ist zu lang."),
}


class WithAddress:
    """A form whose ``address`` a mail can go to."""

    def clean_address(self):
        """Return the address as it is written to, or say that no mail can go there."""
        try:
            address = ascii_address(self.cleaned_data["address"])
        except UnusableAddressError:
            raise forms.ValidationError(ADDRESS_ERRORS["invalid"], "invalid") from None
        if len(address) > ADDRESS_LENGTH:  # an umlaut takes more room in a mail
            raise forms.ValidationError(ADDRESS_ERRORS["max_length"], "max_length")
        return address


class DataForm(WithAddress, forms.Form):
    """Whose data the office looks at."""

    address = MailboxFormField(
        label=_("E-Mail-Adresse"), max_length=ADDRESS_LENGTH, error_messages=ADDRESS_ERRORS
    )


class AddressForm(WithAddress, TakesTime):
    """An address, as one would ask for the data about it."""

    address = MailboxFormField(
        label=_("Ihre E-Mail-Adresse"),
        max_length=ADDRESS_LENGTH,
        error_messages=ADDRESS_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = TrapField()
    helper = helper(_("Link schicken"), "address", TRAP, "began")

    def is_to_be_taken(self):
        """Tell whether a person sent it, and for the first time."""
        return not (self.cleaned_data["website"] or self.is_sent_twice)


class PersonForm(forms.Form):
    """What somebody of the network wants to know or to have done, and who that is."""

    name = forms.CharField(
        label=_("Um wen geht es? Vorname und Nachname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Schreiben Sie, um wen es geht.")},
    )
    kind = forms.ChoiceField(
        label=_("Was möchten Sie?"),
        choices=[
            (DataRequest.Kind.ACCESS, _("Wissen, was gespeichert ist")),
            (DataRequest.Kind.RECTIFICATION, _("Etwas berichtigen")),
            (DataRequest.Kind.ERASURE, _("Den Eintrag löschen")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Wählen Sie aus, was Sie möchten."),
            "invalid_choice": _("Wählen Sie aus, was Sie möchten."),
        },
    )
    helper = helper(_("Absenden"), "name", "kind")


class NamedLists(forms.ModelMultipleChoiceField):
    """Lists with what each is about."""

    def label_from_instance(self, one):
        return f"{one.name}: {one.description}" if one.description else one.name


class PreferencesForm(forms.Form):
    """Lists, language and topics; what leaves no choice is not asked."""

    lists = NamedLists(
        label=_("Welche Newsletter möchten Sie?"),
        queryset=MailingList.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kreuzen Sie mindestens einen Newsletter an."),
            "invalid_choice": _("Diesen Newsletter gibt es nicht mehr. Wählen Sie bitte neu."),
            "invalid_pk_value": _("Diesen Newsletter gibt es nicht mehr. Wählen Sie bitte neu."),
            "invalid_list": _("Wählen Sie Newsletter aus der Liste."),
        },
    )
    interests = forms.ModelMultipleChoiceField(
        label=_("Was interessiert Sie?"),
        help_text=_("Ohne Auswahl bekommen Sie alles."),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Dieses Thema gibt es nicht mehr. Wählen Sie bitte neu."),
            "invalid_pk_value": _("Dieses Thema gibt es nicht mehr. Wählen Sie bitte neu."),
            "invalid_list": _("Wählen Sie Themen aus der Liste."),
        },
    )
    # That of the page, not asked: newsletters are written in German alone.
    language = forms.ChoiceField(
        choices=lambda: settings.LANGUAGES, widget=forms.HiddenInput, initial=get_language
    )
    helper = helper(_("Speichern"), "lists", "interests", "language")

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = list(offered)
        self.fields["lists"].queryset = offered
        if len(self.offered) == 1:
            self.fields["lists"].widget = forms.MultipleHiddenInput()
            self.fields["lists"].required = False
        self.fields["interests"].label_from_instance = lambda topic: said(topic.name)

    def clean_lists(self):
        """Return the lists; the only one there is needs no tick."""
        return self.offered if len(self.offered) == 1 else list(self.cleaned_data["lists"])

    @property
    def choice(self):
        """Return what a valid form chose."""
        names = ["language", "lists", "interests"]
        return Choice(offered=self.offered, **{name: self.cleaned_data[name] for name in names})


class SignUpForm(PreferencesForm, AddressForm):
    """Asking for newsletters; what is agreed to stands above the button."""

    field_order = ["address", "lists", "interests", "language", "website", "began"]
    helper = FormHelper()
    helper.form_tag = False  # the page puts the consent between the fields and the button
    helper.disable_csrf = True
    helper.layout = Layout("address", "lists", "interests", "language", TRAP, "began")
