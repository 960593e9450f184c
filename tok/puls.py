"""The health command of the containers: `python -m tok.puls nett|arbeider|klokke`, quick and without Django.

Worker and clock touch a file under TOK_PULSMAPPE while they go round; the web process is asked /readyz.
"""

import contextlib
import http.client
import socket
import sys
import time
from pathlib import Path

from tok.settings.miljoe import en

SLAG = 10.0  # seconds between beats
VENTER = 8.0  # seconds for an answer of the web process
ALLE = "0.0.0.0"  # noqa: S104 -- compared with, not bound to
STANS = 90.0  # seconds without one before the process counts as stopped


def slaa(navn: str) -> None:
    """Note that the process goes round; nothing is done where no folder is named, and a full disk stops nobody."""
    mappe: Path | None = en("TOK_PULSMAPPE")
    if mappe is None:
        return
    fil = mappe / f"{navn}.puls"
    with contextlib.suppress(OSError):
        fil.with_suffix(".ny").write_text(str(time.monotonic()))
        fil.with_suffix(".ny").replace(fil)


def lever(navn: str) -> bool:
    """Whether the process has gone round lately; the machine's own count of seconds, so the clock may be set."""
    mappe: Path | None = en("TOK_PULSMAPPE")
    try:
        return mappe is not None and 0 <= time.monotonic() - float((mappe / f"{navn}.puls").read_text()) < STANS
    except (OSError, ValueError):
        return False


def _nettforbindelse() -> http.client.HTTPConnection:
    """A connection to where gunicorn listens, over loopback or its socket."""
    adresse: str = en("TOK_BIND")
    if adresse.startswith("unix:"):
        forbindelse = http.client.HTTPConnection("localhost", timeout=VENTER)
        forbindelse.sock = socket.socket(socket.AF_UNIX)
        forbindelse.sock.settimeout(VENTER)
        forbindelse.sock.connect(adresse.removeprefix("unix:"))
        return forbindelse
    vert, _, port = adresse.rpartition(":")
    return http.client.HTTPConnection("127.0.0.1" if vert == ALLE else vert.strip("[]"), int(port), timeout=VENTER)


def nett_svarer() -> bool:
    """Whether the web process on this machine says it is ready; its words are printed."""
    try:
        with contextlib.closing(_nettforbindelse()) as forbindelse:
            forbindelse.request("GET", "/readyz")
            svar = forbindelse.getresponse()
            sys.stdout.write(svar.read(1000).decode())
            return svar.status == 200
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in {"nett", "arbeider", "klokke"}:
        sys.exit("Bruk: python -m tok.puls nett|arbeider|klokke")
    sys.exit(0 if (nett_svarer() if sys.argv[1] == "nett" else lever(sys.argv[1])) else 1)
