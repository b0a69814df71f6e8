"""The fields of an offer as caseworkers read them: each with a label and a word of help."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages, telephone
from offers.curation import kept_uploads, pictures
from offers.exchange.slugs import free_slug
from offers.models import Offer

LABELS = {
    "ages": _("Alter"),
    "access_modes": _("Wie kommt man hinein?"),
    "audience": _("Wer kommt?"),
    "url": _("Internetseite des Angebots"),
}
HELP_TEXTS = {
    "title": _("Kurz und eindeutig, höchstens 100 Zeichen. Ohne Jahreszahl."),
    "teaser": _("Ein Satz für die Liste: Was haben Eltern davon?"),
    "description": _("Was passiert dort? Wer ist dabei? Was bringt man mit? Kurze Sätze."),
    "alternate_name": _("Wie das Angebot sonst noch heißt. Die Suche findet es auch darunter."),
    "offer_type": _("Was für ein Angebot es ist, etwa Treff, Kurs oder Beratung."),
    "topics": _("Ein bis drei Themen, unter denen Eltern danach suchen."),
    "picture": _("JPEG, PNG oder WebP, höchstens 10 MB. Aufnahmeort und -daten werden entfernt."),
    "ages": _("Beide Enden zählen: „bis 6 Jahre“ heißt bis zum 7. Geburtstag. Leer: jedes Alter."),
    "audience": _("Wer wirklich hinkommt. Leer, wenn es offen ist."),
    "target_groups": _("Nur, wenn sich das Angebot besonders an sie wendet."),
    "eligibility_text": _("Was man mitbringen oder erfüllen muss, etwa „nur mit Kita-Gutschein“."),
    "languages": _("In welchen Sprachen Eltern dort reden können."),
    "languages_note": _("Etwa „Türkisch nur dienstags“."),
    "schedule_text": _("Nur, was sich unten nicht als Termin eintragen lässt."),
    "access_modes": _("Alles ankreuzen, was gilt."),
    "how_to_apply": _("Schritt für Schritt: Was tun Eltern, um dabei zu sein?"),
    "registration_url": _("Die Seite, auf der man sich anmeldet."),
    "registration_deadline": _("Der letzte Tag. Leer, wenn man sich immer anmelden kann."),
    "anonymous_possible": _("Kann man kommen, ohne seinen Namen zu nennen?"),
    "first_call": _(
        "Wer fragt was, wie lange dauert es? Leer gilt, was für die Art der Einrichtung steht."
    ),
    "cost_kind": _("Was für die meisten Familien gilt. Genaue Preise stehen darunter."),
    "cost_note": _("Etwa „Materialkosten“ oder „Geschwister frei“."),
    "reductions": _("Was den Preis senkt oder ganz bezahlt."),
    "provider": _("Tippen Sie den Namen. Fehlt die Einrichtung, legen Sie sie mit + an."),
    "provider_name": _("Nur, wenn der Anbieter oben nicht zu finden ist."),
    "phone": _("Die Nummer, die Eltern anrufen. Ein Hinweis darf dahinter stehen."),
    "email": _("Ein Postfach, keine Adresse einer Person."),
    "url": _("Etwa www.herne.de/kita; „https://“ wird ergänzt."),
    "status": _("Öffentlich zu sehen ist nur, was veröffentlicht ist."),
    "responsible": _("Wer den Eintrag pflegt und an die Prüfung erinnert wird."),
    "open_question": _("Was noch zu klären ist. Sieht nur die Verwaltung. Geklärt? Dann leeren."),
    "notes": _("Sieht nur die Verwaltung."),
    "confirmed_at": _("Wann zuletzt jemand gesagt hat: Das stimmt so."),
    "confirm_method": _("Von wem das kam."),
    "review_due_on": _(
        "Leer lassen: Der Tag folgt aus Themen und Angebotsart. Ein Tag, der hier steht, geht vor."
    ),
    "slug": _("Bleibt sie leer, entsteht sie aus dem Titel. Später besser nicht mehr ändern."),
    "valid_from": _("Vorher ist das Angebot nicht zu sehen. Leer: ab sofort."),
    "valid_to": _("Danach ist das Angebot nicht mehr zu sehen. Leer: ohne Ende."),
    "alert_text": _("Steht hervorgehoben über dem Angebot, etwa „Im August geschlossen“."),
    "alert_until": _("Der letzte Tag, an dem der Hinweis zu sehen ist."),
    "source": _("Woher der Eintrag stammt."),
    "external_id": _("Unter welcher Kennung er dort geführt wird."),
    "source_url": _("Wo es nachzulesen ist."),
    "source_year": _("Von wann die Angaben sind."),
}


class PictureField(kept_uploads.KeptFileField):
    """An uploaded picture, painted anew; kept while something else in its form is wrong."""

    widget = kept_uploads.KeptPictureInput

    def to_python(self, data):
        upload = super().to_python(data)
        if not upload:
            return upload
        picture = pictures.cleaned(upload)
        pictures.ask_for_room(picture)
        return picture

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": "image/jpeg,image/png,image/webp"}


class PhoneInput(forms.TextInput):
    """A telephone number, and under it what a phone will dial."""

    input_type = "tel"
    template_name = "offers/widgets/phone.html"

    def get_context(self, name, value, attrs):
        found = telephone.read(value)
        dialled = found.dialled if found else ""
        return super().get_context(name, value, attrs) | {"dialled": dialled}


class WithPhone(forms.ModelForm):
    """A form that shows under its ``phone`` what is dialled."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "phone" in self.fields:
            self.fields["phone"].widget = PhoneInput({"autocomplete": "off"})


class EntryForm(WithPhone):
    """An entry with a page: names for the codes of languages, an address made from its name."""

    named_by = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            codes = dict.fromkeys([*languages.NAMES, *self.instance.languages])
            self.fields["languages"].choices = [(code, languages.name(code)) for code in codes]
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        data = super().clean()
        if "slug" in data and not data["slug"] and (name := data.get(self.named_by)):
            data["slug"] = free_slug(self._meta.model, name)
        return data


class OfferForm(EntryForm):
    """An offer as it is entered."""

    named_by = "title"
    languages = forms.MultipleChoiceField(
        label=_("Sprachen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=HELP_TEXTS["languages"],
    )

    class Meta:
        model = Offer
        fields = "__all__"  # noqa: DJ007 - the admin says which fields it shows
        labels = LABELS
        help_texts = HELP_TEXTS

    def clean(self):
        data = super().clean()
        if {"provider", "provider_name"} <= set(data) and not any(
            (data["provider"], data["provider_name"])
        ):
            self.add_error(
                "provider", _("Wählen Sie einen Anbieter oder schreiben Sie seinen Namen.")
            )
        return data
