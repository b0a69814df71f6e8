"""From the draft to the last mail: preview, test mail, checks, sending, and what it came to."""

from email.utils import formataddr

from csp.decorators import csp_replace, csp_update
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from kekiz_portal.lib.office import page
from network.models import Contact, Newsletter
from network.newsletters.composing import archive, checks, composing, link_checking, preview
from network.newsletters.composing.messages import sender
from network.newsletters.sending import agreement, audience, progress, steering
from offers.admin.listing import OfficeList

State = Newsletter.State
RECIPIENTS_A_PAGE = 200
_CHANGED = _(
    "Inzwischen sind Text oder Empfänger andere. Sehen Sie bitte noch einmal in die Vorschau, und "
    "bestätigen Sie dann neu."
)
MOVING = {State.SENDING}
STEPS = {
    "unschedule": (steering.unschedule, _("Die Planung ist aufgehoben.")),
    "pause": (steering.pause, _("Der Versand ist angehalten.")),
    "resume": (steering.resume, _("Der Versand geht weiter.")),
    "stop": (steering.stop, _("Der Versand ist abgebrochen.")),
    "withdraw": (steering.withdraw, _("Der Newsletter steht nicht mehr im Archiv.")),
    "publish": (steering.publish, _("Der Newsletter steht jetzt im Archiv.")),
}


class SendForm(forms.Form):
    """When it shall leave; ``agreed`` marks the words and recipients that somebody agreed to."""

    at = forms.DateTimeField(
        label=_("Wann soll er hinaus?"),
        required=False,
        help_text=_("Leer: sofort, sobald Sie bestätigt haben."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"],
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(_("Dieser Zeitpunkt ist schon vorbei."))
        return at


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.get_full_name() or user.get_username()} ({user.email})"


class ColleagueForm(forms.Form):
    """Who reads the test mail, oneself or a colleague; only who has an address can be chosen."""

    colleague = Colleague(
        label=_("Wer soll sie lesen?"),
        queryset=User.objects.filter(is_active=True, is_staff=True)
        .exclude(email="")
        .order_by("last_name", "first_name", "username"),
        required=False,
        empty_label=None,
    )


class Dispatch(OfficeList):
    """An admin of newsletters with the pages around sending them."""

    def get_urls(self):
        pages = {
            "versand/": (self.dispatch_view, "dispatch"),
            "versand/stand/": (self.progress_view, "progress"),
            "vorschau/": (self.preview_view, "preview"),
            "vorschau/web/": (self.preview_web_view, "preview_web"),
            "vorschau/seite/": (self.preview_page_view, "preview_page"),
        }
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=self.url_name(name))
            for address, (view, name) in pages.items()
        ]
        return own + super().get_urls()

    def dispatch_address(self, newsletter):
        return reverse("admin:network_newsletter_dispatch", args=[newsletter.pk])

    # Looking at it

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def preview_view(self, request, pk):
        newsletter = self._found(request, pk)
        edition = composing.edition(newsletter)
        context = {
            "edition": edition,
            "words": preview.filled(edition.text, newsletter),
            "size": len(edition.html.encode()),
            "sender": formataddr(sender()),
        }
        return self.page(request, newsletter, "preview", _("Vorschau"), context)

    @method_decorator(
        csp_replace({"style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]})
    )
    @method_decorator(xframe_options_sameorigin)
    @method_decorator(require_safe)
    def preview_page_view(self, request, pk):
        """The mail's HTML alone, for the frame of the preview; mails carry their style inline."""
        newsletter = self._found(request, pk)
        return HttpResponse(preview.framed(composing.edition(newsletter).html, newsletter))

    def preview_web_view(self, request, pk):
        newsletter = self._found(request, pk)
        return archive.page(request, newsletter, composing.edition(newsletter))

    def progress_view(self, request, pk):
        """The numbers alone, for the page that asks again and again."""
        newsletter = self._found(request, pk)
        context = {"newsletter": newsletter, "progress": progress.of(newsletter)}
        context["moving"] = newsletter.state in MOVING
        return render(request, "admin/network/newsletter/_progress.html", context)

    # Sending it

    def dispatch_view(self, request, pk):
        newsletter = self._found(request, pk)
        step = request.POST.get("step", "") if request.method == "POST" else None
        if step == "test":
            return self._send_test(request, newsletter)
        if step == "links":
            return self._check_links(request, newsletter)
        if step is not None and not self._may_send(request):
            raise PermissionDenied
        if step == "send":
            return self._send(request, newsletter)
        if step in STEPS:
            return self._take(request, newsletter, step)
        return self._page(request, newsletter, SendForm())

    def _page(self, request, newsletter, form, template="dispatch", **more):
        context = {"form": form, "moving": newsletter.state in MOVING} | more
        if newsletter.frozen_at:
            context["progress"] = progress.of(newsletter)
        else:
            context |= self._what_would_be_sent(request, newsletter)
        title = _page_title(newsletter, template, context.get("at"))
        return self.page(request, newsletter, template, title, context)

    def _what_would_be_sent(self, request, newsletter):
        pages = Paginator(audience.recipients(newsletter), RECIPIENTS_A_PAGE)
        page = pages.get_page(request.GET.get("seite"))
        people = Contact.objects.select_related("partner__institution").in_bulk(
            [row["contact_id"] for row in page if row["contact_id"]]
        )
        found = checks.problems(newsletter, pages.count)
        return {
            "test_form": ColleagueForm(initial={"colleague": request.user.pk}),
            "interests": newsletter.interests.all(),
            "number": pages.count,
            "page": page,
            "people": [(row["address"], people.get(row["contact_id"])) for row in page],
            "problems": found,
            "unchecked": len(link_checking.unknown(newsletter)),
            "may_go": not any(problem.stops for problem in found),
        }

    @transaction.atomic
    def _send(self, request, newsletter):
        """Ask a second time with the number in sight; send what was agreed to, and only that.

        The row is held, as by whoever saves the newsletter: nobody comes between.
        """
        Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        newsletter.refresh_from_db()
        if newsletter.state != State.DRAFT:  # a colleague was faster, and this page is older
            return self._tell(request, newsletter, False, "")
        form = SendForm(request.POST)
        if not form.is_valid():
            return self._page(request, newsletter, form)
        number = audience.recipients(newsletter).count()
        if any(problem.stops for problem in checks.problems(newsletter, number)):
            return self._page(request, newsletter, form)
        told, mark = form.cleaned_data, agreement.mark(newsletter)
        if told["agreed"] == mark:
            return self._start(request, newsletter, told["at"])
        if told["agreed"]:
            self.message_user(request, _CHANGED, messages.WARNING)
        return self._page(
            request, newsletter, SendForm(initial={"agreed": mark}), "confirm", at=told["at"]
        )

    def _start(self, request, newsletter, at):
        if at:
            done, words = steering.schedule(newsletter, at, by=request.user), _now("Geplant.")
        else:
            done, words = steering.start(newsletter, by=request.user), _now("Der Versand läuft.")
        return self._tell(request, newsletter, done, words)

    def _take(self, request, newsletter, step):
        if step == "stop" and "agreed" not in request.POST:
            context = {"progress": progress.of(newsletter)}
            return self.page(request, newsletter, "stop", _("Versand abbrechen?"), context)
        function, words = STEPS[step]
        return self._tell(request, newsletter, function(newsletter, by=request.user), words)

    def _tell(self, request, newsletter, done, words):
        if done:
            self.message_user(request, words, messages.SUCCESS)
        else:
            self.message_user(request, _too_late(newsletter), messages.WARNING)
        return HttpResponseRedirect(self.dispatch_address(newsletter))

    def _send_test(self, request, newsletter):
        form = ColleagueForm(request.POST)
        reader = form.cleaned_data["colleague"] or request.user if form.is_valid() else None
        if reader is None:
            level = messages.WARNING
            words = _now("Wählen Sie eine Kollegin oder einen Kollegen mit E-Mail-Adresse.")
        elif not reader.email:
            level, words = messages.WARNING, _now("In Ihrem Konto steht keine E-Mail-Adresse.")
        elif preview.send_test(newsletter, reader.email):
            level = messages.SUCCESS
            words = _now("Eine Testmail ist an %s unterwegs.") % reader.email
        else:
            level = messages.ERROR
            words = _now(
                "Der Mailserver nahm die Testmail nicht an. Versuchen Sie es bitte später noch "
                "einmal, oder fragen Sie die Administration."
            )
        self.message_user(request, words, level)
        return HttpResponseRedirect(self.dispatch_address(newsletter))

    def _check_links(self, request, newsletter):
        link_checking.look(newsletter, link_checking.SECONDS_FOR_A_PERSON)
        late = link_checking.unknown(newsletter)
        if late:
            words = ngettext(
                "Ein Link hat noch nicht geantwortet: %(first)s",
                "%(number)d Links haben noch nicht geantwortet, der erste: %(first)s",
                len(late),
            )
            words %= {"number": len(late), "first": late[0]}
            self.message_user(request, words, messages.WARNING)
        else:
            self.message_user(request, _now("Alle Links sind geprüft."), messages.SUCCESS)
        return HttpResponseRedirect(self.dispatch_address(newsletter))

    def _found(self, request, pk):
        newsletter = get_object_or_404(Newsletter, pk=pk)
        if not self.has_view_permission(request, newsletter):
            raise PermissionDenied
        return newsletter

    def page(self, request, newsletter, name, title, context, **options):
        """Answer with a page of the office about a newsletter."""
        context |= {"newsletter": newsletter, "may_send": self._may_send(request)}
        template = f"admin/network/newsletter/{name}.html"
        return page(self, request, template, title, context, **options)

    def _may_send(self, request):
        return request.user.has_perm("network.send_newsletter")


def _page_title(newsletter, template, at):
    if template == "confirm":
        return _("Wirklich planen?") if at else _("Wirklich senden?")
    return _("Prüfen und senden") if newsletter.state == State.DRAFT else _("Versand")


def _too_late(newsletter):
    """Say what the newsletter has become, and of a plan whose it is and for when."""
    if newsletter.state != State.SCHEDULED:
        late = _now("Das ging nicht mehr: Der Newsletter ist inzwischen „%s“.")
        return late % newsletter.get_state_display()
    planned = newsletter.history.filter(state=State.SCHEDULED, send_at=newsletter.send_at)
    by = planned.earliest("history_id").history_user
    words = _now(
        "Das ging nicht mehr: %(who)s hat ihn inzwischen für %(when)s Uhr geplant. Soll er zu "
        "einer anderen Zeit hinaus, heben Sie zuerst die Planung auf."
    )
    when = date_format(timezone.localtime(newsletter.send_at), "l, j. F Y, H:i")
    return words % {"who": by or _now("Jemand"), "when": when}
