"""The people of the main story: an office, a school with its leader, and those who meet."""

from __future__ import annotations

from dataclasses import dataclass

from koordinator.models import Kurs
from tests.fabrikker import AnsettelseFabrikk, EnhetFabrikk, GjennomfoeringFabrikk, ansatt
from tests.fortellinger.nettleser import gi_innlogging
from tok.kjerne.models import Konto
from tok.sak.models import Enhet


@dataclass(frozen=True)
class Roller:
    """Who does what."""

    kari: Konto  # TOK
    marit: Konto  # leader
    ingrid: Konto  # becomes coordinator
    tor: Konto  # fixed participant
    fremmed: Konto  # has nothing to do with the case


def sett_rollene() -> Roller:
    """Make the accounts; everybody else comes in through the pages."""
    kontor = EnhetFabrikk(navn="Koordineringskontoret", er_kontor=True, sektor=Enhet.Sektor.HELSE)
    skole = EnhetFabrikk(navn="Solbakken skole", sektor=Enhet.Sektor.OPPVEKST)
    fysio = EnhetFabrikk(navn="Fysioterapien", sektor=Enhet.Sektor.HELSE)
    marit = ansatt("leder", skole, navn="Marit Hagen", epost="marit@fjordvik.example")
    ingrid = ansatt("ansatt", skole, navn="Ingrid Sæther", epost="ingrid@fjordvik.example", tittel="spesialpedagog")
    GjennomfoeringFabrikk(konto=ingrid, kurs=Kurs.objects.get(kreves_foer_foerste_moete=True))
    AnsettelseFabrikk(konto=marit, enhet=skole)
    roller = Roller(
        kari=ansatt("tok", kontor, navn="Kari Østby", epost="kari@fjordvik.example"),
        marit=marit,
        ingrid=ingrid,
        tor=ansatt("ansatt", fysio, navn="Tor Haugland", epost="tor@fjordvik.example", tittel="fysioterapeut"),
        fremmed=ansatt("ansatt", fysio, navn="Frode Fremmed", epost="frode@fjordvik.example"),
    )
    for konto in vars(roller).values():
        gi_innlogging(konto)
    return roller
