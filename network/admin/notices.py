"""Letters to colleagues about their own entries: handed over, given back, decided."""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kekiz_portal.lib import mails
from kekiz_portal.lib.office import form_of, name_of
from offers.models import ChangeProposal, Offer
from offers.models.signals import decided, handed_over, returned

SEND = "network.tasks.write_to_colleague"
NAMED = 10


@receiver(handed_over)
def tell_of_entries(actor, colleague, offers, **_kwargs):
    """Tell a colleague which entries are theirs now."""
    number = len(offers)
    words = ngettext("Ein Eintrag ist jetzt Ihrer", "%d Einträge sind jetzt Ihre", number)
    lines = [f"- {offer.title}\n  {_address(offer)}" for offer in offers[:NAMED]]
    lines += ["…"] if number > NAMED else []
    subject = words % number if "%d" in words else words
    text = _("%(who)s hat Ihnen übergeben:") % {"who": name_of(actor)}
    _tell(colleague, actor, subject, "\n".join([text, "", *lines]))


@receiver(returned)
def tell_of_question(actor, offer, **_kwargs):
    """Tell who looks after an entry, and who wrote it last, what is to be clarified."""
    others = Offer.history.filter(id=offer.pk).exclude(history_user=None)
    writer = others.exclude(history_user=actor).order_by("-history_date").first()
    concerned = {offer.responsible, writer.history_user if writer else None} - {None}
    subject = _("Zurückgegeben: %s") % offer.title
    text = _("%(who)s fragt:\n\n%(question)s\n\nZum Eintrag: %(address)s") % {
        "who": name_of(actor),
        "question": offer.return_reason,
        "address": _address(offer),
    }
    for colleague in sorted(concerned, key=lambda user: user.pk):
        _tell(colleague, actor, subject, text)


@receiver(decided)
def tell_of_decision(actor, proposal, **_kwargs):
    """Tell a colleague who proposed a change what became of it."""
    if proposal.by is None:
        return
    is_accepted = proposal.state == ChangeProposal.State.ACCEPTED
    said = _("Übernommen: %s") if is_accepted else _("Nicht übernommen: %s")
    said = _("Zum Teil übernommen: %s") if is_accepted and proposal.answer else said
    text = (
        _("Ihr Vorschlag steht jetzt im Eintrag. Danke.")
        if is_accepted
        else _("Ihr Vorschlag ist nicht übernommen:")
    )
    text += f"\n\n{proposal.answer}" if proposal.answer else ""
    address = f"\n\n{_('Zum Eintrag:')} {_address(proposal.offer)}"
    _tell(proposal.by, actor, said % proposal.offer.title, text + address)


def send(user_id, subject, text):
    """Send one letter, unless its reader has left or has no address."""
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None:
        return
    end = _("Diese Nachricht kommt von %s.") % settings.CITY["portal_name"]
    mails.Mail(subject, f"{text}\n\n-- \n{end}\n", to=[user.email], headers=mails.AUTOMATIC).send()


def _tell(colleague, actor, subject, text):
    if colleague is not None and colleague != actor and colleague.email:
        transaction.on_commit(partial(mails.call_worker, SEND, colleague.pk, subject, text))


def _address(offer):
    return settings.PORTAL_URL + form_of(offer)
