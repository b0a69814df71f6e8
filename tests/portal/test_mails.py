"""Mails of the portal, whatever part of it writes them."""

import random
import re
from email import message_from_bytes
from email.policy import default

import pytest

from kekiz_portal.lib.mails import Mail
from tests.conftest import ROOT

APPS = ["kekiz_portal", "lifephases", "offers", "network"]
WORDS = """Bitte bestätigen: Newsletter „Von Anfang an“ Familien-Newsletter Herne – Schwimmkurse für
Grundschüler Übergang Öffnungszeiten & Ägypten 2026 =? ?= Elternfrühstück? 50 % Жінки"""


def test_a_mail_is_named_after_the_domain_it_comes_from_and_not_after_a_machine(settings):
    message = Mail("Bitte bestätigen", "Guten Tag", to=["a@m.example"]).message()

    assert message["Message-ID"].endswith(f"@{settings.MAIL_DOMAIN}>")


@pytest.mark.parametrize("seed", range(4))
def test_the_subject_of_a_single_mail_is_its_words_with_every_blank(seed):
    chance = random.Random(seed)
    for _number in range(250):
        title = " ".join(chance.choices(WORDS.split(), k=chance.randint(1, 14)))
        raw = Mail(title, "Guten Tag", to=["a@m.example"]).message().as_bytes(linesep="\r\n")

        assert message_from_bytes(raw, policy=default)["Subject"] == title
        assert b"\r\nSubject: \r\n" not in raw
        assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


def test_every_mail_of_the_portal_is_such_a_mail():
    places = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    writing = re.compile(r"\bEmail(?:Message|MultiAlternatives)\b|\bsend_mail\(")

    found = {
        path.relative_to(ROOT).as_posix() for path in places if writing.search(path.read_text())
    }

    assert found == {"kekiz_portal/lib/mails.py"}
