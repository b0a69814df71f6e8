"""One stylesheet for visitors: the parts that main.css imports, put into one file when collected.

Development keeps the imports, so that the browser names the part a rule stands in.
"""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"
IMPORT = re.compile(r'^@import url\("([^"]+)"\);\n', re.MULTILINE)


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Collected files with a hash in their names, the stylesheet in one piece."""

    def post_process(self, paths, *args, **options):
        """Put the imported parts into the stylesheet, then go on as usual.

        ``paths`` maps names to where their sources are; the sources stay as they are.
        """
        if STYLESHEET in paths and not options.get("dry_run"):
            whole = IMPORT.sub(lambda found: _source(paths, _beside(found[1])), _source(paths))
            self.delete(STYLESHEET)
            self._save(STYLESHEET, ContentFile(whole.encode()))
            paths = paths | {STYLESHEET: (self, STYLESHEET)}
        return super().post_process(paths, *args, **options)


def _source(paths, name=STYLESHEET):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()


def _beside(name):
    return str(PurePosixPath(STYLESHEET).parent / name)
