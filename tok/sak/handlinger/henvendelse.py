"""From a request to a case, or to an end with a reason (R28–R30, R231, L5, L7, L25)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.kryptering import blindindeks
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import neste
from tok.sak import samtykkekrav
from tok.sak.models import Ansettelse, Deltakelse, Egenskap, Enhet, Henvendelse, Person, Sak, Saksnummer, Samtykke
from tok.sak.opplysninger import Henvendelsesfelt, Personopplysninger
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilstand import HENVENDELSE

MUNTLIG_VARER = 6  # calendar months
MUNTLIG_TEKST = _("Muntlig ja til at kontoret registrerer, at det kalles inn til møte, og at sakslista sendes.")


class NummeretErKjent(Avslag):
    """Another person has this number."""

    melding = _("Vi har allerede en person med dette nummeret. Velg personen i lista over treff.")
    felt = "nummer"


class FeilJasier(Avslag):
    """Nobody in that capacity may say yes for a person of this age (B7)."""

    felt = "ja_sagt_av"


class HarAapenSak(Avslag):
    """One person has at most one open case."""

    melding = _("Personen har allerede en åpen sak. Avslutt henvendelsen, og arbeid videre i saken.")


def _ny_person(opplysninger: Personopplysninger) -> Person:
    person = Person(
        **{felt.name: getattr(opplysninger, felt.name) for felt in fields(opplysninger) if felt.name != "nummer"}
    )
    person.sett_nummer(opplysninger.nummer or None)
    if opplysninger.nummer and Person.objects.filter(nummer_indeks=blindindeks(opplysninger.nummer)).exists():
        raise NummeretErKjent
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise NummeretErKjent from None
    return person


def _kontor(av: Konto, i_dag: date) -> Enhet:
    return (
        Ansettelse.objects.gjeldende(i_dag)
        .som(Ansettelse.Rolle.TOK)
        .filter(konto=av)
        .select_related("enhet")
        .order_by("fra_dato")[0]
        .enhet
    )


def _kontroller_ja(felt: Henvendelsesfelt, foedt: date) -> None:
    if not felt.er_enig:
        return
    regler = samtykkekrav.gjeldende_regler(felt.mottatt_dato)
    if not samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=felt.ja_sagt_av, dato=felt.mottatt_dato):
        raise FeilJasier(samtykkekrav.avslag_tekst(regler, foedt=foedt, dato=felt.mottatt_dato))


@krever(Rett.REGISTRERE_HENVENDELSE)
def registrer_henvendelse(
    *,
    henvendelse: Henvendelse | None = None,
    skjema_id: UUID,
    felt: Henvendelsesfelt,
    person: Person | Personopplysninger,
    av: Konto,
    naa: datetime,
) -> Henvendelse:
    """Register a request in the office of the one who took it (R28–R30, R231).

    The same form sent twice gives one request (ASVS 2.3.4).

    Raises:
        NummeretErKjent: a new person was given the number of a known one.
        FeilJasier: the one who said yes may not, at the person's age.
    """
    registrert = Henvendelse.objects.filter(skjema_id=skjema_id, registrert_av=av).first()
    if registrert is not None:
        return registrert
    _kontroller_ja(felt, person.foedselsdato)
    gjelder = person if isinstance(person, Person) else _ny_person(person)
    verdier: dict[str, Any] = {f.name: getattr(felt, f.name) for f in fields(felt)}
    return Henvendelse.objects.create(
        kontor=_kontor(av, lokal_dato(naa)), person=gjelder, registrert_av=av, skjema_id=skjema_id, **verdier
    )


def _neste_saksnummer(aar: int) -> str:
    Saksnummer.objects.get_or_create(aar=aar)
    teller = Saksnummer.objects.select_for_update().get(aar=aar)
    teller.siste += 1
    teller.save()
    return str(teller)


def _muntlig_samtykke(henvendelse: Henvendelse, sak: Sak, av: Konto, naa: datetime) -> None:
    """A recorded oral yes covers registration, invitation and agenda until the form is signed (L7, R67)."""
    egenskap = henvendelse.ja_sagt_av
    regler = samtykkekrav.gjeldende_regler(henvendelse.mottatt_dato)
    krav = samtykkekrav.finn_krav(
        regler, foedt=sak.person.foedselsdato, egenskap=egenskap, dato=henvendelse.mottatt_dato
    )
    siste = legg_til_maaneder(henvendelse.mottatt_dato, MUNTLIG_VARER)
    if krav and krav.siste_dag:
        siste = min(siste, krav.siste_dag)
    selv = egenskap == Egenskap.SELV
    Samtykke.objects.create(
        sak=sak,
        formaal=[Samtykke.Formaal.GRUPPE, Samtykke.Formaal.KOORDINATOR],
        maate=Samtykke.Maate.MUNTLIG,
        underskrevet_av=sak.person.navn if selv else henvendelse.avsender_navn,
        egenskap=egenskap,
        underskrevet_dato=henvendelse.mottatt_dato,
        gyldig_fra=henvendelse.mottatt_dato,
        gyldig_tom=siste,
        vurdert_av=av.navn if krav and krav.vurdering else "",
        skjema_tekst=str(
            _("Muntlig ja til at kontoret registrerer, at det kalles inn til møte, og at sakslista sendes.")
        ),
        skjema_versjon="muntlig-1",
        registrert_av=av,
        registrert_tid=naa,
    )


@krever(Rett.BEHANDLE_HENVENDELSE)
def bli_sak(*, henvendelse: Henvendelse, av: Konto, naa: datetime) -> Sak:
    """Make the request a case with a number, the person as participant, and the oral yes as a consent (L5, L7).

    Raises:
        HarAapenSak: the person has an open case already.
        UlovligSteg: the request is settled.
    """
    rad = Henvendelse.objects.select_for_update(of=("self",)).select_related("person").get(pk=henvendelse.pk)
    rad.tilstand = neste(HENVENDELSE, "bli_sak", rad.tilstand)
    i_dag = lokal_dato(naa)
    if Sak.objects.aapne().filter(person=rad.person).exists():
        raise HarAapenSak
    sak = Sak.objects.create(
        nummer=_neste_saksnummer(i_dag.year),
        person=rad.person,
        kontor=rad.kontor,
        saksbehandler=av,
        oensker_gruppe=rad.oensker_gruppe,
        oensker_koordinator=rad.oensker_koordinator,
        oensker_plan=rad.oensker_plan,
        aapnet_dato=i_dag,
    )
    Deltakelse.objects.create(sak=sak, rolle=Deltakelse.Rolle.PERSON, fra_dato=i_dag)
    if rad.er_enig:
        _muntlig_samtykke(rad, sak, av, naa)
    rad.sak = sak
    rad.utfall_dato = i_dag
    rad.save()
    noter(sak=sak, nummer=sak.nummer)
    return sak


@krever(Rett.BEHANDLE_HENVENDELSE)
def avslutt_henvendelse(*, henvendelse: Henvendelse, grunn: str, av: Konto, naa: datetime) -> Henvendelse:
    """Close the request without a case, with the reason (R28).

    Raises:
        UlovligSteg: the request is settled.
    """
    rad = Henvendelse.objects.select_for_update().get(pk=henvendelse.pk)
    rad.tilstand = neste(HENVENDELSE, "avslutt_henvendelse", rad.tilstand)
    rad.utfall_dato = lokal_dato(naa)
    rad.utfall_grunn = grunn
    rad.save()
    return rad
