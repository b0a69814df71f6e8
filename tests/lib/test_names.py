"""Names of people, whichever way round they are written."""

import pytest

from kekiz_portal.lib import names


@pytest.mark.parametrize(
    ("text", "title", "given", "family"),
    [
        ("Max Muster", "", "Max", "Muster"),
        ("Muster, Max", "", "Max", "Muster"),
        ("Prof. Dr. h.c. Ayşe Yılmaz", "Prof. Dr. h.c.", "Ayşe", "Yılmaz"),
        ("Prof. Dr. h. c. Ayşe Yılmaz", "Prof. Dr. h.c.", "Ayşe", "Yılmaz"),
        ("von der Heide, Anna", "", "Anna", "von der Heide"),
        ("Anna von der Heide", "", "Anna", "von der Heide"),
        ("Heide, Dr. Anna von der", "Dr.", "Anna", "von der Heide"),
        ("Dr.-Ing. Max Muster", "Dr.-Ing.", "Max", "Muster"),
        ("Muster, Dr.-Ing. Max", "Dr.-Ing.", "Max", "Muster"),
        ("Dr. Muster, Max", "Dr.", "Max", "Muster"),
        ("Dr. med. Dr. phil. Otto Maier", "Dr. med. Dr. phil.", "Otto", "Maier"),
        ("Dipl.-Soz.-Päd. (FH) Eva Beck", "Dipl.-Soz.-Päd. (FH)", "Eva", "Beck"),
        ("Dipl.-Sozialpäd. Anna von der Heide", "Dipl.-Sozialpäd.", "Anna", "von der Heide"),
        ("Beck, Dipl.-Heilpädagogin Eva", "Dipl.-Heilpädagogin", "Eva", "Beck"),
        ("Anna Müller (Leitung)", "", "Anna", "Müller"),
        ("Müller, Anna (stv. Leitung)", "", "Anna", "Müller"),
        ("Dr. C. Müller", "Dr.", "C.", "Müller"),
        ("İbrahim Öztürk", "", "İbrahim", "Öztürk"),
        ("Yılmaz-Demir, Ayşe Nur", "", "Ayşe Nur", "Yılmaz-Demir"),
        ("Hans-Peter Müller-Lüdenscheidt", "", "Hans-Peter", "Müller-Lüdenscheidt"),
        ("Maria De Luca", "", "Maria", "De Luca"),
        ("Sekretariat", "", "", "Sekretariat"),
        ("Frau Dr. Müller", "Dr.", "", "Müller"),
        ("Frau von der Heide", "", "", "von der Heide"),
        ("  Muster ,  Max ", "", "Max", "Muster"),
        ("", "", "", ""),
    ],
)
def test_a_name_is_divided_rightly(text, title, given, family):
    name = names.read(text)

    assert (name.title, name.given, name.family) == (title, given, family)
    assert names.read(name.full).family == family


def test_a_degree_behind_the_name_stays_behind_it():
    assert names.read("Muster, Max, M. A.").full == "Max Muster, M. A."
    assert names.read("Max Muster, M.A.").family == "Muster"
    assert names.read("Muster, Max M.A.") == names.read("Max Muster, M.A.")
    assert names.read("Max Muster jun.").full == "Max Muster, jun."


def test_people_stand_by_family_name_in_german_order():
    people = [
        "Zoe Beck",
        "Ada Beck-Adler",
        "Öz, Ali",
        "Anna von der Heide",
        "Otto Maier",
        "Ida Abel",
    ]

    ordered = sorted(people, key=lambda text: names.read(text).sort_key)

    assert ordered == [
        "Ida Abel",
        "Zoe Beck",
        "Ada Beck-Adler",
        "Anna von der Heide",
        "Otto Maier",
        "Öz, Ali",
    ]


def test_parts_of_a_list_make_the_same_name():
    name = names.from_parts(given="Anna", family="Dr. von der Heide", salutation="Frau")

    assert name == names.read("Frau Dr. Anna von der Heide")
