"""/hilfe/: danger first, a jump by situation, then who answers now before who does later."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from offers.browsing.entering.help_now import SHORT, numbers
from offers.models import Helpline
from tests.factories.offers import HelplineFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)  # a Monday


@pytest.fixture
def at(monkeypatch):
    """Let it be an hour of a Monday: at(hour)."""

    def set_to(hour):
        moment = timezone.make_aware(dt.datetime.combine(DAY, dt.time(hour)))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def line(name, situation, hours, **others):
    return HelplineFactory(name=name, situation=situation, hours=hours, **others)


def of(situation):
    return next(one for one in numbers()[1] if one.situation == situation)


def test_who_answers_now_comes_before_who_opens_later_and_says_so(at):
    line("Kinderbüro", "parents", "Mo-Fr 14-16", position=1)
    line("Elterntelefon", "parents", "Mo-Fr 9-17", position=2)

    at(10)

    found = [(one.helpline.name, one.answers_now, one.opening) for one in of("parents").lines]
    assert found == [("Elterntelefon", True, ""), ("Kinderbüro", False, "heute ab 14:00 Uhr")]


def test_at_night_a_situation_nobody_answers_in_shows_a_number_that_does(at):
    line("Jugendtelefon", "child", "Mo-Sa 14-20")
    line("Soforthilfe", "crisis", "rund um die Uhr", is_local=True)

    at(2)

    assert of("child").meanwhile.helpline.name == "Soforthilfe"
    assert of("crisis").meanwhile is None


def test_hours_nobody_can_read_are_called_neither_open_nor_closed(at):
    line("Bereitschaftsdienst", "ill", "außerhalb der Praxiszeiten")

    at(10)

    assert [(one.answers_now, one.opening) for one in of("ill").lines] == [(False, "")]


def test_every_situation_but_danger_has_its_chip():
    assert set(SHORT) == set(Helpline.Situation) - {Helpline.Situation.DANGER}


def test_the_page_leads_from_each_chip_to_its_numbers_and_links_the_chats(client, herne):
    page = client.get("/hilfe/").content.decode()

    jumps = re.findall(r'class="tag tag--link" href="#([\w-]+)"', page)
    assert jumps[:2] == ["lage-crisis", "lage-pregnant"]
    assert [jump for jump in jumps if f'id="{jump}"' not in page] == []
    assert re.findall(r'href="tel:(\d+)"', page)[:2] == ["112", "110"]
    for chat in ["https://www.nummergegenkummer.de", "https://www.hilfetelefon.de"]:
        assert f'href="{chat}"' in page
