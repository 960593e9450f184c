"""For the person who writes code: the demo's data with DEBUG on. Run `make demo` first, then manage.py runserver."""

from tok.settings.base import STORAGES as PLAIN_STORAGES
from tok.settings.demo import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.logg import logging_config

DEBUG = True
STORAGES = PLAIN_STORAGES
LOGGING = logging_config(formatter="logging.Formatter")
