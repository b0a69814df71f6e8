"""Uploaded files on the disk: whole or not at all."""

from contextlib import suppress

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A file that does not fit leaves no beginning of itself behind."""

    def _save(self, name, content):
        existed = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not existed:
                with suppress(OSError):
                    self.delete(name)
            raise
