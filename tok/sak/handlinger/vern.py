"""Protection of an address: set by two, ended by two, and seen by those who are named (N11, L20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import frister, varsler
from tok.sak.handlinger.nyttvern import skriv_vern
from tok.sak.handlinger.vernegruppe import sett_gruppe, slipp_inn
from tok.sak.models import Henvendelse, Nivaa, Person, Sak, Vern, Vernetilgang, Vernoppgave
from tok.sak.opplysninger import NyttVern
from tok.sak.protokoll import lukk_frist, noter
from tok.sak.sporringer.vern import Vernet, gjelder, kan_vernes, lukkes_av, oppgaver_i, saker_til, vernene_i
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.vernegruppe import kandidater, paa_kontoret


class IkkeISaken(Avslag):
    """Only the case's person and those who take part are protected from here."""

    melding = _("Velg noen som er med i saken.")
    felt = "hvem"


class IkkeLengerAktuelt(Avslag):
    """The protection is confirmed or ended since the page was shown, or is no longer of this case."""

    melding = _("Vernet er endret siden du åpnet siden. Se over på nytt.")


class EnAnnenMaaOppheve(Avslag):
    """Who proposed to end a protection does not end it."""

    melding = _("Du foreslo selv å oppheve vernet. En annen må gjøre det.")


class IkkeForeslaatt(Avslag):
    """Nobody has proposed to end it."""

    melding = _("Noen må først foreslå at vernet oppheves.")


class HarIngenVei(Avslag):
    """A place in the group opens nothing to one who has no role in the case."""

    melding = _("Velg noen som arbeider på kontoret eller er med i saken.")
    felt = "konto"


class SisteFraKontoret(Avslag):
    """The office always has one who can reach the case."""

    melding = _("Minst én fra kontoret må ha tilgang. Gi en kollega tilgang først.")
    felt = "konto"


class OppgavenErGjort(Avslag):
    """One of the tasks is done already, or belongs to another case."""

    melding = _("Lista er endret siden du åpnet siden. Se over på nytt.")
    felt = "oppgaver"


@krever(Rett.VERNE)
def sett_vern(
    *, sak: Sak, hvem: Vernet, nytt: NyttVern, slipper_inn: Sequence[Konto], av: Konto, naa: datetime
) -> Vern:
    """Protect the person or one who takes part; from the next request only those who are named see the case (N11).

    Raises:
        IkkeISaken: for somebody who has nothing to do with the case.
        HarIngenVei: one of the chosen has no other way to the case, so a place in the group says nothing.
        EnAlene, HarSammeVern: see `skriv_vern`.
    """
    i_dag = lokal_dato(naa)
    if hvem not in [rad for _noekkel, rad, _som in kan_vernes(sak, i_dag)]:
        raise IkkeISaken
    har_vei = {kandidat.konto for kandidat in kandidater(sak.person, i_dag)}
    if not har_vei.issuperset(slipper_inn):
        raise HarIngenVei(felt="slipper_inn")
    noter(sak=sak, nivaa=str(Nivaa(nytt.nivaa).label), personen=hvem == sak.person)
    return skriv_vern(
        hvem=hvem,
        nytt=nytt,
        person=sak.person,
        kontor_id=sak.kontor_id,
        slipper_inn=slipper_inn,
        av=av,
        naa=naa,
    )


@krever(Rett.BEHANDLE_HENVENDELSE)
def verne_henvendelse(*, henvendelse: Henvendelse, nytt: NyttVern, av: Konto, naa: datetime) -> Vern:
    """Protect the person of a request: from the next request of anybody, only the two who set it see it (N11).

    Raises:
        EnAlene, HarSammeVern: see `skriv_vern`.
    """
    kontor_id, person = henvendelse.kontor_id, henvendelse.person
    return skriv_vern(hvem=person, nytt=nytt, person=person, kontor_id=kontor_id, slipper_inn=None, av=av, naa=naa)


@krever(Rett.BEKREFTE_VERN)
def bekreft_vern(*, vern: Vern, av: Konto, naa: datetime) -> Vern:
    """The colleague who was named says that the protection is right; nobody else can (N11).

    Raises:
        IkkeLengerAktuelt: it is confirmed or ended.
    """
    rad = Vern.objects.select_for_update().get(pk=vern.pk)
    if rad.bekreftet_tid is not None or rad.opphevet_tid is not None:
        raise IkkeLengerAktuelt
    rad.bekreftet_tid = naa
    rad.save()
    lukk_frist(regel=frister.BEKREFT_VERN, objekt_id=rad.pk, hvordan="vernet er bekreftet", naa=naa)
    noter(sak=saker_til(gjelder(rad)).filter(tilstand=Sak.Tilstand.AAPEN).order_by("aapnet_dato").first())
    return rad


def _laas(sak: Sak, vern: Vern) -> Vern:
    """The protection of this case, under lock.

    Raises:
        IkkeLengerAktuelt: it has ended, or is of another case.
    """
    rad = Vern.objects.select_for_update().filter(opphevet_tid__isnull=True, pk=vern.pk).first()
    if rad is None or not vernene_i(sak).filter(pk=rad.pk).exists():
        raise IkkeLengerAktuelt
    return rad


@krever(Rett.VERNE)
def foreslaa_slutt(*, sak: Sak, vern: Vern, grunn: str, av: Konto, naa: datetime) -> Vern:
    """Propose that a protection ends; it holds until another has ended it (N11).

    Raises:
        IkkeLengerAktuelt: it has ended, or is of another case.
    """
    rad = _laas(sak, vern)
    rad.slutt_foreslaatt_av, rad.slutt_foreslaatt_tid, rad.slutt_grunn = av, naa, grunn
    rad.save()
    andre = paa_kontoret([sak.kontor_id], lokal_dato(naa)).exclude(pk=av.pk)
    inne = Vernetilgang.objects.virksomme().filter(person=sak.person_id).values("konto")
    varsler.slutt_paa_vern_venter(rad, sak, andre.filter(pk__in=inne), naa=naa)
    noter(sak=sak)
    return rad


@krever(Rett.VERNE)
def behold_vern(*, sak: Sak, vern: Vern, av: Konto, naa: datetime) -> Vern:
    """Let a protection stand that was proposed to end: the proposer withdraws it, or a colleague says no (N11).

    Raises:
        IkkeLengerAktuelt: it has ended, or is of another case.
        IkkeForeslaatt: nobody has proposed to end it.
    """
    rad = _laas(sak, vern)
    if rad.slutt_foreslaatt_av_id is None:
        raise IkkeForeslaatt
    rad.slutt_foreslaatt_av, rad.slutt_foreslaatt_tid, rad.slutt_grunn = None, None, ""
    rad.save()
    noter(sak=sak)
    return rad


@krever(Rett.VERNE)
def opphev_vern(*, sak: Sak, vern: Vern, av: Konto, naa: datetime) -> Vern:
    """End a protection another has proposed to end; the group is dissolved when nothing else protects (N11).

    Raises:
        IkkeLengerAktuelt: it has ended, or is of another case.
        IkkeForeslaatt: nobody has proposed it.
        EnAnnenMaaOppheve: the proposer is the same account.
    """
    rad = _laas(sak, vern)
    if rad.slutt_foreslaatt_av_id is None:
        raise IkkeForeslaatt
    if rad.slutt_foreslaatt_av_id == av.pk:
        raise EnAnnenMaaOppheve
    hvem = gjelder(rad)
    personer = set(Person.objects.filter(saker__in=lukkes_av(hvem))) | ({hvem} if isinstance(hvem, Person) else set())
    rad.opphevet_av, rad.opphevet_tid = av, naa
    rad.save()
    lukk_frist(regel=frister.BEKREFT_VERN, objekt_id=rad.pk, hvordan="vernet er opphevet", naa=naa)
    for person in Person.objects.filter(pk__in=[p.pk for p in personer], vernenivaa=Nivaa.INGEN):
        if not Sak.objects.filter(person=person, vernenivaa__gt=Nivaa.INGEN).exists():
            sett_gruppe(person, [], av=av, naa=naa)
    noter(sak=sak)
    return rad


@krever(Rett.VERNE)
def gi_vernetilgang(*, sak: Sak, konto: Konto, av: Konto, naa: datetime) -> Sak:
    """Let one more in to the protected person: somebody who has a role in the case, or works in the office (N11).

    Raises:
        HarIngenVei: the account has neither, or has a relation to the person.
    """
    person = Person.objects.select_for_update().get(pk=sak.person_id)
    if konto not in [kandidat.konto for kandidat in kandidater(person, lokal_dato(naa))]:
        raise HarIngenVei
    slipp_inn(person, [konto], av=av, naa=naa)
    noter(navn=konto.navn)
    return sak


@krever(Rett.VERNE)
def fjern_vernetilgang(*, sak: Sak, konto: Konto, av: Konto, naa: datetime) -> Sak:
    """Close the case to one of the group from the next request; the office always keeps one (N2, N11).

    Raises:
        SisteFraKontoret: nobody else of the group works in the office.
    """
    person = Person.objects.select_for_update().get(pk=sak.person_id)
    inne = [kandidat for kandidat in kandidater(person, lokal_dato(naa)) if kandidat.er_inne]
    if not any(kandidat.er_tok and kandidat.konto != konto for kandidat in inne):
        raise SisteFraKontoret
    blir = Konto.objects.filter(vernetilganger__in=Vernetilgang.objects.virksomme().filter(person=person))
    sett_gruppe(person, blir.exclude(pk=konto.pk), av=av, naa=naa)
    noter(navn=konto.navn)
    return sak


@krever(Rett.VERNE)
def gjoer_vernoppgave(*, sak: Sak, oppgaver: Sequence[Vernoppgave], hvordan: str, av: Konto, naa: datetime) -> Sak:
    """Note that things are called back or delivered by hand, and how (N11).

    Raises:
        OppgavenErGjort: one of them is done already, or is of another case.
    """
    aapne = oppgaver_i(sak).filter(gjort_tid__isnull=True).select_for_update(of=("self",))
    rader = list(aapne.filter(pk__in=[oppgave.pk for oppgave in oppgaver]))
    if not rader or len(rader) != len(oppgaver):
        raise OppgavenErGjort
    for rad in rader:
        rad.gjort_tid, rad.gjort_av, rad.hvordan = naa, av, hvordan
        rad.save()
    if not aapne.exists():
        lukk_frist(regel=frister.VERNOPPGAVER, objekt_id=sak.pk, hvordan="alt er gjort", naa=naa)
    noter(antall=len(rader))
    return sak
