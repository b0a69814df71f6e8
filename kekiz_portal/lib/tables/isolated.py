"""Read a workbook in a process of its own, which may use so much memory and time and no more.

A file made to hurt then costs that process its life and nobody else anything.
"""

import json
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from . import limits, workbooks
from .errors import RefusedError, TableError, sentence

PACKAGE = Path(__file__).resolve().parents[2]
# The portal's package starts Celery and reads the settings, which ask for secrets: the process
# has none, so it takes the modules of the package without starting it, with Django's own settings.
START = (
    "import sys, types; from django.conf import settings; settings.configure(); "
    "package = types.ModuleType('kekiz_portal'); "
    "package.__path__ = [sys.argv.pop(1)]; sys.modules['kekiz_portal'] = package; "
    "from kekiz_portal.lib.tables import isolated; isolated.main()"
)
REFUSED = b"!"


def read_workbook(data):
    """Return the packed ``Document`` in the bytes of an XLSX file. Raises ``TableError``."""
    command = [sys.executable, "-c", START, str(PACKAGE), str(limits.MEMORY_BYTES)]
    try:
        # It gets no environment: nothing of the portal's secrets is in reach of a file.
        done = subprocess.run(  # noqa: S603, the command is our own
            command,
            input=data,
            capture_output=True,
            timeout=limits.WAIT_SECONDS,
            check=False,
            cwd=PACKAGE.parent,
            env={"PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise TableError(sentence("too slow", {})) from error
    if done.returncode:
        raise TableError(sentence("too slow", {}))
    if done.stdout.startswith(REFUSED):
        raise TableError(sentence(*json.loads(done.stdout[1:])))
    return done.stdout


def main():
    """Read a workbook from the standard input and write its packed form, or why not."""
    _limit(resource.RLIMIT_AS, int(sys.argv[1]))
    _limit(resource.RLIMIT_CPU, limits.PROCESSOR_SECONDS)
    try:
        answer = workbooks.packed(sys.stdin.buffer.read())
    except MemoryError:
        answer = REFUSED + b'["too slow", {}]'
    except RefusedError as error:
        answer = REFUSED + json.dumps([error.code, error.values]).encode()
    sys.stdout.buffer.write(answer)


def _limit(what, most):
    with suppress(ValueError, OSError):  # not every system knows every limit
        resource.setrlimit(what, (most, most))
