"""The application as a server in a thread of the test, so that the test's clock is the server's clock too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread


@contextmanager
def kjoerende() -> Iterator[str]:
    """Serve on a free port of loopback, and give its address; each request has a database connection of its own."""
    traad = LiveServerThread("localhost", StaticFilesHandler)
    traad.daemon = True
    traad.start()
    traad.is_ready.wait()
    if traad.error:
        raise traad.error
    try:
        yield f"http://localhost:{traad.port}"
    finally:
        traad.terminate()
