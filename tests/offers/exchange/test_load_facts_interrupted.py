"""A load that is cut short loses nothing and is completed by the next one."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from offers.models import Institution, Offer

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_a_load_that_was_killed_is_completed_by_the_next(facts):
    folder = ROOT / "data" / "herne"
    loading = start_loading(folder)
    while not Institution.objects.exists() and loading.poll() is None:
        time.sleep(0.02)
    loading.send_signal(signal.SIGKILL)
    loading.wait()
    half = Offer.objects.count()

    call_command("load_facts", folder, meanings_later=True, verbosity=0)

    assert half in {0, 161}
    assert {one.external_id for one in Offer.objects.all()} == {
        row["Kennung dort"] for row in facts("offers.csv")
    }
    assert not Offer.objects.filter(topics=None).exists()


def start_loading(folder):
    """Start a load in a process of its own."""
    command = [sys.executable, "manage.py", "load_facts", str(folder), "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT)
