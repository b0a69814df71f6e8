"""The walk through the chain: the same as child by child and month by month, and never worse for
an offer more.
"""

import random
from decimal import Decimal

import pytest

from network.coverage import mending
from network.coverage.columns import Column
from network.coverage.drawing import Assumed, Home, Need, draw
from network.coverage.supply import Entry
from network.coverage.walking import Walk, month_of

HOMES = tuple(Home(f"teil-{n}", f"Teil {n}", 1 + n, f"teil-{n}") for n in range(4))
NEEDS = tuple(Need(f"thema-{n}", f"Thema {n}", -10 + 20 * n, 217 - 10 * n, 1 + n) for n in range(5))
ASSUMED = Assumed(
    HOMES,
    NEEDS,
    low_income=0.3,
    language="tr",
    language_share=0.2,
    step_free=0.1,
    unconfirmed_counts=False,
)


def odd_entry(chance, pk=1):
    first = chance.choice([-(2**15), -10, -3, 0, 11, 36, 72, 150, 216])
    end = chance.choice([2**15, -9, 1, 12, 37, 72, 120, 216, 217, 300])
    return Entry(
        pk,
        f"Angebot {pk}",
        chance.choice("ABC"),
        min(first, end - 1),
        end,
        topics=frozenset(chance.sample([need.slug for need in NEEDS], chance.randint(0, 2))),
        parts=frozenset(chance.sample([home.slug for home in HOMES], chance.randint(0, 2))),
        comes=chance.random() < 0.1,
        cost=chance.choice(["free", "paid", "varies", "insurance", "unknown"]),
        takes_but=chance.random() < 0.2,
        lowest_price=chance.choice([None, None, Decimal("4.50"), Decimal(5), Decimal(30)]),
        languages=frozenset(chance.choice([[], ["de"], ["tr"], ["de", "tr"], ["mul"], ["ar"]])),
        is_step_free=chance.random() < 0.4,
        is_within_reach=chance.random() < 0.7,
        is_confirmed=chance.random() < 0.7,
    )


def odd_entries(seed, number):
    chance = random.Random(seed)
    return [odd_entry(chance, pk) for pk in range(1, number + 1)]


def is_for(child, entry, assumed):
    """Whether an offer is for a child at the right age, said once more and otherwise."""
    home, poor, foreign, wheels, need = child
    if not entry.is_within_reach or NEEDS[need].slug not in entry.topics:
        return False
    if not entry.is_confirmed and not assumed.unconfirmed_counts:
        return False
    if HOMES[home].reach not in entry.parts and not entry.comes:
        return False
    if not is_paid(entry, poor, assumed) or not is_understood(entry, foreign):
        return False
    return not wheels or entry.is_step_free or entry.comes


def is_paid(entry, poor, assumed):
    if entry.cost not in ("paid", "unknown") or (poor and entry.takes_but):
        return True
    purse = 0 if poor else assumed.highest_price
    return entry.lowest_price is not None and entry.lowest_price <= purse


def is_understood(entry, foreign):
    if not entry.languages:
        return not foreign
    return not entry.languages.isdisjoint({"mul", "tr" if foreign else "de"})


def test_the_walk_equals_children_walking_one_by_one():
    assumed, entries = ASSUMED._replace(children=200), odd_entries(1, 300)
    drawn = draw(assumed)
    needed = held = alone = there = 0
    longest = 0
    school = Column("schule", "Schule", 54, 85)
    for number in range(200):
        child = tuple(int(column[number]) for column in drawn[:5])
        need = NEEDS[child[4]]
        spans = [(one.first, one.end) for one in entries if is_for(child, one, assumed)]
        step, run = month_of(school, int(drawn.birth_month[number]) + 1), 0
        for month in range(-10, 217):
            if not need.first <= month < need.end:
                run = 0
                continue
            is_held = any(first <= month < end for first, end in spans)
            needed, held = needed + 1, held + is_held
            run = 0 if is_held else run + 1
            longest = max(longest, run)
            if month == step:
                there, alone = there + 1, alone + (not is_held)

    walk = Walk(assumed, entries)

    assert (walk.months, walk.months - walk.open_months) == (needed, held)
    assert 0 < held < needed
    assert walk.share == pytest.approx(held / needed)
    assert walk.longest_hole().months == longest
    assert [int(one.sum()) for one in walk.left_at(school)] == [alone, there]
    assert sum(number for _home, number, _share in walk.by_home()) == 200
    assert sum(number for _need, number, _share in walk.by_need()) == 200


def test_of_holes_as_long_the_one_with_most_children_is_named():
    everything = tuple(Need(f"thema-{n}", "", -10, 217) for n in range(16))
    walk = Walk(ASSUMED._replace(needs=everything), [])

    most = max(walk.by_need(), key=lambda told: told[1])
    assert walk.longest_hole().need == most[0]


def test_the_same_seed_draws_the_same_children_and_another_one_others():
    one, again = draw(ASSUMED), draw(ASSUMED)
    other = draw(ASSUMED._replace(seed=17))

    assert all((a == b).all() for a, b in zip(one, again, strict=True))
    assert not all((a == b).all() for a, b in zip(one, other, strict=True))
    entries = odd_entries(2, 60)
    assert Walk(ASSUMED, entries).share == Walk(ASSUMED, list(reversed(entries))).share


def test_children_are_drawn_in_the_proportions_of_the_figures():
    drawn = draw(ASSUMED)

    for at, home in enumerate(HOMES):
        assert (drawn.home == at).mean() == pytest.approx(home.weight / 10, abs=0.02)
    assert drawn.income.mean() == pytest.approx(0.3, abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_an_offer_more_never_lowers_the_number_and_one_that_fits_raises_it(seed):
    chance = random.Random(seed)
    assumed, entries = ASSUMED._replace(children=300), odd_entries(seed, 20)
    share = Walk(assumed, entries).share
    for pk in range(100, 130):
        entries.append(odd_entry(chance, pk))
        more = Walk(assumed, entries).share
        assert more >= share
        share = more

    entries += [Entry(0, "", "", topics=frozenset([need.slug]), comes=True) for need in NEEDS]
    assert Walk(assumed._replace(language=""), entries).share == 1


def test_mends_gain_what_they_say_the_cheapest_kind_first():
    entries = odd_entries(3, 150)
    walk = Walk(ASSUMED, entries)
    before = walk.open_months

    found = list(mending.mends(walk, entries))

    kinds = list(dict.fromkeys(one.kind for one in found))
    assert kinds == [kind for kind in mending.Kind if kind in kinds]
    assert set(kinds) == set(mending.Kind)
    assert before - sum(one.months for one in found) == walk.open_months
    assert found[-1].share == pytest.approx(walk.share)
    assert all(one.children for one in found)
    for kind in kinds:
        gains = [one.months for one in found if one.kind == kind]
        assert gains == sorted(gains, reverse=True)


def test_the_first_mend_of_a_kind_is_the_best_of_all_of_them():
    entries = odd_entries(4, 100)
    asked = [mending.answered(one) for one in entries if mending.answered(one) != one]
    before = Walk(ASSUMED, entries).open_months
    gains = [before - Walk(ASSUMED, [*entries, one]).open_months for one in asked]

    first = next(iter(mending.mends(Walk(ASSUMED, entries), entries)))

    assert first.months == max(gains) > 0


def test_a_child_starts_school_in_the_august_of_its_year():
    school = Column("schule", "Schule", 54, 85)

    assert month_of(school, 9) == 71
    assert {(month + month_of(school, month)) % 12 for month in range(1, 13)} == {8}
    assert month_of(Column("geburt", "Geburt", -3, 5), 4) == 0
    assert 0 < month_of(Column("beruf", "Beruf", 168, 301), 1) < 217
