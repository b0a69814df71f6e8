"""What /angebote/ shows is what the files say, computed a second time without the portal's code."""

import html
import re
from itertools import chain

import pytest
from django.http import QueryDict

from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import BrowseQuery
from offers.models import Offer

pytestmark = pytest.mark.django_db

YOUNGEST, OLDEST = -10, 324
WEEKDAYS = {"mo": "Mo", "di": "Di", "mi": "Mi", "do": "Do", "fr": "Fr", "sa": "Sa", "so": "So"}
CARD = re.compile(r'<a class="offer-card__link" href="[^"]+"\s*>([^<]+)</a>')


def titles_shown(client, query):
    """Turn the pages of a list in the browser, as a parent would, and note the titles."""
    titles, number = [], 1
    while True:
        page = client.get(f"/angebote/?{query}&seite={number}").content.decode()
        titles += [html.unescape(title) for title in CARD.findall(page)]
        if 'rel="next"' not in page:
            return sorted(titles)
        number += 1


def titles_found(query):
    return sorted(
        Offer.objects.filter(pk__in=BrowseQuery(QueryDict(query)).offers.tolist()).values_list(
            "title", flat=True
        )
    )


def fits(row, month):
    first, last = row["Alter von (Monate)"], row["Alter bis (Monate)"]
    return (not first or int(first) <= month) and (not last or month <= int(last))


def titles(rows):
    return sorted(row["Titel"] for row in rows)


def test_every_month_of_age_finds_exactly_the_offers_whose_span_contains_it(herne, entries):
    wrong = [
        month
        for month in range(YOUNGEST, OLDEST + 1)
        if titles_found(f"alter={month}") != titles(row for row in entries if fits(row, month))
    ]

    assert wrong == []


@pytest.mark.parametrize("month", [-10, -1, 0, 3, 12, 18, 36, 72, 131, 216, 323, 324])
def test_the_pages_show_exactly_the_offers_for_an_age(client, herne, entries, month):
    rows = [row for row in entries if fits(row, month)]

    assert titles_shown(client, f"alter={month}") == titles(rows)


def test_a_phase_shows_the_offers_whose_span_touches_it(client, herne, facts, entries):
    phases = [row for row in facts("life_phases.csv") if row["kind"] == "phase"]
    for phase in phases:
        first, last = int(phase["from_months"]), int(phase["to_months"])
        expected = [
            row
            for row in entries
            if int(row["Alter von (Monate)"] or YOUNGEST) <= last
            and first <= int(row["Alter bis (Monate)"] or OLDEST)
        ]

        assert titles_found(f"phase={phase['slug']}") == titles(expected), phase["slug"]


def test_the_family_phase_shows_the_offers_the_facts_put_there(herne, entries):
    expected = [row for row in entries if row["gehört auch zu"]]

    assert titles_found("phase=eltern-familie") == titles(expected)


def parts_within(districts, slug):
    """Return a part of the city and all parts inside it."""
    found = {slug}
    while True:
        larger = found | {row["slug"] for row in districts if row["parent_slug"] in found}
        if larger == found:
            return found
        found = larger


NEAR_EVERYWHERE = {"bei Ihnen zu Hause", "online", "am Telefon", "in der ganzen Stadt"}


def comes_to_the_family(row):
    return bool(NEAR_EVERYWHERE & set(row["Wo"].split(" | ")))


def districts_of(row):
    """Return the parts of the city in which one has to go somewhere."""
    return set(filter(None, row["Stadtteil"].split(" | ")))


@pytest.mark.parametrize(
    "slug",
    ["bezirk-wanne", "bezirk-eickel", "bezirk-herne-mitte", "bezirk-sodingen", "wanne", "bickern"],
)
def test_a_district_shows_its_own_parts_and_all_that_is_near_everywhere(
    herne, facts, entries, slug
):
    districts = facts("districts.csv")
    parts = parts_within(districts, slug)
    inside = {
        f"Stadtbezirk {one['name']}" if one["level"] == "stadtbezirk" else one["name"]
        for one in districts
        if one["slug"] in parts
    }
    expected = [
        row
        for row in entries
        if not districts_of(row) or comes_to_the_family(row) or districts_of(row) & inside
    ]

    assert titles_found(f"bezirk={slug}") == titles(expected)


@pytest.mark.parametrize(("tag", "short"), WEEKDAYS.items())
def test_a_weekday_shows_only_offers_whose_times_name_that_day(herne, entries, tag, short):
    found = titles_found(f"tag={tag}")
    times = {row["Titel"]: row["Termine im Portal"] for row in entries}

    def names_the_day(text):
        return bool(re.search(rf"\b{short}\b", text)) or "täglich" in text

    assert [title for title in found if not names_the_day(times[title])] == []


def test_an_open_house_is_found_on_its_afternoons_but_not_on_its_mornings(herne):
    house = "H2Ö: Offener Treff für Kinder (6-12)"

    assert house in titles_found("tag=di&zeit=nachmittag")
    assert house not in titles_found("tag=di&zeit=vormittag")
    assert house not in titles_found("tag=mo&zeit=nachmittag")


def test_every_number_beside_a_choice_is_what_the_choice_leaves(herne):
    query = BrowseQuery(QueryDict("alter=84&bezirk=bezirk-wanne"))
    wrong = []
    for facet in BrowsePage(query).facets:
        for choice in chain(facet.choices, *(select.choices for select in facet.selects)):
            url = query.url(**{choice.name: [choice.value]})
            chosen = BrowseQuery(QueryDict(url.partition("?")[2]))
            groups = {name: those.bit_count() for name, those in chosen.groups}
            left = groups.get("there", 0) + groups.get("around", 0)
            if choice.name == "plz":  # there beside what is there of Wanne
                continue
            if (left if choice.is_there else chosen.found.bit_count()) != choice.count:
                wrong.append((choice.name, choice.value, choice.count, left))

    assert wrong == []
