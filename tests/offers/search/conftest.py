"""The words of Herne's facts as the search knows them, read from the files, without a database."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction

from offers.models import SearchChange, SentenceVector
from offers.search.index import leading, vectors
from offers.search.meaning import encoding
from offers.search.query.understanding import understand
from offers.search.query.vocabulary import (
    KnownWord,
    Named,
    Need,
    Phase,
    Place,
    Sign,
    Synonym,
    Vocabulary,
)
from offers.search.words.folding import words
from offers.search.words.stemming import stem
from tests import rows

HERNE = Path(__file__).resolve().parents[3] / "data" / "herne"
LEVELS = {"stadt": "city", "stadtbezirk": "borough", "ortsteil": "locality", "quartier": "quarter"}
# What people in danger say; the portal keeps many more of them in its database.
SIGNS = [
    ("Mann schlägt mich", ("polizei-110", "gewalt-gegen-frauen"), True),
    ("Kind wird geschlagen", ("polizei-110", "soforthilfe-herne"), True),
    ("nicht mehr leben", ("telefonseelsorge",), True),
    ("Kind hört nicht", ("elterntelefon",), False),
]


def _rows(name):
    with (HERNE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(text):
    return tuple(part for part in text.split("|") if part)


def _known_words():
    found, displays = Counter(), {}
    for row in _rows("offers.csv"):
        texts = [
            row["Titel"],
            row["Anbieter"] or row["Anbieter, wie genannt"],
            *row["Themen"].split(" | "),
        ]
        said = {word.folded: word.text for word in words(" ".join(texts))}
        found.update(said.keys())
        displays |= said
    return {
        folded: KnownWord(folded, stem(folded), displays[folded], count)
        for folded, count in found.items()
    }


def _places():
    rows = {row["slug"]: row for row in _rows("districts.csv")}

    def path(slug):
        return (*path(rows[slug]["parent_slug"]), slug) if slug else ()

    return tuple(
        Place(
            row["slug"],
            row["name"],
            LEVELS[row["level"]],
            path(row["slug"]),
            _parts(row["aliases"]),
            _parts(row["postal_codes"]),
        )
        for row in rows.values()
    )


def _phases():
    for row in _rows("life_phases.csv"):
        if row["kind"] == "phase":
            yield Phase(row["slug"], row["name_de"], int(row["from_months"]), int(row["to_months"]))


@pytest.fixture(scope="session")
def vocabulary():
    return Vocabulary(
        words=_known_words(),
        synonyms=tuple(
            Synonym(row["term"], row["synonym"], row["language"], row["kind"])
            for row in _rows("search_synonyms.csv")
        ),
        signs=tuple(Sign(phrase, "de", Need(lines, danger)) for phrase, lines, danger in SIGNS),
        places=_places(),
        institutions=tuple(
            Named(number, row["Name"]) for number, row in enumerate(_rows("institutions.csv"))
        ),
        topics=tuple(
            Named(row["slug"], row["name_de"])
            for row in _rows("topics.csv")
            if row["kind"] == "topic"
        ),
        phases=tuple(_phases()),
    )


@pytest.fixture(scope="session")
def asked(vocabulary):
    """What the search understands of a query: ``asked("Hebame herne")``."""

    def ask(text, **options):
        return understand(text, vocabulary=vocabulary, **options)

    return ask


@pytest.fixture(scope="session")
def answers(asked):
    """The stems that answer a query, each with its weight, joined ones with a plus."""

    def ask(text):
        return {
            "+".join(sorted([match.stem, *match.all_of])): match.weight
            for concept in asked(text).concepts
            for match in concept.matches
        }

    return ask


@pytest.fixture(scope="session")
def meanings_as_rows(herne_as_rows, rows_made_once):
    """What the sentences and titles of Herne mean, learned once: that takes a minute."""

    def learn():
        with transaction.atomic():
            rows.pour(herne_as_rows)
            vectors.fill()
            learned = rows.read([SentenceVector, SearchChange])
            transaction.set_rollback(True)
        return learned

    return {**herne_as_rows, **rows_made_once("meanings", learn)}


@pytest.fixture(scope="module")
def herne(meanings_as_rows, database_with, django_db_blocker):
    """The portal as it is after its first start; nothing a test changes stays."""
    herne = database_with("meanings", meanings_as_rows)
    with django_db_blocker.unblock(), herne.opened(), transaction.atomic():
        if encoding.available():
            leading.learn()  # nothing, where this machine knows the same sentences
        yield HERNE
        transaction.set_rollback(True)
