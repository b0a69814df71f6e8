"""One number is one number, however it is written; what is none is no link."""

import random
import re

import phonenumbers
import pytest
from django.core.exceptions import ValidationError

from kekiz_portal.lib import telephone

NUMBER = "+492323161651"
WAYS_TO_WRITE_IT = [
    "02323 161651",
    "02323/161651",
    "02323-161651",
    "02323.161651",
    "02323161651",
    "02323 16-1651",
    "02323 / 16 - 1651",
    "0 23 23 / 16 16 51",
    "(02323) 161651",
    "(02323) 16-16 51",
    "02323 – 16 16 51",
    "02323\u201116\u22121651",
    "02323\u00a016\u202f1651",
    "\u200e02323 161651",
    "\u202a+492323161651\u202c",
    "0049 2323 161651",
    "00 49 2323 161651",
    "0049(0)2323/161651",
    "0049 (0) 2323 - 16 1651",
    "+49 2323 161651",
    "+49 02323 161651",
    "+49 (0)2323 161651",
    "+49(0) 2323 / 16-1651",
    "(+49) 2323 161651",
    "+49.2323.161651",
    "49 2323 161651",
    "(0)2323 161651",
    "2323 161651",
    "Tel.: 02323 161651",
    "tel:+492323161651",
    "+49 2323 16 16 51",  # written with the broad digits of an Asian keyboard
]
WAYS_TO_WRITE_IT[-1] = WAYS_TO_WRITE_IT[-1].translate(
    {code: code + 0xFEE0 for code in range(ord("!"), ord("~"))}
)


def test_31_ways_to_write_one_number_dial_the_same():
    assert len(set(WAYS_TO_WRITE_IT)) == 31
    assert {telephone.tel_uri(way) for way in WAYS_TO_WRITE_IT} == {f"tel:{NUMBER}"}
    assert {telephone.shown(way) for way in WAYS_TO_WRITE_IT} == {"02323 16-1651"}


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("02323 161651 (Mo-Fr 9-12)", "(Mo-Fr 9-12)"),
        ("02323 161651 oder 02323 161652", "oder 02323 161652"),
        ("02323 161651 App. 12", "App. 12"),
        ("02323 161651 / 02323 161652", ", 02323 161652"),
        ("02323 161651/52", ", 52"),
        ("02323 161651 -52", ", 52"),
        ("02323 161651 02323 161652", ", 02323 161652"),
        ("02323 161651; 0176 12345678", ", 0176 12345678"),
        ("02323 161651 9-12 Uhr", ", 9-12 Uhr"),
        ("tel:+492323161651;ext=12", "App. 12"),
        ("Sekretariat: 02323 161651", "(Sekretariat)"),
        ("02323.16.16.51", ""),
        ("Fax 02323 161652, Tel. 02323 161651", "(Fax 02323 161652, Tel.)"),
        ("02323 161651 Fax 02323 161652", "Fax 02323 161652"),
        ("Mo-Fr 08.30-12.00, 02323 161651", "(Mo-Fr 08.30-12.00)"),
    ],
)
def test_the_first_number_is_dialled_and_the_rest_is_its_note(typed, note):
    found = telephone.read(typed)

    assert (found.dialled, found.note) == (NUMBER, note)
    assert telephone.stored(telephone.shown(found.stored)) == found.stored


@pytest.mark.parametrize(
    "text",
    [
        "siehe Homepage",
        "auf Anfrage",
        "8-12",
        "30.11.2026",
        "02.12.2026",
        "2026-12-08",
        "12,50 €",
        "08.30 - 12.00",
        "Mo 8-16 Uhr",
        "44623 Herne",
        "DE89 3704 0044 0532 0130 00",
        "02323",
        "0",
        "+",
        "",
        "02323 1616510000000",
        "x 70546",
        "nach Vereinbarung 2027",
        "Fax: 02323 161652",
    ],
)
def test_what_is_no_number_is_no_link(text):
    text = text.strip()

    assert telephone.tel_uri(text) == ""
    assert telephone.shown(text) == text


def test_what_is_no_number_is_refused_with_a_sentence_that_quotes_it():
    with pytest.raises(ValidationError, match="„siehe Homepage“ ist keine Telefonnummer"):
        telephone.validated("siehe Homepage")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("110", "110"),
        ("112", "112"),
        ("115", "115"),
        ("116 111", "116111"),
        ("116 006", "116006"),
        ("116117", "116117"),
        ("116 016", "116016"),
        ("110/112", "110"),
        ("0800 111 0 111", "+498001110111"),
        ("0180 6 123456", "+491806123456"),
        ("0900 1 123456", "+499001123456"),
        ("+48 22 123 45 67", "+48221234567"),
    ],
)
def test_short_and_special_numbers_dial_right(written, dialled):
    assert telephone.tel_uri(written) == f"tel:{dialled}"
    assert telephone.tel_uri(telephone.shown(written)) == f"tel:{dialled}"


def test_a_number_without_area_code_gets_the_citys_and_says_so():
    found = telephone.read("16-1651")

    assert (found.dialled, found.is_local) == (NUMBER, True)
    assert telephone.tel_uri("16-1651") == "", "a page does not guess"


@pytest.mark.parametrize("query", ["0049 2323 161651", "02323/16", "161651", "2323 16-16"])
def test_a_search_for_a_number_knows_its_digits(query):
    assert telephone.searched_digits(query) in NUMBER


@pytest.mark.parametrize("query", ["Kita", "Kita 2323", "3-6", "", "ab 18 Monaten"])
def test_a_search_for_something_else_is_none_for_a_number(query):
    assert telephone.searched_digits(query) == ""


def test_ten_thousand_strings_never_make_a_link_that_is_no_number():
    chance = random.Random(10)
    letters = "0123456789" * 3 + "+()/.- –\u00a0\u200eaäoderApp:,;€'²٣\n\x00Uhr"
    starts = ["", "", "02323 161651", "+49 2323 161651", "116117", "0800 1110111", "16-1651"]
    links = 0
    for _number in range(10_000):
        text = chance.choice(starts) + "".join(chance.choices(letters, k=chance.randint(0, 30)))
        if uri := telephone.tel_uri(text):
            links += 1
            dialled = uri.removeprefix("tel:")
            assert re.fullmatch(r"\+[1-9]\d{6,14}|11\d{1,4}", dialled), (text, uri)
            if dialled.startswith("+"):
                assert phonenumbers.is_valid_number(phonenumbers.parse(dialled)), (text, uri)
    assert links > 1000, "the strings hold numbers, too"
