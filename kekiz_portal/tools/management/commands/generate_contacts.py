"""Sample contact persons for development and for measuring; nobody of them exists."""

import random
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from network.models import Contact, Membership, Partner

SEED = 44623
FIRST_NAMES = ["Ada", "Björn", "Cem", "Dörte", "Elif", "Fatma", "Günter", "Hülya", "Ines", "Jörg"]
LAST_NAMES = ["Beispiel", "Entwurf", "Müster", "Musterfrau", "Mustermann", "Platzhalter", "Probe"]
ROLES = ["Leitung", "Stellvertretung", "Beratung", "Sekretariat", "Frühe Hilfen", "Kinderschutz"]
CONSENT = "Meine Angaben dürfen für Fachkräfte im Netzwerk sichtbar sein. (erfunden)"
MAIL_CONSENT = "Ich möchte E-Mails aus dem Netzwerk bekommen. (erfunden)"
REPRESENTED_EVERY = 3
WITH_PHONE, WITH_MOBILE, FOR_PROFESSIONALS, AGREED, HAS_LEFT = 0.8, 0.2, 0.6, 0.9, 0.08
WANTS_MAIL = 0.5


class Command(BaseCommand):
    help = "Makes contact persons with invented names and addresses at example.org."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", type=int, default=600)

    def handle(self, number, **_options):
        if not settings.DEBUG:
            raise CommandError(_("Erfundene Menschen gehören in kein echtes Portal."))
        partners = list(Partner.objects.order_by("pk"))
        if not partners:
            raise CommandError(_("Es gibt noch keine Partner; laden Sie sie mit load_network."))
        chance = random.Random(SEED)  # noqa: S311 - the same people every time, no secret
        people = [
            invented(chance, number, partners[number % len(partners)]) for number in range(number)
        ]
        people = bulk_create_with_history(people, Contact, batch_size=500)
        self._let_some_represent(people)
        self.stdout.write(_("%d erfundene Ansprechpersonen.") % len(people))

    def _let_some_represent(self, people):
        """Name one person of every third institution as the one who sits in its groups."""
        by_partner = {person.partner_id: person for person in people if person.is_current}
        for membership in Membership.objects.open().filter(contact=None)[::REPRESENTED_EVERY]:
            membership.contact = by_partner.get(membership.partner_id)
            membership.save()


def invented(chance, number, partner):
    """Return an unsaved person who plainly does not exist."""
    today = timezone.localdate()
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    for_professionals = chance.random() < FOR_PROFESSIONALS
    person = Contact(
        partner=partner,
        name=f"{first} {last} {number + 1}",
        role=chance.choice(ROLES),
        phone=f"02323 000-{number:04}" if chance.random() < WITH_PHONE else "",
        mobile=f"+49 1579 {number:07}" if chance.random() < WITH_MOBILE else "",
        email=f"person{number + 1}@example.org",
        since=today - timedelta(days=chance.randrange(30, 3000)),
    )
    if for_professionals:
        person.visibility = Contact.Visibility.PROFESSIONALS
        if chance.random() < AGREED:
            person.consent_given_on, person.consent_text = person.since, CONSENT
    if chance.random() < WANTS_MAIL:
        person.agree_to_mail(MAIL_CONSENT, Contact.Way.WRITTEN, person.since)
    if chance.random() < HAS_LEFT:
        person.until = today - timedelta(days=chance.randrange(0, 30))
        person.state_end_of_data()
    return person
