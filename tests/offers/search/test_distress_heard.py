"""Who cries for help in words that no sign knows is heard too; idioms and letters are not."""

import logging
from pathlib import Path

import pytest
from django.core.cache import cache

from kekiz_portal.tools import distress_evaluation
from kekiz_portal.tools import search_evaluation as evaluation
from offers.models import SearchDemand
from offers.search.distress import classifier as distress
from offers.search.distress import network
from offers.search.meaning import encoding
from offers.search.query.understanding import understand

pytestmark = pytest.mark.django_db

needs_the_encoder = pytest.mark.skipif(
    not encoding.name(), reason="the sentence encoder is not installed"
)
HERE = Path(__file__).parent
CHILDRENS_LINE = "nummer-gegen-kummer-kinder"
FILES_OF_QUERIES = ["queries.csv", "blind_queries.csv"]
WITHIN_MINUTES = [
    "das baby ist ganz blau und rührt sich kaum",
    "opa ist zusammengesackt und sabbert komisch",
    "meine freundin hat alle schlaftabletten genommen",
    "er wird nicht mehr wach",
    "es brennt in der küche und ich bin alleine mit meiner schwester",
    "mutfaktan duman geliyor kapi kilitli",
    "we can smell gas and my little brother is dizzy",
    "hat die ganze Packung geschluckt",
    "cocugum camdan dustu",
    "бебето погълна батерия",
    "وقعت ابنتي من الشباك",
    "zarok ji pencereyê ket û deng nake",
]
# A few words, so a sign has to say it: in every language, and also where there is no encoder.
IN_FEW_WORDS = [
    "schaum vor dem mund",
    "spumă la gură",
    "пяна на устата",
    "شرب بنزين",
    "benzîn vexwar",
    "باتری قورت داد",
    "губи сині",
    "wpadł do basenu",
    "bileklerini kesti",
]
ARMED = [
    "чоловік з ножем",
    "soțul a scos cuțitul",
    "معه سكين",
    "elinde bıçak var",
    "he has a knife",
]
BY_THE_YOUNG = [
    "mama schließt mich im keller ein wenn ich laut bin",
    "ich versteck mich immer wenn papa getrunken hat",
    "die filmen mich auf dem schulklo und alle lachen",
]
BY_OTHERS = [
    "er lässt mich nicht aus der wohnung und hat mein geld",
    "wir stehen mit den kindern und koffern auf der straße",
    "heute haben wir nichts mehr zum kochen die kinder weinen",
]
NEITHER = [
    "schreiben vom jugendamt was heißt rückstand",
    "mein kind kommt im sommer in die schule",
    "ich lach mich tot kasperletheater",
    "referat über gewalt im film",
    "erste hilfe kurs für großeltern",
    "mahnbriefe öffne ich schon gar nicht mehr",
    "die schulden wachsen mir über den kopf",
    "schlag mich tot aber wann sind die ferien",
    "anleitung messer schnitzen ferienkurs",
    "gülmekten öldük palyaço",
    "pies ciężko dyszy",
]
# Ordinary sentences: nothing is offered above the results.
ORDINARY = [
    "من يعتني بابنتي وأنا في العمل عمرها سنة",
    "nu am bani de ghiozdan si caiete",
    "kira çok yüksek maaş yetmiyor",
    "pille danach",
    "trinkt nur aus der flasche",
    "baby will nicht liegen",
]
# No doctor is there, and nobody is dying.
ILL = [
    "kind hat fieber",
    "mein kind hat 40 fieber",
    "kind hat durchfall und erbricht",
    "çocuğumun ateşi 40",
    "у ребенка температура 39",
    "dziecko ma gorączkę 40",
    "my child has a fever",
]
# Signs of distress stand in these, and the classifier hears none: nothing is offered either.
UNMOVED = [
    "kurs für babysitter notfälle",
    "anti aggressions training jugendliche",
    "brief vom amt verstehe ich nicht",
]


@needs_the_encoder
@pytest.mark.parametrize("words", WITHIN_MINUTES)
def test_112_stands_first_where_minutes_count(herne, words):
    understanding = understand(words)

    assert understanding.is_crisis
    assert understanding.helplines[0] == distress_evaluation.RESCUE


@pytest.mark.parametrize("words", IN_FEW_WORDS)
@pytest.mark.parametrize("is_encoded", [True, False])
def test_112_stands_first_where_a_few_words_say_that_somebody_may_die(
    herne, monkeypatch, words, is_encoded
):
    if not is_encoded:
        monkeypatch.setattr(distress.encoding, "available", lambda: False)

    understanding = understand(words)

    assert understanding.is_crisis
    assert understanding.helplines[0] == distress_evaluation.RESCUE


@pytest.mark.parametrize("words", ARMED)
def test_police_and_112_stand_first_where_somebody_is_armed(herne, words):
    assert understand(words).helplines[:2] == ("polizei-110", distress_evaluation.RESCUE)


@needs_the_encoder
@pytest.mark.parametrize("words", BY_THE_YOUNG)
def test_the_young_find_their_line_first(herne, words):
    assert understand(words).helplines[0] == CHILDRENS_LINE


@needs_the_encoder
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("die aus der zehnten schlagen mich jeden tag nach der schule", {CHILDRENS_LINE}),
        ("mein papa hat mama an den haaren gezogen", {CHILDRENS_LINE, "polizei-110"}),
        ("tochter ist heute nicht nach hause gekommen", {"polizei-110"}),
        ("ich soll in den ferien meinen cousin heiraten", {CHILDRENS_LINE, "gewalt-gegen-frauen"}),
        ("kızım kayıp", {"polizei-110"}),
        ("zmuszają mnie do małżeństwa", {CHILDRENS_LINE, "gewalt-gegen-frauen"}),
    ],
)
def test_each_kind_of_need_has_its_own_first_number(herne, words, first):
    assert understand(words).helplines[0] in first


@needs_the_encoder
@pytest.mark.parametrize("words", BY_OTHERS)
def test_need_said_in_passing_is_answered_with_a_number(herne, words):
    assert understand(words).helplines


@pytest.mark.parametrize("words", NEITHER)
def test_letters_essays_and_idioms_are_no_need(herne, words):
    assert not understand(words).is_crisis


@needs_the_encoder
@pytest.mark.parametrize("words", UNMOVED)
def test_a_sign_in_a_course_a_joke_or_a_letter_offers_no_number(herne, words):
    assert not understand(words).helplines


@needs_the_encoder
@pytest.mark.parametrize("words", ["baby schläft nicht durch", "kind hört nicht auf mich"])
def test_a_worry_alone_never_brings_112(herne, words):
    assert understand(words).helplines == ("elterntelefon",)


@needs_the_encoder
@pytest.mark.parametrize("words", ILL)
def test_a_child_with_a_fever_gets_the_doctor_on_duty_before_112(herne, words):
    assert understand(words).helplines[0] == "aerztlicher-bereitschaftsdienst"


@needs_the_encoder
@pytest.mark.parametrize(
    "words", ["kind hat fieber und krampft", "fieber und nicht ansprechbar", "горит и не дышит"]
)
def test_a_fever_with_more_gets_112(herne, words):
    assert understand(words).helplines[0] == distress_evaluation.RESCUE


@pytest.mark.parametrize("words", ["hilfe", "help", "помогите", "yardım", "مساعدة", "pomocy"])
def test_whoever_types_only_help_is_offered_whom_to_call(herne, words):
    understanding = understand(words)

    assert understanding.helplines[0] == "soforthilfe-herne"
    assert not understanding.is_crisis


@needs_the_encoder
def test_help_with_something_is_no_call(herne):
    assert not understand("hilfe hausaufgaben").helplines


@needs_the_encoder
def test_the_young_are_offered_a_chat_that_answers_at_night(herne, client):
    page = client.post("/angebote/", {"q": "papa haut mich wenn er getrunken hat"})

    assert "https://krisenchat.de/" in page.content.decode()


@needs_the_encoder
@pytest.mark.parametrize("words", ORDINARY)
def test_an_ordinary_sentence_is_offered_no_number(herne, words):
    assert not understand(words).helplines


@needs_the_encoder
def test_hardly_an_ordinary_query_is_taken_for_a_call_for_help(herne):
    queries = [one for name in FILES_OF_QUERIES for one in evaluation.read(HERE / name)]
    asked = [understand(one.text) for one in queries if not one.helplines]

    assert sum(one.is_crisis for one in asked) <= 0.02 * len(asked)
    assert sum(bool(one.helplines) for one in asked) <= 0.08 * len(asked)


@needs_the_encoder
def test_the_figures_that_were_agreed(herne):
    heard = distress_evaluation.evaluate(sorted(HERE.glob("distress_*.csv")))
    right, any_number, rescued, urgent, false = distress_evaluation.Figures(heard).shares

    assert right >= 0.95
    assert any_number >= 0.98
    assert rescued >= 0.96
    assert urgent <= 0.02
    assert false <= 0.08


def test_without_the_encoder_the_signs_decide_alone(herne, monkeypatch):
    monkeypatch.setattr(distress.encoding, "available", lambda: False)

    assert understand("mein mann schlägt mich").helplines[0] == "polizei-110"
    assert not understand("krabbelgruppe").helplines


@needs_the_encoder
def test_nothing_of_a_need_is_counted_logged_or_kept(herne, client, caplog):
    cache.clear()
    words = "er lässt mich nicht aus der wohnung"
    with caplog.at_level(logging.DEBUG):
        for _time in range(6):
            response = client.get("/angebote/", {"q": words})

    assert response["Cache-Control"] == "no-store"
    assert not SearchDemand.objects.exists()
    assert "wohnung" not in caplog.text


@needs_the_encoder
@pytest.mark.parametrize("damage", ["nothing left", "half a file", "a file in the way"])
def test_who_is_in_need_is_heard_where_the_shared_files_are_damaged(tmp_path, damage, caplog):
    network.read(distress.WEIGHTS, tmp_path / "shared")
    [folder] = (tmp_path / "shared").iterdir()
    if damage == "nothing left":
        for file in folder.iterdir():
            file.unlink()
    elif damage == "half a file":
        file = folder / "of_groups.npy"
        file.write_bytes(file.read_bytes()[:1000])
    else:
        (tmp_path / "file").write_text("in the way")
    place = "file" if damage == "a file in the way" else "shared"

    found = network.read(distress.WEIGHTS, tmp_path / place)

    texts = network.Features.of(["er wird nicht mehr wach", "schwimmkurs"])
    heard, _speakers = network.shares(found, texts)
    none = found[0].needs.index(distress.NO_NEED)
    assert heard[0, none] < 0.5 < heard[1, none]
    assert "of this process alone" in caplog.text
