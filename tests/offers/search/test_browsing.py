"""What a parent reads on the page of a search: understood words, removable, never a dead end."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from offers.browsing.query import BrowseQuery
from offers.catalogue import held
from offers.models import HelplineNeed, Institution, SearchDemand, SearchSynonym
from offers.search.query.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, herne):
    """Read the list of offers for some parameters: look(q="hebamme") -> HTML."""

    def read(**parameters):
        return unescape(client.get("/angebote/", parameters).content.decode())

    return read


def titles(page):
    found = re.findall(r'class="offer-card__link"[^>]*>(.*?)</a>', page)
    return [re.sub(r"</?mark>", "", title) for title in found]


def chips(page):
    """Return the filters in use as pairs of words and address."""
    chip = r'<a class="chips__chip chips__chip--on[^"]*" href="([^"]*)">(.*?)<svg'
    found = re.findall(chip, page, re.DOTALL)
    return [
        (" ".join(re.sub(r"<[^>]+>", "", words).replace("Filter entfernen:", "").split()), url)
        for url, words in found
    ]


def test_words_that_are_filters_stand_as_chips_that_say_so(look):
    page = look(q="schwimmkurs 7 jahre wanne")

    assert chips(page) == [
        ("7 Jahre aus „7 jahre“", "/angebote/?q=schwimmkurs+wanne"),
        ("Stadtbezirk Wanne aus „wanne“", "/angebote/?q=schwimmkurs+7+jahre"),
    ]


def test_a_sentence_hides_nothing_that_lies_elsewhere_but_puts_what_fits_first(look):
    named = titles(look(q="schwimmkurs eickel"))
    told = titles(look(q="mein sohn möchte einen schwimmkurs machen wir wohnen in eickel"))

    assert set(named) < set(told)
    assert not chips(look(q="mein sohn möchte einen schwimmkurs machen wir wohnen in eickel"))


def test_a_day_and_its_part_are_the_filters_of_that_name(look):
    chosen = titles(look(tag="di", zeit="nachmittag"))

    assert chosen
    for query in ["dienstag nachmittag", "Dienstagnachmittag", "dienstag 15 uhr"]:
        assert titles(look(q=query)) == chosen


def test_a_day_alone_is_never_an_empty_page_and_begins_with_the_next_dates(look):
    for query in ["morgen", "übermorgen", "nächste woche", "heute", "yarın"]:
        page = look(q=query)
        assert titles(page)
        assert "Kreißsaal" not in titles(page)[0]


NEAR_ME = """
    in meiner nähe|bei mir|nah bei mir|etwas in meiner nähe|in meiner umgebung|nähe|near me
    bana yakın|بالقرب مني|поруч зі мною|рядом со мной|blisko mnie|lângă mine|близо до мен
    nêzî min|نزدیک من
"""


def test_who_asks_for_what_is_near_is_shown_the_list_and_called_no_emergency(look):
    everything, there = titles(look()), titles(look(plz="44649"))

    for query in (one.strip() for one in NEAR_ME.replace("\n", "|").split("|") if one.strip()):
        page = look(q=query)
        assert titles(page) == everything, query
        assert 'href="tel:110"' not in page, query
        assert titles(look(q=f"{query} 44649")) == there, query


def test_what_is_looked_for_nearby_is_found_as_without_that(look):
    for query in ["hebamme in meiner nähe", "hebamme near me", "hebamme bana yakın"]:
        assert titles(look(q=query))[:3] == titles(look(q="hebamme"))[:3]


def test_a_baby_that_comes_along_hides_nothing_for_its_parents(look):
    for query in ["deutschkurs mit baby", "deutsch lernen baby", "دورة ألمانية وعندي طفل رضيع"]:
        assert titles(look(q=query))[0] == "Deutschkurse der vhs Herne", query

    assert titles(look(q="schwimmkurs baby"))[0] == "Babyschwimmen"
    assert "Baby (0-1 Jahr) aus „baby“" in dict(chips(look(q="schwimmkurs baby")))


def test_an_evening_is_no_afternoon_for_children_that_ends_at_six(look):
    for page in [look(zeit="abend"), look(q="abends"), look(q="wo kann ich mit 15 abends hin")]:
        assert "H2Ö: Offener Treff für Kinder (6-12)" not in titles(page)
    assert "H2Ö: Offener Treff für Kinder (6-12)" in titles(look(zeit="nachmittag"))


def test_who_cries_for_help_nearby_is_heard(look):
    for query in ["hilfe in meiner nähe", "help near me", "mein mann schlägt mich hier bei mir"]:
        assert understand(query).helplines


def test_common_words_alone_are_no_answer_where_the_rare_one_is_unknown(look):
    for query in ["auto anmelden", "sperrmüll termin", "pizza bestellen", "steuererklärung hilfe"]:
        assert titles(look(q=query)) == []


def test_an_empty_page_offers_what_sounds_alike(look):
    page = look(q="wintergarten")

    assert "Ähnlich klingt:" in page
    assert 'href="/angebote/?q=Kindergarten"' in page


def test_where_the_page_only_asks_nothing_that_was_read_hides_anything(look):
    page = look(q="zwei monate rückstand beim vermieter")

    assert "Meinten Sie vielleicht" in page
    assert any("Mietschulden" in title for title in titles(page))
    assert not chips(page)


def test_a_time_of_day_beside_other_words_raises_and_hides_nothing(look):
    page = look(q="krabbelgruppe abends")

    assert not chips(page)
    assert set(titles(page)) > set(titles(look(q="krabbelgruppe", zeit="abend")))


def test_a_day_and_a_place_that_leave_nothing_give_way_though_no_other_word_is_typed(look):
    page = look(q="ab 15 abends innenstadt wohin")

    assert titles(page)
    assert "Alles zusammen haben wir nicht gefunden" in page


def test_a_filter_chosen_by_hand_outdoes_the_words(look):
    page = look(q="schwimmkurs wanne", bezirk="bezirk-eickel")

    assert chips(page) == [("Stadtbezirk Eickel", "/angebote/?q=schwimmkurs+wanne")]


def test_the_form_of_filters_takes_over_what_was_read_so_that_it_can_be_unticked(look):
    page = look(q="schwimmkurs wanne")
    form = re.search(r'<form class="filters__form".*?</form>', page, re.DOTALL)[0]

    assert 'name="q" value="schwimmkurs"' in form
    assert re.search(r'name="bezirk"\s+value="bezirk-wanne"[^>]*checked', form)


def test_all_filters_go_with_one_link_and_the_words_stay(look):
    page = look(q="kindergeld 7 jahre", kostenlos="1")

    assert 'class="chips__clear" href="/angebote/?q=kindergeld"' in page


def test_a_corrected_word_is_said_and_the_way_back_is_literal(look):
    page = look(q="Kindergelt")
    back = re.search(r'<a href="([^"]*)">Wörtlich suchen</a>', page)[1]

    assert "Wir haben nach <strong><bdi>Kindergeld</bdi></strong> gesucht." in page
    assert "Kindergeld" in titles(page)
    assert back == "/angebote/?q=Kindergelt&woertlich=1"


def test_the_literal_search_asks_whether_something_else_was_meant(look):
    page = look(q="Kindergelt", woertlich="1")

    assert titles(page) == []
    assert 'Meinten Sie <a href="/angebote/?q=Kindergeld">' in page
    assert 'href="/angebote/?q=Kindergelt">Auch Ähnliches zeigen' in page


def test_what_answers_is_marked(look):
    page = look(q="hebammenvermittlung")

    assert "<mark>Hebammenvermittlung</mark>" in page


def test_another_word_for_the_same_is_named_once(look):
    SearchSynonym.objects.create(phrase="Quabbelkurs", term="Krabbelgruppe")

    assert look(q="quabbelkurs").count("Dazu zeigen wir: Krabbelgruppe.") == 1


def test_distress_and_separation_are_never_said_to_be_meant(look):
    for typed in ["trauer kinder", "ez ducanî me nizanim biçim ku derê"]:
        page = look(q=typed)
        assert titles(page)
        assert not re.search("Dazu zeigen wir: [^<]*(Trennung|Gewalt|Sucht)", page)


def test_a_sentence_is_never_said_to_be_called_otherwise(look):
    for sentence in ["mein sohn ist drei und redet noch nicht", "wer hilft mir mit dem geld"]:
        assert "heißt hier" not in look(q=sentence)


def test_a_new_synonym_works_at_once(look):
    assert titles(look(q="quabbelkurs")) == []
    SearchSynonym.objects.create(phrase="Quabbelkurs", term="Krabbelgruppe")

    assert any("Krabbelgruppe" in one for one in titles(look(q="quabbelkurs")))


def test_a_house_meant_by_its_name_stands_before_the_offers(look):
    house = Institution.objects.filter(offers__status="published").first()

    page = look(q=house.name)

    assert page.index(house.get_absolute_url()) < page.index('class="offer-card"')


def test_help_comes_first_when_somebody_is_in_need(look):
    page = look(q="mann schlägt mich")

    assert page.index("<h1") < page.index('href="tel:110"') < page.index('id="results-title"')
    assert page.count("<h1") == 1
    assert "Seite schnell verlassen" in page
    assert re.search(r"<title>\s*Hilfe –", page)


def test_a_need_is_neither_counted_nor_kept_by_the_browser(client, herne):
    response = client.get("/angebote/?q=mann+schlägt+mich&bezirk=bezirk-wanne")

    assert response["Cache-Control"] == "no-store"
    assert response["HX-Replace-Url"] == "/angebote/"
    assert not SearchDemand.objects.exists()


def test_help_comes_first_also_when_the_words_are_taken_literally(look):
    assert 'href="tel:110"' in look(q="mann schlägt mich", woertlich="1")


def test_nothing_found_names_topics_and_whom_to_call_and_is_counted(look):
    cache.clear()
    for _family in range(5):
        page = look(q="drachenfliegen")

    assert "Dazu haben wir noch kein Angebot gefunden" in page
    assert re.search(r'href="/angebote/\?thema=sport-bewegung"', page)
    assert re.search(r'class="city-contact__way">.*? href="tel:', page, re.DOTALL)
    assert list(SearchDemand.objects.values_list("words", "filters", "count")) == [
        ("drachenfliegen", "", 5)
    ]


def test_what_finds_something_or_was_taken_literally_is_not_counted(look):
    for _family in range(5):
        look(q="hebamme")
        look(q="drachenfliegen", woertlich="1")
        look(alter="0", tag="so", zeit="abend")

    assert not SearchDemand.objects.exists()


def test_filters_that_leave_nothing_can_be_dropped_one_by_one(look):
    page = look(q="hebamme", tag="so", zeit="abend")

    assert "Dazu haben wir noch kein Angebot gefunden" in page
    assert "ohne „Sonntag“ suchen" in page or "ohne „abends" in page


def test_a_word_read_as_a_filter_gives_way_rather_than_leaving_nothing(look):
    page = look(q="hebammenvermittlung sonntags")

    assert titles(page)
    assert "Sie sehen, was es ohne „sonntags“ gibt." in page


def test_a_text_that_is_too_long_is_searched_as_far_as_it_goes(look):
    page = look(q="hebammenvermittlung " + "und " * 60)

    assert "Es gehen höchstens 200 Zeichen." in page
    assert 'value="hebammenvermittlung und' in page
    assert "Hebammenvermittlung" in titles(page)


def test_the_state_of_a_search_survives_sorting_and_turning_pages(look):
    page = look(q="kinder wanne", woertlich="1")

    assert "/angebote/?q=kinder+wanne&woertlich=1&sortierung=termin" in page or (
        "q=kinder+wanne&woertlich=1" in page
    )


@pytest.mark.parametrize("q", ["''", "\u202e", "🤱", "!!! ???", "und", "'; DROP TABLE", "7 jahre"])
def test_odd_texts_give_a_page(look, q):
    assert "</html>" in look(q=q)


def test_a_query_of_filters_only_lists_all_they_leave(herne):
    typed = BrowseQuery(QueryDict("q=7+jahre+wanne"))
    chosen = BrowseQuery(QueryDict("alter=84&bezirk=bezirk-wanne"))

    assert set(typed.offers) == set(chosen.offers)


def test_signs_of_need_that_editors_add_work_at_once(look):
    need = HelplineNeed.objects.filter(is_crisis=True).first()
    assert "call-now" not in look(q="flunkerwort")
    need.signs.create(phrase="flunkerwort", language="de")

    assert "call-now" in look(q="flunkerwort")


@pytest.mark.parametrize(
    "words",
    [
        "ich bin schwerhörig",
        "ich bin gehörlos",
        "hörgerät kind",
        "gebärdensprache",
        "işaret dili",
        "أنا أصم",
        "я глуха",
        "жестовый язык",
        "język migowy",
        "sunt surdă",
        "жестов език",
        "i am deaf",
        "zimanê îşaretan",
        "من ناشنوا هستم",
    ],
)
def test_who_does_not_hear_finds_ways_in_writing_and_sign_language_and_no_emergency(look, words):
    page = look(q=words)
    main = page[page.index("<main") :]

    assert main.index("/hilfe/#ohne-stimme") < main.index("/gebaerdensprache/")
    assert "tel:112" not in main


def test_who_cannot_hear_and_is_in_need_finds_the_numbers_all_the_same(look):
    assert "tel:112" in look(q="gehörlos und mein mann schlägt mich")


def test_an_empty_list_leads_to_a_way_without_a_voice(look):
    page = look(q="qwrtzpx")

    assert titles(page) == []
    assert "/hilfe/#ohne-stimme" in page[page.index("<main") :]


def test_what_many_look_for_is_looked_up_once_and_nothing_is_kept_of_who_is_in_need(look):
    first = titles(look(q="hebamme"))
    with CaptureQueriesContext(connection) as asked:
        assert set(titles(look(q="hebamme", kostenlos="1"))) <= set(first)
    assert not any("searchposting" in one["sql"] for one in asked.captured_queries)

    assert 'href="tel:' in look(q="ich will nicht mehr leben")
    kept = [text for text, _literal in held.current().answers]
    assert "hebamme" in kept
    assert "ich will nicht mehr leben" not in kept
