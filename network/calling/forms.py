"""What is filled in while talking: an entry's answers, and when to try again."""

import datetime as dt

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.asking.forms import ChangeForm
from offers.models import FreePlaces, OfferPlace

Mode = OfferPlace.Mode
MORNING = dt.time(9)
SATURDAY = 5


class Said(models.TextChoices):
    """What the house said about an entry."""

    NOTHING = "", _("nicht besprochen")
    RIGHT = "right", _("bestätigt: so stimmt es jetzt")
    GONE = "gone", _("gibt es nicht mehr")


class CallForm(ChangeForm):
    """An entry as it stands, put right by the office while it talks to the house.

    Only what somebody changed is kept; what was said decides whether it is confirmed.
    """

    teaser = forms.CharField(
        label=_("Was passiert dort? Ein Satz."), required=False, max_length=200
    )
    how_to_apply = forms.CharField(
        label=_("Wie macht man mit?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    where = forms.ChoiceField(
        label=_("Wo ist es?"),
        required=False,
        choices=[
            ("", _("wie es dasteht")),
            (Mode.LOCATION.value, _("im Haus der Einrichtung")),
            (Mode.HOME_VISIT.value, _("bei den Familien zu Hause")),
            (Mode.ONLINE.value, _("online")),
            (Mode.PHONE.value, _("am Telefon")),
            (Mode.CITY_WIDE.value, _("in der ganzen Stadt")),
        ],
    )
    places = forms.ChoiceField(
        label=_("Sind noch Plätze frei?"),
        required=False,
        choices=[("", _("nicht gefragt")), *FreePlaces.State.choices],
    )
    said = forms.ChoiceField(
        label=_("Was sagt das Haus?"),
        required=False,
        choices=Said.choices,
        widget=forms.RadioSelect,
        initial=Said.NOTHING.value,
    )
    of_the_entry = ChangeForm.of_the_entry | {"how_to_apply": "how_to_apply", "teaser": "teaser"}
    field_order = [
        *("phone", "email", "teaser", "ages", "where", "when", "how_to_apply"),
        *("cost_kind", "cost", "places", "note"),
    ]

    def __init__(self, data=None, *, offer):
        self.prefix = f"e{offer.pk}"
        super().__init__(data, offer=offer)
        self.fields["note"].label = _("Sonst noch etwas? (für die Redaktion)")
        self.fields["note"].help_text = ""
        if not offer.gives_places:
            del self.fields["places"]
        self.own_place = offer.provider.locations.public().first()

    @staticmethod
    def said_of(offer):
        more = {"how_to_apply": offer.how_to_apply, "teaser": offer.teaser}
        return ChangeForm.said_of(offer) | more

    def clean(self):
        """Nothing changed is an answer too; what is changed must fit the entry."""
        cleaned = forms.Form.clean(self)
        if not self.errors and self.changed:
            self._check_as_entry(cleaned)
        if cleaned.get("where") == Mode.LOCATION and self.own_place is None:
            self.add_error(
                "where",
                _("Von diesem Haus kennen wir keinen Ort. Schreiben Sie ihn in das letzte Feld."),
            )
        return cleaned

    @property
    def says_something(self):
        """Whether anything about the entry was said or filled in."""
        told = ("said", "where", "places", "note")
        return bool(self.changed) or any(self.cleaned_data.get(name) for name in told)


class AgainForm(forms.Form):
    """When to call again after nobody answered."""

    again = forms.ChoiceField(label=_("Wieder anrufen"), widget=forms.RadioSelect)

    def __init__(self, data=None):
        super().__init__(data)
        self.moments = next_times(timezone.localtime())
        words = [_("in drei Stunden"), _("am nächsten Werktag um 9 Uhr"), _("in einer Woche")]
        self.fields["again"].choices = list(zip(self.moments, words, strict=True))
        self.fields["again"].initial = "day"

    @property
    def again_at(self):
        return self.moments[self.cleaned_data["again"]]


def next_times(now):
    """Return the moments somebody may choose from, by name."""
    day = now.date() + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    morning = timezone.make_aware(dt.datetime.combine(day, MORNING))
    return {
        "hours": now + dt.timedelta(hours=3),
        "day": morning,
        "week": now + dt.timedelta(days=7),
    }
