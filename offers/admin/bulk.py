"""What is done with many entries at once: by itself, or after one question."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import edit
from kekiz_portal.lib.office import name_of, page
from offers.curation.publishing import STEPS, take_step
from offers.models import Topic
from offers.models.offer.choices import Status
from offers.models.signals import handed_over

NAMED = 5


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Grund"),
        max_length=200,
        required=False,
        help_text=_("Steht später in der Versionsgeschichte, etwa „Kurs ist zu Ende“."),
    )


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return name_of(user)


class HandOverForm(forms.Form):
    colleague = ColleagueField(
        label=_("Wer kümmert sich künftig?"),
        queryset=User.objects.filter(is_active=True, is_staff=True).order_by("username"),
        required=False,
        empty_label=_("niemand"),
    )


class TopicForm(forms.Form):
    ADD, REMOVE = "add", "remove"

    topic = forms.ModelChoiceField(label=_("Thema"), queryset=Topic.objects.all())
    way = forms.ChoiceField(
        label=_("Was soll geschehen?"),
        choices=[(ADD, _("hinzufügen")), (REMOVE, _("entfernen"))],
        initial=ADD,
        widget=forms.RadioSelect,
    )


def ask_first(model_admin, request, offers, form, button):
    """Answer with the page that asks what is still to be said before the action of a request."""
    context = {
        "action": request.POST["action"],
        "form": form,
        "offers": offers[:NAMED],
        "number": offers.count(),
        "selected": request.POST.getlist("_selected_action"),
        "across": request.POST.get("select_across", "0"),
        "list_address": request.get_full_path(),
    }
    return page(model_admin, request, "admin/offers/many.html", button, context)


def answered(form_class, request):
    """Return the form of the page that asked; unbound when it was not asked yet."""
    return form_class(request.POST if "apply" in request.POST else None)


def take_step_with_many(model_admin, request, offers, name, reason=""):
    """Take a step with each of the offers; say how many and which were left out, and why."""
    done, refused = 0, []
    for offer in offers.order_by(GermanOrder("title"), "title", "pk"):
        try:
            take_step(name, offer, request.user, reason)
        except ValidationError as error:
            refused.append(_now("„%s“: %s") % (offer.title, " ".join(error.messages)))
        except PermissionDenied:
            refused.append(_now("„%s“: Dafür fehlt Ihnen die Berechtigung.") % offer.title)
        else:
            done += 1
    say_done(model_admin, request, done, Status(STEPS[name].leads_to).label)
    say_refused(model_admin, request, refused)


@transaction.atomic
def hand_over(offers, colleague, by):
    """Make a colleague, or nobody, responsible for the offers; returns for how many."""
    with edit(by=by, reason=_now("übergeben")):
        found = list(offers.order_by("pk"))
        for offer in found:
            offer.responsible = colleague
            offer.save(update_fields=["responsible", "updated_at"])
    if colleague is not None:
        handed_over.send(sender=None, actor=by, colleague=colleague, offers=found)
    return len(found)


@transaction.atomic
def set_topic(offers, topic, *, remove, by):
    """Put a topic on the offers, or take it off; returns on how many that changed something."""
    changed = offers.filter(topics=topic) if remove else offers.exclude(topics=topic)
    with edit(by=by, reason=_now("Thema geändert")):
        found = list(changed.order_by("pk"))
        for offer in found:
            (offer.topics.remove if remove else offer.topics.add)(topic)
    return len(found)


def say_done(model_admin, request, number, what):
    if number:
        text = ngettext("%(n)d Eintrag: %(what)s.", "%(n)d Einträge: %(what)s.", number)
        words = {"n": number, "what": str(what)}
        model_admin.message_user(request, text % words, messages.SUCCESS)


def say_unchanged(model_admin, request, number):
    if number:
        text = ngettext("%d Eintrag war schon so.", "%d Einträge waren schon so.", number)
        model_admin.message_user(request, text % number, messages.INFO)


def say_refused(model_admin, request, refused):
    """Name what was left out and why; beyond a handful only how many more."""
    for line in refused[:NAMED]:
        model_admin.message_user(request, line, messages.WARNING)
    if (rest := len(refused) - NAMED) > 0:
        text = ngettext(
            "%d weiterer Eintrag ließ sich nicht ändern.",
            "%d weitere Einträge ließen sich nicht ändern.",
            rest,
        )
        model_admin.message_user(request, text % rest, messages.WARNING)
