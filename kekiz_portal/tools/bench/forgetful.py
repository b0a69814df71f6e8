"""How gunicorn runs in a bench: as in production, but it forgets what a request tells it to.

Pages are found under their host, so with a host of its own a request finds none of them either.
"""

import runpy

globals().update(runpy.run_path("deploy/gunicorn.conf.py"))


def pre_request(_worker, request):
    """Forget before a request that asks for it."""
    from kekiz_portal.tools.bench import forgetting  # noqa: PLC0415, as in deploy/gunicorn.conf.py

    if any(name == forgetting.HEADER for name, _value in request.headers):
        forgetting.forget()
