"""Ask everybody in the network once whether mails may come: look, number, confirm."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.office import page
from network.models import AuditEntry, ConsentLetter, Contact
from network.newsletters.subscribing import consenting
from network.people.audit import record

SHOWN = 20


class AsksForConsent(admin.ModelAdmin):
    """An admin of people with the page from which the coordinators start the letter."""

    def get_urls(self):
        rights = ["network.send_newsletter", "network.change_contact"]
        allowed = permission_required(rights, raise_exception=True)
        view = allowed(require_http_methods(["GET", "POST"])(self.ask_view))
        own = path("einwilligung/", self.admin_site.admin_view(view), name="network_ask_consent")
        return [own, *super().get_urls()]

    def ask_view(self, request):
        people = Contact.objects.to_ask_for_mail_consent().order_by("name_order", "pk")
        number = people.count()
        if request.method == "POST" and request.POST.get("agreed") == str(number) and number:
            asked = consenting.ask(people, request.user)
            record(AuditEntry.Action.CONSENT_ASKED, request.user, number=asked)
            words = ngettext(
                "%d Mensch wird gefragt. Der Brief ist unterwegs.",
                "%d Menschen werden gefragt. Die Briefe sind unterwegs.",
                asked,
            )
            self.message_user(request, words % asked, messages.SUCCESS)
            return redirect("admin:network_ask_consent")
        if request.method == "POST":
            words = _("Inzwischen sind es andere Menschen. Sehen Sie bitte noch einmal hin.")
            self.message_user(request, words, messages.WARNING)
        title = _("Nach der Einwilligung in E-Mails fragen")
        return page(self, request, "admin/network/ask_consent.html", title, _context_of(people))


def _context_of(people):
    """Return what the page says of the people to be asked, and of the others."""
    shown = list(people.select_related("partner__institution")[:SHOWN])
    number = people.count()
    everybody = Contact.objects.current()
    return {
        "number": number,
        "people": shown,
        "more": number - len(shown),
        "letter": consenting.message_to(shown[0], _("(Link zur Antwort)")) if shown else None,
        "agreed": everybody.agreed_to_mail().count(),
        "refused": everybody.refusing_mails().count(),
        "open": everybody.without_mail_consent().exclude(consent_letter=None).count(),
        "waiting": ConsentLetter.objects.waiting().count(),
    }
