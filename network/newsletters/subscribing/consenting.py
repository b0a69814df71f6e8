"""Asking the people of the network whether mails may come: once each, answered by a click."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import mails
from kekiz_portal.lib.history.recording import edit
from network.models import ConsentLetter, Contact
from network.newsletters import links, tokens

from . import wording

SEND = "network.tasks.send_consent_letters"
YES, NO = "ja", "nein"
ANSWERS = {YES, NO}


@transaction.atomic
def ask(people, by):
    """Have a letter written to each of the people whom nobody has asked; return how many."""
    before = ConsentLetter.objects.count()
    letters = [
        ConsentLetter(contact=person, wording=wording.network_consent(), by=by)
        for person in people.to_ask_for_mail_consent()
    ]
    ConsentLetter.objects.bulk_create(letters, ignore_conflicts=True)
    transaction.on_commit(partial(mails.call_worker, SEND))
    return ConsentLetter.objects.count() - before


def send_waiting():
    """Send the letters that wait, one after the other, each once however many workers do it."""
    while (letter := _next()) is not None:
        mail = message_to(letter.contact, links.consent_url(letter))
        if mails.hand_over(mail, f"letter {letter.pk} that asks for consent").is_sent:
            ConsentLetter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


def message_to(person, address):
    """Return the letter to a person; ``address`` is the page where it is answered."""
    words = wording.network_consent()
    context = {"person": person, "wording": words, "consent_url": address}
    return mails.written("network/mail/consent", person.email, context)


def letter_of(token):
    """Return the letter a link belongs to, None when the person is gone. Raises BadSignature."""
    (number,) = tokens.read(tokens.CONSENT, token)
    return ConsentLetter.objects.filter(pk=number).select_related("contact").first()


@transaction.atomic
def answer(letter, said):
    """Note a yes or no with day, wording and way; the same answer again changes nothing."""
    person = Contact.objects.select_for_update().get(pk=letter.contact_id)
    if said == YES and not person.agrees_to_mail:
        person.agree_to_mail(letter.wording, Contact.Way.LINK)
        _save(person, _("willigt mit dem Link unserer Anfrage in E-Mails ein"))
    if said == NO and person.mail_consent_withdrawn_on is None:
        person.refuse_mail()
        _save(person, _("lehnt mit dem Link unserer Anfrage E-Mails ab"))
    letter.contact = person


def withdraw(people, reason):
    """Note that people want no mails any more; who never agreed is not asked either."""
    for person in people.filter(mail_consent_withdrawn_on=None).select_for_update():
        person.refuse_mail()
        _save(person, reason)


def _save(person, reason):
    with edit(reason=reason):
        person.save()


@transaction.atomic
def _next():
    """Return the next letter that nobody has begun, begun by us; None when there is none."""
    waiting = ConsentLetter.objects.waiting().select_related("contact")
    letter = waiting.select_for_update(skip_locked=True, of=["self"]).order_by("pk").first()
    if letter is not None:
        letter.begun_at = timezone.now()
        letter.save(update_fields=["begun_at"])
    return letter
