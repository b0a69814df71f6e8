"""How somebody is reached is read back from the page in every language: the same facts come out."""

import html
import os
import random
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from kekiz_portal.lib import telephone
from offers.browsing.answering_hours import DAYS, hours_said
from offers.browsing.contact.channels import Channel
from offers.browsing.whom_to_ask import WhomToAsk
from tests.offers.translations.times_in_ten_languages import read_hours

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# So many in every language; "make read-back" asks for as many as 5,000 offers have.
CONTACTS = int(os.environ.get("READ_BACK", "0")) or 100
WHO = ["Frau Yılmaz", "Herr Groß-Ölmann", "Anmeldung", 'Team "Frühe Hilfen"']
CALL = re.compile(r'href="tel:([^"]+)">.*?<bdi dir="ltr">([^<]+)', re.DOTALL)
NUMBERS = ["116 117", "0800 111 0 111", "112", "+49 2323 16-1651"]


@pytest.fixture(params=LANGUAGES)
def language(request):
    with override(request.param):
        yield request.param


def hours(some):
    """Return hours as the office types them, and the same by day of the week."""
    day, texts, by_day = 0, [], {}
    while day < 5:
        last = min(day + some.randint(0, 3), 5)
        clocks = sorted(some.sample(range(7 * 4, 20 * 4), some.choice([2, 4])))
        said = [f"{one // 4}:{one % 4 * 15:02}" if one % 4 else str(one // 4) for one in clocks]
        spans = list(zip(said[::2], said[1::2], strict=True))
        days = DAYS[day] if day == last else f"{DAYS[day]}-{DAYS[last]}"
        texts.append(f"{days} {' und '.join('-'.join(span) for span in spans)}")
        by_day |= dict.fromkeys(range(day, last + 1), spans)
        day = last + some.randint(1, 2)
    return "; ".join(texts), by_day


def contact(some):
    """Return a way to somebody as the office typed it, and its address in the net."""
    number = some.choice([*NUMBERS, f"02323 {some.randint(10_000, 9_999_999)}"])
    mail = f"haus{some.randint(1, 999)}@einrichtung.example"
    channel = {"phone": number, "email": some.choice([mail, ""]), "label": some.choice(WHO)}
    return channel, some.choice(["", f"https://haus{some.randint(1, 99)}.example/a-b/"])


def test_telephone_mail_web_and_person_are_read_back(language):
    some = random.Random(17)
    for _number in range(CONTACTS):
        channel, url = contact(some)
        offer = SimpleNamespace(url=url, open_registration_url="", provider=None, provider_words="")
        asked = WhomToAsk("offer", "Haus", (Channel(**channel),))
        page = render_to_string("components/contact.html", {"offer": offer, "asked": asked})

        dialled, shown = CALL.search(page).groups()
        known = telephone.read(channel["phone"])
        assert (dialled, telephone.read(shown).dialled) == (known.dialled, known.dialled)
        mails = {html.unescape(one) for one in re.findall(r'href="mailto:([^"?]+)"', page)}
        assert mails == set(filter(None, [channel["email"]]))
        assert re.findall(r'href="(https[^"]+)"', page) == list(filter(None, [url]))
        who = re.search(r"<strong>(?:<bdi lang=\"de\" dir=\"ltr\">)?([^<]+)", page)[1]
        assert html.unescape(who) == channel["label"]


def test_hours_of_a_telephone_are_read_back_by_day_and_minute(language):
    some = random.Random(17)
    for _number in range(CONTACTS if language != settings.LANGUAGE_CODE else 0):
        typed, by_day = hours(some)
        words = hours_said(typed)
        assert read_hours(words, language) == by_day, words
