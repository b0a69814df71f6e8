"""Who reads Leichte Sprache learns what the portal offers, by the rules for such texts."""

import re

import pytest
from django.core.management import call_command

from kekiz_portal.lib.rich_text import as_text
from kekiz_portal.models import Page
from tests.conftest import FACTS

ADDRESS = "/leichte-sprache/"
MOST_WORDS, MOST_LETTERS = 10, 15
# BITV 2.0, Anlage 2, Teil 2: what stands in no such text.
AVOIDED = {
    "a negation": r"\b(nicht|kein\w*|nie|niemals|ohne|weder|niemand)\b",
    "the passive": r"\b(wird|werden|wurden?|worden)\b",
    "the conjunctive": r"\b(würden?|könnten?|sollten?|müssten?|hätten?|wären?|dürften?)\b",
    "the genitive": r"\b(des|eines|deren|dessen|wegen|innerhalb|außerhalb)\b",
    "an abbreviation": r"\b(z\. ?b|usw|etc|bzw|ca|nr|tel|inkl|ggf|evtl|str)\.",
    "a foreign sign": r"[%&/§(){}„“–;]",
}


def lines():
    """Yield each sentence of Herne's text, with its facts as names."""
    text = (FACTS / "pages" / "leichte-sprache.html").read_text(encoding="utf-8")
    text = re.sub(r"\[\[[^\]]*\]\]", "Herne", re.sub(r"\S+@\S+", "", text))
    for line in as_text(text).splitlines():
        yield from filter(None, map(str.strip, re.split(r"(?<=[.?!])\s+", line)))


def test_the_text_keeps_the_rules():
    wrong = []
    for line in lines():
        words = re.findall(r"[\w-]+", line)
        if len(words) > MOST_WORDS:
            wrong.append(("a long sentence", line))
        parts = [part for word in words for part in word.split("-")]
        wrong += [
            ("a long word", word)
            for word in parts
            if len(word) > MOST_LETTERS and word != "Barrierefreiheit"  # the name of a page
        ]
        said = line.casefold()
        wrong += [(what, line) for what, sign in AVOIDED.items() if re.search(sign, said)]
    assert wrong == []
    assert len(list(lines())) > 80


@pytest.mark.django_db
def test_it_is_one_tap_from_every_page_and_says_what_it_owes(client):
    call_command("load_pages", FACTS, verbosity=0)
    for start in ("/", "/ar/"):
        assert f'{ADDRESS}"' in client.get(start).content.decode()

    page = client.get(ADDRESS).content.decode()
    told = page.partition("<main")[2].partition("</main>")[0]
    for owed in ("/", "/angebote/", "/lebensphasen/", "/hilfe/", "/barrierefreiheit/melden/"):
        assert f'href="{owed}"' in told  # contents, the ways through, and the statement
    assert 'href="tel:112"' in told
    assert "noch nicht freigegeben" in told  # nobody who needs it has checked it
    assert "css/pages/easy-language.css" in page
    assert 'lang="de" dir="ltr">' in client.get(f"/ar{ADDRESS}").content.decode()

    Page.objects.filter(slug="leichte-sprache").delete()
    assert client.get(ADDRESS).status_code == 404
