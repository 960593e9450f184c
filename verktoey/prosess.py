"""A child process that never outlives us, and that may run as another account."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TOK_VAR", ROOT / "var")).resolve()  # another folder lets two work side by side


def foelg_forelder(doedssignal: int) -> None:
    """Ask the kernel to send us a signal when our parent dies, kill -9 included (Linux; elsewhere nothing happens)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(doedssignal))


def doer_med(forelder: int, doedssignal: int) -> Callable[[], None]:
    """Return what a child does before exec, so that it does not outlive us."""

    def foer_exec() -> None:
        foelg_forelder(doedssignal)
        if os.getppid() != forelder:  # we died before the kernel was told
            os._exit(1)

    return foer_exec


@dataclass
class Prosess:
    """One program with its log file; `stopp` sends it `stoppsignal`, the kernel `doedssignal` (if any) when we die."""

    navn: str
    argv: Sequence[str | Path]
    logg: Path
    miljoe: Mapping[str, str] = field(default_factory=dict)
    konto: pwd.struct_passwd | None = None
    stoppsignal: signal.Signals = signal.SIGTERM
    doedssignal: signal.Signals | None = signal.SIGTERM
    mappe: Path = ROOT
    barn: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program in a session of its own: Ctrl-C reaches us first, and we stop things in order."""
        self.logg.parent.mkdir(parents=True, exist_ok=True)
        konto = self.konto
        with self.logg.open("ab") as logg:
            self.barn = subprocess.Popen(  # noqa: S603 -- argv is ours, no shell
                [str(del_) for del_ in self.argv],
                cwd=self.mappe,
                env={**os.environ, **self.miljoe},
                stdin=subprocess.DEVNULL,
                stdout=logg,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=doer_med(os.getpid(), self.doedssignal) if self.doedssignal else None,  # noqa: PLW1509 -- the child only calls prctl
                user=konto.pw_uid if konto else None,
                group=konto.pw_gid if konto else None,
                extra_groups=[] if konto else None,
            )

    def lever(self) -> bool:
        """Say whether the program we started still runs."""
        return self.barn is not None and self.barn.poll() is None

    def stopp(self, vent: float = 15) -> None:
        """Ask the program to stop, wait `vent` seconds, then end it and what it started."""
        if self.barn is None:
            return
        if self.barn.poll() is None:
            self.barn.send_signal(self.stoppsignal)
            try:
                self.barn.wait(vent)
            except subprocess.TimeoutExpired:
                os.killpg(self.barn.pid, signal.SIGKILL)
                self.barn.wait()
        self.barn = None

    def siste_linjer(self, antall: int = 15) -> str:
        """Return the end of the log, for the message when the program would not start."""
        return "\n".join(self.logg.read_text(errors="replace").splitlines()[-antall:]) if self.logg.exists() else ""
