"""What pages are shown with: languages, time, files."""

from pathlib import Path

from .basics import BASE_DIR, CITY, CITY_DIR, DEBUG, LOCAL_DIR, env

# Languages and time

LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "ar": "العربية",
    "bg": "Български",
    "fa": "فارسی",
    "fr": "Français",
    "pl": "Polski",
    "ro": "Română",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
}
LANGUAGE_CODE = "de"
LANGUAGES = [
    (code, LANGUAGE_NAMES.get(code, code))
    for code in env.list("LANGUAGES", default=CITY.get("languages", ["de"]))
]
LOCALE_PATHS = [BASE_DIR / "locale", CITY_DIR / "locale"]
FORMAT_MODULE_PATH = ["kekiz_portal.formats"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does: "www.herne.de" means https

# Files of pages

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env.str("STATIC_ROOT", default="staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "kekiz_portal.serving.media.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kekiz_portal.serving.bundles.BundledStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
PAGES_KEPT_MEGABYTES = env.int("PAGES_KEPT_MEGABYTES", default=32)
MEDIA_URL = "/medien/"
# In production never among the code, where a release would replace or a server would run it.
MEDIA_DIR = (LOCAL_DIR or Path("/var/lib/kekiz")) / "media"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(MEDIA_DIR)))
# Where the sentence encoder lies unpacked, shared by all processes
# (offers/search/meaning/encoding.py).
ENCODER_DIR = Path(env.str("ENCODER_DIR", default=str(MEDIA_DIR.parent / "encoder")))
# Whether a search waits until a changed word is read; else the former ones answer it meanwhile.
SEARCH_WAITS_FOR_CHANGES = False
