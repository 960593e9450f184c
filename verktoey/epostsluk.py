"""A local mail server that keeps everything: `python -m verktoey.epostsluk PORT FOLDER`.

Each message becomes one .eml file. Its Message-ID is in mottatt.log, on disk, before the sender is told "250 OK",
so that the outbox can ask after a crash whether a message was taken (sikkerhet.md §3, in-doubt check).
"""

import asyncio
import os
import sys
import time
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MOTTAKSLOGG = "mottatt.log"


class Sluk:
    """Take every message into one folder."""

    def __init__(self, mappe: Path) -> None:
        self.mappe = mappe
        mappe.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Write the message, then the log line, each to the disk, then accept."""
        innhold = envelope.content if isinstance(envelope.content, bytes) else b""
        message_id = str(message_from_bytes(innhold).get("Message-ID", "")).strip()
        if not message_id:
            return "550 Message-ID mangler"
        navn = f"{time.time_ns()}.eml"
        halv = self.mappe / f".{navn}"
        _skriv(halv, "wb", innhold)
        halv.rename(self.mappe / navn)
        _skriv(self.mappe / MOTTAKSLOGG, "ab", message_id.encode() + b"\n")
        return "250 OK"


def _skriv(fil: Path, modus: str, innhold: bytes) -> None:
    with fil.open(modus) as f:
        f.write(innhold)
        f.flush()
        os.fsync(f.fileno())


def mottatte(mappe: Path) -> list[str]:
    """Return the Message-IDs taken so far, in order; one that came twice stands twice."""
    logg = mappe / MOTTAKSLOGG
    return logg.read_text().splitlines() if logg.exists() else []


async def tjen(port: int, mappe: Path) -> None:
    """Serve on loopback until cancelled."""
    loop = asyncio.get_running_loop()
    sluk = Sluk(mappe)
    server = await loop.create_server(lambda: SMTP(sluk, enable_SMTPUTF8=True), host="127.0.0.1", port=port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(tjen(int(sys.argv[1]), Path(sys.argv[2])))
