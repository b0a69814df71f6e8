"""What the coordinators have to look at, one pile a reason; each is a list of the office."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Window
from django.db.models.query import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.office import form_of
from network.models import Bounce, Contact, DataRequest, MailRequest, Partner
from network.models.call import houses_to_call
from offers.models import AddressLeak, ChangeProposal, Feedback

SHOWN = 3


@dataclass(frozen=True)
class Queue:
    """A reason to look; ``rows`` returns them, oldest first, ``filters`` finds them in the list."""

    title: str
    what_to_do: str
    rows: Callable[[], QuerySet]
    filters: str = ""
    page: str = ""  # where it is worked off, if not in the list
    rights: tuple[str, ...] = ()  # who may work it off, if not whoever may see the rows

    @property
    def model_name(self):
        return self.rows().model._meta.label_lower.replace(".", "_")  # noqa: SLF001, documented

    @property
    def address(self):
        if self.page:
            return reverse(self.page)
        return f"{reverse(f'admin:{self.model_name}_changelist')}?{self.filters}"


@dataclass(frozen=True)
class Pile:
    queue: Queue
    number: int
    first: list


QUEUES = [
    Queue(
        _("mit einer geschützten Adresse im Text"),
        _("die Adresse sofort aus dem Text nehmen"),
        AddressLeak.objects.all,
    ),
    Queue(
        _("Nachrichten von Einrichtungen"),
        _("lesen, klären und als erledigt abhaken"),
        lambda: Feedback.objects.open().about_a_house(),
        "stand=offen",
    ),
    Queue(
        _("Einrichtungen, deren Seite etwas anderes sagt"),
        _("vergleichen und übernehmen oder ablehnen"),
        lambda: ChangeProposal.objects.open().about_houses(),
        "state=open&worueber=einrichtungen",
        rights=("offers.publish_offer",),
    ),
    Queue(
        _("Einrichtungen, die jemand anrufen sollte"),
        _("eine nach der anderen, mit Fragen und Feldern"),
        lambda: houses_to_call().order_by(GermanOrder("name"), "name", "pk"),
        page="admin:network_call_desk",
        rights=("network.add_call",),
    ),
    Queue(
        _("Bitten zu eigenen Daten"),
        _("innerhalb eines Monats beantworten"),
        DataRequest.objects.open,
    ),
    Queue(
        _("Mails zum Newsletter, die warten"),
        _("Es wurden sehr viele verlangt, oder der Mailserver nimmt keine: Technik fragen"),
        MailRequest.objects.held_up,
    ),
    Queue(
        _("Mails, die wegen uns abgelehnt wurden"),
        _("Ein Mailserver nimmt unseren Absender oder den Inhalt nicht: Technik fragen"),
        Bounce.objects.about_us,
        "folge=content",
    ),
    Queue(
        _("deren Daten bald gelöscht werden"),
        _("Gilt das Ende noch? Sonst verschieben Sie es."),
        lambda: Contact.objects.ending_soon().order_by("kept_until", "pk"),
        "wer=ende",
    ),
    Queue(
        _("an deren E-Mail-Adresse nichts mehr ankommt"),
        _("nach der richtigen Adresse fragen; bis dahin kommt kein Newsletter"),
        lambda: Contact.objects.current().with_stopped_address().order_by("name_order", "pk"),
        "fehlt=zustellung",
    ),
    Queue(
        _("für Fachkräfte sichtbar, ohne Einwilligung"),
        _("Einwilligung einholen und vermerken oder nur intern zeigen"),
        lambda: Contact.objects.current().visible_without_consent().order_by("since", "pk"),
        "fehlt=einwilligung",
    ),
    Queue(
        _("noch nicht gefragt, ob E-Mails kommen dürfen"),
        _("Einmal fragen: Ohne Einwilligung kommt kein Newsletter."),
        lambda: Contact.objects.to_ask_for_mail_consent().order_by("name_order", "pk"),
        page="admin:network_ask_consent",
    ),
    Queue(
        _("mit auslaufender Vereinbarung"),
        _("über die Verlängerung sprechen"),
        lambda: Partner.objects.current().with_agreement_running_out(),
        "vereinbarung=laeuft-aus",
    ),
    Queue(
        _("ohne Ansprechperson"),
        _("nachfragen, wer fürs Netzwerk da ist"),
        lambda: Partner.objects.current().without_contact_person(),
        "fehlt=person",
    ),
]


def piles(user):
    """Return the piles that hold something and that a user may look at; one query a pile."""
    found = []
    for queue in QUEUES:
        app, _sign, model = queue.model_name.partition("_")
        if user.has_perms(queue.rights or [f"{app}.view_{model}"]):
            found.append(_pile(queue))
    return [pile for pile in found if pile.number]


def _pile(queue):
    rows = queue.rows()
    if rows.model is Partner:
        rows = rows.select_related("institution").order_by(GermanOrder("institution__name"), "pk")
    first = list(rows.annotate(number=Window(Count("pk")))[:SHOWN])
    for row in first:
        row.address = form_of(row)
    return Pile(queue, first[0].number if first else 0, first)
