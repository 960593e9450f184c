"""One world for the permission table: two cases with everything in them, and one account for each way in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from PIL import Image

from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete, Referat
from koordinator.models import Forespoersel, Oppnevning
from tests.fabrikker import (
    LENGE_SIDEN,
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    ForespoerselFabrikk,
    HenvendelseFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    RepresentasjonFabrikk,
    SakFabrikk,
    ansatt,
    samtykke_for,
)
from tests.sak.unntaksrom import unntak_i
from tok.kjerne import filer
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Konto, Varsel
from tok.sak.models import (
    Deltakelse,
    Enhet,
    Frist,
    Habilitet,
    Loggfunn,
    Notat,
    Sak,
    Saksdokument,
    Samtykke,
    Sjekkpunkt,
    Tiltak,
    Vern,
)
from tok.sak.tilgang import Rolle, Vilkaar

EGEN, ANNEN = "egen", "annen"
SAMTYKKE = frozenset({Vilkaar.SAMTYKKE_REFERAT})
INNKALT = frozenset({Vilkaar.INNKALT})


@dataclass(frozen=True)
class Aktoer:
    """One account of the table: its role, in which of the two cases, and what it has besides."""

    rolle: Rolle | None
    sak: str = EGEN
    vilkaar: frozenset[Vilkaar] = frozenset()
    er_ansatt: bool = True
    arbeid: Rolle | None = None  # what the account works as, where that is not its way in


AKTOERER: dict[str, Aktoer] = {
    "tok": Aktoer(Rolle.TOK),
    "tok_annet": Aktoer(Rolle.TOK, ANNEN),
    "leder": Aktoer(Rolle.LEDER),
    "leder_annen": Aktoer(Rolle.LEDER, ANNEN),
    "koordinator": Aktoer(Rolle.KOORDINATOR),
    "vara": Aktoer(Rolle.VARA),
    "medkoordinator": Aktoer(Rolle.MEDKOORDINATOR),
    "fast": Aktoer(Rolle.FAST, vilkaar=SAMTYKKE),
    "fast_uten_samtykke": Aktoer(Rolle.FAST),
    "ved_behov_innkalt": Aktoer(Rolle.VED_BEHOV, vilkaar=INNKALT),
    "ved_behov": Aktoer(Rolle.VED_BEHOV),
    "person": Aktoer(Rolle.PERSON, er_ansatt=False),
    "representant": Aktoer(Rolle.REPRESENTANT, er_ansatt=False),
    "stoetteperson_innkalt": Aktoer(Rolle.STOETTEPERSON, vilkaar=INNKALT, er_ansatt=False),
    "stoetteperson": Aktoer(Rolle.STOETTEPERSON, er_ansatt=False),
    "tidligere_koordinator": Aktoer(None),
    "koordinator_som_sluttet": Aktoer(None, er_ansatt=False),
    "systemansvarlig": Aktoer(Rolle.SYSTEMANSVARLIG),
    "personvernombud": Aktoer(Rolle.PERSONVERNOMBUD),
    "ansatt": Aktoer(None),
    "unntak": Aktoer(Rolle.UNNTAK, arbeid=Rolle.SYSTEMANSVARLIG),
}
DELTAR = ("vara", "medkoordinator", "fast", "fast_uten_samtykke", "ved_behov_innkalt", "ved_behov")
IKKE_INNKALT = {"ved_behov", "stoetteperson", "tidligere_koordinator"}


@dataclass
class Rom:
    """One case with everything in it, its rows by the name of their table and, where there are several, their state."""

    sak: Sak
    leder: Konto
    koordinator: Konto
    rader: dict[str, Model] = field(default_factory=dict)


@dataclass
class Verden:
    """The two cases and the accounts."""

    rom: dict[str, Rom]
    kontoer: dict[str, Konto]


def lag_verden() -> Verden:
    """The own case with one account for each way in, and its twin with its own people."""
    ledere = {side: ansatt("leder", EnhetFabrikk(navn=f"Tjenesten {side}")) for side in (EGEN, ANNEN)}
    kontorer = {side: EnhetFabrikk(navn=f"Kontoret {side}", er_kontor=True) for side in (EGEN, ANNEN)}
    koordinatorer = {side: ansatt() for side in (EGEN, ANNEN)}
    saker = {side: SakFabrikk(kontor=kontorer[side], nummer=f"2020/{side}") for side in (EGEN, ANNEN)}
    kontoer = {
        "tok": ansatt("tok", kontorer[EGEN]),
        "tok_annet": ansatt("tok", kontorer[ANNEN]),
        "leder": ledere[EGEN],
        "leder_annen": ledere[ANNEN],
        "koordinator": koordinatorer[EGEN],
        "systemansvarlig": ansatt("systemansvarlig"),
        "personvernombud": ansatt("personvernombud"),
        "ansatt": ansatt(),
        "unntak": ansatt("systemansvarlig"),
        **_deltakere(saker[EGEN]),
    }
    rom = {
        side: _rom(saker[side], kontorer[side], ledere[side], koordinatorer[side], kontoer if side == EGEN else {})
        for side in (EGEN, ANNEN)
    }
    for side, navn in ((EGEN, "tok"), (ANNEN, "tok_annet")):
        rom[side].rader["Vern"] = _vern_som_venter(kontoer[navn])
    for konto in kontoer.values():
        Authenticator.objects.create(user=konto, type=Authenticator.Type.TOTP, data={"secret": ""})
    return Verden(rom, {navn: kontoer[navn] for navn in AKTOERER})


def _vern_som_venter(paa: Konto) -> Vern:
    """A protection that names the account to confirm it; of a person in no case, so that it closes neither."""
    with som_system("test data"):
        return Vern.objects.create(
            person=PersonFabrikk(), nivaa=2, grunn="Prøve", satt_av=KontoFabrikk(), satt_tid=NAA, bekreftes_av=paa
        )


def _deltakere(sak: Sak) -> dict[str, Konto]:
    kontoer = {navn: ansatt() for navn in DELTAR}
    for navn, konto in kontoer.items():
        DeltakelseFabrikk(sak=sak, konto=konto, rolle=AKTOERER[navn].rolle, enhet=EnhetFabrikk())
    for navn in ("person", "representant", "stoetteperson", "stoetteperson_innkalt"):
        kontoer[navn] = KontoFabrikk()
        egenskap = "forelder" if navn == "representant" else ""
        DeltakelseFabrikk(sak=sak, konto=kontoer[navn], rolle=AKTOERER[navn].rolle, egenskap=egenskap)
    kontoer["koordinator_som_sluttet"] = KontoFabrikk()
    DeltakelseFabrikk(sak=sak, konto=kontoer["koordinator_som_sluttet"], rolle="medkoordinator")
    AnsettelseFabrikk(konto=kontoer["koordinator_som_sluttet"], til_dato=NAA.date())
    kontoer["tidligere_koordinator"] = ansatt()
    DeltakelseFabrikk(
        sak=sak,
        konto=kontoer["tidligere_koordinator"],
        rolle="koordinator",
        fra_dato=LENGE_SIDEN,
        til_dato=date(2026, 8, 17),
    )
    return kontoer


def _rom(sak: Sak, kontor: Enhet, leder: Konto, koordinator: Konto, kontoer: dict[str, Konto]) -> Rom:
    rom = Rom(sak, leder, koordinator)
    deltakelse = DeltakelseFabrikk(sak=sak, konto=koordinator, rolle="koordinator", enhet=EnhetFabrikk())
    ekstra = DeltakelseFabrikk(sak=sak, konto=ansatt(), rolle="fast", enhet=EnhetFabrikk())
    rom.rader |= {"Sak": sak, "Deltakelse": ekstra, "Henvendelse": HenvendelseFabrikk(kontor=kontor)}
    rom.rader |= {"Samtykke": _samtykke(sak, kontoer), "Sjekkpunkt": Sjekkpunkt.objects.all()[0]}
    with som_system("test data"):
        rom.rader |= _representant(sak)
        rom.rader |= _oppnevning(sak, leder, koordinator, deltakelse)
        rom.rader |= _moeter(sak, koordinator, kontoer)
        rom.rader["Saksdokument"] = arkivert(sak, "samtykkeskjema")
        rom.rader["referatdokument"] = arkivert(sak, "referat")
        rom.rader |= _stoppet_post(sak)
        rom.rader["Habilitet"] = Habilitet.objects.create(
            konto=ansatt(), person=sak.person, relasjon="annen", kilde="merket", satt_av=leder, satt_tid=NAA
        )
        rom.rader["Loggfunn"] = _funn(leder)
        rom.rader["Ansettelse"] = AnsettelseFabrikk()
        rom.rader["Konto"] = rom.rader["Ansettelse"].konto  # type: ignore[attr-defined]
        rom.rader["Unntakstilgang"] = unntak_i(sak, kontoer.get("unntak") or ansatt("systemansvarlig"))
        rom.rader["Notat"] = Notat.objects.create(
            sak=sak,
            tekst="Prøve",
            skrevet_av=koordinator,
            skrevet_av_navn=koordinator.navn,
            skrevet_tid=NAA,
            skjema_id=uuid4(),
        )
        Tiltak.objects.create(
            sak=sak, tekst="Søke stønad", ansvarlig="Prøve", ansvarlig_deltakelse=ekstra, kilde_id=uuid4()
        )
    return rom


def _samtykke(sak: Sak, kontoer: dict[str, Konto]) -> Samtykke:
    """A consent that covers the fixed member of the own case by name, and nobody else who must be named."""
    bilde = BytesIO()
    Image.new("RGB", (8, 8)).save(bilde, "PNG")
    fil = filer.ta_imot(SimpleUploadedFile("skjema.png", bilde.getvalue()), av=KontoFabrikk(), naa=NAA)
    omfattet = Deltakelse.objects.filter(sak=sak, konto=kontoer.get("fast"))
    return samtykke_for(sak, *omfattet, fil=fil)


def _representant(sak: Sak) -> dict[str, Model]:
    """A verge without an account, what it rests on, and a birthday to follow up."""
    verge = DeltakelseFabrikk(sak=sak, konto=None, kontakt=KontaktFabrikk(), rolle="representant", egenskap="verge")
    grunnlag = RepresentasjonFabrikk(deltakelse=verge)
    dag = date(2026, 5, 4)
    frist = Frist.objects.create(
        sak=sak, regel="alder_12", objekt_id=sak.pk, utgangspunkt=dag, forfall=dag, mottaker="koordinator"
    )
    return {"representant": verge, "Representasjon": grunnlag, "Frist": frist}


def _funn(leder: Konto) -> Loggfunn:
    """What the control found about one of the leader's own."""
    konto = ansatt(enhet=leder.ansettelser.get().enhet)
    return Loggfunn.objects.create(
        uke_fra=date(2026, 11, 16),
        regel=Loggfunn.Regel.MANGE,
        konto=konto,
        konto_navn=konto.navn,
        antall=1,
        innsyn_ider=[1],
        foerste_tid=NAA,
        siste_tid=NAA,
        leder=leder,
        funnet_tid=NAA,
    )


def arkivert(sak: Sak, type_: str) -> Saksdokument:
    dokument = _dokument(f"arkivert_{type_}:{sak.pk}")
    return Saksdokument.objects.create(sak=sak, dokument=dokument, type=type_, tittel="Prøve", dato=NAA.date())


def _stoppet_post(sak: Sak) -> dict[str, Model]:
    """A message in doubt and a document that could not be made."""
    varsel = Varsel.objects.create(
        noekkel=f"stoppet:{sak.pk}",
        meldings_id=f"<{sak.pk}@tok.example>",
        epost="ansatt@fjordvik.example",
        emne="Noe venter på deg",
        tekst="Logg inn",
        tilstand=Varsel.Tilstand.I_TVIL,
        lagt_tid=NAA,
        neste_forsoek_tid=NAA,
    )
    dokument = Dokument.objects.create(
        noekkel=f"stoppet:{sak.pk}",
        mal="innkalling",
        tittel="Prøve",
        innhold={},
        tilstand=Dokument.Tilstand.FEILET,
        bestilt_tid=NAA,
        neste_forsoek_tid=NAA,
    )
    return {"Varsel": varsel, "Dokument": dokument}


def _dokument(noekkel: str) -> Dokument:
    """A document that is made already, so that showing it writes nothing (ADR 0006)."""
    return Dokument.objects.create(
        noekkel=noekkel,
        mal="innkalling",
        tittel="Prøve",
        innhold={},
        tilstand=Dokument.Tilstand.LAGET,
        pdf=b"%PDF-1.7",
        sha256="0" * 64,
        bestilt_tid=NAA,
        laget_tid=NAA,
        neste_forsoek_tid=NAA,
    )


def _oppnevning(sak: Sak, leder: Konto, koordinator: Konto, deltakelse: Deltakelse) -> dict[str, Model]:
    """A request that waits, one that was granted, and the appointment that came of it."""
    enhet = leder.ansettelser.get().enhet
    sendt = ForespoerselFabrikk(sak=sak, leder=leder, enhet=enhet)
    godkjent = ForespoerselFabrikk(
        sak=sak,
        leder=leder,
        enhet=enhet,
        tilstand=Forespoersel.Tilstand.GODKJENT,
        svart_tid=NAA,
        godkjent_konto=koordinator,
        timer=3,
    )
    oppnevning = Oppnevning.objects.create(
        sak=sak,
        deltakelse=deltakelse,
        forespoersel=godkjent,
        timer=3,
        brev=arkivert(sak, "oppnevning").dokument,
        oppnevnt_av=KontoFabrikk(),
        oppnevnt_dato=NAA.date(),
    )
    return {"Forespoersel": sendt, "Forespoersel.godkjent": godkjent, "Oppnevning": oppnevning}


def _moeter(sak: Sak, koordinator: Konto, kontoer: dict[str, Konto]) -> dict[str, Model]:
    """A meeting to come, one that was called for and has draft minutes, and one with finished minutes."""
    gruppe = Ansvarsgruppe.objects.create(sak=sak, formaal="Prøve", opprettet_dato=date(2026, 9, 1))
    planlagt = _moete(gruppe, NAA + timedelta(days=17), Moete.Tilstand.PLANLAGT)
    innkalt = _moete(gruppe, NAA - timedelta(days=3), Moete.Tilstand.INNKALT)
    holdt = _moete(gruppe, NAA - timedelta(days=40), Moete.Tilstand.HOLDT)
    innkalte = {konto.pk for navn, konto in kontoer.items() if navn not in IKKE_INNKALT} | {koordinator.pk}
    for deltakelse in Deltakelse.objects.gjeldende(NAA.date()).filter(sak=sak, konto__in=innkalte):
        innkalling = Innkalling.objects.create(
            moete=innkalt, deltakelse=deltakelse, kanal="konto", kalender="BEGIN:VCALENDAR", sendt_tid=NAA
        )
    utkast = Referat.objects.create(moete=innkalt, referent=koordinator)
    ferdig = Referat.objects.create(
        moete=holdt,
        referent=koordinator,
        tilstand=Referat.Tilstand.FERDIG,
        ferdig_tid=NAA,
        ferdig_av=koordinator,
        dokument=_dokument(f"referat:{sak.pk}"),
    )
    return {
        "Ansvarsgruppe": gruppe,
        "Moete": innkalt,
        "Moete.planlagt": planlagt,
        "Innkalling": innkalling,
        "Referat": ferdig,
        "Referat.utkast": utkast,
    }


def _moete(gruppe: Ansvarsgruppe, start: datetime, tilstand: str) -> Moete:
    sendt: dict[str, Any] = {"saksliste_sendt_tid": start - timedelta(days=8), "saksliste_for_sent": False}
    return Moete.objects.create(
        gruppe=gruppe,
        start_tid=start,
        slutt_tid=start + timedelta(hours=1),
        sted="Rådhuset",
        tilstand=tilstand,
        **(sendt if tilstand != Moete.Tilstand.PLANLAGT else {}),
    )
