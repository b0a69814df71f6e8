"""What families narrow the list by: for whom, near what, when; and what an empty list leads to."""

import datetime as dt
import time
from html import unescape

import pytest
from django.http import QueryDict
from django.utils import timezone

from kekiz_portal.serving.kept_pages.shelf import SHELF
from offers.browsing.query import BrowseQuery
from offers.models import Occurrence, Offer
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TargetGroupFactory,
)
from tests.offers.browsing.narrowing import offered, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    def read(query=""):
        return unescape(client.get(f"/angebote/?{query}").content.decode())

    return read


def test_what_leads_nowhere_is_not_offered(look):
    TargetGroupFactory(name="Großeltern", slug="grosseltern")
    OfferFactory(title="Treff", anonymous_possible=None)
    assert "ohne Namen" not in look()
    assert not {"fuer", "anonym", "sprache"} & set(offered())

    OfferFactory(title="Beratung", anonymous_possible=True)
    assert titles("anonym=1") == ["Beratung"]
    assert "ohne Namen" in look()


def test_who_need_not_say_a_name_follows_the_kind_of_house_where_the_entry_is_silent():
    kind = InstitutionKindFactory(anonymous_possible=True)
    house = InstitutionFactory(kind=kind)
    OfferFactory(title="Beratung", provider=house, provider_name="")
    OfferFactory(title="Antrag", provider=house, provider_name="", anonymous_possible=False)
    assert titles("anonym=1") == ["Beratung"]

    kind.anonymous_possible = None
    kind.save()
    assert titles("anonym=1") == []


def test_a_search_for_something_anonymous_hides_nothing_else(look):
    OfferFactory(title="Beratung", anonymous_possible=None)
    OfferFactory(title="Anonyme Beratung", anonymous_possible=True)

    assert 'name="anonym" value="1"' in look("q=anonyme+beratung")
    assert "anonym" not in BrowseQuery(QueryDict("q=anonyme+beratung")).selection


def at(offer, minutes, lasts=60, day=0):
    """Let an offer take place in so many minutes, or on a later day."""
    starts = timezone.now() + dt.timedelta(minutes=minutes, days=day)
    place, far_off = OfferPlaceFactory(offer=offer), timezone.localdate() + dt.timedelta(days=900)
    Occurrence.objects.create(
        schedule=ScheduleFactory(place=place, rrule="", starts_on=far_off),
        offer=offer,
        day=timezone.localdate(starts),
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=lasts),
    )


def test_open_now_is_what_has_begun_and_is_not_over():
    running, over, later = (OfferFactory(title=title) for title in ("läuft", "vorbei", "später"))
    at(running, -10)
    at(over, -30, lasts=20)
    at(later, 10)

    assert titles("wann=jetzt") == ["läuft"]


def test_the_whole_list_says_open_now_no_longer_than_it_is_so(client):
    at(OfferFactory(title="läuft"), -10, lasts=10 + 1 / 60)

    def offers_what_is_open():
        SHELF.forget()  # a page that everybody gets lives for a minute
        return 'name="wann" value="jetzt"' in client.get("/angebote/").content.decode()

    assert offers_what_is_open()
    assert offers_what_is_open()
    time.sleep(1)
    assert not offers_what_is_open()


def test_the_next_seven_days_end_with_the_seventh():
    soon, late = OfferFactory(title="bald"), OfferFactory(title="spät")
    at(soon, 0, day=6)
    at(late, 0, day=7)

    assert titles("wann=woche") == ["bald"]
    assert titles("wann=heute") == []


def test_around_a_part_of_the_city_counts_how_far_places_are(look):
    here = DistrictFactory(name="Hier", level="locality", latitude="51.500", longitude="7.200")
    near = DistrictFactory(
        name="Nah", level="locality", parent=here.parent, latitude="51.515", longitude="7.200"
    )
    far = DistrictFactory(
        name="Fern", level="locality", parent=here.parent, latitude="51.560", longitude="7.200"
    )
    for district in (here, near, far):
        place = LocationFactory(district=district)
        OfferPlaceFactory(offer=OfferFactory(title=district.name), location=place)
    exact = LocationFactory(district=far, latitude="51.502", longitude="7.200")
    OfferPlaceFactory(offer=OfferFactory(title="Am Rand"), location=exact)

    assert titles(f"bezirk={here.slug}") == ["Hier"]
    assert titles(f"bezirk={here.slug}&umkreis=1") == ["Hier", "Am Rand"]
    assert titles(f"bezirk={here.slug}&umkreis=2") == ["Hier", "Am Rand", "Nah"]
    page = look(f"bezirk={here.slug}&umkreis=2")
    assert page.index("Vor Ort: Hier") < page.index("Bis 2 km entfernt") < page.index("Am Rand")


def test_a_place_of_which_only_the_district_may_be_known_counts_from_its_middle():
    here = DistrictFactory(name="Hier", level="locality", latitude="51.500", longitude="7.200")
    far = DistrictFactory(
        name="Fern", level="locality", parent=here.parent, latitude="51.560", longitude="7.200"
    )
    place = LocationFactory(
        district=far, latitude="51.500", longitude="7.200", visibility="district", street=""
    )
    OfferPlaceFactory(offer=OfferFactory(), location=place)

    assert titles(f"bezirk={here.slug}&umkreis=2") == []


def test_a_radius_around_nothing_says_what_is_missing(look):
    assert "Wählen Sie dazu einen Stadtteil" in look("umkreis=2")


def test_what_comes_once_a_year_stands_after_what_one_can_do_now():
    far, now, gone = (OfferFactory(title=title) for title in ("Fest", "Treff", "Alt"))
    at(far, 0, day=200)
    at(now, 0, day=3)
    Offer.objects.filter(pk=gone.pk).update(schedule_text="Sommer 2019")
    OfferFactory(title="Beratung")

    assert titles("") == ["Beratung", "Treff", "Fest", "Alt"]
