"""Who stands for the person, on what ground, from when and how long (L12, L14, B7, N20)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne import filer
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import innsynskrav, varsler
from tok.sak.frister import ALDERSREGLER, MANDAT_UTLOEPER
from tok.sak.handlinger.deltakere import DeltarAllerede, GirSegSelvRollen, ta_med
from tok.sak.handlinger.vernegruppe import hold, lukk_de_hevede
from tok.sak.models import Deltakelse, Frist, Habilitet, Innsynsregel, Representasjon, Sak
from tok.sak.opplysninger import Grunnlag, UtenKonto
from tok.sak.protokoll import lukk_frist, noter, sett_frist
from tok.sak.sporringer.vern import nivaaer_hos
from tok.sak.tilgang import Avslag, Rett, krever

Rolle = Deltakelse.Rolle
FULGT_OPP = "fulgt opp"


class KanIkkeRepresentere(Avslag):
    """Nobody in that capacity stands for a person of this age (B7)."""

    felt = "egenskap"


class ManglerDokument(Avslag):
    """The rule asks for a document, and what it is about (L12)."""

    melding = _("Legg ved dokumentet.")
    felt = "skannet"


class ManglerMandat(Avslag):
    """A document with no words about what it covers tells nobody anything (L12)."""

    melding = _("Skriv hva mandatet eller fullmakten gjelder.")
    felt = "mandat"


class ManglerGrunnlag(Avslag):
    """A ground is a document or an assessment."""

    melding = _("Legg ved et dokument, eller skriv hvem som har vurdert samtykkekompetansen.")


class AlleredeSlutt(Avslag):
    """The ground has ended."""

    melding = _("Dette grunnlaget er allerede avsluttet.")


class HarKonto(Avslag):
    """The participation has an account."""

    melding = _("Denne deltakeren har allerede konto.")


class KontaktenErVernet(Avslag):
    """The protection is on the contact; an account without it would let it fall."""

    melding = _("Denne kontakten har vern. Sett vernet på kontoen først.")


class KontoenErEnAnnens(Avslag):
    """The account is another person's own."""

    melding = _("Denne kontoen tilhører en annen person.")
    felt = "epost"


class FristenErLukket(Avslag):
    """Somebody has seen to it already."""

    melding = _("Dette er allerede fulgt opp.")


@krever(Rett.ENDRE_REPRESENTANTER)
def registrer_representant(
    *,
    sak: Sak,
    hvem: Konto | UtenKonto,
    egenskap: str,
    grunnlag: Grunnlag,
    skannet: UploadedFile[Any] | None,
    av: Konto,
    naa: datetime,
) -> Deltakelse:
    """Register somebody who stands for the person, with the ground where the rule of the day asks for one (L12, B7).

    Raises:
        KanIkkeRepresentere, ManglerDokument, ManglerMandat: by age and capacity.
        DeltarAllerede, ForelderTilVoksen, GirSegSelvRollen: as for any participant.
    """
    i_dag = lokal_dato(naa)
    regler = innsynskrav.gjeldende_regler(i_dag)
    foedt = sak.person.foedselsdato
    regel = innsynskrav.finn_regel(regler, foedt=foedt, egenskap=egenskap, dato=i_dag)
    if regel is None:
        raise KanIkkeRepresentere(innsynskrav.avslag_tekst(regler, foedt=foedt, dato=i_dag))
    if regel.vilkaar == Innsynsregel.Vilkaar.DOKUMENT and skannet is None:
        raise ManglerDokument
    ny = Deltakelse(sak=sak, rolle=Rolle.REPRESENTANT, egenskap=egenskap, fra_dato=i_dag)
    deltakelse = ta_med(ny, hvem, av=av, naa=naa)
    if skannet is not None or grunnlag.vurdert_av:
        _skriv(deltakelse, grunnlag, skannet, av=av, naa=naa)
    noter(navn=hvem.navn, egenskap=deltakelse.get_egenskap_display())
    return deltakelse


@krever(Rett.ENDRE_REPRESENTANTER)
def registrer_grunnlag(
    *, deltakelse: Deltakelse, grunnlag: Grunnlag, skannet: UploadedFile[Any] | None, av: Konto, naa: datetime
) -> Representasjon:
    """Register a new mandate, power of attorney or assessment; what stands from before is kept (L12, L14).

    Raises:
        ManglerGrunnlag, ManglerMandat: there is neither document nor assessment, or a document about nothing.
    """
    rad = Deltakelse.objects.select_for_update(of=("self",)).med_navn().get(pk=deltakelse.pk)
    if skannet is None and not grunnlag.vurdert_av:
        raise ManglerGrunnlag
    representasjon = _skriv(rad, grunnlag, skannet, av=av, naa=naa)
    noter(navn=rad.navn)
    return representasjon


def _skriv(
    deltakelse: Deltakelse, grunnlag: Grunnlag, skannet: UploadedFile[Any] | None, *, av: Konto, naa: datetime
) -> Representasjon:
    if skannet is not None and not grunnlag.mandat:
        raise ManglerMandat
    representasjon = Representasjon.objects.create(
        deltakelse=deltakelse,
        mandat=grunnlag.mandat,
        vurdert_av=grunnlag.vurdert_av,
        fil=filer.ta_imot(skannet, av=av, naa=naa) if skannet is not None else None,
        fra_dato=grunnlag.fra_dato,
        til_dato=grunnlag.tom_dato + timedelta(days=1) if grunnlag.tom_dato else None,
        registrert_av=av,
        registrert_tid=naa,
    )
    _frist_for(deltakelse, naa=naa)
    return representasjon


def _frist_for(deltakelse: Deltakelse, *, naa: datetime) -> None:
    """The coordinator is warned before the last of the grounds ends (L12)."""
    grunnlag = Representasjon.objects.ikke_slutt(lokal_dato(naa)).filter(deltakelse=deltakelse)
    slutter = list(grunnlag.values_list("til_dato", flat=True))
    if slutter and None not in slutter:
        sett_frist(
            sak=deltakelse.sak,
            regel=MANDAT_UTLOEPER,
            objekt_id=deltakelse.pk,
            utgangspunkt=max(slutter),
            naa=naa,
        )
    else:
        hvordan = "nytt grunnlag uten sluttdato" if slutter else "grunnlaget er avsluttet"
        lukk_frist(regel=MANDAT_UTLOEPER, objekt_id=deltakelse.pk, hvordan=hvordan, naa=naa)


@krever(Rett.ENDRE_REPRESENTANTER)
def avslutt_grunnlag(*, representasjon: Representasjon, av: Konto, naa: datetime) -> Representasjon:
    """End a ground at once: what rested on it is closed at the next request (N2, L12).

    Raises:
        AlleredeSlutt: it has ended.
    """
    rad = Representasjon.objects.select_for_update(of=("self",)).select_related("deltakelse").get(pk=representasjon.pk)
    i_dag = lokal_dato(naa)
    if rad.til_dato is not None and rad.til_dato <= i_dag:
        raise AlleredeSlutt
    rad.til_dato = max(i_dag, rad.fra_dato)
    rad.save(update_fields=["til_dato"])
    deltakelse = Deltakelse.objects.med_navn().get(pk=rad.deltakelse_id)
    _frist_for(deltakelse, naa=naa)
    noter(navn=deltakelse.navn)
    return rad


@krever(Rett.ENDRE_REPRESENTANTER)
def koble_konto(*, deltakelse: Deltakelse, konto: Konto, av: Konto, naa: datetime) -> Deltakelse:
    """Give the person, or a representative who has got letters only, the account that is theirs (N2).

    What names the participation, as a consent does, goes on naming it. A protected account closes the case round it,
    and the account of a protected person every case it takes part in (L20).

    Raises:
        HarKonto, DeltarAllerede, KontaktenErVernet, GirSegSelvRollen
        KontoenErEnAnnens: it is another person's own, or that of somebody with a relation to this one.
    """
    hold(konto.pk)
    sak = Sak.objects.select_for_update().get(pk=deltakelse.sak_id)
    foer = {**nivaaer_hos(konto), sak.pk: sak.vernenivaa}
    rad = Deltakelse.objects.med_navn().get(pk=deltakelse.pk)
    if rad.konto_id is not None:
        raise HarKonto
    med = Deltakelse.objects.gjeldende(lokal_dato(naa)).filter(sak=rad.sak_id, konto=konto).med_navn().first()
    if med is not None:
        raise DeltarAllerede(med)
    if rad.kontakt is not None and rad.kontakt.vern.virksomme().exists():
        raise KontaktenErVernet
    if konto == av:
        raise GirSegSelvRollen(felt="epost")
    denne = Q(person=rad.sak.person_id)
    er_en_annen = Q(relasjon=Habilitet.Relasjon.SELV) & ~denne | denne & ~Q(relasjon=Habilitet.Relasjon.SELV)
    if rad.rolle == Rolle.PERSON and Habilitet.objects.virksomme().filter(er_en_annen, konto=konto).exists():
        raise KontoenErEnAnnens
    navn = rad.navn
    rad.konto, rad.kontakt = konto, None
    rad.save(update_fields=["konto", "kontakt"])
    lukk_de_hevede(foer, av=av, naa=naa)
    varsler.koblet_til_saken(rad, konto, naa=naa)
    noter(navn=navn)
    return rad


@krever(Rett.ENDRE_REPRESENTANTER)
def foelg_opp_alder(*, frist: Frist, av: Konto, naa: datetime) -> Frist:
    """Note that what a birthday changes has been told and seen to (L14).

    Raises:
        FristenErLukket: somebody has.
    """
    regel = next(regel for regel in ALDERSREGLER.values() if regel.kode == frist.regel)
    lukket = lukk_frist(regel=regel, objekt_id=frist.objekt_id, hvordan=FULGT_OPP, naa=naa)
    if lukket is None:
        raise FristenErLukket
    noter(hva=regel.navn)
    return lukket
