"""The note of a cell, written on the page of the cell."""

from django import forms

from kekiz_portal.lib.history.beside_others import BesideOthers
from kekiz_portal.lib.office import name_of
from lifephases.models import LifePhase, Transition
from network.models import ChainNote

MAY_NOTE = "network.change_chainnote"


class NoteForm(BesideOthers, forms.ModelForm):
    class Meta:
        model = ChainNote
        fields = ["state", "text", "owner", "due_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].label_from_instance = name_of


def note_of(place, topic, column):
    """Return the note of a cell, a new one if nobody has written it yet."""
    phase = LifePhase.objects.filter(slug=column.slug).first()
    step = None if phase else Transition.objects.filter(slug=column.slug).first()
    about = {"district": place, "topic": topic, "phase": phase, "step": step}
    return ChainNote.objects.filter(**about).first() or ChainNote(**about)
