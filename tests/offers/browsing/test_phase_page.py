"""The page of a phase: three things that are due, whom to call in the city, three offers."""

import re

import pytest

from lifephases.models import LifePhase, Milestone
from offers.browsing.entering.milestones import due_in

pytestmark = pytest.mark.django_db
PHASES = ["baby", "kita-alter", "weiterfuehrende-schule"]


def before_it_is_opened(page):
    """Return the content of a page without what is folded."""
    return re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("slug", PHASES)
def test_three_things_that_are_due_and_three_offers_stand_open_the_rest_is_folded(
    client, herne, slug
):
    page = client.get(f"/lebensphasen/{slug}/").content.decode()

    page = re.sub(
        r"<details[^>]*>\s*<summary[^>]*>\s*Was ist zu tun.*?</details>", "", page, flags=re.DOTALL
    )
    assert before_it_is_opened(page).count('class="milestone__title"') == 3
    assert page.count('class="milestone__title"') == len(
        Milestone.objects.in_phase(LifePhase.objects.get(slug=slug))
    )
    assert page.count('class="offer-link__title"') == 3


def test_every_milestone_of_herne_says_whom_to_call_or_that_nobody_knows(client, herne):
    for phase in LifePhase.objects.along_the_chain():
        for due in (one for part in due_in(phase)[:2] for one in part):
            assert due.who or due.instead, due.milestone
            assert due.phone or due.instead or re.search(r"\bIhre?[rs]?\b", due.who), due.milestone


def test_a_baby_of_herne_gets_the_numbers_of_elterngeldstelle_and_kita_navigator(client, herne):
    page = client.get("/lebensphasen/baby/").content.decode()

    assert 'href="tel:+492323161646"' in page
    assert 'href="tel:+492323164240"' in page


def test_the_offers_first_are_for_a_child_in_the_middle_of_the_phase(client, herne):
    page = client.get("/lebensphasen/baby/").content.decode()

    assert "Kreißsaal" not in before_it_is_opened(page)
