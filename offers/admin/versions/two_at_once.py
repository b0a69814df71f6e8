"""Two people change one entry at once: what each changed is kept, what both changed is asked.

The form says what its reader had seen. If somebody saved since, the entry is put back to that, the
form is saved there as if nobody had come between, what it changed is read, and all of it is taken
back: the rehearsal. Then both sides are merged field by field (``offers.curation.merging``).
"""

from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.beside_others import LockedWhileSaved
from kekiz_portal.lib.times import clock
from offers.curation import kept_uploads, versions
from offers.curation.difference import Differences
from offers.curation.merging import MINE, THEIRS, Merge
from offers.curation.record import ROOT, WORKFLOW, in_any_order, parts_of, put, take

CHOICE = "_choice-"


class Undecided:
    """A form that is not saved because something must be said first: ``undecided`` says what."""

    @classmethod
    def made_of(cls, form, words):
        """Return a class of forms that are like ``form``, but for the words that they come with."""
        return type(form.__name__, (cls, form), {"undecided": words})

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.undecided)
        return cleaned


class Beside:
    """A save beside ones that came between.

    ``wanted`` is what its form would make of the entry, ``undecided`` why it is not saved,
    ``merge`` the two sides put together, ``is_lost`` says that the past could not be brought back.
    """

    def __init__(self, entry, seen, token):
        self.meanwhile, self.token = seen.meanwhile(), token
        self.base, self.theirs = seen.record(), take(entry)
        self.wanted = self.merge = None
        self.undecided, self.is_lost, self.change_message = "", False, []


def chosen(typed, conflict):
    """Return the side somebody chose in a ``Conflict``, None if they did not know it as it is."""
    side, _colon, mark = typed.get(CHOICE + conflict.name, "").partition(":")
    return side if side in {MINE, THEIRS} and mark == conflict.mark else None


class TwoAtOnce(LockedWhileSaved):
    """An admin of entries with a history, saved without undoing what others saved."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.beside = request.overtaken = None
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST" or object_id is None:
            return view()
        with transaction.atomic():
            entry = self.get_object(request, unquote(object_id))
            if entry is not None and self.has_change_permission(request, entry):
                request.beside = self._beside(entry, request.POST.get("_seen", ""))
            return self._save_beside(request, entry, view) if request.beside else view()

    def _beside(self, entry, token):
        """Return what stands beside this save, None where nobody came between."""
        if token == versions.seen(entry):
            return None
        seen = versions.Seen(entry, token)
        return Beside(entry, seen, token) if seen.meanwhile() else None

    # What an admin of some kind of entries adds

    def after_saving(self, request, entry, change):
        """Do what follows when an entry is saved as it shall be; ``change`` says it was there.

        ``request.overtaken`` are the values it had until then, if somebody else had saved them.
        """

    def saves_nothing(self, request):
        """Take back what a form did that was sent for something else: a preview, a proposal."""
        if request.beside:
            request.beside.wanted = None
        transaction.set_rollback(True)

    # The rehearsal

    def _save_beside(self, request, entry, view):
        beside = request.beside
        kept_uploads.keep_all(request.FILES)
        try:
            answer = self._rehearse(entry, view, beside)
        except LookupError:
            beside.is_lost, beside.undecided = True, self._explained(beside)
            answer = view()
        if beside.wanted is not None:
            sides = beside.base, beside.theirs, beside.wanted
            choose = partial(chosen, request.POST)
            beside.merge = Merge(parts_of(self.model), *sides, choose)
            beside.undecided = self._undecided(entry, beside)
            if not beside.undecided:
                return self._finish(request, entry, beside)
            kept_uploads.keep_all(request.FILES)
            answer = self._rehearse(entry, view, beside)
        request.beside = None
        return answer

    def _rehearse(self, entry, view, beside):
        """Answer as if nobody had come between, and take back what that changed.

        Raises ``LookupError`` if the entry cannot be what it was any more.
        """
        with transaction.atomic():
            try:
                if not beside.base[ROOT]:
                    raise LookupError
                put(entry, beside.base, WORKFLOW, is_checked=False)
            except (ValidationError, IntegrityError) as error:
                raise LookupError from error
            answer = view()
            if hasattr(answer, "render"):
                answer.render()
            transaction.set_rollback(True)
        return answer

    def _undecided(self, entry, beside):
        """Put both sides together; return why that cannot be, or nothing."""
        if beside.merge.open:
            return _(
                "Sie beide haben dasselbe geändert. Wählen Sie, was gelten soll, und "
                "speichern Sie dann noch einmal. Ihre Eingaben stehen noch hier."
            )
        try:
            with transaction.atomic():
                put(entry, beside.merge.record, WORKFLOW)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _finish(self, request, entry, beside):
        request.beside = None
        entry.refresh_from_db()
        self.log_change(request, entry, beside.change_message)
        self._say_what_stayed(request, beside)
        request.overtaken = beside.theirs[ROOT][entry.pk]
        self.after_saving(request, entry, change=True)
        return self.response_change(request, entry)

    def _say_what_stayed(self, request, beside):
        stayed = Differences(self.model).between(beside.wanted, beside.merge.record)
        labels = dict.fromkeys(one.label for one in self.visible_changes(request, stayed))
        if labels:
            text = _("%(who)s hat inzwischen auch etwas geändert. Es ist erhalten: %(what)s.")
            words = {"who": _who(beside.meanwhile), "what": get_text_list([*labels], _("und"))}
            self.message_user(request, text % words, messages.INFO)

    def _explained(self, beside):
        text = _(
            "%(who)s hat diesen Eintrag um %(when)s Uhr geändert, während Sie daran "
            "gearbeitet haben. Ihre Eingaben stehen noch hier. Vergleichen Sie, "
            "was sich geändert hat, und speichern Sie dann noch einmal."
        )
        return text % {"who": _who(beside.meanwhile), "when": clock(beside.meanwhile[-1].at)}

    # Where Django's own steps differ while a save is only rehearsed

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        beside = getattr(request, "beside", None)
        if beside is None or not beside.undecided:
            return form
        return Undecided.made_of(form, beside.undecided)

    def save_related(self, request, form, formsets, change):
        with in_any_order(parts_of(self.model)):
            super().save_related(request, form, formsets, change)
        if request.beside:
            request.beside.wanted = take(form.instance)
        else:
            self.after_saving(request, form.instance, change)

    def log_change(self, request, obj, message):
        if getattr(request, "beside", None) is None:
            return super().log_change(request, obj, message)
        request.beside.change_message = message
        return None

    def message_user(self, request, *args, **kwargs):
        if getattr(request, "beside", None) is None:
            super().message_user(request, *args, **kwargs)

    def render_change_form(self, request, context, **kwargs):
        entry, beside = kwargs["obj"], request.beside
        if beside is not None:
            for version in beside.meanwhile:
                version.changes = self.visible_changes(request, version.changes)
            context |= {
                "seen": versions.seen(entry) if beside.is_lost else beside.token,
                "meanwhile": beside.meanwhile,
                "questions": self._questions(request, beside.merge) if beside.merge else [],
            }
        elif entry is not None:
            context["seen"] = versions.seen(entry)
        return super().render_change_form(request, context, **kwargs)

    def _questions(self, request, merge):
        """Return what both changed as the form asks it."""
        differences, asked = Differences(self.model), []
        for conflict, side in merge.asked:
            change = differences.of_conflict(conflict, merge.base)
            asked += [
                _question(conflict, side, visible)
                for visible in self.visible_changes(request, [change])
            ]
        return asked


def _question(conflict, side, change):
    """Return a question: its name, its label, and both answers in words."""
    answers = [
        (MINE, _("Ihre Fassung"), change.after),
        (THEIRS, _("so steht es jetzt"), change.before),
    ]
    return {
        "name": CHOICE + conflict.name,
        "label": change.label,
        "answers": [
            {
                "value": f"{one}:{conflict.mark}",
                "who": who,
                "words": words,
                "is_chosen": side == one,
            }
            for one, who, words in answers
        ],
    }


def _who(meanwhile):
    return meanwhile[-1].by or _("Jemand")
