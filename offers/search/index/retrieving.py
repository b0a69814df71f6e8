"""Find the offers that answer the concepts of a query, with one statement.

Each stem brings the offers in which it says most, so the work does not grow with the number
of offers. A concept is worth the more, the fewer offers answer it.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from offers.models import Offer

MOST_CANDIDATES = 500
# How many of the offers of a stem are looked at, those first in which it says most.
MOST_A_QUERY, MOST_A_STEM, LEAST_A_STEM = 4500, 1500, 150
# Likewise of stems that have to stand together with others, which is looked up offer by offer.
MOST_TOGETHER, LEAST_TOGETHER = 600, 40
FURTHER_EVIDENCE = 0.1  # what a second word for the same thing adds to the best one
PUBLIC = (Offer.Status.PUBLISHED,)

# Every answer of an offer to a concept (hit) and the offers that may be shown; BEST and
# BEST_OF_EACH go on from there.
HITS = """
WITH wanted AS (
    SELECT concept, stem, weight, depth, string_to_array(others, ' ') AS others
    FROM unnest(%(concepts)s::int[], %(stems)s::text[], %(weights)s::float[], %(depths)s::int[],
                %(others)s::text[]) AS wanted (concept, stem, weight, depth, others)
), posting AS (
    SELECT wanted.*, best.* FROM wanted CROSS JOIN LATERAL (
        SELECT offer_id, impact FROM offers_searchposting AS posting
        WHERE posting.stem = wanted.stem ORDER BY impact DESC, offer_id LIMIT wanted.depth
    ) AS best
), evidence AS (
    SELECT concept, offer_id, weight * impact AS said FROM posting WHERE others = '{}'
    UNION ALL
    SELECT concept, offer_id, weight * (impact + beside.impacts) / (1 + cardinality(others))
    FROM posting CROSS JOIN LATERAL (
        SELECT count(*) AS number, sum(impact) AS impacts FROM offers_searchposting AS other
        WHERE other.offer_id = posting.offer_id AND other.stem = ANY(others)
    ) AS beside
    WHERE others <> '{}' AND beside.number = cardinality(others)
), hit AS (
    SELECT concept, offer_id,
           (1 - %(further)s) * max(said) + %(further)s * least(sum(said), 2 * max(said)) AS said
    FROM evidence GROUP BY concept, offer_id
), shown AS (
    SELECT id FROM offers_offer AS offer
    WHERE offer.status = ANY(%(statuses)s)
        AND (NOT %(only_valid)s OR (
            (valid_from IS NULL OR valid_from <= %(today)s)
            AND (valid_to IS NULL OR valid_to >= %(today)s)))
)
"""
BEST = """
, worth AS (
    SELECT concept, importance * ln(1 + %(total)s::float / count(*)) AS worth
    FROM hit JOIN unnest(%(importances)s::float[]) WITH ORDINALITY AS each (importance, number)
        ON number = concept
    GROUP BY concept, importance
), answer AS (
    SELECT offer_id, sum(said * worth) AS score,
           sum(worth) / (SELECT sum(worth) FROM worth) AS covered,
           max(said) FILTER (WHERE concept = ANY(%(telling)s::int[])) AS told,
           count(*) FILTER (WHERE concept = ANY(%(telling)s::int[])) AS tellings
    FROM hit JOIN worth USING (concept) GROUP BY offer_id
)
SELECT offer_id, score * covered AS score, covered, coalesce(told, 0), tellings
FROM answer JOIN shown ON shown.id = offer_id
ORDER BY score DESC, offer_id LIMIT %(most)s
"""
BEST_OF_EACH = """
SELECT concept, offer_id, said FROM (
    SELECT concept, offer_id, said,
           row_number() OVER (PARTITION BY concept ORDER BY said DESC, offer_id) AS place
    FROM hit JOIN shown ON shown.id = offer_id
) AS each WHERE place <= %(most)s ORDER BY concept, place
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that answers a query; ``covered`` is the share of the query that it answers.

    ``told`` says how clearly it says what tells the query from others, 0 if it says nothing of it,
    and ``tellings`` how many such things it says.
    """

    offer: int
    score: float
    covered: float
    told: float
    tellings: int


def candidates(concepts, total, statuses=PUBLIC):
    """Return the offers that answer concepts best, best first.

    ``total`` is about how many offers there are. The public gets to see what is published
    and valid today; for other statuses the dates do not matter.
    """
    further = {
        "importances": [concept.weight for concept in concepts],
        "total": max(total, 1),
        "telling": [number for number, one in enumerate(concepts, 1) if not one.is_common],
        "most": MOST_CANDIDATES,
    }
    return [Candidate(*row) for row in _found(BEST, concepts, statuses, further)]


def best_of_each(concepts, most, statuses=PUBLIC):
    """Return for each concept by itself how much its best offers say, by their numbers."""
    found = [{} for _concept in concepts]
    for number, offer, said in _found(BEST_OF_EACH, concepts, statuses, {"most": most}):
        found[number - 1][offer] = said
    return found


def _found(tail, concepts, statuses, further):
    wanted = [
        (number, match.weight, match.stem, match.all_of)
        for number, concept in enumerate(concepts, 1)
        for match in concept.matches
    ]
    if not wanted:
        return []
    numbers, weights, stems, others = (list(column) for column in zip(*wanted, strict=True))
    a_stem = min(max(MOST_A_QUERY // len(wanted), LEAST_A_STEM), MOST_A_STEM)
    together = max(MOST_TOGETHER // max(sum(map(bool, others)), 1), LEAST_TOGETHER)
    parameters = further | {
        "concepts": numbers,
        "stems": stems,
        "weights": weights,
        "depths": [together if beside else a_stem for beside in others],
        "others": [" ".join(beside) for beside in others],
        "statuses": [str(status) for status in statuses],
        "only_valid": tuple(statuses) == PUBLIC,
        "today": timezone.localdate(),
        "further": FURTHER_EVIDENCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(HITS + tail, parameters)
        return cursor.fetchall()
