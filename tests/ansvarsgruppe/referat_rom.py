"""A meeting that has been held, with everybody the minutes may concern; the ground of the tests of minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ansvarsgruppe import frister
from ansvarsgruppe.handlinger.felter import les, maa_krysses_av
from ansvarsgruppe.handlinger.referat import lagre_referat, start_referat
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete, Referat
from tests.fabrikker import (
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontaktFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    samtykke_for,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak import protokoll
from tok.sak.models import Deltakelse, Sak, Samtykke

MOETE_START = datetime(2026, 11, 20, 14, 0, tzinfo=OSLO)
NAA = datetime(2026, 11, 23, 8, 30, tzinfo=OSLO)
NESTE = (datetime(2027, 3, 9, 14, 0, tzinfo=OSLO), datetime(2027, 3, 9, 15, 30, tzinfo=OSLO))


@dataclass
class Rom:
    """The case, who is in it, and the meeting."""

    sak: Sak
    koordinator: Konto
    medkoordinator: Konto
    fast: Konto
    uten_samtykke: Konto
    mor: Deltakelse
    personen: Deltakelse
    samtykke: Samtykke
    gruppe: Ansvarsgruppe
    moete: Moete

    def deltakelse(self, konto: Konto) -> Deltakelse:
        return Deltakelse.objects.get(sak=self.sak, konto=konto)


def lag_rom(*, foedt: date = date(2014, 5, 4), aarlig: bool = False, start: datetime = MOETE_START) -> Rom:
    """Everything up to the invitation, a coordinator and all kinds of participants."""
    sak = SakFabrikk(person=PersonFabrikk(fornavn="Emma", etternavn="Prøvesen", foedselsdato=foedt))
    koordinator = koordinator_i(sak, navn="Tone Bakke")
    medkoordinator, fast, uten = ansatt(navn="Kari Østby"), ansatt(navn="Marius Dahl"), ansatt(navn="Tor Haugland")
    DeltakelseFabrikk(sak=sak, konto=medkoordinator, rolle="medkoordinator")
    med = DeltakelseFabrikk(sak=sak, konto=fast, rolle="fast", enhet=EnhetFabrikk(navn=f"Skolen {sak.nummer}"))
    DeltakelseFabrikk(sak=sak, konto=uten, rolle="fast")
    mor = DeltakelseFabrikk(
        sak=sak, konto=None, kontakt=KontaktFabrikk(navn="Silje Prøvesen"), rolle="representant", egenskap="forelder"
    )
    personen = DeltakelseFabrikk(sak=sak, konto=None, rolle="person")
    egenskap = {"egenskap": "selv"} if foedt <= date(2008, 11, 20) else {}
    samtykke = samtykke_for(sak, med, **egenskap)
    with som_system("test data"):
        gruppe = Ansvarsgruppe.objects.create(sak=sak, opprettet_dato=date(2026, 9, 1))
        moete = Moete.objects.create(
            gruppe=gruppe,
            start_tid=start,
            slutt_tid=start + timedelta(minutes=90),
            sted="Solbakken skole, rom 204",
            er_aarlig_gjennomgang=aarlig,
            tilstand=Moete.Tilstand.INNKALT,
            saksliste_sendt_tid=start - timedelta(days=8),
            saksliste_for_sent=False,
        )
        for deltakelse in Deltakelse.objects.filter(sak=sak, konto__isnull=False):
            Innkalling.objects.create(
                moete=moete, deltakelse=deltakelse, kanal="konto", kalender="BEGIN:VCALENDAR", sendt_tid=start
            )
        protokoll.sett_frist(sak=sak, regel=frister.REFERAT, objekt_id=moete.pk, utgangspunkt=start.date(), naa=start)
        protokoll.sett_frist(
            sak=sak,
            regel=frister.AARLIG_GJENNOMGANG,
            objekt_id=gruppe.pk,
            utgangspunkt=date(2026, 9, 1),
            naa=start,
        )
    return Rom(sak, koordinator, medkoordinator, fast, uten, mor, personen, samtykke, gruppe, moete)


def start(rom: Rom, naa: datetime = NAA) -> Referat:
    return start_referat(moete=rom.moete, av=rom.koordinator, naa=naa)


def lagre(rom: Rom, referat: Referat, av: Konto | None = None, naa: datetime = NAA, **endret: Any) -> Referat:
    """Save on top of what stands there now."""
    referat.refresh_from_db()
    felter = les(referat)
    return lagre_referat(
        referat=referat,
        base_lagring=referat.lagring,
        base=felter,
        data=felter | endret,
        av=av or rom.koordinator,
        naa=naa,
    )


def helt_referat(rom: Rom, **endret: Any) -> Referat:
    """Minutes with everything in them, not yet finished."""
    referat = start(rom)
    oppmoete = {
        **{str(noekkel): "til_stede" for noekkel in maa_krysses_av(rom.moete)},
        str(rom.mor.pk): "forfall",
        str(rom.personen.pk): "til_stede",
        str(rom.deltakelse(rom.uten_samtykke).pk): "ikke_moett",
    }
    innhold: dict[str, Any] = {
        "naa_situasjon": "Emma er på skolen hver dag.\n\nRolig rom er brukt to dager i uka.",
        "maal": "Hele dagen på skolen innen vinterferien.",
        "personens_stemme": "Jeg vil gå til skolen med Nora.\n\nSpør meg før dere snakker med klassen.",
        "fikk_ordet_foerst": True,
        "medvirkning_vurdert": "Ja, hun var med på hele møtet.",
        "medvirkning_hvordan": "Samtale to dager før.",
        "medvirkning_vekt": "stor",
        "neste_hvem": "Emma, mor og de faste",
        "neste_sted": "Åsen ungdomsskole",
        "neste_tid": [tid.isoformat() for tid in NESTE],
        "oppmoete": oppmoete,
        "avtaler": [
            ["Søke hjelpestønad", str(rom.mor.pk), "2026-12-18"],
            ["Rolig rom alle dager", str(rom.deltakelse(rom.fast).pk), "2027-01-15"],
            ["Ny time hos fysioterapeut", "", ""],
        ],
    }
    return lagre(rom, referat, **(innhold | endret))
