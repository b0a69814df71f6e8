"""Twenty entries drawn anew each time: what the portal holds and shows is what the files say."""

import html
import random
import re

import pytest

from kekiz_portal.lib.rich_text import as_text
from offers.models import Offer

pytestmark = pytest.mark.django_db

DRAWN = 20
CLOCK = re.compile(r"\b([0-2]?[0-9])(?::([0-5][0-9]))?(?=[ -]|\b)")
CODE = re.compile(r"[a-z]{2,3}(?:-leicht)?")
# "2020: Di–Fr" is how the collectors noted old hours; the portal says "zuletzt 2020: Di–Fr".
OLD_HOURS = r"(?<!zuletzt )\b20[0-9]{2}: (?:Mo|Di|Mi|Do|Fr|Sa|So)\b"
RAW = re.compile(rf"n/a|20[0-9]{{2}}[?+]|{OLD_HOURS}|teils Anmeldung")


@pytest.fixture
def seed():
    number = random.SystemRandom().randrange(10**6)
    print(f"seed of the draw: {number}")  # noqa: T201, shown when a test fails
    return number


@pytest.fixture
def said(facts):
    """Return what the files say about an offer: values by column, and the page of each."""
    rows = {row["id"]: row for row in facts("offers.csv")}

    def read(key):
        row = rows[key]
        values = dict(row)
        page = row["source_url"], row["source_year"]
        pages = dict.fromkeys(("phone", "schedule", "cost", "registration", "email"), page)
        for fact in facts("offer_facts.csv"):
            if fact["offer_id"] == key and fact["field"] != "status":
                values[fact["field"]] = fact["value"]
                pages[fact["field"]] = (fact["source_url"], fact["source_year"])
        for own in facts("offer_readings.csv"):
            if own["offer_id"] == key:
                if own["value"] == row.get(own["field"]):
                    pages[own["field"]] = (row["source_url"], row["source_year"])
                if own["source_url"]:
                    pages[own["field"]] = (own["source_url"], own["source_year"])
                values[own["field"]] = own["value"]
        return values, {name: page for name, page in pages.items() if values.get(name)}

    return read


def digits(text):
    return re.sub(r"^\+49", "0", re.sub(r"[^0-9+]", "", text))


def squeezed(text):
    return " ".join(text.split()).casefold()


def disagreements(offer, values, pages):
    """Yield the columns in which an offer says something else than the files."""
    places = list(offer.places.all())
    points = list(offer.contact_points.all())
    locations = [place.location for place in places if place.location]
    where = squeezed(
        " ".join(f"{place.note} {place.location or ''}" for place in places).replace("(", "")
    ).replace(")", "")
    same = {
        "title": offer.title == values["title"],
        "phone": not values["phone"]
        or digits(values["phone"]) in {digits(one.phone) for one in [offer, *points]},
        "email": not values["email"] or values["email"] in {one.email for one in [offer, *points]},
        "web": not values["web"] or values["web"].removeprefix("https://") in offer.url,
        "description": squeezed(values.get("description", ""))
        in squeezed(as_text(offer.description)),
        "target_group": values.get("target_group", "") in offer.eligibility_text,
        "registration": squeezed(values["registration"]) in squeezed(offer.how_to_apply),
        "street": not values.get("street") or values["street"] in {one.street for one in locations},
        "postcode": not values.get("postcode")
        or values["postcode"] in {one.postal_code for one in locations},
        "place_name": all(
            squeezed(part).replace("(", "").replace(")", "") in where
            for part in re.split(r"[,;] ", values.get("place_name", ""))
        ),
        "ages": (values["age_from_months"] or None, values["age_to_months"] or None) == ages(offer),
        "schedule": hours(values["schedule"]) <= known_hours(offer, places),
        "languages": {one for one in values["languages"].split("|") if CODE.fullmatch(one)}
        <= set(offer.languages),
        "cost": offer.cost_kind != "free" or "assumed" not in costs_from(values),
    }
    yield from (name for name, agrees in same.items() if not agrees)
    kept = {(one.page, one.year) for one in offer.sources.all()}
    for name, (page, year) in pages.items():
        found = re.search("[0-9]{4}", year)
        if (page, int(found[0]) if found else None) not in kept:
            yield f"source of {name}"


def costs_from(values):
    """Return how certain a cost of the row is; one that a later page says is certain."""
    return "" if values.get("cost_is_sourced") else values["certainty"].partition("cost")[2]


def ages(offer):
    span = offer.ages
    if span is None:
        return None, None
    first = None if span.lower is None else str(span.lower)
    return first, None if span.upper is None else str(span.upper - 1)


def hours(text):
    """Return the hours that stand with minutes in a text."""
    return {f"{int(hour)}:{minutes}" for hour, minutes in CLOCK.findall(text) if minutes}


def known_hours(offer, places):
    times = hours(offer.schedule_text)
    for place in places:
        for one in place.schedules.all():
            times |= {f"{at.hour}:{at:%M}" for at in (one.start_time, one.end_time) if at}
    return times


def test_twenty_entries_hold_what_their_sources_say(herne, said, facts, seed):
    keys = [row["id"] for row in facts("offers.csv")]
    sourced = {
        row["offer_id"]
        for row in facts("offer_facts.csv")
        if row["field"] == "cost" and row["certainty"] == "sourced"
    }
    wrong = {}
    for key in random.Random(seed).sample(keys, DRAWN):
        values, pages = said(key)
        values["cost_is_sourced"] = key in sourced
        if found := list(disagreements(Offer.objects.get(external_id=key), values, pages)):
            wrong[key] = found

    assert wrong == {}


def test_twenty_pages_show_it_and_nothing_as_the_collectors_wrote_it(client, herne, said, seed):
    shown = list(Offer.objects.published().order_by("pk").values_list("external_id", flat=True))
    for key in random.Random(seed).sample(shown, DRAWN):
        offer = Offer.objects.get(external_id=key)
        page = html.unescape(client.get(offer.get_absolute_url()).content.decode())
        values, _pages = said(key)

        assert values["title"] in page, key
        assert not RAW.search(re.sub(r"<[^>]+>", " ", page)), key
        if values.get("description"):
            assert values["description"][:60] in page, key
        if offer.phone:
            assert digits(offer.phone).removeprefix("0") in page, key
