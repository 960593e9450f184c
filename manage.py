#!/usr/bin/env python
"""Django's command line, on the developer's settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

from tok import oppstart

if __name__ == "__main__":
    oppstart.en_linje()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tok.settings.dev")
    execute_from_command_line(sys.argv)
