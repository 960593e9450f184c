"""`make bench`: load, measure and print; `ARGS="--saker 1000,20000"` chooses the sizes, `--runder 30` how long."""

from __future__ import annotations

import argparse
import os
import sys
import time

import psycopg

from verktoey.benk import base, jobber, sider, tabell
from verktoey.pgprogrammer import PostgresFeil
from verktoey.prosess import ROOT

START = time.monotonic()


def si(tekst: str) -> None:
    """Tell how far we are."""
    print(f"[{time.monotonic() - START:5.0f} s] {tekst}", flush=True)


def skriving(admin: str) -> float:
    """What one small commit costs on this disk when it is flushed; milliseconds, the median of 50."""
    with psycopg.connect(admin, autocommit=True) as c:
        c.execute("CREATE TABLE IF NOT EXISTS benk_flush (n int)")
        tider = []
        for _ in range(50):
            start = time.perf_counter()
            c.execute("INSERT INTO benk_flush VALUES (1)")
            tider.append(time.perf_counter() - start)
        c.execute("DROP TABLE benk_flush")
    return sorted(tider)[25] * 1000


def omgivelser(admin: str) -> str:
    """What the figures hang on."""
    with psycopg.connect(admin) as c:
        versjon = c.execute("SHOW server_version").fetchone()
    assert versjon is not None  # noqa: S101 -- SHOW gives one row
    last = " ".join(f"{tall:.1f}" for tall in os.getloadavg())
    return (
        f"PostgreSQL {versjon[0].split()[0]}, Python {sys.version.split()[0]}, {os.cpu_count()} kjerner, "
        f"last {last}. Én varig skriving på denne disken: {tabell.tall(skriving(admin), 1)} ms."
    )


def maal(saker: list[int], runder: int, *, alt: bool = True) -> list[tabell.Tabell]:
    """Everything, the smallest size first."""
    klynge = base.klynge()
    klynge.start()
    try:
        admin = klynge.admin_url()
        baser = []
        for antall in sorted(saker):
            baser.append(base.vaar(admin, antall))
            si(f"{antall} saker er lastet ({baser[-1].navn})")
        gulvet = base.gulvet(admin, max(saker))
        baser[0].kjoer("manage.py", "collectstatic", "--noinput", "-v0")
        si("spør etter sidene")
        tabeller = [tabell.sidetabell(sider.maal(gulvet, baser, runder))]
        if alt:
            si("eksport")
            tabeller.append(tabell.jobbtabell(f"Eksport, {baser[-1].saker} saker", jobber.eksport(baser[-1])))
            si("dokumenter")
            tabeller.append(tabell.jobbtabell("Dokumenter", jobber.dokumenter(baser[0])))
            si("sveip")
            tabeller.append(tabell.jobbtabell(f"Påminnelser, {baser[0].saker} saker", jobber.sveip(baser[0], admin)))
        om = omgivelser(admin)
    finally:
        klynge.stopp()
    print("\n".join(tabell.som_tekst(ett) for ett in tabeller))
    print(f"\n{om}")
    tabell.skriv(tabeller, om)
    return tabeller


def main(argv: list[str]) -> None:
    """Read the arguments and measure."""
    leser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    leser.add_argument("--saker", default="1000,20000", help="størrelsene, med komma mellom")
    leser.add_argument("--runder", type=int, default=30, help=f"runder per side, à {sider.BLOKK} forespørsler")
    leser.add_argument("--bare-sider", action="store_true", help="ikke eksport, dokumenter og sveip")
    valg = leser.parse_args(argv)
    maal([int(tall) for tall in valg.saker.split(",")], valg.runder, alt=not valg.bare_sider)
    si(f"ferdig; tallene står i {tabell.FIL.relative_to(ROOT)}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PostgresFeil as feil:
        sys.exit(str(feil))
