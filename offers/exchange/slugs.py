"""Addresses of pages, made once from a name and kept for good."""

from django.utils.text import slugify

GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
LONGEST = 100
FALLBACK = "eintrag"


def free_slug(model, text):
    """Return a slug for ``text`` that no row of ``model`` has yet."""
    base = _base(text)
    slug, number = base, 2
    while model.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


class FreeSlugs:
    """Slugs for many new rows of a model, without a query for each."""

    def __init__(self, model):
        self.taken = set(model.objects.values_list("slug", flat=True))

    def take(self, text):
        """Return a slug for a text that nobody has yet, and keep it from the next."""
        base = _base(text)
        slug, number = base, 2
        while slug in self.taken:
            slug, number = f"{base}-{number}", number + 1
        self.taken.add(slug)
        return slug

    def keep(self, slug, text):
        """Return the slug that an entry brings, unless another has it; else one for a text."""
        if not slug or slug in self.taken:
            return self.take(slug or text)
        self.taken.add(slug)
        return slug


def _base(text):
    return slugify(text.translate(GERMAN))[:LONGEST].strip("-") or FALLBACK
