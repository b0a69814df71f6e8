"""An age as families type it: read as it is meant, or refused with a sentence, never cut."""

import pytest

from offers.browsing.filters import AgeFilter
from offers.browsing.forms import AgeForm

READ = {
    ("3", "jahre"): 36,
    ("3", "monate"): 3,
    ("6 Wochen", "jahre"): 1,
    ("2,5", "jahre"): 30,
    ("2½", "jahre"): 30,
    ("2 1/2 Jahre", "monate"): 30,
    ("½ Jahr", "jahre"): 6,
    ("1 Jahr und 3 Monate", "jahre"): 15,
    ("18 Monate", "jahre"): 18,
    ("anderthalb", "jahre"): 18,
    ("10 Tage alt", "jahre"): 0,
    ("0", "jahre"): 0,
}
REFUSED = ["6 W", "-3", "viel", "6 Ellen", "3 Jahre 4 Jahre", "x" * 200, "28", "330 Monate", "9999"]


@pytest.mark.parametrize(("typed", "month"), READ.items())
def test_an_age_is_read_with_the_unit_it_names_itself(typed, month):
    form = AgeForm({"zahl": typed[0], "einheit": typed[1]})

    assert form.is_valid(), form.errors
    assert form.as_parameter() == {"alter": [str(month)]}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_age_is_refused_with_a_sentence(typed):
    form = AgeForm({"zahl": typed, "einheit": "jahre"})

    assert not form.is_valid()
    assert form.errors["zahl"][0].endswith(".")


def test_the_box_takes_what_is_typed_without_cutting_it(client, db):
    page = client.get("/").content.decode()
    box = page[page.index('id="kind-zahl"') :].partition(">")[0]

    assert "maxlength" not in box


def test_a_refused_month_of_birth_is_tied_to_its_fields(client, db):
    page = client.post("/", {"monat": "13", "jahr": "x"}).content.decode()

    assert page.count('aria-invalid="true" aria-describedby="geburt_error"') == 2
    assert 'id="geburt_error" role="alert"' in page


def test_an_empty_today_does_not_show(client, db):
    page = client.get("/").content.decode()

    assert 'id="heute"' not in page
    assert "sortierung=termin" not in page


@pytest.mark.parametrize(("typed", "month"), READ.items())
def test_an_address_reads_what_the_box_reads(typed, month):
    number, unit = typed
    if number.isdigit() and unit == "jahre":
        number = f"{number} Jahre"  # a whole number is months in an address

    assert AgeFilter().clean([number], None) == ([str(month)], [])


@pytest.mark.parametrize("typed", ["6 Wochen", "0,5 Jahre", "2½ Jahre", "anderthalb", "-3"])
def test_an_address_with_an_age_in_words_is_answered_with_it(client, db, typed):
    page = client.get("/angebote/", {"alter": typed}).content.decode()

    assert "kennen wir nicht" not in page
    assert 'name="zahl"' in page


@pytest.mark.parametrize("typed", ["6 W", "viel", "28 Jahre", "x" * 200, "-11", "--3"])
def test_an_address_says_which_age_it_could_not_read(client, db, typed):
    assert AgeFilter().clean([typed], None) == ([], [typed])
    assert typed[:20] in client.get("/angebote/", {"alter": typed}).content.decode()
