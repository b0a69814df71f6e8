"""Where the portal runs, and for which city."""

import os
from pathlib import Path

import environ

from kekiz_portal.city import read_city
from kekiz_portal.configuration import local_secret_key, required

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # a developer's; real variables win

# The encoder of the search needs one thread: a query is small, and threads that wait for each other
# cost more than they save. numpy reads it when it is first imported, which other packages do, too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Where the portal runs

DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    from kekiz_portal.tools.local.environment import state_dir

    LOCAL_DIR = state_dir(BASE_DIR)
else:
    LOCAL_DIR = None

SECRET_KEY = (
    local_secret_key(LOCAL_DIR)
    if DEBUG and not env("SECRET_KEY", default="")
    else required(env, "SECRET_KEY")
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS", default=["*"]) if DEBUG else required(env, "ALLOWED_HOSTS").split(",")
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Links in mails begin with it.
PORTAL_URL = env.str(
    "PORTAL_URL", default="http://localhost:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")

# Which city

CITY_DIR = BASE_DIR / env.str("CITY_DIR", default="data/herne")
CITY = read_city(CITY_DIR)
