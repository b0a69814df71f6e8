"""What is read from pages of providers is right, and hostile pages cost little."""

import datetime as dt
import resource
import time

import pytest

from offers.reading import reader
from offers.reading.clock import times_in
from offers.reading.document import parse
from offers.reading.reader import Known
from tests.offers.reading import other_words as other_words_module
from tests.offers.reading import pages, scoring

ELTERNCAFE = Known(names=("Elterncafé",))
HERE = "<h1>Elterncafé</h1><p>Wir sind für die Eltern da, kommen Sie mit Ihren Kindern.</p>"


def said(html, known=ELTERNCAFE):
    found = reader.differences(parse(html.encode()), known, scoring.TODAY)
    return {one.fact: one.value for one in found}


@pytest.fixture
def other_words(monkeypatch):
    """Facts, notices and traps in the words of somebody who has not seen how the reader reads."""
    for name in vars(other_words_module):
        if name.endswith("_words") or name.isupper():
            monkeypatch.setattr(pages, name, getattr(other_words_module, name))


@pytest.mark.parametrize("which", ["seen", "unseen", "foreign"])
def test_in_other_words_nine_of_ten_facts_are_found_and_nine_of_ten_are_right(which, other_words):
    for seed in range(1, 4):
        made = pages.pages(pages.layouts(which), 150, seed=seed, changes=45, trapped=50)
        score = scoring.score(made)
        assert min(score.precision, score.recall) >= 0.9, scoring.errors(made)


@pytest.mark.parametrize("which", ["seen", "unseen", "foreign"])
def test_of_150_pages_in_20_layouts_nine_of_ten_facts_are_found_and_nine_of_ten_are_right(which):
    """45 of them changed, a third with traps; the foreign ones by somebody who knows no reader."""
    layouts = pages.layouts(which)
    made = pages.pages(layouts, 150, seed=1, changes=45, trapped=50)
    assert (len(layouts), sum(bool(one.expected) for one in made)) == (20, 45)

    score = scoring.score(made)

    assert score.precision >= 0.9, scoring.errors(made)
    assert score.recall >= 0.9, scoring.errors(made)


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Mo–Do 8–16 Uhr, Fr 8–13 Uhr", {(d, 480, 960) for d in range(4)} | {(4, 480, 780)}),
        ("jeden Mittwoch von 9.30 bis 11 Uhr", {(2, 570, 660)}),
        ("16–18 Uhr, immer dienstags", {(1, 960, 1080)}),
        ("Di + Do 15-17 Uhr", {(1, 900, 1020), (3, 900, 1020)}),
        ("Samstag ab 11 Uhr", {(5, 660, None)}),
        ("Dienstag, 12.03.2026, 15 Uhr", set()),
        ("für Kinder von 2 bis 3 Jahren, mittwochs", set()),
        ("Telefon 02323 16-1651", set()),
    ],
)
def test_weekdays_and_hours_however_they_are_written(words, times):
    assert times_in(words) == times


def test_of_a_house_its_number_and_its_hours_are_read():
    html = "<h1>Kita</h1><p>Wir sind für die Kinder da.</p><h2>Öffnungszeiten</h2><table><tr>"
    html += "<td>Mo–Fr</td><td>7–17 Uhr</td></tr></table><footer>Tel. 02323 4711</footer>"
    kita = Known(names=("Kita",), hours="Mo–Fr 7–16 Uhr", is_house=True)

    assert said(html, kita) == {"phone": "+4923234711", "hours": "Mo–Fr 7–17 Uhr"}


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body></body></html>",
        HERE.replace("<h1>", "<title>Seite nicht gefunden</title><h1>"),
        "<h1>404</h1>" + HERE + "<p>dienstags 9 Uhr</p>",
        "<h1>Elterncafé</h1><p>Welcome to our café for parents. We are open. Call 02323 4711</p>",
        "<h1>Elterncafé</h1><p>Anneler ve çocuklar için bir buluşma. Telefon 02323 4711</p>",
        HERE + "<script>dienstags 9 Uhr, Telefon 02323 4711, wir ziehen um</script>",
    ],
)
def test_a_page_that_is_empty_failing_or_in_another_language_says_nothing(html):
    known = Known(names=("Elterncafé",), phones=frozenset({"+4923231"}), times="montags 8 Uhr")

    assert said(html, known) == {}


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "iso-8859-15"])
def test_umlauts_are_read_in_whatever_coding(charset):
    html = "<h1>Bücherstube</h1><p>Für die Eltern und Kinder. Es kostet nichts, samstags 9 Uhr.</p>"
    known = Known(names=("Bücherstube",))

    found = reader.differences(parse(html.encode(charset)), known, scoring.TODAY)

    assert {one.fact for one in found} == {"times", "price"}


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", "<ul><li>", "<a ", "<script>", "0 1 2 ", "Mo 9-", "x@y.", "<p>02323 161651"],
)
def test_ten_megabytes_made_to_hurt_cost_little_time_and_memory(unit):
    """At most 10 s and 50 MB, as for whatever a page may hold."""
    body = (HERE + unit * (10_000_000 // len(unit))).encode()
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    reader.differences(parse(body), ELTERNCAFE, dt.date(2026, 11, 29))

    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
