"""Whatever the rows hold, an e-mail says that something waits and no more: every template, many contexts (N19)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.template.loader import get_template

from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.models import Ansvarsgruppe, Moete
from ansvarsgruppe.varsler.moete import avlysningstekst, innkallingstekst
from tests.fabrikker import NAA
from tok.kjerne.models import Konto, Maalform
from tok.sak.models import Deltakelse, Enhet, Kontakt, Person, Sak
from tok.sak.varsler import ordene

ANTALL = 10_000
ROT = Path(__file__).parents[2]
MALMAPPER = ("templates/account/email", "templates/mfa/email")
# The only modules that put words of their own in the outbox; all others send `noe_venter`.
HAR_EGNE_ORD = {
    "tok/kjerne/innlogging.py",
    "tok/kjerne/utboks.py",
    "tok/sak/varsler.py",
    "tok/sak/paaminnelser.py",
    "ansvarsgruppe/varsler/moete.py",
}
STAVELSER = ("kva", "xir", "zol", "wem", "qui", "jøv", "båx", "fæz", "gyw", "hux")
DIAGNOSER = re.compile(
    r"autis|adhd|epilep|downs|diagnos|kreft|psyk|depresjon|angst|demens|cerebral|syndrom|diabet|rusmid|funksjons"
    r"|barnevern|sykdom|sykehus|skole|barnehage|fødselsnummer|adresse",
    re.IGNORECASE,
)


@dataclass
class Tilfelle:
    """Rows with words nobody else has, in every field a template could reach."""

    ord: tuple[str, ...]
    konto: Konto
    moete: Moete
    deltakelse: Deltakelse
    fra: date | None
    lenke: str

    @cached_property
    def kontekst(self) -> Context:
        """What allauth gives, and every row of the case besides."""
        sak = self.moete.gruppe.sak
        egne = {"user": self.konto, "email": self.konto.epost, "password_reset_url": self.lenke}
        return Context({**egne, "sak": sak, "person": sak.person, "moete": self.moete, "deltakelse": self.deltakelse})


def _navn(tilfeldig: random.Random) -> str:
    return "".join(tilfeldig.choices(STAVELSER, k=3)).capitalize()


def _tilfelle(tilfeldig: random.Random) -> Tilfelle:
    fornavn, etternavn, gate, sted, skole, formaal = (_navn(tilfeldig) for _nr in range(6))
    telefon, nummer = f"{tilfeldig.randrange(10**7, 10**8)}", f"{tilfeldig.randrange(10**10, 10**11)}"
    saksnummer = f"20{tilfeldig.randrange(10, 30)}/{tilfeldig.randrange(1000, 9999)}"
    noekkel = UUID(int=tilfeldig.getrandbits(128), version=4)
    person = Person(fornavn=fornavn, etternavn=etternavn, foedselsdato=date(2014, 5, 4), adresse=f"{gate} 3")
    sak = Sak(nummer=saksnummer, person=person, kontor=Enhet(navn=skole), vernenivaa=tilfeldig.choice((2, 3)))
    konto = Konto(
        id=noekkel,
        navn=f"{fornavn} {etternavn}",
        epost="mottaker@fjordvik.example",
        telefon=telefon,
        tittel=f"Lærer, {skole}",
        maalform=tilfeldig.choice(Maalform.values),
    )
    moete = Moete(
        id=noekkel,
        gruppe=Ansvarsgruppe(sak=sak, formaal=formaal),
        start_tid=NAA + timedelta(hours=tilfeldig.randrange(1000)),
        slutt_tid=NAA + timedelta(hours=1001),
        sted=f"{sted}, {skole}",
        videolenke=f"https://video.example/{sted}",
        tolk_spraak=tilfeldig.choice(("", formaal)),
        sekvens=tilfeldig.randrange(3),
        avlyst_grunn=formaal,
    )
    kontakt = Kontakt(navn=f"{fornavn} {etternavn}", postadresse=f"{gate} 3", virksomhet=skole, telefon=telefon)
    med_konto = tilfeldig.random() < 0.5
    deltakelse = Deltakelse(
        id=noekkel, sak=sak, rolle="fast", bidrag=formaal, **({"konto": konto} if med_konto else {"kontakt": kontakt})
    )
    ordene_ = (fornavn, etternavn, gate, sted, skole, formaal, telefon, nummer, saksnummer)
    fra = tilfeldig.choice((None, NAA.date()))
    return Tilfelle(ordene_, konto, moete, deltakelse, fra, f"https://tok.example/konto/passord/{noekkel.hex}/")


def tilfeller(antall: int) -> Iterator[Tilfelle]:
    tilfeldig = random.Random(20261122)
    return (_tilfelle(tilfeldig) for _nr in range(antall))


def _av_mal(navn: str) -> Callable[[Tilfelle], str]:
    mal: Any = get_template(navn).template  # type: ignore[attr-defined]
    return lambda t: mal.render(t.kontekst)


def maler() -> dict[str, Callable[[Tilfelle], str]]:
    """Every text an e-mail can have, by name."""
    alle: dict[str, Callable[[Tilfelle], str]] = {
        "noe venter": lambda t: " ".join(ordene(t.konto, f"/saker/{t.konto.pk}/", "Fjordvik kommune", t.fra)),
        "innkalling": lambda t: " ".join(innkallingstekst(t.moete)),
        "avlysning": lambda _t: " ".join(avlysningstekst()),
    }
    for mappe in MALMAPPER:
        for fil in (ROT / mappe).glob("*.txt"):
            navn = str(fil.relative_to(ROT / "templates"))
            alle[navn] = _av_mal(navn)
    return alle


def lekkasjer(tekst: str, t: Tilfelle) -> list[str]:
    return [ord_ for ord_ in t.ord if ord_ in tekst] + DIAGNOSER.findall(tekst)


def test_ingen_mal_sier_noe_om_noen(record_property: Any) -> None:
    alle = maler()
    funn = []
    for t in tilfeller(ANTALL):
        tekster = {navn: mal(t) for navn, mal in alle.items()}
        if lekkasjer("\n".join(tekster.values()), t):
            funn += [(navn, lekkasjer(tekst, t)) for navn, tekst in tekster.items()]
    assert not funn[: len(alle)]
    record_property("tall", f"e-mail: {len(alle)} templates x {ANTALL} contexts, 0 words of a case")


def test_kalenderen_til_en_vernet_gruppe_sier_bare_naar(record_property: Any) -> None:
    """Slower to make, so a tenth as many: when, «Møte», and a link; the place is «Se innkallingen»."""
    antall = ANTALL // 10
    for t in tilfeller(antall):
        for metode in ("REQUEST", "CANCEL"):
            fil = kalenderfil(
                moete=t.moete,
                deltakelse=t.deltakelse,
                skjermet=t.moete.gruppe.sak.skjuler_sted,
                metode=metode,
                naa=NAA,
            )
            assert lekkasjer(fil.replace("\r\n ", ""), t) == []
    record_property("tall", f"calendar files: {2 * antall} of protected groups, 0 words of a case")


@pytest.mark.parametrize("mal", ["Hei {{ person.navn }}", "{{ moete.sted }}", "Sak {{ sak.nummer }}", "Ring skolen"])
def test_en_daarlig_mal_blir_funnet(mal: str) -> None:
    (t,) = tilfeller(1)
    assert lekkasjer(Template(mal, engine=Engine.get_default()).render(t.kontekst), t)


def test_ingen_andre_skriver_egne_ord() -> None:
    """A new module with a text of its own must be put among the templates above."""
    fant = {
        str(fil.relative_to(ROT))
        for app in ("tok", "ansvarsgruppe", "koordinator")
        for fil in (ROT / app).rglob("*.py")
        if re.search(r"\b(legg_i|nytt_varsel)\(", fil.read_text())
    }
    # The coordinator's floor has a helper of the same name that only calls `noe_venter`.
    assert fant - {"koordinator/varsler.py"} == HAR_EGNE_ORD
    assert "noe_venter(" in (ROT / "koordinator/varsler.py").read_text()
    assert settings.TOK_NETTADRESSE
