"""From a newsletter to what is sent of it: its parts in words, then as HTML and as plain text."""

import re
from dataclasses import dataclass
from pathlib import Path

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kekiz_portal.lib.rich_text import stored
from network.models import NewsletterBlock, NewsletterEdition
from offers.models import Offer
from offers.models.occurrence import when_words

from . import news, plain_text

Kind = NewsletterBlock.Kind
OWN_PATH = re.compile(r'(<a href=")/(?!/)')
PICTURE_WIDTH = 552  # what the margins of newsletter.css leave of the sheet
STYLE = Path(settings.BASE_DIR, "templates", "mail", "newsletter.css").read_text()
INLINER = css_inline.CSSInliner(
    extra_css=STYLE, load_remote_stylesheets=False, keep_style_tags=False
)


@dataclass(frozen=True)
class Item:
    """An entry a reader may follow: what it is, then its ``facts`` in one line."""

    title: str
    lines: list
    url: str
    facts: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture as a mail shows it; ``alt`` is empty where it only decorates."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Section:
    """One block as it is read; ``markup`` is clean HTML, ``text`` the same in words.

    ``news`` are the offers told of as new or changed, ``rest`` says how many more there are.
    """

    heading: str
    day: str
    markup: str
    text: str
    items: list
    picture: Picture | None = None
    news: tuple = ()
    rest: str = ""

    @property
    def is_empty(self):
        return not (self.markup or self.items or self.day or self.picture)


def edition(newsletter, told=None):
    """Return what a newsletter says now, in German like all entries; the row is not saved.

    ``told`` are its sections, where somebody has them already: what is new takes long to find.
    """
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        told = sections(newsletter) if told is None else told
        context = {
            "newsletter": newsletter,
            "sections": [one for one in told if not one.is_empty],
            "city": settings.CITY,
            "language": language,
            "portal": settings.PORTAL_URL,
            "imprint": settings.PORTAL_URL + reverse("portal:imprint"),
        }
        html = render_to_string("mail/newsletter.html", context)
        text = render_to_string("mail/newsletter.txt", context)
    return NewsletterEdition(
        newsletter=newsletter,
        language=language,
        subject=newsletter.title,
        html=INLINER.inline(html),
        text=plain_text.tidy(text),
    )


def sections(newsletter):
    """Return what a newsletter tells, a ``Section`` a block, in order."""
    return [section_of(block) for block in newsletter.blocks.select_related("institution")]


def section_of(block):
    """Return one block as it is read. What nobody may see any more is left out."""
    # What stands on no page must say where it leads in full.
    markup = OWN_PATH.sub(rf"\1{settings.PORTAL_URL}/", stored(block.text))
    found = news.of(block) if block.kind == Kind.NEWS else None
    return Section(
        heading=block.heading or (_("Neu und geändert") if block.kind == Kind.NEWS else ""),
        day=date_format(block.day, "l, j. F Y") if block.kind == Kind.DATE and block.day else "",
        markup=markup,
        text=plain_text.of(markup),
        items=_news_items(found) if found else _items(block),
        picture=_picture(block),
        news=(*found.new, *found.changed) if found else (),
        rest=_rest(found.left_out) if found else "",
    )


def _picture(block):
    """Return a picture as wide as there is room, with the size to keep free while it loads."""
    if block.kind != Kind.PICTURE or not block.picture or not block.picture_width:
        return None
    width = min(block.picture_width, PICTURE_WIDTH)
    return Picture(
        url=settings.PORTAL_URL + block.picture.url,
        width=width,
        height=max(1, round(block.picture_height * width / block.picture_width)),
        alt="" if block.picture_is_decorative else block.picture_alt,
    )


def _items(block):
    if block.kind == Kind.OFFER:
        shown = Offer.objects.published().filter(pk=block.offer_id).for_cards()
        return [_offer_item(offer) for offer in shown]
    institution = block.institution if block.kind == Kind.INSTITUTION else None
    is_open = institution is not None and institution.archived_on is None
    return [_institution_item(institution)] if is_open else []


def _news_items(found):
    new = [_offer_item(offer, _("Neu")) for offer in found.new]
    return new + [_offer_item(offer, _("Geändert")) for offer in found.changed]


def _rest(number):
    words = ngettext(
        "%d weiteres Angebot ist neu oder geändert.",
        "%d weitere Angebote sind neu oder geändert.",
        number,
    )
    return words % number if number else ""


def _offer_item(offer, mark=""):
    # A mail stays for years: it promises a date, or says nothing of when.
    when = when_words(offer.next_occurrence) if offer.next_occurrence else ""
    facts = [offer.age_words, when, offer.place_words, offer.cost_words]
    return Item(
        title=offer.title,
        lines=[offer.teaser] if offer.teaser else [],
        url=settings.PORTAL_URL + offer.get_absolute_url(),
        facts=" · ".join(filter(None, facts)),
        mark=mark,
    )


def _institution_item(institution):
    places = [", ".join(place.address_lines) for place in institution.public_locations]
    return Item(
        title=institution.name,
        lines=[line for line in [*places, institution.phone] if line],
        url=settings.PORTAL_URL + institution.get_absolute_url(),
    )
