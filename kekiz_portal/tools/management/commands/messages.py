"""Bring the catalogues of all languages up to date with the German texts, and compile them."""

from django.conf import settings
from django.core.management.base import BaseCommand

from kekiz_portal.tools import catalogues


class Command(BaseCommand):
    """Translations stay as they are; what lacks one is named."""

    help = "Finds every text of pages, keeps its translations in locale/, compiles them."

    def add_arguments(self, parser):
        """Take which languages, and whether each lacking text is named."""
        parser.add_argument("languages", nargs="*", help="codes; without any, those of the city")
        parser.add_argument("--name", action="store_true", help="name every text that lacks one")

    def handle(self, *, languages, name, **_):
        """Write the files and say how much is translated."""
        others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for folder, texts in catalogues.folders().items():
            for language in languages or others:
                self.bring_up_to_date(catalogues.path_of(folder, language), language, texts, name)

    def bring_up_to_date(self, path, language, texts, name):
        catalogue = catalogues.brought_up_to_date(catalogues.read(path, language), texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalogues.written(catalogue))
        path.with_suffix(".mo").write_bytes(catalogues.compiled(catalogue))
        lacking = catalogues.lacking(catalogue)
        said = len(catalogue) - len(lacking)
        place = path.relative_to(settings.BASE_DIR)
        self.stdout.write(f"{place}: {said} of {len(catalogue)} texts are translated")
        for text in lacking if name else ():
            self.stdout.write(f"  lacks: {text!r}")
