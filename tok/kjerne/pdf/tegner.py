"""Keeps one drawing process alive for this process, ends it when it overruns, and starts the next (ADR 0016)."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Lock, Timer

from django.conf import settings

from tok.kjerne.pdf.beskjed import Art, motta, send

SEKUNDER = 20  # for one document; an ordinary one takes a tenth of a second
OPPSTART = 60  # seconds before a process that is not ready is given up
MINNE = 1024 * 1024 * 1024  # bytes of address space
STILARK = "static/css/pdf.css"
# All the process gets of the environment: no keys, no database, no broker.
MILJOE = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


class Tegnefeil(Exception):
    """The document could not be drawn; ``navn`` is the error's class and ``sted`` its place, never its words."""

    def __init__(self, navn: str, sted: str = "") -> None:
        super().__init__(navn)
        self.navn, self.sted = navn, sted


class Ferdig(Exception):
    """The process had ended in peace before it took the document."""


class Tegner:
    """One drawing process, started when it is first needed; one document at a time."""

    def __init__(self, *, sekunder: float = SEKUNDER, minne: int = MINNE) -> None:
        self.sekunder, self.minne = sekunder, minne
        self._laas = Lock()
        self._for_sent = Event()
        self._prosess: subprocess.Popen[bytes] | None = None
        self.mappe = ""  # where the process keeps its fonts
        os.register_at_fork(after_in_child=self._glem)

    def tegn(self, html: str) -> bytes:
        """The PDF of a finished page. Raises Tegnefeil; the next document then gets a new process if it must."""
        with self._laas:
            try:
                return self._spoer(html)
            except Ferdig:
                return self._spoer(html)

    def lukk(self) -> int:
        """End the process and clear its folder; tell how it ended."""
        prosess, self._prosess = self._prosess, None
        if prosess is None:
            return 0
        for ende in (prosess.stdin, prosess.stdout):
            if ende is not None:
                with suppress(BrokenPipeError):
                    ende.close()
        try:
            kode = prosess.wait(timeout=1)
        except subprocess.TimeoutExpired:
            prosess.kill()
            kode = prosess.wait()
        shutil.rmtree(self.mappe, ignore_errors=True)
        return kode

    def _spoer(self, html: str) -> bytes:
        svar = self._utveksle(self._i_gang(), self.sekunder, html)
        if svar is None:
            kode = self.lukk()
            if self._for_sent.is_set() or kode == -signal.SIGXCPU:
                raise Tegnefeil("ForLangTid")
            if kode == 0:
                raise Ferdig
            raise Tegnefeil("TegnerenDoede", str(kode))
        art, innhold = svar
        if art is Art.FEIL:
            navn, _, sted = innhold.decode().partition(" ")
            if navn == MemoryError.__name__:
                self.lukk()  # it is no longer to be trusted
            raise Tegnefeil(navn, sted)
        return innhold

    def _i_gang(self) -> subprocess.Popen[bytes]:
        """The process, ready to draw."""
        if self._prosess is not None and self._prosess.poll() is None:
            return self._prosess
        self.lukk()
        self.mappe = mkdtemp(prefix="tok-pdf-")
        rot = Path(settings.BASE_DIR)
        skrift = Path(settings.TOK_PDF_SKRIFT) / "files"
        valg = map(str, (rot / STILARK, skrift, self.minne, max(1, int(self.sekunder)), self.mappe))
        prosess = subprocess.Popen(  # noqa: S603 -- our own program and our own words
            [sys.executable, "-m", "tok.kjerne.pdf.motor", *valg],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a warning may quote the text
            cwd=rot,
            env={navn: os.environ[navn] for navn in MILJOE if navn in os.environ} | {"TMPDIR": self.mappe},
            start_new_session=True,  # Ctrl-C is for the one who asked; this ends when its input does
        )
        self._prosess = prosess
        if self._utveksle(prosess, OPPSTART, None) is None:
            raise Tegnefeil("TegnerenStartetIkke", str(self.lukk()))
        return prosess

    def _utveksle(
        self, prosess: subprocess.Popen[bytes], sekunder: float, html: str | None
    ) -> tuple[Art, bytes] | None:
        """Send the text if there is one, and wait for the answer; None when the process is gone or was ended."""
        if prosess.stdin is None or prosess.stdout is None:
            raise TypeError("the process was not started with pipes")
        self._for_sent = Event()
        vakt = Timer(sekunder, self._avbryt, (prosess, self._for_sent))
        vakt.daemon = True
        vakt.start()
        try:
            if html is not None:
                send(prosess.stdin, Art.TEKST, html.encode())
            return motta(prosess.stdout)
        except BrokenPipeError:
            return None
        except BaseException:
            # Whoever interrupts us leaves a half answer behind: the next must not read it as its own.
            prosess.kill()
            raise
        finally:
            vakt.cancel()

    @staticmethod
    def _avbryt(prosess: subprocess.Popen[bytes], for_sent: Event) -> None:
        for_sent.set()
        prosess.kill()

    def _glem(self) -> None:
        """After a fork: the drawing process and its folder belong to the one we were."""
        self._laas, self._prosess, self.mappe = Lock(), None, ""
