"""How gunicorn serves the application, found by its name: one log format, no access log, nothing listening but the web.

An address holds no case content, but a log of who asked for what does not belong outside Innsyn (ASVS 14.2.1).
"""

import os

from tok.settings.logg import logging_config

bind = os.environ.get("TOK_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- memory, for the heartbeat only
graceful_timeout = 30  # seconds (P12)
accesslog = None
control_socket_disable = True

_logging = logging_config()
_egne = {"gunicorn.error": {"level": "INFO"}, "gunicorn.access": {"level": "CRITICAL"}}  # a log config turns it on
logconfig_dict = {**_logging, "loggers": {**_logging["loggers"], **_egne}}
