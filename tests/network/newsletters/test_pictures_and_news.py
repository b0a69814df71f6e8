"""A newsletter shows pictures, and tells what became new or other since the last one."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from kekiz_portal.lib.history.recording import unrecorded
from network.models import Newsletter, NewsletterBlock
from network.newsletters.composing import archive, checks, composing, news
from offers.curation import pictures
from offers.models import Offer, OfferPlace
from offers.schedules.occurrences import renew
from tests.factories.offers import LocationFactory, OfferFactory, ScheduleFactory, TopicFactory

pytestmark = pytest.mark.django_db
Kind = NewsletterBlock.Kind


@pytest.fixture
def newsletter(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Newsletter.objects.create(title="Neues", slug="neues")


def picture(size=(1200, 600), colours=None):
    file = BytesIO()
    image = Image.effect_noise(size, 90) if colours else Image.new("RGB", size, "teal")
    image.save(file, "PNG")
    return pictures.cleaned(SimpleUploadedFile("foto.png", file.getvalue()))


def words(newsletter):
    return " ".join(problem.words for problem in checks.problems(newsletter, 1))


def test_picture_is_in_the_mail_with_its_size_and_its_words(newsletter, settings):
    block = newsletter.blocks.create(
        kind=Kind.PICTURE, picture=picture(), picture_alt="Kinder & Eltern malen"
    )

    edition = composing.edition(newsletter)

    address = settings.PORTAL_URL + block.picture.url
    assert f'<img src="{address}" width="552" height="276"' in edition.html
    assert 'alt="Kinder &amp; Eltern malen"' in edition.html
    assert "[Bild: Kinder & Eltern malen]" in edition.text
    assert words(newsletter) == ""


def test_picture_that_only_decorates_says_nothing(newsletter):
    newsletter.blocks.create(
        kind=Kind.PICTURE, picture=picture(), picture_alt="Muster", picture_is_decorative=True
    )

    edition = composing.edition(newsletter)

    assert 'alt=""' in edition.html
    assert "Muster" not in edition.text


def test_web_page_shows_pictures_of_the_portal_and_no_others(settings):
    own = f'<img src="{settings.PORTAL_URL}/medien/bilder/a.webp" alt="Fest" width="5" onload="x">'
    html = f'<main>{own}<img src="https://elsewhere.example/p.gif" alt="Spur"></main>'

    shown = archive.content_of(html)

    assert '<img src="/medien/bilder/a.webp" alt="Fest" width="5">' in shown
    assert "elsewhere" not in shown
    assert "onload" not in shown


def test_picture_without_words_is_refused_by_form_and_database(newsletter):
    block = NewsletterBlock(newsletter=newsletter, kind=Kind.PICTURE, picture=picture())

    with pytest.raises(ValidationError, match="was auf dem Bild zu sehen ist"):
        block.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        block.save()


def test_checks_name_pictures_that_are_missing_gone_or_heavy(newsletter):
    newsletter.blocks.create(position=1, kind=Kind.PICTURE)
    heavy = picture((1600, 1200), colours="many")
    newsletter.blocks.create(position=2, kind=Kind.PICTURE, picture=heavy, picture_alt="Rauschen")
    gone = newsletter.blocks.create(
        position=3, kind=Kind.PICTURE, picture=picture(), picture_alt="Fest"
    )
    default_storage.delete(gone.picture.name)

    found = words(newsletter)

    assert "Baustein 1 („Bild“) hat kein Bild" in found
    assert "Baustein 2: Das Bild ist" in found
    assert "Baustein 3: Das Bild ist nicht mehr da" in found


def test_picture_of_a_newsletter_is_not_tidied_away(newsletter):
    block = newsletter.blocks.create(kind=Kind.PICTURE, picture=picture(), picture_alt="Fest")
    later = timezone.now() + timedelta(days=3)

    assert pictures.discard_unused(now=later) == 0
    pictures.discard(block.picture.name)
    assert default_storage.exists(block.picture.name)

    block.delete()
    assert pictures.discard_unused(now=later) == 1


@pytest.fixture
def issue_before():
    """Call it when everything so far has been told: the last newsletter went out then."""

    def sent():
        Newsletter.objects.create(title="Davor", slug="davor", state="sent", frozen_at=now())

    def now():
        return timezone.now()

    return sent


def changed(newsletter):
    _new, found = news.since_last_issue(newsletter, Offer.objects.published())
    return [offer.title for offer in found]


def test_offer_that_moved_is_news(newsletter, issue_before):
    offer = OfferFactory(title="Babytreff", status="published")
    place = OfferPlace.objects.create(offer=offer, location=LocationFactory())
    issue_before()
    assert changed(newsletter) == []

    place.location = LocationFactory()
    place.save()

    assert changed(newsletter) == ["Babytreff"]


def test_offer_with_other_dates_is_news_and_a_saved_form_alone_is_not(newsletter, issue_before):
    offer = OfferFactory(title="Babytreff", status="published")
    place = OfferPlace.objects.create(offer=offer, location=LocationFactory())
    schedule = place.schedules.create(rrule="FREQ=WEEKLY;BYDAY=MO", start_time="10:00")
    issue_before()
    schedule.save()
    offer.save()
    assert changed(newsletter) == []

    schedule.start_time = "15:00"
    schedule.save()
    assert changed(newsletter) == ["Babytreff"]

    schedule.start_time = "10:00"
    schedule.save()
    assert changed(newsletter) == []


def test_date_that_was_cancelled_for_good_is_news(newsletter, issue_before):
    offer = OfferFactory(title="Babytreff", status="published")
    place = OfferPlace.objects.create(offer=offer, location=LocationFactory())
    schedule = place.schedules.create(rrule="FREQ=WEEKLY;BYDAY=MO", start_time="10:00")
    issue_before()

    schedule.delete()

    assert changed(newsletter) == ["Babytreff"]


def test_change_of_an_entry_that_came_in_without_history_is_news(newsletter, issue_before):
    with unrecorded():
        offer = OfferFactory(title="Alter Name", status="published")
    issue_before()
    offer.save()
    assert changed(newsletter) == []

    offer.title = "Neuer Name"
    offer.save()

    assert changed(newsletter) == ["Neuer Name"]


def test_news_stop_at_twelve_and_say_so(newsletter, issue_before, settings):
    issue_before()
    OfferFactory.create_batch(14, status="published")
    newsletter.blocks.create(position=1, kind=Kind.NEWS)

    edition = composing.edition(newsletter)

    assert edition.html.count('class="item"') == 12
    more = "2 weitere Angebote sind neu oder geändert. Alle Angebote ansehen:"
    assert f"{more}\n{settings.PORTAL_URL}/angebote/\n" in edition.text
    assert f'<a href="{settings.PORTAL_URL}/angebote/"' in edition.html
    assert "zeigt nur die ersten 12" in words(newsletter)


def test_offer_with_a_block_of_its_own_is_not_told_twice(newsletter, issue_before):
    issue_before()
    offer = OfferFactory(title="Babytreff", status="published")
    newsletter.blocks.create(position=1, kind=Kind.OFFER, offer=offer)
    newsletter.blocks.create(position=2, kind=Kind.NEWS)

    assert composing.edition(newsletter).text.count("Babytreff") == 1


def test_news_are_chosen_by_hand_by_topic_phase_and_by_leaving_out(newsletter):
    swimming, reading = TopicFactory(name="Schwimmen"), TopicFactory(name="Lesen")
    pool = OfferFactory(title="Wasser", topics=[swimming])
    OfferFactory(title="Bücherei", topics=[reading])
    lake = OfferFactory(title="See", topics=[swimming])
    block = newsletter.blocks.create(kind=Kind.NEWS, news_topic=swimming)
    block.left_out.add(lake)

    assert [offer.title for offer in news.of(block).new] == ["Wasser"]
    assert {offer.pk for offer in news.to_choose_from(block)} == {pool.pk, lake.pk}


def test_news_with_a_date_come_first_soonest_first_and_old_times_are_never_told(newsletter):
    later = OfferFactory(title="Anfang")
    soon = OfferFactory(title="Ende", schedule_text="2020: Fr 15:30")
    OfferFactory(title="Mitte", schedule_text="2020: Fr 15:30")
    for offer, days in [(later, 20), (soon, 2)]:
        day = timezone.localdate() + timedelta(days=days)
        schedule = ScheduleFactory(place__offer=offer, rrule="", starts_on=day)
        renew(type(schedule).objects.filter(pk=schedule.pk))
    block = newsletter.blocks.create(kind=Kind.NEWS)

    assert [offer.title for offer in news.of(block).new] == ["Ende", "Anfang", "Mitte"]
    assert "2020" not in composing.edition(newsletter).text


def test_what_is_new_is_looked_up_once_for_all_checks(newsletter, monkeypatch):
    newsletter.blocks.create(position=1, kind=Kind.NEWS)
    asked, look = [], news.since_last_issue
    monkeypatch.setattr(news, "since_last_issue", lambda *args: asked.append(1) or look(*args))

    checks.problems(newsletter, 10)

    assert asked == [1]
