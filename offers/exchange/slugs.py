"""Addresses of pages, made once from a name and kept for good."""

from django.utils.text import slugify

GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
LONGEST = 100
FALLBACK = "eintrag"


def free_slug(model, text):
    """Return a slug for ``text`` that no row of ``model`` has yet."""
    base = slugify(text.translate(GERMAN))[:LONGEST].strip("-") or FALLBACK
    slug, number = base, 2
    while model.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug
