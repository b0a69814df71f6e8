"""The free texts of an offer in the language of the page, or in German where nobody said them."""

from django.conf import settings
from django.utils.translation import get_language

from . import fingerprint

TEXTS = "title", "teaser", "description"


class Translated(str):
    """A text in the language of the page; whatever else an offer says in free words is German."""

    __slots__ = ()


class Here:
    """Title, teaser and description of an offer; ``translation`` may be ``None``.

    A translation of other German words than those of now is none: nobody reads what was.
    """

    def __init__(self, offer, translation):
        self._offer, self._translation = offer, translation

    @property
    def title(self):
        return self._said("title")

    @property
    def teaser(self):
        return self._said("teaser")

    @property
    def description(self):
        return self._said("description")

    @property
    def is_all_said(self):
        """Whether the page has nothing of it to show in another language than its own."""
        is_german = get_language() in {None, settings.LANGUAGE_CODE}
        said = (isinstance(text, Translated) for text in map(self._said, TEXTS) if text)
        return is_german or all(said)

    def _said(self, name):
        german = getattr(self._offer, name)
        said = getattr(self._translation, name, "")
        if said and getattr(self._translation, f"{name}_of") == fingerprint.of(german):
            return Translated(said)
        return german
