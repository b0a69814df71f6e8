"""Addresses of pages, made once from a name and kept for good."""

from itertools import chain, count

from django.utils.text import slugify

GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
LONGEST = 100
FALLBACK = "eintrag"


def free_slug(model, text):
    """Return a slug for ``text`` that no row of ``model`` has yet."""
    return _free(text, lambda slug: model.objects.filter(slug=slug).exists())


class FreeSlugs:
    """Slugs for many new rows of a model, without a query for each."""

    def __init__(self, model):
        self.taken = set(model.objects.values_list("slug", flat=True))

    def take(self, text, brought=""):
        """Return a slug that nobody has yet, and keep it from the next.

        It is the one that an entry brings, unless another has that; else one for a text.
        """
        if not brought or brought in self.taken:
            brought = _free(brought or text, self.taken.__contains__)
        self.taken.add(brought)
        return brought


def _free(text, is_taken):
    base = slugify(text.translate(GERMAN))[:LONGEST].strip("-") or FALLBACK
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], numbered) if not is_taken(slug))
