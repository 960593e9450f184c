"""What follows from the birth date in a case: deadlines, the day parents go out, and who may have signed (L14, B7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from tok.kjerne.fristregning import fyller_aar, legg_til_maaneder
from tok.kjerne.historikk import Aktoer, kontekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import samtykkekrav, varsler
from tok.sak.frister import ALDERSREGLER, SE_FRAM
from tok.sak.models import Deltakelse, Frist, Person, Sak, Samtykke
from tok.sak.protokoll import lukk_frist, sett_frist

MYNDIG = 18
UT_VED_18 = frozenset({Deltakelse.Egenskap.FORELDER, Deltakelse.Egenskap.BARNEVERN})
RETTET = "fødselsdatoen er rettet"
SAKEN_AVSLUTTET = "saken er avsluttet"


def siste_dag_ute(egenskap: str, foedt: date) -> date | None:
    """The first day somebody in this capacity no longer stands for the person; None when age does not end it (L4)."""
    return fyller_aar(foedt, MYNDIG) if egenskap in UT_VED_18 else None


def ajour(sak: Sak, *, naa: datetime) -> None:
    """Set, move or close the case's birthday deadlines, within the running transaction; may be done again.

    A birthday that somebody has seen to does not come back.
    """
    i_dag, person = lokal_dato(naa), sak.person
    aapen_sak = sak.tilstand == Sak.Tilstand.AAPEN
    for aar, regel in ALDERSREGLER.items():
        dag = fyller_aar(person.foedselsdato, aar)
        egne = Frist.objects.filter(regel=regel.kode, objekt_id=sak.pk)
        aapen = egne.aapne().first()
        if aapen is not None and aapen_sak and aapen.utgangspunkt == dag and not person.er_termin:
            continue
        kommer = aapen_sak and not person.er_termin and i_dag <= dag <= i_dag + SE_FRAM
        fulgt_opp = egne.filter(utgangspunkt=dag, lukket_tid__isnull=False).exclude(lukket_hvordan=RETTET)
        if kommer and not fulgt_opp.exists():
            sett_frist(sak=sak, regel=regel, objekt_id=sak.pk, utgangspunkt=dag, naa=naa)
        elif aapen is not None:
            hvordan = RETTET if aapen_sak else SAKEN_AVSLUTTET
            lukk_frist(regel=regel, objekt_id=sak.pk, hvordan=hvordan, naa=naa)


def foedselsdato_rettet(person: Person, *, foer: date, av: Konto, naa: datetime) -> None:
    """Let a corrected birth date reach every case of the person, within the running handling.

    Who goes out at 18 goes on the right day. A consent that its signer could not have given, or not for so long, at the
    person's real age, is withdrawn: what rested on it pauses until there is a right one (L14).
    """
    for sak in Sak.objects.select_related("person").filter(person=person):
        ute = Deltakelse.objects.filter(sak=sak, egenskap__in=UT_VED_18, til_dato=fyller_aar(foer, MYNDIG))
        for deltakelse in ute.select_for_update():
            deltakelse.til_dato = max(fyller_aar(sak.person.foedselsdato, MYNDIG), deltakelse.fra_dato)
            deltakelse.save(update_fields=["til_dato"])
        for samtykke in Samtykke.objects.select_for_update().filter(sak=sak, trukket_tid__isnull=True):
            if not _kunne_gis(samtykke, sak.person.foedselsdato):
                samtykke.trukket_tid, samtykke.trukket_av, samtykke.trukket_registrert_av = naa, RETTET, av
                samtykke.save(update_fields=["trukket_tid", "trukket_av", "trukket_registrert_av"])
                varsler.samtykke_trukket(samtykke, av=av, naa=naa)
        ajour(sak, naa=naa)


def _kunne_gis(samtykke: Samtykke, foedt: date) -> bool:
    dato = samtykke.underskrevet_dato
    regler = samtykkekrav.gjeldende_regler(dato)
    krav = samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=samtykke.egenskap, dato=dato)
    return krav is not None and (krav.siste_dag is None or samtykke.gyldig_tom <= krav.siste_dag)


def gaa_gjennom(*, naa: datetime) -> int:
    """Bring every case's birthday deadlines up to date as SYSTEM, one case at a time; returns how many were worked."""
    saker = _maa_ses_paa(lokal_dato(naa))
    for pk in sorted(saker):
        with transaction.atomic(durable=True):
            system = Konto.system()
            with kontekst(Aktoer(system.pk, system.navn, "sak.aldersgrenser", "aldersgrenser")):
                sak = Sak.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
                ajour(sak, naa=naa)
    return len(saker)


def _maa_ses_paa(i_dag: date) -> set[UUID]:
    """Open cases with a birthday coming that no deadline tells of, and open deadlines of another day."""
    koder = {regel.kode: aar for aar, regel in ALDERSREGLER.items()}
    satt = set(Frist.objects.filter(regel__in=koder).values_list("sak", "regel", "utgangspunkt"))
    funnet: set[UUID] = set()
    for aar, regel in ALDERSREGLER.items():
        fra, til = (legg_til_maaneder(dag, -12 * aar) for dag in (i_dag, i_dag + SE_FRAM))
        foedt = (fra - timedelta(days=1), til + timedelta(days=1))  # 29 February; the exact day is asked below
        kan = Sak.objects.aapne().filter(person__er_termin=False, person__foedselsdato__range=foedt)
        for pk, dato in kan.values_list("pk", "person__foedselsdato"):
            dag = fyller_aar(dato, aar)
            if i_dag <= dag <= i_dag + SE_FRAM and (pk, regel.kode, dag) not in satt:
                funnet.add(pk)
    aapne = Frist.objects.aapne().filter(regel__in=koder)
    for pk, regel_kode, dag, foedt_dato, tilstand in aapne.values_list(
        "sak", "regel", "utgangspunkt", "sak__person__foedselsdato", "sak__tilstand"
    ):
        if tilstand != Sak.Tilstand.AAPEN or fyller_aar(foedt_dato, koder[regel_kode]) != dag:
            funnet.add(pk)
    return funnet
