# ruff: noqa: INP001, a configuration file
"""How gunicorn runs in production: gunicorn -c deploy/gunicorn.conf.py kekiz_portal.wsgi.

Every value may be set by a variable (.env.example). A proxy in front (deploy/nginx.conf) takes slow
clients; what reaches gunicorn without one is cut off here too.
"""

import contextlib
import importlib
import os
import socket
import struct
import sys

# What the search needs (offers/search/meaning/encoding.py) counts once if it is loaded before
# the workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
with contextlib.suppress(ImportError):
    importlib.import_module("numpy")

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
# Threads, because one that waits for a slow client must not hold up the others.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 20
keepalive = 5
# A worker starts anew now and then, against what may leak; it loses what it keeps in memory, so
# seldom. At 300 requests a second that is every half an hour.
max_requests, max_requests_jitter = 500_000, 50_000

limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190

# Nobody but the server decides under which path the portal lies: a header "SCRIPT_NAME" would let
# a right address show another page.
forwarder_headers = ""
header_map = "drop"
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES", "127.0.0.1,::1")

# Off unless asked for. No address of a visitor, no query, no token, no referrer.
accesslog = os.environ.get("ACCESS_LOG") or None
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
logger_class = "kekiz_portal.logs.ServerLog"

# How long a thread may keep the others of its process waiting. A page that is there already stops
# for the database some times: beside a page that is being made it would wait so long each time.
# Most pages are made in one such turn; shorter ones cost every page more of the processor.
SWITCH_SECONDS = 0.002

SECONDS_OF_SILENCE = int(os.environ.get("WEB_SECONDS_OF_SILENCE", "10"))


def on_starting(_server):
    """Read the German words once, before the server divides into processes that share them."""
    from kekiz_portal.lib import german_words  # noqa: PLC0415, found once the server has its folder

    german_words.prepare()


def post_worker_init(worker):
    """Let threads take turns quickly, and give every connection so long for its next byte."""
    sys.setswitchinterval(SWITCH_SECONDS)
    # Accepted ones inherit it.
    patience = struct.pack("ll", SECONDS_OF_SILENCE, 0)
    for listener in worker.sockets:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
