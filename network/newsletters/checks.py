"""What somebody should know before a newsletter is sent."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from network.models import NewsletterBlock
from offers.models import LinkCheck, Offer

from . import composing, news

Kind = NewsletterBlock.Kind
MOST_BYTES = 100_000  # beyond it, large mailbox providers cut a mail off
MOST_PICTURE_BYTES = 200_000  # pictures are loaded beside the mail, often on a phone


@dataclass(frozen=True)
class Problem:
    """A sentence about what is wrong; ``stops`` says that it must be mended before sending."""

    words: str
    stops: bool = True


def problems(newsletter, recipient_count):
    """Return the ``Problem``s of a newsletter, those that stop it first."""
    found = [
        *_without_recipients(recipient_count),
        *_in_blocks(newsletter),
        *_too_large(newsletter),
        *_dead_links(newsletter),
    ]
    return sorted(found, key=lambda problem: not problem.stops)


def _without_recipients(count):
    if not count:
        yield Problem(_("Niemand bekommt diesen Newsletter. Wählen Sie, an wen er geht."))


def _in_blocks(newsletter):
    blocks = list(newsletter.blocks.select_related("offer", "institution"))
    if not blocks:
        yield Problem(_("Der Newsletter hat noch keinen Baustein."))
    for block in blocks:
        yield from _in_block(block)


def _in_block(block):
    name = {"number": block.position, "name": str(block)}
    if block.kind == Kind.OFFER and block.offer and not _is_published(block.offer):
        words = _("Baustein %(number)d: „%(offer)s“ ist nicht veröffentlicht.")
        yield Problem(words % (name | {"offer": block.offer.title}))
        return
    if block.kind == Kind.DATE and block.day is None:
        yield Problem(_("Baustein %(number)d („%(name)s“) nennt keinen Tag.") % name)
        return
    if block.kind == Kind.PICTURE and block.picture:
        yield from _in_picture(block, name)
        return
    section = composing.section_of(block)
    if section.rest:
        words = _("Baustein %(number)d zeigt nur die ersten %(most)d. %(rest)s")
        yield Problem(words % (name | {"most": news.MOST, "rest": section.rest.title}), stops=False)
    if section.is_empty and block.kind == Kind.NEWS:
        words = _("Seit dem letzten Newsletter ist nichts neu: Baustein %(number)d fällt weg.")
        yield Problem(words % name, stops=False)
    elif section.is_empty:
        yield Problem(_("Baustein %(number)d („%(name)s“) ist leer.") % name)


def _in_picture(block, name):
    if not (block.picture_alt.strip() or block.picture_is_decorative):
        yield Problem(_("Baustein %(number)d: Das Bild hat keine Beschreibung.") % name)
    try:
        size = block.picture.size
    except OSError:
        yield Problem(_("Baustein %(number)d: Das Bild ist nicht mehr da.") % name)
        return
    if size > MOST_PICTURE_BYTES:
        words = _("Baustein %(number)d: Das Bild ist %(size)s groß. Unterwegs lädt das lange.")
        yield Problem(words % (name | {"size": filesizeformat(size)}), stops=False)


def _is_published(offer):
    return offer.status == Offer.Status.PUBLISHED


def _too_large(newsletter):
    for edition in composing.editions(newsletter):
        size = len(edition.html.encode())
        if size > MOST_BYTES:
            words = _("Der Newsletter ist mit %(size)s zu groß; erlaubt sind %(most)s.")
            most = filesizeformat(MOST_BYTES)
            yield Problem(words % {"size": filesizeformat(size), "most": most})


def _dead_links(newsletter):
    offers = newsletter.blocks.filter(kind=Kind.OFFER).values("offer")
    for check in LinkCheck.objects.dead().filter(offer__in=offers).select_related("offer"):
        words = _("Bei „%(offer)s“ führt ein Link ins Leere: %(url)s")
        yield Problem(words % {"offer": check.offer.title, "url": check.url}, stops=False)
