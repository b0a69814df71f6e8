"""Find the offers that answer the concepts of a query, with one statement.

Each stem brings the offers in which it says most, so the work does not grow with the number
of offers. A concept is worth the more, the fewer offers answer it.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from offers.models import Offer

OFFERS_A_STEM = 3000
MOST_CANDIDATES = 1000
PUBLIC = (Offer.Status.PUBLISHED,)

STATEMENT = """
WITH wanted AS (
    SELECT * FROM unnest(%(concepts)s::int[], %(stems)s::text[], %(weights)s::float[],
                         %(others)s::text[]) AS wanted (concept, stem, weight, others)
), hit AS (
    SELECT concept, offer_id, max(weight * impact) AS said
    FROM wanted CROSS JOIN LATERAL (
        SELECT offer_id, impact FROM offers_searchposting AS posting
        WHERE posting.stem = wanted.stem AND (wanted.others = '' OR NOT EXISTS (
            SELECT FROM unnest(string_to_array(wanted.others, ' ')) AS other
            WHERE NOT EXISTS (
                SELECT FROM offers_searchposting AS beside
                WHERE beside.offer_id = posting.offer_id AND beside.stem = other)))
        ORDER BY impact DESC, offer_id LIMIT %(a_stem)s
    ) AS posting
    GROUP BY concept, offer_id
), worth AS (
    SELECT concept, importance, importance * ln(1 + %(total)s::float / count(*)) AS worth
    FROM hit JOIN unnest(%(importances)s::float[]) WITH ORDINALITY AS each (importance, number)
        ON number = concept
    GROUP BY concept, importance
), answer AS (
    SELECT offer_id, sum(said * worth) AS score,
           sum(worth) / (SELECT sum(worth) FROM worth) AS covered
    FROM hit JOIN worth USING (concept) GROUP BY offer_id
)
SELECT offer_id, score * covered AS score, covered
FROM answer JOIN offers_offer AS offer ON offer.id = offer_id
WHERE offer.status = ANY(%(statuses)s)
    AND (NOT %(only_valid)s OR (
        (valid_from IS NULL OR valid_from <= %(today)s)
        AND (valid_to IS NULL OR valid_to >= %(today)s)))
ORDER BY score DESC, offer_id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that answers a query; ``covered`` is the share of the query that it answers."""

    offer: int
    score: float
    covered: float


def candidates(concepts, total, statuses=PUBLIC):
    """Return the offers that answer concepts best, best first.

    ``total`` is about how many offers there are. The public gets to see what is published and
    valid today; for other statuses the dates do not matter.
    """
    rows = [
        (number, match.stem, match.weight, " ".join(match.all_of))
        for number, concept in enumerate(concepts, 1)
        for match in concept.matches
    ]
    if not rows:
        return []
    numbers, stems, weights, others = (list(column) for column in zip(*rows, strict=True))
    parameters = {
        "concepts": numbers,
        "stems": stems,
        "weights": weights,
        "others": others,
        "importances": [concept.weight for concept in concepts],
        "a_stem": OFFERS_A_STEM,
        "total": max(total, 1),
        "statuses": [str(status) for status in statuses],
        "only_valid": tuple(statuses) == PUBLIC,
        "today": timezone.localdate(),
        "most": MOST_CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, parameters)
        return [Candidate(*row) for row in cursor.fetchall()]
