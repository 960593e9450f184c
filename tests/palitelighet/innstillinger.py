"""The tests' settings for workers that are killed: a short lease, and the sink's own log to ask."""

import os
from pathlib import Path

from tok.settings.test import *  # noqa: F403 -- a settings module is a list of names over another

TOK_POST_LEIETID = 5  # seconds
TOK_MOTTAKSLOGG = Path(os.environ["TOK_MOTTAKSLOGG"])
