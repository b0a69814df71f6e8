"""What follows when nobody answers: letter, second letter, call, note to families, hidden."""

import datetime as dt
import os
from collections import defaultdict
from itertools import pairwise

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from network import tasks
from network.asking import answering, escalation, house, letters
from network.models import AddressHealth, HouseLetter, HouseLink
from offers.curation.confirming import confirm
from offers.curation.proposals import accept, propose_by_link
from offers.curation.record import take
from offers.models import Feedback, Institution, Offer, Pursuit
from tests import rows
from tests.network.asking.conftest import now_of
from tests.network.newsletters.conftest import mail_server  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
RULE = {"second_letter": 3, "call": 3, "note": 4, "hidden": 8}
Step = Pursuit.Step


@pytest.fixture(autouse=True)
def the_city_asks(settings):
    settings.ASKS_INSTITUTIONS, settings.ESCALATION = True, RULE


@pytest.fixture
def offer(kita, entry):
    kita.email = "info@kita.de"
    kita.save()
    return entry(title="Elterncafé")


def step_of(offer):
    """The step of an entry, None if nobody asks about it."""
    return Pursuit.objects.filter(offer=offer).values_list("step", flat=True).first()


def a_day(clock, days=1):
    """Let days pass, with what the clock of the portal does on the last of them."""
    clock.days_later(days)
    tasks.ask_institutions()
    letters.send_waiting()


def at_step(clock, offer, step):
    """Let weeks pass until an entry has come to a step."""
    tasks.ask_institutions()
    letters.send_waiting()
    for _week in range(30):
        if step_of(offer) == step:
            return
        a_day(clock, 7)
    pytest.fail(f"never came to {step}")


def test_who_never_answers_goes_through_all_steps_each_on_its_day(offer, clock, mailoutbox):
    tasks.ask_institutions()
    seen = {step_of(offer): 0}
    for day in range(1, 150):
        a_day(clock)
        seen.setdefault(step_of(offer), day)

    assert seen == {
        Step.LETTER: 0,
        Step.SECOND_LETTER: 21,
        Step.CALL: 42,
        Step.NOTE: 70,
        Step.HIDDEN: 126,
    }
    assert len(mailoutbox) == 2


def test_families_read_that_nobody_answers_then_nothing_until_somebody_confirms(
    offer, clock, client
):
    address = offer.get_absolute_url()
    at_step(clock, offer, Step.NOTE)
    assert "keine Antwort bekommen" in client.get(address).content.decode()

    at_step(clock, offer, Step.HIDDEN)
    assert client.get(address).status_code == 404
    found = client.get(reverse("offers:browse"), {"q": "Elterncafé"})
    assert address not in found.content.decode()

    [entry] = house.of(offer.provider).due  # its institution sees it and says that it is right
    link, _key = HouseLink.objects.made_for(offer.provider)
    answering.confirm(link, [entry.seen])
    shown = client.get(address)
    assert "Bestätigt vom Träger" in shown.content.decode()
    assert "keine Antwort" not in shown.content.decode()


@pytest.mark.parametrize("is_of", ["topic", "type"])
def test_help_in_need_stays_visible_with_a_note_however_long_nobody_answers(offer, clock, is_of):
    word = offer.topics.get() if is_of == "topic" else offer.offer_type
    at_step(clock, offer, Step.HIDDEN)  # as it was before the office said so
    word.stays_visible = True
    word.save()

    a_day(clock)
    assert step_of(offer) == Step.NOTE
    a_day(clock, 400)
    assert step_of(offer) == Step.NOTE
    assert offer in Offer.objects.published()


@pytest.mark.parametrize("step", Step.values)
def test_every_step_is_left_by_a_confirmation_and_begins_anew_when_it_is_due_again(
    offer, clock, step
):
    at_step(clock, offer, step)

    confirm(Offer.objects.filter(pk=offer.pk), method="phone")

    assert step_of(offer) is None
    assert offer in Offer.objects.published()
    a_day(clock, 30)
    assert step_of(offer) is None
    a_day(clock, 180)
    assert step_of(offer) == Step.LETTER


@pytest.mark.parametrize("step", Step.values)
def test_every_step_is_left_by_an_entry_that_is_archived(offer, clock, step):
    at_step(clock, offer, step)
    Offer.objects.filter(pk=offer.pk).update(status="archived")

    a_day(clock)

    assert step_of(offer) is None


def test_while_the_office_has_something_of_theirs_the_time_stands_still(offer, clock):
    tasks.ask_institutions()
    said = Feedback.objects.create(offer=offer, institution=offer.provider, topic="gone")
    a_day(clock, 60)
    assert step_of(offer) == Step.LETTER

    said.done_at = timezone.now()
    said.save()
    a_day(clock, 20)
    assert step_of(offer) == Step.LETTER
    a_day(clock, 1)
    assert step_of(offer) == Step.SECOND_LETTER


def without_an_address(kita):
    kita.email = ""
    kita.save()


def at_a_dead_mailbox(kita):
    AddressHealth.objects.create(address=kita.email, stopped_at=timezone.now())


def with_a_letter_that_came_back(kita):
    tasks.ask_institutions()
    letters.send_waiting()
    HouseLetter.objects.get().note_return()


@pytest.mark.parametrize(
    "make", [without_an_address, at_a_dead_mailbox, with_a_letter_that_came_back]
)
def test_whom_no_letter_reaches_is_called_the_next_day(offer, kita, clock, make):
    make(kita)
    number = HouseLetter.objects.count()

    a_day(clock)

    assert step_of(offer) == Step.CALL
    assert HouseLetter.objects.count() == number


def test_a_step_of_no_weeks_is_left_out(offer, clock, settings):
    settings.ESCALATION = RULE | {"second_letter": 0, "hidden": 0}
    tasks.ask_institutions()
    for week in range(3):
        assert step_of(offer) == Step.LETTER, week
        a_day(clock, 7)
    assert step_of(offer) == Step.CALL
    a_day(clock, 28)
    assert step_of(offer) == Step.NOTE
    a_day(clock, 700)
    assert step_of(offer) == Step.NOTE


def test_what_the_office_asked_by_hand_counts_from_that_day(offer, clock, settings, mailoutbox):
    settings.ASKS_INSTITUTIONS = False
    letters.ask(Institution.objects.all())
    letters.send_waiting()
    settings.ASKS_INSTITUTIONS = True

    a_day(clock, 20)
    assert step_of(offer) == Step.LETTER
    a_day(clock)
    assert step_of(offer) == Step.SECOND_LETTER
    assert len(mailoutbox) == 2


def test_what_becomes_due_meanwhile_is_in_the_next_letter_not_in_one_of_its_own(
    offer, entry, clock, mailoutbox
):
    tasks.ask_institutions()
    letters.send_waiting()
    clock.days_later(10)
    late = entry(title="Spielkreis")
    Offer.objects.filter(pk=late.pk).update(review_due_on=clock.today)
    a_day(clock, 5)
    assert (step_of(late), len(mailoutbox)) == (None, 1)

    a_day(clock, 6)
    assert (step_of(offer), step_of(late)) == (Step.SECOND_LETTER, Step.LETTER)
    assert "Spielkreis" in mailoutbox[1].body


def test_while_the_city_does_not_want_it_nothing_moves(offer, clock, settings):
    settings.ASKS_INSTITUTIONS = False
    a_day(clock, 100)

    assert not Pursuit.objects.exists()
    assert not HouseLetter.objects.exists()


# Herne over 14 months --------------------------------------------------------------------

MONTHS_14 = 425
EVERY_HOUSE = int(os.environ.get("LETTERS_TEST_EVERY_HOUSE", "3"))  # 1 for all of Herne's houses
EVERY = 5  # days: two letters in a week would be seen


def by_their_page(institution):
    link, _key = HouseLink.objects.made_for(institution)
    answering.confirm(link, [one.seen for one in house.of(institution).due])


def by_telephone(institution):
    confirm(due_of(institution), method="phone")


def by_a_proposal(institution):
    for offer in due_of(institution):
        base, wanted = take(offer), take(offer)
        wanted["root"][offer.pk]["phone"] = f"02323 {1000 + offer.pk}"
        accept(propose_by_link(offer, base, wanted, institution), by=None)


def by_the_office(institution):
    confirm(due_of(institution))


def by_archiving(institution):
    due_of(institution).update(status=Offer.Status.ARCHIVED)


def due_of(institution):
    return Offer.objects.meant_for_readers().of(institution).due()


# Who answers how, once an entry has come to which step; the rest never answers.
ANSWERS = {
    "at once": (Step.LETTER, by_their_page),
    "late": (Step.SECOND_LETTER, by_a_proposal),
    "called": (Step.CALL, by_telephone),
    "after the note": (Step.NOTE, by_the_office),
    "closed": (Step.HIDDEN, by_archiving),
    "without an address": (None, None),
    "never": (None, None),
}


def test_fourteen_months_of_herne_bring_the_right_letters_and_nobody_two_in_a_week(
    herne_as_rows,
    clock,
    mail_server,  # noqa: F811
):
    rows.pour(herne_as_rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # else it is chance whether fourteen months take seconds or minutes
    clock.moment = timezone.now() + dt.timedelta(days=1)
    houses = list(Institution.objects.current().with_entries_due().order_by("pk")[::EVERY_HOUSE])
    Offer.objects.exclude(provider__in=houses).update(status=Offer.Status.ARCHIVED)
    groups = {name: houses[number :: len(ANSWERS)] for number, name in enumerate(ANSWERS)}
    give_mailboxes(groups)
    reached, came = {name: set() for name in ANSWERS}, defaultdict(list)

    for _day in range(0, MONTHS_14, EVERY):
        a_day(clock, EVERY)
        for mail in mail_server.accepted()[sum(map(len, came.values())) :]:
            came[mail["to"]].append(clock.today)
        for name, members in groups.items():
            there = Pursuit.objects.filter(offer__provider__in=members)
            reached[name] |= set(there.values_list("step", flat=True))
            let_answer(there.filter(since__lte=clock.today - dt.timedelta(days=10)), name)

    steps = Step.values
    for name, (step, _answer) in ANSWERS.items():
        if step:
            assert reached[name] == set(steps[: steps.index(step) + 1]), name
    assert reached["without an address"] == set(steps[steps.index(Step.CALL) :])
    assert reached["never"] == set(steps)
    assert set(came) == {one.email for one in houses if one.email}
    for days in came.values():
        assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
    assert all(len(came[one.email]) == 2 for one in groups["never"])
    assert all(len(came[one.email]) >= 2 for one in groups["at once"])
    sent = HouseLetter.objects.exclude(sent_at=None)
    assert sum(map(len, came.values())) == sent.filter(sent_with=None).count()
    assert sent.count() == HouseLetter.objects.count()


def give_mailboxes(groups):
    """Give each house a mailbox, two of them the same."""
    for name, members in groups.items():
        for number, one in enumerate(members):
            one.email = "" if name == "without an address" else f"haus{one.pk}@haus.de"
            if name == "never" and number < 2:
                one.email = "zwei@haus.de"
            one.save(update_fields=["email"])


def let_answer(pursuits, name):
    """Let the houses of a group answer whose entries have come to its step."""
    step, answer = ANSWERS[name]
    for one in Institution.objects.filter(offers__pursuit__in=pursuits.filter(step=step)):
        answer(one)


def test_the_silent_house_gets_no_third_letter(offer, clock, mailoutbox):
    for _month in range(14):
        a_day(clock, 30)
    assert len(mailoutbox) == 2
    assert now_of(offer).confirm_method == "phone"


def test_the_rule_names_the_next_step():
    assert escalation.next_step(None) == (Step.SECOND_LETTER, 3)
    assert escalation.next_step(Step.NOTE) == (Step.HIDDEN, 8)
    assert escalation.next_step(Step.HIDDEN) is None
