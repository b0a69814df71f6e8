import os
import subprocess
import sys

import pytest

from kekiz_portal.settings import BASE_DIR


@pytest.fixture
def celery():
    """Run the celery command as an operator would and return the finished process."""

    def run(*arguments, timeout=60, **environment):
        return subprocess.run(
            [sys.executable, "-m", "celery", "-A", "kekiz_portal", *arguments],
            cwd=BASE_DIR,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
