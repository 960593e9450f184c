"""How gunicorn serves the application, found by its name: one log format, no access log, nothing listening but the web.

An address holds no case content, but a log of who asked for what does not belong outside Innsyn (ASVS 14.2.1).
"""

import os
import sys
from typing import Any

from tok import oppstart
from tok.settings.logg import logging_config
from tok.settings.miljoe import MiljoeFeil, en

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tok.settings.prod")

try:
    bind = en("TOK_BIND")
    workers = en("TOK_NETTPROSESSER")
    forwarded_allow_ips = en("FORWARDED_ALLOW_IPS")
except MiljoeFeil as feil:
    sys.exit(str(feil))
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- memory, for the heartbeat only
graceful_timeout = 30  # seconds (P12)
accesslog = None
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Before anything listens: a whole environment, and a database of this code's version."""
    try:
        oppstart.krev_klar_database()
    except (oppstart.KanIkkeStarte, MiljoeFeil) as feil:
        sys.exit(str(feil))


_logging = logging_config()
_egne = {"gunicorn.error": {"level": "INFO"}, "gunicorn.access": {"level": "CRITICAL"}}  # a log config turns it on
logconfig_dict = {**_logging, "loggers": {**_logging["loggers"], **_egne}}
