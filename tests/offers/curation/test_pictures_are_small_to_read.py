"""A small file may hold a large picture: what it would take is asked before it is decoded."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from kekiz_portal.settings import BASE_DIR
from offers.curation import pictures
from tests.offers.curation.pictures_at_hand import picture

MEGABYTES = 350
READ = """
import sys, resource
import django; django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from offers.curation import pictures
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    pictures.cleaned(SimpleUploadedFile("a", open(sys.argv[1], "rb").read()))
    print("taken", end=" ")
except ValidationError:
    print("refused", end=" ")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def read_in_a_process(path):
    """Return what became of a picture, and by how many megabytes reading it grew a process."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kekiz_portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    outcome, megabytes = done.stdout.split()
    return outcome, int(megabytes)


@pytest.mark.parametrize(
    ("kind", "size", "expected"),
    [
        ("WEBP", (8000, 5000), "refused"),
        ("WEBP", (4900, 3200), "taken"),
        ("JPEG", (8000, 4900), "taken"),
        ("PNG", (8000, 5000), "refused"),
    ],
)
def test_forty_megapixels_in_a_small_file_do_not_take_hundreds_of_megabytes(
    tmp_path, kind, size, expected
):
    file = tmp_path / "bild"
    file.write_bytes(picture(*size, kind=kind))

    outcome, megabytes = read_in_a_process(file)

    assert outcome == expected
    assert megabytes < MEGABYTES


def test_a_picture_of_one_endless_line_is_refused():
    upload = SimpleUploadedFile("a.png", picture(30_000, 2))
    with pytest.raises(ValidationError, match="Bildpunkte"):
        pictures.cleaned(upload)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_as_its_camera_was_held(turned):
    exif = pictures.Image.Exif()
    exif[pictures.ORIENTATION] = turned
    upload = SimpleUploadedFile("a.jpg", picture(60, 40, "JPEG", exif=exif))

    with pictures.Image.open(pictures.cleaned(upload)) as kept:
        assert kept.size == ((60, 40) if turned < 5 else (40, 60))
