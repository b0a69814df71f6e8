"""A title arrives as the subject it is, on every Python that reads or writes the mail."""

import random
import shutil
import subprocess
import sys
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest

from kekiz_portal.lib import mail_headers

TITLES = """
import random, runpy, sys
from email import message_from_bytes
from email.policy import default
headers = runpy.run_path(sys.argv[1])
chance = random.Random(sys.argv[2])
words = (
    "Familien-Newsletter Herne – Schwimmkurse für Grundschüler Übergang Öffnungszeiten Straße "
    "„Früh übt sich“ & Ägypten 2026 (neu) =? ?= Elternfrühstück? 50 % … Müttercafé Жінки"
).split()
for number in range(1000):
    title = " ".join(chance.choice(words) for _ in range(chance.randint(1, 14)))
    raw = headers["unstructured"]("Subject", title).encode("ascii") + b"\\r\\n"
    assert message_from_bytes(raw, policy=default)["Subject"] == title, (title, raw)
    assert b"?==?" not in raw and max(map(len, raw.split(b"\\r\\n"))) <= 78, raw
"""
OTHERS = ("python3.12", "python3.13", "python3.14")


def works(python):
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def subject_of(raw):
    return message_from_bytes(raw, policy=default)["Subject"]


def test_two_long_words_with_umlauts_keep_the_blank_between_them():
    title = "Familien-Newsletter Herne – Schwimmkurse für Grundschüler"

    raw = mail_headers.unstructured("Subject", title).encode() + b"\r\n"

    assert subject_of(raw) == title
    assert str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == title


@pytest.mark.parametrize("python", [sys.executable, *OTHERS])
def test_a_thousand_titles_arrive_as_they_are_written_on_every_python(python):
    if not shutil.which(python) or not works(python):
        pytest.skip(f"no {python} on this machine")
    seed = str(random.getrandbits(32))

    done = subprocess.run(
        [python, "-c", TITLES, str(Path(mail_headers.__file__)), seed],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"seed {seed}: {done.stderr}"


@pytest.mark.parametrize(
    "words", ["Von Anfang an", "Für Familien", "Ü" * 60, 'Stadt "Herne" (neu)']
)
def test_the_name_of_the_sender_is_read_as_it_is(words):
    raw = mail_headers.mailbox("From", words, "post@herne.example").encode("ascii") + b"\r\n"

    read = str(make_header(decode_header(message_from_bytes(raw)["From"])))

    assert parseaddr(read) == (words, "post@herne.example")
