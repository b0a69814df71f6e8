"""Ages, places, cost and days in a query become filters, however people say them."""

import datetime as dt

import pytest


def readings(understanding):
    return [(one.name, one.value) for one in understanding.readings]


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("schwimmkurs 7 jahre", 84),
        ("schwimmkurs für 7jährige", 84),
        ("1 jährige", 12),
        ("für meine 1-jährige tochter", 12),
        ("einjährige", 12),
        ("6 Monate", 6),
        ("6 monate alt", 6),
        ("babykurs 6-monatiges kind", 6),
        ("anderthalb", 18),
        ("anderthalb jähriges kind", 18),
        ("1,5 Jahre", 18),
        ("1.5 jahre alt", 18),
        ("zweieinhalb", 30),
        ("zweieinhalbjährige", 30),
        ("2½ Jahre", 30),
        ("ein jahr alt", 12),
        ("turnverein 5 jahre", 60),
        ("schülerin 15 jahre", 180),
        ("drei Jahre", 36),
        ("dreijährige", 36),
        ("2 jahre und 3 monate", 27),
        ("8 wochen alt", 1),
        ("nachhilfe 2. Klasse", 84),
        ("nachhilfe 2.klasse", 84),
        ("zweite klasse", 84),
        ("klasse 5", 120),
        ("Erstklässler", 72),
        ("Vorschulkind", 60),
        ("tochter 16", 192),
        ("meine tochter ist 16", 192),
        ("mein sohn wird 4", 48),
        ("16 jährige tochter", 192),
        ("jugendtreff ab 14", 168),
        ("kinder von 6 bis 10 jahren", 96),
        ("ferien 6-10 Jahre", 96),
        ("betreuung unter 3", 30),
        ("3 yaş", 36),
        ("3 yaşında", 36),
        ("6 aylık bebek", 6),
        ("5 лет", 60),
        ("5 років", 60),
        ("5 lat", 60),
        ("5 ani", 60),
        ("5 години", 60),
        ("5 years old", 60),
        ("a 5 year old boy", 60),
        ("عمر ٥ سنوات", 60),
        ("۵ ساله", 60),
        ("6 месяцев", 6),
        ("6 miesięcy", 6),
        ("5 salî", 60),
        ("5 jahr", 60),
        ("shwimmkurs 7 jahrre", 84),
    ],
)
def test_an_age_is_understood(asked, query, months):
    assert ("alter", str(months)) in readings(asked(query))


@pytest.mark.parametrize(
    "query",
    [
        "U7",
        "U9 untersuchung",
        "J1",
        "219 beratung",
        "Kanaltreff 653",
        "treff ab 14 uhr",
        "mutter mit 2 kindern",
        "110",
        "5 euro",
        "Reichsstraße 66",
        "99 jahre",
        "familienhilfe",
        "ein kind mit behinderung",
    ],
)
def test_a_number_that_is_no_age_is_none(asked, query):
    assert "alter" not in dict(readings(asked(query)))


@pytest.mark.parametrize(
    ("query", "phase"),
    [
        ("schwanger", "schwangerschaft-geburt"),
        ("ich bin schwanger", "schwangerschaft-geburt"),
        ("hamileyim", "schwangerschaft-geburt"),
        ("pregnant", "schwangerschaft-geburt"),
        ("was tun mit baby", "baby"),
        ("kurs für kleinkinder", "kleinkind"),
    ],
)
def test_a_phase_of_life_is_understood_and_looked_for(asked, query, phase):
    understood = asked(query)

    assert ("phase", phase) in readings(understood)
    assert understood.concepts


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("hebamme wanne", ["bezirk-wanne"]),
        ("in Wanne", ["bezirk-wanne"]),
        ("садик ванне", ["bezirk-wanne"]),
        ("гурток айкель", ["bezirk-eickel"]),
        ("قابلة فانه", ["bezirk-wanne"]),
        ("ماما وانه", ["bezirk-wanne"]),
        ("Wanne-Eickel", ["bezirk-wanne", "bezirk-eickel"]),
        ("wanne eickel", ["bezirk-wanne", "bezirk-eickel"]),
        ("kita wanne oder sodingen", ["bezirk-wanne", "bezirk-sodingen"]),
        ("Herne Mitte", ["bezirk-herne-mitte"]),
        ("herne-mitte", ["bezirk-herne-mitte"]),
        ("herne süd", ["herne-sued"]),
        ("Herne Sued", ["herne-sued"]),
        ("wanne süd", ["wanne-sued"]),
        ("röhlinghausen", ["roehlinghausen"]),
        ("roehlinghausen", ["roehlinghausen"]),
        ("Röhli", ["roehlinghausen"]),
        ("roehli", ["roehlinghausen"]),
        ("rölinghausen", ["roehlinghausen"]),
        ("spielplatz unser fritz", ["unser-fritz"]),
        ("horsthausn", ["horsthausen"]),
        ("holsterhausen", ["holsterhausen"]),
        ("sodigen", ["bezirk-sodingen"]),
        ("eikel", ["bezirk-eickel"]),
        ("sodinger kita", ["bezirk-sodingen"]),
        ("Wanne'de yüzme kursu", ["bezirk-wanne"]),
        ("wanner tafel", ["bezirk-wanne"]),
        ("crange", ["crange"]),
        ("bickern", ["bickern"]),
        ("pantringshof", ["pantrings-hof"]),
    ],
)
def test_a_part_of_the_city_is_understood(asked, query, parts):
    assert readings(asked(query)) == [("bezirk", part) for part in parts]


@pytest.mark.parametrize(
    "query",
    [
        "kinder 3 und 7 jahre",
        "schwimmkurs kinder 3 und 7 jahre",
        "ferien für 6 und 12 jahre",
        "zwei kinder 2 und 9 jahre",
        "kinder 4 und 11",
        "ferien 3, 7 und 9 jahre",
        "5- und 8-jährige",
        "2. und 4. klasse",
        "tochter 3 jahre und sohn 9 jahre",
        "kids 3 and 7",
        "çocuklar 3 ve 7 yaş",
        "дітям 3 і 7 років",
        "детям 3 и 7 лет",
        "dzieci 3 i 7 lat",
        "copii 3 și 7 ani",
        "деца 3 и 7 години",
        "أطفال 3 و 7 سنوات",
        "٣ و٧ سنوات",
        "3 و 7 ساله",
        "3 û 7 salî",
    ],
)
def test_two_children_are_not_one_of_the_age_between(asked, query):
    understood = asked(query)

    assert "alter" not in dict(readings(understood))
    said = {word for one in understood.concepts for word in one.words}
    assert not any(any(letter.isdigit() for letter in word) for word in said)


def test_a_span_of_ages_is_one(asked):
    for query in ["zwischen 3 und 7 jahren", "between 3 and 7", "3 bis 7 jahre", "3-7 jahre"]:
        assert readings(asked(query)) == [("alter", "60")]


def test_a_postal_code_is_understood(asked):
    assert readings(asked("hebamme 44649")) == [("plz", "44649")]


@pytest.mark.parametrize("query", ["hebamme herne", "hebamme in herne", "Herner Hebamme"])
def test_the_city_itself_is_all_of_it(asked, query):
    understood = asked(query)

    assert understood.readings == ()
    assert [concept.words for concept in understood.concepts] in (
        [("hebamme",)],
        [("Hebamme",)],
    )


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("schwimmkurs umsonst", "kostenlos", "1"),
        ("gratis ferienprogramm", "kostenlos", "1"),
        ("kostenlose beratung", "kostenlos", "1"),
        ("kurs ohne kosten", "kostenlos", "1"),
        ("ücretsiz yüzme kursu", "kostenlos", "1"),
        ("бесплатно", "kostenlos", "1"),
        ("za darmo", "kostenlos", "1"),
        ("مجاني", "kostenlos", "1"),
        ("vormittags", "zeit", "vormittag"),
        ("turnen am nachmittag", "zeit", "nachmittag"),
        ("abends", "zeit", "abend"),
        ("krabbelgruppe dienstags", "tag", "di"),
        ("krabbelgruppe diensatgs", "tag", "di"),
        ("was geht heute", "wann", "heute"),
        ("bugün ne var", "wann", "heute"),
        ("diese woche turnen", "wann", "woche"),
        ("samstag", "tag", "sa"),
        ("pazartesi", "tag", "mo"),
        ("beratung auf türkisch", "sprache", "tr"),
        ("treff ohne anmeldung", "ohne-anmeldung", "1"),
        ("rollstuhlgerecht", "barrierefrei", "1"),
    ],
)
def test_a_condition_is_understood(asked, query, name, value):
    assert (name, value) in readings(asked(query))


@pytest.mark.parametrize(
    ("query", "day", "part"),
    [
        ("dienstag nachmittag", "di", "nachmittag"),
        ("am mittwoch vormittag", "mi", "vormittag"),
        ("Donnerstagabend", "do", "abend"),
        ("montag morgen", "mo", "vormittag"),
        ("freitag früh", "fr", "vormittag"),
        ("dienstag 15 uhr", "di", "nachmittag"),
        ("freitags ab 18:30 Uhr", "fr", "abend"),
        ("tuesday at 3 pm", "di", "nachmittag"),
        ("salı saat 15", "di", "nachmittag"),
        ("у вівторок о 15 годині", "di", "nachmittag"),
        ("الثلاثاء الساعة 15", "di", "nachmittag"),
        ("سه شنبه ساعت 15", "di", "nachmittag"),
    ],
)
def test_a_day_and_its_part_are_two_filters_however_they_are_written(asked, query, day, part):
    understood = asked(query)

    assert readings(understood) == [("tag", day), ("zeit", part)]
    assert understood.asks_for_all


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("morgen", [("tag", "mo")]),
        ("morgen nachmittag", [("tag", "mo"), ("zeit", "nachmittag")]),
        ("übermorgen", [("tag", "di")]),
        ("tomorrow afternoon", [("tag", "mo"), ("zeit", "nachmittag")]),
        ("yarın", [("tag", "mo")]),
        ("завтра", [("tag", "mo")]),
        ("غداً", [("tag", "mo")]),
        ("فردا", [("tag", "mo")]),
        ("nächste woche", [("wann", "woche")]),
        ("gelecek hafta", [("wann", "woche")]),
        ("heute morgen", [("wann", "heute"), ("zeit", "vormittag")]),
    ],
)
def test_a_day_to_come_is_read(asked, query, read, monkeypatch):
    a_sunday = dt.date(2026, 11, 29)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: a_sunday)

    assert readings(asked(query)) == read


def test_the_weekend_is_two_days(asked):
    assert readings(asked("am wochenende")) == [("tag", "sa"), ("tag", "so")]


@pytest.mark.parametrize("query", ["türkisch lernen", "russisch kurs"])
def test_a_language_to_learn_is_none_to_be_spoken_in(asked, query):
    assert readings(asked(query)) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mein baby ist 18 monate alt", [("alter", "18")]),
        ("schwanger mit 16", [("phase", "schwangerschaft-geburt")]),
        ("sohn 8 jahre 2. klasse", [("alter", "96")]),
    ],
)
def test_only_one_age_counts(asked, query, expected):
    assert readings(asked(query)) == expected


@pytest.mark.parametrize(
    ("query", "is_all"),
    [
        ("was kann ich in herne machen", True),
        ("angebote", True),
        ("wanne", True),
        ("7 jahre", True),
        ("mädchen 3 und junge 9 jahre", True),
        ("hebamme wanne", False),
        ("xyzzy", False),
        ("ich kann", False),
        ("!!!", False),
        ("", False),
    ],
)
def test_who_names_nothing_in_particular_asks_for_all(asked, query, is_all):
    assert asked(query).asks_for_all is is_all


def test_a_phrase_that_means_something_else_keeps_its_words(asked):
    assert readings(asked("kostenlos essen")) == []
    assert asked("kostenlos essen").concepts[0].reason.meant == "Tafel"


def test_what_became_a_filter_is_not_looked_for(asked):
    understood = asked("schwimmkurs 7 jahre wanne")

    assert [concept.words for concept in understood.concepts] == [("schwimmkurs",)]


def test_a_filter_can_be_taken_out_of_the_query(asked):
    understood = asked("schwimmkurs  7 jahre wanne")
    age, place = understood.readings

    assert understood.without(age) == "schwimmkurs wanne"
    assert understood.without(place) == "schwimmkurs 7 jahre"
    assert age.words == "7 jahre"


def test_taken_literally_nothing_becomes_a_filter(asked):
    understood = asked("schwimkurs 7 jahre wanne", literal=True)

    assert understood.readings == ()
    assert understood.corrected is None
    assert [concept.reason for concept in understood.concepts] == [None] * 4


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("mit 9 hat sie noch keine freunde hier", 108),
        ("meine kann mit 4 noch nicht reden", 48),
        ("was macht man nach der 10 wenn man nichts findet", 180),
        ("ibni 3omro kbir 6 snin w ma byehki", 72),
        ("deteto mi e na 7 i ne govori", 84),
        ("мені 16 і я не знаю куди", 192),
    ],
)
def test_who_tells_of_somebody_may_leave_out_the_unit_of_an_age(asked, query, months):
    understood = asked(query)

    assert understood.is_sentence
    assert ("alter", str(months)) in readings(understood)


@pytest.mark.parametrize(
    "query",
    [
        "wo kriegt er um 13 uhr noch was zu essen",
        "wir haben 3 kinder und kein geld",
        "was ist am 12 mai für uns los",
        "ich kann erst nach der arbeit gegen 17 kommen",
        "sie hat eine 5 auf dem zeugnis was nun",
        "ich bin allein mit 2 kleinen und kann nicht mehr",
        "hartz 4 und kein geld für schuhe wer hilft",
        "seit 3 jahren warten wir auf einen platz",
        "in 2 monaten kommt das baby was muss ich tun",
        "billard 11",
        "hausnummer 14 wanne",
    ],
)
def test_other_numbers_are_no_ages(asked, query):
    assert "alter" not in dict(readings(asked(query)))
