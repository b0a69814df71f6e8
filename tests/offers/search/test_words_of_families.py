"""The words families type, in eleven languages, lead to what Herne offers."""

import csv
from pathlib import Path

import pytest

from kekiz_portal.lib import languages
from offers.models import HelplineSign, Offer, SearchSynonym
from offers.search.hearing import answered
from offers.search.query.understanding import understand
from offers.search.ranking import ranked
from tests.offers.browsing.by_sql import best_fit_first

pytestmark = pytest.mark.django_db

WORDS = Path(__file__).resolve().parents[3] / "data" / "search"
NOT_IN_HERNE = {"Giftnotruf"}  # a number to call, not an offer
FOREIGN = [code for code in languages.OF_THE_SEARCH if code != "de"]


FOR_PREGNANT = "Schwangerenberatung der Diakonie"
CONFLICT = "Schwangerschaftskonfliktberatung"


def rows(name):
    with (WORDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_titles(query, number=5):
    ids = ranked(understand(query)).ids[:number]
    titles = Offer.objects.in_bulk(ids)
    return [titles[pk].title for pk in ids]


def first_on_the_page(query):
    hits = answered(understand(query))
    return list(Offer.objects.best_match_first(hits).values_list("title", flat=True))[:5]


def leading_nowhere(texts):
    return {text for text in texts.distinct() if ranked(understand(text)).ids == []}


def test_every_meaning_is_known_in_every_language():
    gaps = {
        (row["term"], language)
        for row in rows("translations.csv")
        for language in FOREIGN
        if not row[language]
    }

    assert gaps == set()


def test_every_need_is_heard_in_every_language():
    gaps = {
        (row["need"], language)
        for row in rows("helpline_signs.csv")
        for language in languages.OF_THE_SEARCH
        if not row[language]
    }

    assert gaps == set()


def test_every_word_leads_somewhere(herne):
    synonyms = SearchSynonym.objects.exclude(kind="place_alias").order_by()
    unpublished = list(Offer.objects.exclude(status="published").values_list("title", flat=True))

    nowhere = leading_nowhere(synonyms.values_list("term", flat=True))
    waiting = {term for term in nowhere if any(term in title for title in unpublished)}
    # The words of an offer that waits for an answer lead to the nearest that is there.
    theirs = synonyms.filter(term__in=waiting).values_list("phrase", flat=True)

    assert nowhere - waiting == NOT_IN_HERNE
    assert leading_nowhere(theirs) == set()


def test_all_words_are_loaded_for_editors(herne):
    phrases = {
        phrase
        for row in rows("translations.csv")
        for language in FOREIGN
        for phrase in row[language].split("|")
    }

    stored = set(SearchSynonym.objects.values_list("phrase", flat=True))

    assert {one.casefold() for one in phrases} <= {one.casefold() for one in stored}
    assert HelplineSign.objects.values("language").distinct().count() == len(FOREIGN) + 1


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("wochenbettbetreuung", "Hebamm"),
        ("abtreibung", "Schwangerschaftskonfliktberatung"),
        ("mein baby beruhigt sich einfach nicht", "Schreibaby-Beratung"),
        ("leihoma gesucht", "Familienpaten"),
        ("pleite", "Schuldnerberatung"),
        ("schokoticket", "Schülerbeförderung"),
        ("papa darf kind nicht sehen", "Begleiteter Umgang"),
        ("sohn zockt nur noch", "Sucht- und Drogenberatung"),
        ("zeltlager", "Ferienfreizeit"),
        ("evde ödev yardımı", "Hausaufgaben"),
        ("kira yardımı", "Wohngeld"),
        ("دورة لغة ألمانية", "Deutschkurse der vhs"),
        ("تطعيم طفلي", "U-Untersuchungen"),
        ("допомога на дитину", "Kindergeld"),
        ("إعانة الطفل", "Kindergeld"),
        ("zuschuss sportverein", "Bildung und Teilhabe: Sport"),
        ("elternkaffee", "Elterncafé"),
        ("oma leihen", "Familienpaten"),
        ("erstehilfe kind", "Erste Hilfe"),
        ("anonyme beratung jugendliche", "Soforthilfe"),
        ("подросток курит траву", "Sucht- und Drogenberatung"),
        ("schreien baby hilfe", "Schreibaby-Beratung"),
        ("eifersucht geschwister", "Erziehungs- und Familienberatung"),
        ("ich weiß nicht mehr weiter", "Soforthilfe"),
        ("kein krippenplatz", "Kita"),
        ("کمک در تکالیف", "Hausaufgaben"),
        ("логопед для сина", "Frühförderung"),
        ("мать одиночка", "Alleinerziehende"),
        ("летний лагерь", "Ferien"),
        ("szkoła rodzenia", "Geburtsvorbereitungskurs"),
        ("plac zabaw", "Abenteuerspielplatz"),
        ("curs de germana", "Deutsch"),
        ("alocatie copii", "Kindergeld"),
        ("детска градина", "Kita"),
        ("плуване за деца", "Schwimm"),
        ("food bank", "Tafel"),
        ("my daughter is being bullied", "Schulpsychologische Beratung"),
        ("bijîşkê zarokan", "U-Untersuchungen"),
        ("kursa almanî", "Deutsch"),
        ("مهد کودک", "Kita"),
        ("مشاوره خانواده", "Erziehungs- und Familienberatung"),
    ],
)
def test_a_family_finds_the_offer_with_its_own_words(herne, query, offer):
    assert any(offer in title for title in first_titles(query)), first_titles(query)


@pytest.mark.parametrize("words", ["iphone", "asdf", "wetter morgen", "bundesliga ergebnisse"])
def test_nonsense_is_not_corrected_into_what_leads_nowhere(herne, words):
    understanding = understand(words)

    assert understanding.corrected is None
    assert ranked(understanding).ids == []


def test_a_word_that_could_be_taken_apart_for_ever_is_read_once(herne):
    assert understand("tanzvideo drehen mit freundinnen").concepts


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("papa treff", "Echte Väter"),
        ("hadana", "Kita-Platz"),
        ("7adana", "Kita-Platz"),
        ("yoga schwanger", "Schwangerenberatung"),
        ("englisch kurs", "Deutschkurse der vhs"),
        ("mädchengruppe", "Offener Treff"),
    ],
)
def test_what_leads_is_what_was_meant(herne, query, offer):
    assert offer in first_titles(query)[0], first_titles(query)


NEW_HERE = """
    ich bin neu hier|neu in herne|wir sind neu in herne|neu in der stadt|new in herne|new in town
    burada yeniyim|herne'de yeniyiz|نحن جدد هنا|нові в герне|ми нові в місті|мы здесь новые
    jesteśmy tu nowi|suntem noi aici|нови сме тук|em li vir nû ne|ما جدید هستیم
"""


def test_who_is_new_here_finds_advice_for_newcomers_whatever_the_place_is_called(herne):
    for query in (one.strip() for one in NEW_HERE.replace("\n", "|").split("|") if one.strip()):
        assert "Migration" in first_titles(query)[0], (query, first_titles(query))

    assert "Migration" not in first_titles("spielplatz neu in herne")[0]


def test_who_seeks_something_is_not_addicted(herne):
    assert "Sucht- und Drogenberatung" not in first_titles("oma sucht beratung")
    assert first_titles("suchtberatung")[0] == "Sucht- und Drogenberatung"


def test_only_a_child_and_an_age_ask_for_all_that_is_there_for_it(herne):
    assert understand("mädchen 13 jahre").asks_for_all
    assert understand("mädchen 13").asks_for_all


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Schprahkurß", "Sprachkurs"),
        ("Şvimmen", "Schwimmen"),
        ("Musikşule", "Musikschule"),
        ("Gevalt", "Gewalt"),
        ("Kindakor", "Kinderchor"),
        ("Waldschpielgruppe", "Waldspielgruppe"),
        ("Fater Kind Gruppe", "Vater Kind Gruppe"),
        ("krabelgruppewanne", "Krabbelgruppe Wanne"),
        ("deutschkuskostenlos", "Deutschkurs kostenlos"),
        ("hebamesuchen", "Hebamme suchen"),
        ("kinderturnenkostenlos", "Kinderturnen kostenlos"),
        ("yogafürschwangere", "Yoga für Schwangere"),
        ("fußballfürmädchen", "Fußball für Mädchen"),
        ("eltern kint grupe", "Eltern Kind Gruppe"),
        ("elternkindturnn", "Eltern-Kind-Turnen"),
        ("hebammen sprech stunde", "Hebammensprechstunde"),
        ("Dolmeçer", "Dolmetscher"),
        ("Chebame", "Hebamme"),
        ("Szrajbaby", "Schreibaby"),
    ],
)
def test_what_newcomers_write_as_they_hear_it_leads_where_the_right_words_do(herne, typed, right):
    assert first_titles(typed) == first_titles(right) != []


@pytest.mark.parametrize(
    "query",
    [
        "schwanger",
        "ssw 20",
        "30. ssw",
        "schwanger müde",
        "schwanger ohne krankenversicherung",
        "pregnant no insurance",
        "hamileyim sigortam yok",
        "أنا حامل وليس لدي تأمين",
        "вагітна без страховки",
        "беременна",
        "ciąża",
        "însărcinată fără asigurare",
        "бременна съм",
        "ducanî me",
        "باردارم بیمه ندارم",
    ],
)
def test_who_is_pregnant_finds_advice_before_anything_about_an_abortion(herne, query):
    titles = first_on_the_page(query)

    assert {titles[0], titles[1]} & {FOR_PREGNANT, "Hebammenvermittlung"}
    assert CONFLICT not in titles[:3]


@pytest.mark.parametrize(
    "query", ["ungewollt schwanger", "schwangerschaft abbrechen", "kürtaj", "аборт", "abortion"]
)
def test_who_asks_for_conflict_counselling_finds_it_first(herne, query):
    assert first_on_the_page(query)[0] == CONFLICT


def test_a_list_of_all_does_not_begin_with_what_is_delicate(herne):
    offers = list(best_fit_first(Offer.objects.published()).values_list("title", flat=True))

    assert offers.index("Hebammendienst / Familienhebammen") < offers.index(CONFLICT)


@pytest.mark.parametrize(
    "query",
    [
        "kind mit down syndrom",
        "schwerbehindertenausweis",
        "mein kind ist behindert",
        "gehörlose mutter sucht beratung",
        "engelli çocuk",
        "طفل معاق",
        "дитина з інвалідністю",
        "ребенок инвалид",
        "niepełnosprawne dziecko",
        "copil cu handicap",
        "дете с увреждане",
        "disabled child",
        "zarokê min astengdar",
        "کودک معلول",
    ],
)
def test_a_disabled_child_is_not_sent_to_childminders_or_foster_care(herne, query):
    titles = first_on_the_page(query)

    assert not [one for one in titles[:5] if "pflege" in one.casefold()], titles
    helps = ("Frühförderung", "Querbeet", "Selbsthilfe", "Erziehungs- und Familienberatung")
    assert any(one in titles[0] for one in helps), titles
