"""From a request to a case, or to an end with a reason (R28–R30, R231, L5, L7, L25)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import neste
from tok.sak import samtykkekrav
from tok.sak.alderskifte import ajour, foedselsdato_rettet
from tok.sak.handlinger.muntlig import skriv_muntlig_ja
from tok.sak.handlinger.nyttvern import skriv_vern
from tok.sak.handlinger.person import ny_person, skriv_person
from tok.sak.models import Ansettelse, Deltakelse, Egenskap, Enhet, Henvendelse, Person, Sak, Saksnummer
from tok.sak.opplysninger import Henvendelsesfelt, Ja, NyttVern, Personopplysninger
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever, sperrer
from tok.sak.tilstand import HENVENDELSE


class FeilJasier(Avslag):
    """Nobody in that capacity may say yes for a person of this age (B7)."""

    felt = "ja_sagt_av"


class ManglerNavn(Avslag):
    """Somebody else than the person said yes, and nobody has written who (L7)."""

    melding = _("Skriv navnet på den som sa ja.")
    felt = "ja_sagt_navn"


class ManglerVurdering(Avslag):
    """The rule asks for an assessment, and nobody has written who made it (B7)."""

    melding = _("Skriv hvem som har vurdert at personen selv ikke kan samtykke.")
    felt = "vurdert_av"


class HarSagtJa(Avslag):
    """The yes is there already."""

    melding = _("Det er alt sagt ja til registrering.")


class HarAapenSak(Avslag):
    """One person has at most one open case."""

    melding = _("Personen har allerede en åpen sak. Avslutt henvendelsen, og arbeid videre i saken.")


def _kontor(av: Konto, i_dag: date) -> Enhet:
    return (
        Ansettelse.objects.gjeldende(i_dag)
        .som(Ansettelse.Rolle.TOK)
        .filter(konto=av)
        .select_related("enhet")
        .order_by("fra_dato")[0]
        .enhet
    )


def _er_lukket(person: Person, av: Konto) -> bool:
    """Whether protection or a relation keeps the account from knowing that we know the person (N11, N12)."""
    return not Person.objects.filter(sperrer.aapne_personer(av), pk=person.pk).exists()


def _ja(felt: Henvendelsesfelt) -> Ja | None:
    """The yes that came with the request, said when it came; None when nobody has said it yet."""
    return Ja(felt.ja_sagt_av, felt.ja_sagt_navn, felt.mottatt_dato, felt.vurdert_av) if felt.er_enig else None


def _kontroller_ja(ja: Ja, foedt: date) -> None:
    regler = samtykkekrav.gjeldende_regler(ja.dato)
    krav = samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=ja.sagt_av, dato=ja.dato)
    if krav is None:
        raise FeilJasier(samtykkekrav.avslag_tekst(regler, foedt=foedt, dato=ja.dato))
    if ja.sagt_av != Egenskap.SELV and not ja.navn:
        raise ManglerNavn
    if krav.vurdering and not ja.vurdert_av:
        raise ManglerVurdering


@krever(Rett.REGISTRERE_HENVENDELSE)
def registrer_henvendelse(
    *,
    henvendelse: Henvendelse | None = None,
    skjema_id: UUID,
    felt: Henvendelsesfelt,
    person: Person | Personopplysninger,
    oppdater: Personopplysninger | None = None,
    vern: NyttVern | None = None,
    av: Konto,
    naa: datetime,
) -> Henvendelse:
    """Register a request in the office of the one who took it (R28–R30, R231).

    The same form sent twice gives one request (ASVS 2.3.4). `oppdater` is what is new about a known person; an empty
    number there keeps the registered one. With `vern` nobody but the two who set it ever sees the request (N11). A
    known person that is closed to the account gets the request and no more: nothing is changed, and nobody let in.

    Raises:
        EnAlene: nobody else of the office was named to confirm the protection.
        NummeretErKjent: a new person was given the number of a known one.
        FeilJasier, ManglerNavn, ManglerVurdering: the yes is not one that counts, at the person's age (B7).
    """
    registrert = Henvendelse.objects.filter(skjema_id=skjema_id, registrert_av=av).first()
    if registrert is not None:
        return registrert
    ja = _ja(felt)
    if ja is not None:
        _kontroller_ja(ja, person.foedselsdato)
    gjelder = person if isinstance(person, Person) else ny_person(person)
    kontor = _kontor(av, lokal_dato(naa))
    if isinstance(person, Person) and _er_lukket(person, av):
        oppdater = vern = None
        kontor = next((sak.kontor for sak in person.saker.select_related("kontor").order_by("-aapnet_dato")), kontor)
    if isinstance(person, Person) and oppdater is not None:
        foer = person.foedselsdato
        if "foedselsdato" in skriv_person(person, oppdater, behold_nummer=not oppdater.nummer):
            foedselsdato_rettet(person, foer=foer, av=av, naa=naa)
    verdier: dict[str, Any] = {f.name: getattr(felt, f.name) for f in fields(felt)}
    verdier["ja_sagt_dato"] = ja.dato if ja else None
    rad = Henvendelse.objects.create(kontor=kontor, person=gjelder, registrert_av=av, skjema_id=skjema_id, **verdier)
    if vern is not None:
        skriv_vern(hvem=gjelder, nytt=vern, person=gjelder, kontor_id=kontor.pk, slipper_inn=None, av=av, naa=naa)
    return rad


def _neste_saksnummer(aar: int) -> str:
    Saksnummer.objects.get_or_create(aar=aar)
    teller = Saksnummer.objects.select_for_update().get(aar=aar)
    teller.siste += 1
    teller.save()
    return str(teller)


@krever(Rett.BEHANDLE_HENVENDELSE)
def registrer_ja(*, henvendelse: Henvendelse, ja: Ja, av: Konto, naa: datetime) -> Henvendelse:
    """Note an oral yes that came after the request did (L7).

    Raises:
        FeilJasier, ManglerNavn, ManglerVurdering: the yes is not one that counts, at the person's age (B7).
        HarSagtJa: it is noted already.
        UlovligSteg: the request is settled.
    """
    rad = Henvendelse.objects.select_for_update(of=("self",)).select_related("person").get(pk=henvendelse.pk)
    rad.tilstand = neste(HENVENDELSE, "registrer_ja", rad.tilstand)
    if rad.er_enig:
        raise HarSagtJa
    _kontroller_ja(ja, rad.person.foedselsdato)
    rad.er_enig, rad.ja_sagt_av, rad.ja_sagt_navn = True, ja.sagt_av, ja.navn
    rad.ja_sagt_dato, rad.vurdert_av = ja.dato, ja.vurdert_av
    rad.save()
    return rad


@krever(Rett.BEHANDLE_HENVENDELSE)
def bli_sak(*, henvendelse: Henvendelse, av: Konto, naa: datetime) -> Sak:
    """Make the request a case with a number, the person as participant, and the oral yes as a consent (L5, L7).

    Raises:
        HarAapenSak: the person has an open case already.
        UlovligSteg: the request is settled.
    """
    rad = Henvendelse.objects.select_for_update(of=("self",)).select_related("person").get(pk=henvendelse.pk)
    Person.objects.select_for_update().get(pk=rad.person_id)  # a protection set meanwhile is seen by the new case
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
        skriv_muntlig_ja(
            sak=sak,
            navn=sak.person.navn if rad.ja_sagt_av == Egenskap.SELV else rad.ja_sagt_navn,
            egenskap=rad.ja_sagt_av,
            dato=rad.ja_sagt_dato or rad.mottatt_dato,
            vurdert_av=rad.vurdert_av,
            av=av,
            naa=naa,
        )
    ajour(sak, naa=naa)
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
