"""What a newsletter says, and to whom."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.models import (
    Delivery,
    MailingList,
    Newsletter,
    NewsletterBlock,
    SavedList,
    Segment,
    Subscription,
    Suppression,
)
from network.newsletters.composing import checks, composing
from network.newsletters.sending import audience
from offers.models import LinkCheck, Offer
from tests.factories.network import ContactFactory, GroupFactory, MembershipFactory, PartnerFactory
from tests.factories.offers import (
    InstitutionFactory,
    InstitutionKindFactory,
    OfferFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
Kind = NewsletterBlock.Kind


@pytest.fixture
def newsletter():
    return Newsletter.objects.create(
        title="Neues für Familien",
        slug="neues",
        segment=Segment.objects.create(name="Alle", is_everybody=True),
        is_archived_publicly=True,
    )


def addresses(newsletter):
    return sorted(row["address"] for row in audience.recipients(newsletter))


def problems(newsletter):
    count = audience.recipients(newsletter).count()
    return [problem.words for problem in checks.problems(newsletter, count)]


def words_of(html):
    body = html.split("<body", 1)[1]
    return set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", "<body" + body)))


def test_html_and_plain_text_say_the_same(newsletter):
    offer = OfferFactory(title="Babytreff am Markt", teaser="Spielen & Reden", status="published")
    newsletter.blocks.create(position=1, heading="Willkommen", text="<p>Guten Tag.</p>")
    newsletter.blocks.create(position=2, kind=Kind.OFFER, offer=offer)

    edition = composing.edition(newsletter)

    assert "Spielen & Reden" in edition.text
    assert offer.get_absolute_url() in edition.text
    html_words = words_of(edition.html.replace("&amp;", "&"))
    assert html_words <= set(re.findall(r"\w+", edition.text))


def test_mail_is_small_and_loads_nothing_from_elsewhere(newsletter):
    newsletter.blocks.create(text="<p>Guten Tag.</p><script>x()</script>")

    html = composing.edition(newsletter).html

    assert '<html lang="de"' in html
    assert not re.search(r"<(img|link|script|style|iframe)\b|url\(", html)
    assert "font-size: 17px" in html
    assert all(mark in html for mark in ["%%UNSUBSCRIBE%%", "%%SETTINGS%%", "%%WEB%%"])


def test_links_of_a_text_can_be_followed_in_the_plain_text(newsletter):
    newsletter.blocks.create(
        text='<p>Mehr <a href="https://www.herne.de/kita">zur Kita</a></p><ul><li>eins</li></ul>'
    )

    text = composing.edition(newsletter).text

    assert "zur Kita (https://www.herne.de/kita)" in text
    assert "– eins" in text


def test_blocks_come_in_the_order_of_their_numbers(newsletter):
    newsletter.blocks.create(position=2, text="<p>Zweitens</p>")
    newsletter.blocks.create(position=1, text="<p>Erstens</p>")

    text = composing.edition(newsletter).text

    assert text.index("Erstens") < text.index("Zweitens")


def test_offer_taken_off_the_site_is_not_in_the_mail(newsletter):
    offer = OfferFactory(title="Babytreff", status="draft")
    newsletter.blocks.create(kind=Kind.OFFER, offer=offer)

    assert "Babytreff" not in composing.edition(newsletter).html


def test_news_are_what_is_new_or_reads_otherwise_since_the_last_issue(newsletter):
    unchanged = OfferFactory(title="Altbekannt", status="published")
    renamed = OfferFactory(title="Alter Name", status="published")
    Newsletter.objects.create(title="Davor", slug="davor", state="sent", frozen_at=timezone.now())
    unchanged.confirmed_at, unchanged.confirm_method = timezone.now(), "editor"
    unchanged.save()
    renamed.title = "Neuer Name"
    renamed.save()
    OfferFactory(title="Ganz neu", status="published")
    OfferFactory(title="Noch geheim", status="draft")
    newsletter.blocks.create(kind=Kind.NEWS)

    items = composing.sections(newsletter)[0].items

    assert [(item.mark, item.title) for item in items] == [
        ("Neu", "Ganz neu"),
        ("Geändert", "Neuer Name"),
    ]


def test_nobody_gets_two_whatever_the_letters_of_the_address(newsletter):
    ContactFactory(email="Anna@m.example", wants_mail=True)
    ContactFactory(email="anna@M.example", wants_mail=True)

    assert addresses(newsletter) == ["Anna@m.example"]


def test_who_left_gets_nothing(newsletter):
    yesterday = timezone.localdate() - timedelta(days=1)
    ContactFactory(email="gone@m.example", until=yesterday, wants_mail=True)
    ContactFactory(email="", wants_mail=True)

    assert addresses(newsletter) == []


@pytest.mark.parametrize("goes_to_subscribers", [True, False])
def test_to_be_shown_to_professionals_is_no_consent_to_newsletters(newsletter, goes_to_subscribers):
    today = timezone.localdate()
    shown = {"visibility": "professionals", "consent_given_on": today, "consent_text": "Ja"}
    ContactFactory(email="shown@m.example", **shown)
    ContactFactory(email="internal@m.example")
    ContactFactory(email="agreed@m.example", wants_mail=True)
    ContactFactory(email="left@m.example", wants_mail=True, mail_consent_withdrawn_on=today)
    newsletter.mailing_lists.set(MailingList.objects.all() if goes_to_subscribers else [])

    assert addresses(newsletter) == ["agreed@m.example"]


def test_the_database_takes_no_mail_for_somebody_who_has_not_agreed(newsletter):
    person = ContactFactory(email="a@m.example")
    row = {"newsletter": newsletter, "address": person.email, "domain": "m.example"}

    with pytest.raises(IntegrityError, match="has not agreed to mails"), transaction.atomic():
        Delivery.objects.create(**row, language="de", contact=person)

    person.agree_to_mail("Ja", "written")
    person.save()
    Delivery.objects.create(**row, language="de", contact=person)


def subscribed(address, *topics, **facts):
    now = timezone.now()
    facts = {"state": "active", "asked_at": now, "confirmed_at": now, "language": "de"} | facts
    subscription = Subscription.objects.create(address=address, **facts)
    subscription.interests.set(topics)
    subscription.lists.set(MailingList.objects.all())


def test_subscribers_get_it_by_interest_and_once(newsletter):
    wanted, other = TopicFactory(), TopicFactory()
    newsletter.mailing_lists.set(MailingList.objects.all())
    newsletter.interests.add(wanted)
    subscribed("wants@m.example", wanted)
    subscribed("other@m.example", other)
    subscribed("all@m.example")
    subscribed("unsure@m.example", state="asked", confirmed_at=None)
    ContactFactory(email="ALL@m.example", wants_mail=True)

    assert addresses(newsletter) == ["all@m.example", "wants@m.example"]
    asked = ["all@m.example", "other@m.example"]
    assert audience.RollCall(newsletter).present(asked) == {"all@m.example"}

    newsletter.mailing_lists.clear()
    assert addresses(newsletter) == ["ALL@m.example"]


def test_who_wants_none_gets_none_though_still_in_the_network(newsletter):
    ContactFactory(email="No@m.example", wants_mail=True)
    Suppression.objects.create(address="no@m.example")

    assert addresses(newsletter) == []


def test_newsletter_without_a_segment_reaches_nobody_of_the_network(newsletter):
    ContactFactory(email="a@m.example", wants_mail=True)
    newsletter.segment = None

    assert addresses(newsletter) == []


def test_a_new_newsletter_goes_to_nobody_and_stays_off_the_internet():
    ContactFactory(email="a@m.example", wants_mail=True)
    subscribed("b@m.example")
    new = Newsletter.objects.create(title="Neu", slug="neu")

    assert addresses(new) == []
    assert not new.is_archived_publicly


def test_an_audience_that_says_nothing_is_nobody(newsletter):
    ContactFactory(email="a@m.example", wants_mail=True)
    newsletter.segment.is_everybody = False

    assert addresses(newsletter) == []


@pytest.fixture
def to_lists(newsletter):
    """The newsletter to lists kept under a name: to_lists({"q": "Kita"}, ...) -> its addresses."""

    def send(*filters, kind="contacts"):
        newsletter.segment = None
        lists = [
            SavedList.objects.create(name=f"Liste {number}", kind=kind, filters=one)
            for number, one in enumerate(filters)
        ]
        newsletter.saved_lists.set(lists)
        return addresses(newsletter)

    return send


@pytest.mark.parametrize("kind", ["contacts", "partners"])
def test_a_newsletter_goes_to_lists_kept_under_a_name(to_lists, kind):
    kita, school = InstitutionKindFactory(slug="kita"), InstitutionKindFactory(slug="schule")
    for number, one in enumerate([kita, kita, school]):
        house = PartnerFactory(institution__kind=one, institution__name=f"Haus {number}")
        reached = {"email": f"{one.slug}{number}@m.example", "wants_mail": True}
        ContactFactory(name="Kim", partner=house, **reached)
        ContactFactory(name="Alex", email=f"stumm{number}@m.example", partner=house)

    assert to_lists({"art": "kita"}, kind=kind) == ["kita0@m.example", "kita1@m.example"]
    assert to_lists({"art": "kita", "q": "Haus 1"}, kind=kind) == ["kita1@m.example"]
    both = to_lists({"art": "schule"}, {"q": '"Haus 1"'}, kind=kind)
    assert both == ["kita1@m.example", "schule2@m.example"]


@pytest.mark.parametrize(
    "filters",
    [
        {"netzwerk": "gibt-es-nicht-mehr"},
        {"phase": "weg"},
        {"thema": "weg"},
        {"wer": "quatsch"},
        {"fehlt": "quatsch"},
        {"art": "weg"},
        {"sichtbar": "weg"},
        {"unbekannt": "1"},
    ],
)
def test_a_filter_that_is_gone_means_nobody_never_everybody(to_lists, filters):
    ContactFactory(email="a@m.example", wants_mail=True)

    assert to_lists(filters) == []


def test_a_kept_list_of_people_who_left_reaches_nobody(to_lists):
    yesterday = timezone.localdate() - timedelta(days=1)
    ContactFactory(email="gone@m.example", until=yesterday, wants_mail=True)

    assert to_lists({"wer": "frueher"}) == []


def test_segment_takes_any_of_a_list_and_all_of_the_lists(newsletter):
    first, second = GroupFactory(), GroupFactory()
    kita, school = InstitutionKindFactory(), InstitutionKindFactory()
    houses = [PartnerFactory(institution__kind=kind) for kind in [kita, school, kita]]
    for name, house in zip("abc", houses, strict=True):
        ContactFactory(email=f"{name}@m.example", partner=house, wants_mail=True)
    MembershipFactory(group=first, partner=houses[0])
    MembershipFactory(group=second, partner=houses[1])
    newsletter.segment.is_everybody = False
    newsletter.segment.groups.set([first, second])
    assert addresses(newsletter) == ["a@m.example", "b@m.example"]

    newsletter.segment.kinds.add(kita)
    assert addresses(newsletter) == ["a@m.example"]


def test_segment_by_topic_of_published_offers(newsletter):
    partner = PartnerFactory()
    ContactFactory(email="a@m.example", partner=partner, wants_mail=True)
    ContactFactory(email="b@m.example", wants_mail=True)
    offer = OfferFactory(provider=partner.institution, provider_name="", status="published")
    topic = TopicFactory()
    offer.topics.add(topic)
    newsletter.segment.is_everybody = False
    newsletter.segment.topics.add(topic)
    assert addresses(newsletter) == ["a@m.example"]

    Offer.objects.update(status="archived")
    assert addresses(newsletter) == []


def test_checks_name_what_must_be_mended(newsletter):
    assert any("Niemand bekommt" in words for words in problems(newsletter))
    assert any("keinen Baustein" in words for words in problems(newsletter))

    ContactFactory(email="a@m.example", wants_mail=True)
    newsletter.blocks.create(position=1, heading="Nur Überschrift")
    newsletter.blocks.create(position=2, kind=Kind.OFFER, offer=OfferFactory(status="draft"))
    newsletter.blocks.create(position=3, kind=Kind.INSTITUTION)
    newsletter.blocks.create(position=4, kind=Kind.DATE, text="<p>Wann?</p>")

    found = " ".join(problems(newsletter))
    assert "Baustein 1 („Nur Überschrift“) ist leer" in found
    assert "ist nicht veröffentlicht" in found
    assert "Baustein 3" in found
    assert "nennt keinen Tag" in found


def test_mail_that_would_be_cut_off_is_stopped(newsletter):
    ContactFactory(email="a@m.example", wants_mail=True)
    newsletter.blocks.create(text="<p>" + "lang " * 25_000 + "</p>")

    assert any("zu groß" in words for words in problems(newsletter))


def test_dead_link_of_an_offer_is_a_warning(newsletter):
    ContactFactory(email="a@m.example", wants_mail=True)
    offer = OfferFactory(status="published", url="https://weg.example/")
    newsletter.blocks.create(kind=Kind.OFFER, offer=offer)
    now = timezone.now()
    LinkCheck.objects.create(
        offer=offer,
        url=offer.url,
        ok=False,
        checked_at=now,
        failing_since=now - timedelta(days=3),
    )

    found = checks.problems(newsletter, 1)

    assert [problem.stops for problem in found] == [False]
    assert "https://weg.example/" in found[0].words


def test_institution_and_date_are_told(newsletter):
    house = InstitutionFactory(name="Kita Sonne")
    newsletter.blocks.create(position=1, kind=Kind.INSTITUTION, institution=house)
    newsletter.blocks.create(position=2, kind=Kind.DATE, heading="Familienfest", day="2027-05-01")

    text = composing.edition(newsletter).text

    assert "Kita Sonne" in text
    assert "Samstag, 1. Mai 2027" in text
