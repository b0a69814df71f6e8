"""How well the search answers labelled queries; below the agreed figures the suite fails."""

import random
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kekiz_portal.tools import search_evaluation as evaluation
from kekiz_portal.tools import search_goals, spelling_evaluation
from kekiz_portal.tools.management.commands import search_eval
from offers.models import Offer
from offers.search.words.folding import words
from tests.offers.search.finding import found

pytestmark = pytest.mark.django_db

QUERIES = Path(__file__).parent / "queries.csv"
BLIND, LATER = (QUERIES.with_name(f"{name}_queries.csv") for name in ("blind", "later"))
FIRST = 5
MOST_FREQUENT = 300
SHORTEST_WORD = 6
TRIALS = 120
ROWS = ["1234567890ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm"]


def test_labelled_queries_are_answered_as_agreed(herne):
    figures = evaluation.Figures(evaluation.evaluate(evaluation.read(QUERIES)))

    assert figures.hit(FIRST) >= 0.97, [one.misses for one in figures.outcomes if one.misses]
    assert figures.mean_reciprocal_rank >= 0.85
    assert (figures.places, figures.ages, figures.helplines) == (1, 1, 1)
    assert figures.without_a_hit == 0


def test_what_shares_no_word_with_its_offer_is_found_as_agreed(herne):
    asked = [one for path in (BLIND, LATER) for one in evaluation.read(path)]
    outcomes = evaluation.evaluate(one for one in asked if not one.kind.startswith("plain"))

    goals = [one for one in search_goals.of_queries(outcomes) if "urgent" not in one.name]
    assert len(goals) == 3
    assert all(one.is_met for one in goals), [*map(str, goals), *(o.misses for o in outcomes)]


@pytest.mark.parametrize(
    ("name", "agreed"),
    [
        ("misspellings.csv", 0.98),
        ("later_misspellings.csv", 0.97),
        ("newcomers_misspellings.csv", 0.97),
        ("compounds.csv", 0.99),
    ],
)
def test_what_is_misspelled_torn_or_joined_leads_where_the_right_word_does(herne, name, agreed):
    compared = list(spelling_evaluation.compare(QUERIES.with_name(name)))

    number, share = spelling_evaluation.by_kind(compared)["all"]
    assert number > 50
    assert share >= agreed, [one.wrong for one in compared if not one.leads_there]


def neighbour(letter, chance):
    for row in ROWS:
        at = row.find(letter.casefold())
        if at >= 0:
            return row[at + chance.choice([-1, 1])] if 0 < at < len(row) - 1 else row[abs(at - 1)]
    return "e"


def with_an_error(word, chance):
    """Return a word with one slip: two letters swapped, one dropped, doubled, or hit beside."""
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + neighbour(word[at], chance) + word[at + 1 :],
        ]
    )


def test_a_slip_in_a_word_of_a_title_hardly_ever_hides_the_offer(herne):
    titles = list(Offer.objects.published().values_list("title", flat=True))
    said = {title: words(title) for title in titles}
    counts = Counter(word.folded for of in said.values() for word in of)
    long = [folded for folded, _count in counts.most_common() if len(folded) >= SHORTEST_WORD]
    frequent = set(long[:MOST_FREQUENT])
    slips = [(title, word) for title in titles for word in said[title] if word.folded in frequent]
    chance = random.Random(5)
    missed = []
    for title, word in chance.sample(slips, TRIALS):
        typed = title[: word.start] + with_an_error(word.text, chance) + title[word.end :]
        if title not in found(typed)[:FIRST]:
            missed.append(typed)

    assert len(missed) <= TRIALS // 10, missed


def test_the_command_prints_figures_by_kind_and_language_and_each_miss(
    herne, tmp_path, capsys, monkeypatch
):
    for files in ("READ", "UNREAD"):  # measured in test_distress_heard
        monkeypatch.setattr(search_eval, files, [])
    path = tmp_path / "queries.csv"
    path.write_text(
        "id,query,language,query_kind,expected_offer_ids,expected_filter,expected_helplines\n"
        "A,hebamme wanne,de,place,O006|O007,bezirk-wanne,\n"
        "B,zzzz,tr,nonsense,O001,,\n",
        encoding="utf-8",
    )

    call_command("search_eval", str(path))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        *("n", "hit@1", "hit@5", "MRR", "places", "ages", "help", "none", "median", "p95")
    ]
    by_name = {line.split()[0]: line.split()[1:8] for line in lines[1:] if line}
    assert by_name["place"] == ["1", "1.000", "1.000", "1.000", "1.000", "–", "–"]
    assert by_name["tr"] == ["1", "0.000", "0.000", "0.000", "–", "–", "–"]
    assert by_name["all"][:4] == ["2", "0.500", "0.500", "0.500"]
    missed = lines.index("B zzzz: no right offer")
    assert lines[missed + 1] == "    wanted O001, shown nothing"
    assert [line.split()[-1] for line in lines[missed + 3 :]] == ["reached"]


@pytest.mark.parametrize("content", [None, "query,language\nhebamme,de\n"])
def test_a_file_that_is_missing_or_no_list_of_queries_is_named(content, tmp_path):
    path = tmp_path / "queries.csv"
    if content:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=r"queries\.csv"):
        call_command("search_eval", str(path))
