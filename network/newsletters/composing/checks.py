"""What somebody should know before a newsletter is sent."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import NewsletterBlock
from offers.models import LinkCheck, Offer
from offers.protection.protected_addresses import leaks_in

from . import composing, link_checking, news

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
    blocks = newsletter.blocks.select_related("offer", "institution")
    told = [(block, composing.section_of(block)) for block in blocks]
    found = [
        *_without_recipients(recipient_count),
        *_in_blocks(told),
        *_in_edition(composing.edition(newsletter, [section for _block, section in told])),
        *_in_links(told),
        *_behind_offers(told),
    ]
    return sorted(found, key=lambda problem: not problem.stops)


def _without_recipients(count):
    if not count:
        yield Problem(_("Niemand bekommt diesen Newsletter. Wählen Sie, an wen er geht."))


def _in_blocks(told):
    if not told:
        yield Problem(_("Der Newsletter hat noch keinen Baustein."))
    for block, section in told:
        name = {"number": block.position, "name": str(block)}
        yield from IN_KIND[block.kind](block, section, name)


def _in_text(_block, section, name):
    if section.is_empty:
        yield Problem(_("Baustein %(number)d („%(name)s“) ist leer.") % name)


def _in_offer(block, section, name):
    if block.offer is None:
        yield Problem(_("Baustein %(number)d („%(name)s“) nennt kein Angebot.") % name)
    elif not section.items:
        words = _("Baustein %(number)d: „%(offer)s“ ist nicht veröffentlicht.")
        yield Problem(words % (name | {"offer": block.offer.title}))


def _in_institution(_block, section, name):
    if not section.items:
        yield Problem(_("Baustein %(number)d („%(name)s“) nennt keine Einrichtung.") % name)


def _in_date(block, _section, name):
    if block.day is None:
        yield Problem(_("Baustein %(number)d („%(name)s“) nennt keinen Tag.") % name)


def _in_news(_block, section, name):
    if section.is_empty:
        words = _("Seit dem letzten Newsletter ist nichts neu: Baustein %(number)d fällt weg.")
        yield Problem(words % name, stops=False)
    if section.rest:
        words = _("Baustein %(number)d zeigt nur die ersten %(most)d. %(rest)s")
        rest = {"most": news.MOST, "rest": section.rest}
        yield Problem(words % (name | rest), stops=False)


def _in_picture(block, _section, name):
    if not block.picture:
        yield Problem(_("Baustein %(number)d („%(name)s“) hat kein Bild.") % name)
        return
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


IN_KIND = {
    Kind.TEXT: _in_text,
    Kind.OFFER: _in_offer,
    Kind.INSTITUTION: _in_institution,
    Kind.DATE: _in_date,
    Kind.PICTURE: _in_picture,
    Kind.NEWS: _in_news,
}


def _in_edition(edition):
    if any(leaks_in(edition)):
        yield Problem(_("Der Newsletter nennt eine geschützte Adresse. Nehmen Sie sie heraus."))
    size = len(edition.html.encode())
    if size > MOST_BYTES:
        words = _("Der Newsletter ist mit %(size)s zu groß; erlaubt sind %(most)s.")
        most = filesizeformat(MOST_BYTES)
        yield Problem(words % {"size": filesizeformat(size), "most": most})


def _in_links(told):
    """Say which addresses in the blocks lead nowhere, and how many nobody has looked at yet."""
    links = [(block, url) for block, section in told for url in link_checking.links_of(section)]
    foreign = {url for _block, url in links if link_checking.is_foreign(url)}
    known = link_checking.known(foreign)
    for block, url in links:
        name = {"number": block.position, "url": url}
        if not link_checking.is_whole(url):
            words = _("Baustein %(number)d: „%(url)s“ ist keine ganze Adresse, etwa https://…")
            yield Problem(words % name)
        elif link_checking.is_missing(url):
            yield Problem(_("Baustein %(number)d: Diese Seite gibt es hier nicht: %(url)s") % name)
        elif url in known and not known[url].ok:
            words = _("Baustein %(number)d: Dieser Link führt ins Leere: %(url)s")
            yield Problem(words % name, stops=False)
    if unknown := len(foreign - set(known)):
        words = ngettext(
            "%d Link ist noch nicht geprüft.", "%d Links sind noch nicht geprüft.", unknown
        )
        yield Problem(words % unknown, stops=False)


def _behind_offers(told):
    """Say which links on the pages of the offers are dead; every night looks at them."""
    keys = {block.offer_id for block, _section in told if block.kind == Kind.OFFER}
    keys |= {offer.pk for _block, section in told for offer in section.news}
    shown = Offer.objects.published().filter(pk__in=keys)
    for check in LinkCheck.objects.dead().filter(offer__in=shown).select_related("offer"):
        words = _("Bei „%(offer)s“ führt ein Link ins Leere: %(url)s")
        yield Problem(words % {"offer": check.offer.title, "url": check.url}, stops=False)
