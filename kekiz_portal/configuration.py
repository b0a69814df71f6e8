"""How settings get what they need, or say in one sentence what is missing."""

import os
import secrets
from urllib.parse import urlsplit, urlunsplit

from .serving.unavailable import ServiceMissingError


def required(env, name):
    """Return a variable that production must have; raise ServiceMissingError when it is not set."""
    if value := env.str(name, default="").strip():
        return value
    message = (
        f"{name} is not set: production needs it, see .env.example "
        "(for development set DEBUG=true or use `make run`)."
    )
    raise ServiceMissingError(message)


def service_url(env, name, *, local):
    """Return the address of a server: from the environment, else of an embedded one.

    The address of an embedded server goes into the environment, so that every process
    started from this one (reloader, worker) joins the same server.
    """
    if not local or env.str(name, default=""):
        return required(env, name)
    from .tools.local.servers import LocalServiceError, local_services  # noqa: PLC0415 - as below

    services = local_services()
    start = {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}[name]
    try:
        os.environ[name] = start()
    except LocalServiceError as error:
        raise ServiceMissingError(str(error)) from error
    return os.environ[name]


def with_redis_database(url, number):
    """Return the same Redis address with another database number."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"{urlunsplit(parts._replace(query=''))}?db={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def local_secret_key(folder):
    """Return the key of this checkout's development server, made at random the first time."""
    from .tools.local.servers import write_private  # noqa: PLC0415 - only development comes here

    path = folder / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        write_private(path, secrets.token_urlsafe(64))
        return path.read_text()
