"""The figures as tables: in the terminal, and between two marks in docs/ytelse.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verktoey.benk.sider import KRAV_GULV, KRAV_VEKST, MAAL, Sidemaal
from verktoey.prosess import ROOT

FIL = ROOT / "docs" / "ytelse.md"
FRA, TIL = "<!-- make bench: fra -->", "<!-- make bench: til -->"
SIDEHODE = ("Side", "Saker", "Spørringer", "Median ms", "p95 ms", "× gulvet", "Krav", "Mål", "")
JOBBHODE = ("Arbeid", "Tall", "Forhold", "Mål", "")


@dataclass(frozen=True)
class Rad:
    """One figure outside the pages; `holder` is None where it is only told."""

    hva: str
    tall: str
    forhold: str
    maal: str
    holder: bool | None


@dataclass(frozen=True)
class Tabell:
    """A heading, column names and cells."""

    tittel: str
    hode: Sequence[str]
    rader: list[tuple[str, ...]]


def merke(holder: bool | None) -> str:
    """✓ for what is met, – for what is not."""
    return "" if holder is None else "✓" if holder else "–"


def tall(verdi: float, desimaler: int = 2) -> str:
    """With a decimal comma."""
    return f"{verdi:.{desimaler}f}".replace(".", ",")


def sidetabell(alle: Iterable[Sidemaal]) -> Tabell:
    """One line for each page and size, and one for how it grows."""
    rader: list[tuple[str, ...]] = []
    for side in alle:
        for maal in side.maal:
            rader.append(
                (
                    side.navn,
                    f"{maal.saker}",
                    f"{maal.sporringer}",
                    tall(maal.median),
                    tall(maal.p95),
                    tall(maal.forhold),
                    f"≤ {tall(KRAV_GULV, 1)} {merke(maal.forhold <= KRAV_GULV)}",
                    f"≤ {tall(MAAL[side.slag], 1)}",
                    merke(maal.forhold <= MAAL[side.slag]),
                )
            )
        if len(side.maal) > 1:
            like = "like mange spørringer" if side.like_mange else "ULIKT ANTALL SPØRRINGER"
            vokser = f"{tall(side.vekst)} × egen tid"
            krav = f"≤ {tall(KRAV_VEKST, 1)} {merke(side.vekst <= KRAV_VEKST)}"
            rader.append(("", f"{like}", "", "", "", vokser, krav, "", ""))
    return Tabell("Sidene", SIDEHODE, rader)


def jobbtabell(tittel: str, rader: Iterable[Rad]) -> Tabell:
    """Everything that is not a page."""
    return Tabell(tittel, JOBBHODE, [(r.hva, r.tall, r.forhold, r.maal, merke(r.holder)) for r in rader])


def som_tekst(tabell: Tabell) -> str:
    """For the terminal."""
    alle = [tuple(tabell.hode), *tabell.rader]
    bredder = [max(len(rad[nr]) for rad in alle) for nr in range(len(tabell.hode))]
    linjer = ["  ".join(celle.ljust(bredde) for celle, bredde in zip(rad, bredder, strict=True)) for rad in alle]
    return "\n".join([f"\n{tabell.tittel}", linjer[0], "-" * len(linjer[0]), *linjer[1:]])


def som_markdown(tabell: Tabell) -> str:
    """For the page in docs/."""
    linjer = [f"| {' | '.join(rad)} |" for rad in (tuple(tabell.hode), ("---",) * len(tabell.hode), *tabell.rader)]
    return "\n".join([f"### {tabell.tittel}", "", *linjer])


def skriv(tabeller: Iterable[Tabell], om: str) -> None:
    """Put the figures between the marks of the page; the method round them is written by hand."""
    tekst = FIL.read_text()
    foer, _gammelt = tekst.split(FRA)
    _gammelt, etter = tekst.split(TIL)
    nytt = "\n\n".join([om, *(som_markdown(tabell) for tabell in tabeller)])
    FIL.write_text(f"{foer}{FRA}\n\n{nytt}\n\n{TIL}{etter}")
