"""What parents type at two in the morning, without a word that stands in any offer."""

from html import unescape

import pytest
from django.core.management import call_command
from django.http import QueryDict

from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import BrowseQuery
from offers.models import Offer, ParentsSentence, SearchSynonym, SentenceVector
from offers.search import hearing
from offers.search.index import vectors
from offers.search.meaning import encoding
from offers.search.query import memory
from offers.search.query.understanding import understand

pytestmark = pytest.mark.django_db
MAYBE = "Vielleicht hilft auch"
ASKS = "Meinten Sie vielleicht eines dieser Angebote?"


@pytest.fixture
def look(client, herne):
    """Read the list of offers for some words: look("hebamme") -> HTML."""

    def read(words):
        return unescape(client.get("/angebote/", {"q": words}).content.decode())

    return read


def asked(words):
    parameters = QueryDict(mutable=True)
    parameters["q"] = words
    return BrowseQuery(parameters)


def first(words, number=5):
    """Return the titles of the offers that a search shows first."""
    titles = dict(Offer.objects.values_list("pk", "title"))
    return [titles[key] for key in asked(words).offers[:number]]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("der kleine brüllt sobald ich ihn ins bettchen lege", "Schreibaby-Beratung"),
        ("mahnbriefe öffne ich schon gar nicht mehr", "Schuldnerberatung Herne"),
        ("papa überweist seit monaten nichts fürs kind", "Unterhaltsvorschuss"),
        ("kızım suda yüzmeyi bilmiyor", "Schwimm"),
        ("мой ребёнок совсем не разговаривает, ему три", "Frühförderung"),
        ("a volunteer who plays with my children once a week", "Familienpaten"),
    ],
)
def test_a_need_is_heard_without_a_word_of_the_offer(herne, typed, title):
    assert any(title in one for one in first(typed)), first(typed)


@pytest.mark.parametrize(
    ("typed", "title"),
    [("hebammenvermittlung", "Hebammenvermittlung"), ("tafel", "Herner Tafel")],
)
def test_plain_words_come_first_and_keep_their_reasons(look, typed, title):
    page = look(typed)

    assert title in first(typed)[0]
    assert page.index("<mark>") < page.find(MAYBE) or MAYBE not in page


def test_what_only_meaning_found_says_so_quietly(look):
    assert MAYBE in look("a volunteer who plays with my children once a week")
    assert MAYBE not in look("angebote")


@pytest.mark.parametrize(
    "typed", ["wetter am sonntag", "rasenmäher reparieren", "autoversicherung kündigen"]
)
def test_what_the_portal_has_nothing_for_is_answered_by_nothing(herne, typed):
    assert hearing.answered(understand(typed)).ids == []


def test_where_words_find_nothing_the_page_only_asks_and_the_search_was_in_vain(look):
    typed = "nuckelt dauernd am daumen herum"
    assert not hearing.ranked(understand(typed)).ids

    page = look(typed)

    assert ASKS in page
    assert "Kita mit Biss" in page
    assert BrowsePage(asked(typed)).was_in_vain


def test_words_taken_literally_are_not_listened_to(client, herne):
    page = client.get("/angebote/", {"q": "nuckelt dauernd am daumen herum", "woertlich": "1"})

    assert ASKS not in unescape(page.content.decode())


def test_a_call_for_help_gets_its_numbers_and_nothing_by_meaning(herne):
    understood = understand("mein mann schlägt mich")

    assert understood.is_crisis
    assert not hearing.answered(understood).only_heard


def test_a_new_sentence_is_heard_by_the_next_search(herne, django_capture_on_commit_callbacks):
    typed = "zwirbelt am schnauzer und summt beim bügeln"
    with django_capture_on_commit_callbacks(execute=True):
        ParentsSentence.objects.create(sentence=typed, leads_to="Babymassage")

    assert first(f"er {typed}")[0] == "Babymassage"


def test_a_changed_title_is_heard_as_it_is_now(herne, django_capture_on_commit_callbacks):
    offer = Offer.objects.published().first()
    with django_capture_on_commit_callbacks(execute=True):
        offer.title = "Trompetenzwerge blasen am Kanal"
        offer.save()

    typed = "zwerge mit trompeten am kanal"
    heard = [(typed, encoding.encode([typed])[0])]
    _likeness, votes = memory.current().neighbours.votes(heard, 3, 0.1)
    assert offer.pk in {key for lead in votes for key in lead.offers}


def test_texts_that_nobody_says_any_more_lose_their_vectors(herne):
    ParentsSentence.objects.filter(sentence__contains="baby").delete()
    SearchSynonym.objects.create(phrase="Trällern am Abend", term="Singkreis")

    call_command("rebuild_search_index", verbosity=0)

    kept = set(SentenceVector.objects.values_list("digest", flat=True))
    assert kept == {vectors.digest_of(text) for text in vectors.all_texts()}


def test_the_query_alone_is_encoded_and_nowhere_kept(herne, monkeypatch):
    asked = []
    encode = encoding.encode
    monkeypatch.setattr(encoding, "encode", lambda texts: asked.append(texts) or encode(texts))
    typed = "mein kleiner will einfach nicht alleine schlafen"

    first(typed)

    assert asked
    assert all(texts == [typed] for texts in asked)
    assert not SentenceVector.objects.filter(digest=vectors.digest_of(typed)).exists()


def test_a_page_asks_the_encoder_once_for_what_was_typed(client, herne, monkeypatch):
    asked = []
    encode = encoding._Held.backend.encode
    monkeypatch.setattr(
        encoding._Held.backend, "encode", lambda texts: asked.extend(texts) or encode(texts)
    )
    typed = "unsere kleine will abends partout nicht in ihr bett"

    client.get("/angebote/", {"q": typed})

    assert asked == [typed]


def test_a_machine_learns_each_text_once(db, monkeypatch, settings, tmp_path):
    settings.ENCODER_DIR = tmp_path  # other tests write there what they know
    ParentsSentence.objects.bulk_create(
        ParentsSentence(sentence=f"unser baby ist {days} tage alt")
        for days in range(2 * vectors.MOST_BESIDE)  # enough for a shelf that all processes share
    )
    vectors.fill(leads_too=False)
    SentenceVector.objects.all().delete()
    asked = []
    encode = encoding.encode
    monkeypatch.setattr(encoding, "encode", lambda texts: asked.extend(texts) or encode(texts))

    vectors.fill(leads_too=False)

    assert not asked
    assert SentenceVector.objects.count() == len(vectors.all_texts())


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("netu deneg na produkty pomogite", "Tafel"),
        ("rebenok plachet vsyu noch ne mogu uspokoit", "Schreibaby"),
        ("sin ne razgovarivaet emu tri goda", "Frühförderung"),
        ("detskiy sad", "Kita-Platz"),
    ],
)
def test_cyrillic_typed_in_latin_letters_is_understood(herne, typed, title):
    assert any(title in one for one in first(typed)), first(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("fiber", "fieber"), ("gewallt", "gewalt"), ("frauenhaß", "frauenhaus")]
)
def test_a_german_word_that_leads_nowhere_asks_for_the_one_that_sounds_the_same(
    herne, typed, meant
):
    found = hearing.answered(understand(typed))

    assert found.is_asking
    assert found.ids == hearing.answered(understand(meant)).ids


@pytest.mark.parametrize("typed", ["grippe", "kirsche", "tauchen"])
def test_a_word_that_parents_use_stands_for_no_other(herne, typed):
    assert understand(typed).corrected is None


@pytest.mark.parametrize(
    ("typed", "younger", "older"),
    [
        ("wo kann meine kleine mit 7 nach der schule hin", "6-10", "ab 14"),
        ("meine tochter ist 15 und will nachmittags freunde treffen", "ab 14", "6-10"),
    ],
)
def test_an_age_that_somebody_tells_of_decides_which_of_alike_offers_comes_first(
    herne, typed, younger, older
):
    titles = first(typed, 40)
    places = [
        next((at for at, title in enumerate(titles) if part in title), len(titles))
        for part in (younger, older)
    ]
    assert places[0] < places[1]


def test_without_the_package_search_answers_as_by_words_alone(herne, monkeypatch):
    memory.current()  # or it is read without meanings, and the next test of this process finds it
    monkeypatch.setattr(encoding._Held, "backend", None)
    monkeypatch.setattr(encoding._Held, "was_tried", True)
    understood = understand("mahnbriefe öffne ich schon gar nicht mehr")

    assert hearing.answered(understood) == hearing.ranked(understood)


def test_a_query_in_capitals_is_encoded_once(herne, monkeypatch):
    backend, encoded = encoding._backend(), []

    class Counting:
        @staticmethod
        def encode(texts):
            encoded.append(texts)
            return backend.encode(texts)

    asked("schwimmen lernen").offers  # noqa: B018 - reads the vocabulary
    monkeypatch.setattr(encoding, "_backend", lambda: Counting)
    asked("WO  LERNT Mein Kind Schwimmen").offers  # noqa: B018

    assert encoded == [["wo lernt mein kind schwimmen"]]


def test_what_nobody_offers_is_said_and_what_lies_near_comes_first(look):
    nothing = "Zu „fußball“ ist hier noch kein Angebot eingetragen. Vielleicht hilft auch:"

    assert nothing in look("fußball 8 jahre")
    assert first("fußball 8 jahre", 1) == ["Deutsches Sportabzeichen"]
    assert "noch kein Angebot eingetragen" not in look("schwimmen 8 jahre") + look("hebamme")
