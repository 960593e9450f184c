"""The course of a meeting in four steps, and the one thing to do next (sider.md no. 6 and 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from ansvarsgruppe import frister
from ansvarsgruppe.models import Innkalling, Moete, Referat, Sakslistepunkt
from ansvarsgruppe.sporringer.skjult import merket
from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Frist, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.kilder import roller_i_sak
from tok.sak.tilgang.skjulte import uten_skjulte

FERDIG, NAA, KOMMER = "ferdig", "naa", "kommer"


@dataclass(frozen=True)
class Loepsteg:
    """One step: number, name, whether it is done, now or coming, its date, and a word on it."""

    nr: int
    navn: str
    status: str
    dato: date | None
    er_frist: bool
    merknad: str


@dataclass(frozen=True)
class Nestesteg:
    """What to do now: why, and a button; `post` says that the button acts at once."""

    tekst: str
    knapp: str
    url: str
    post: bool = False


@dataclass(frozen=True)
class Moeteloep:
    """A meeting with its course."""

    moete: Moete
    steg: list[Loepsteg]
    neste: Nestesteg | None
    antall_kalt: int
    for_sent: str


@dataclass(frozen=True)
class _Fakta:
    """What the course is made from."""

    moete: Moete
    punkter: int
    frister: dict[str, Frist]
    i_dag: date
    begynt: bool
    er_paabegynt: bool

    @property
    def dato(self) -> date:
        return lokal_dato(self.moete.start_tid)

    @property
    def sendt(self) -> bool:
        return self.moete.tilstand in (Moete.Tilstand.INNKALT, Moete.Tilstand.HOLDT)

    def forfall(self, kode: str) -> date | None:
        frist = self.frister.get(kode)
        return frist.forfall if frist else None


def rettigheter(konto: Konto, sak: Sak, i_dag: date) -> frozenset[str]:
    """The names of the rights the account's roles in the case give, for buttons."""
    roller = roller_i_sak(konto, sak, i_dag)
    return frozenset(rett.name for rett in Rett if rett.roller & roller)


def _apent_moete(sak_id: UUID, konto_id: UUID, i_dag: date) -> QuerySet[Moete]:
    aapne = Moete.objects.filter(gruppe__sak=sak_id, tilstand__in=[Moete.Tilstand.PLANLAGT, Moete.Tilstand.INNKALT])
    synlige = merket(uten_skjulte(Konto(pk=konto_id), aapne, i_dag))
    return synlige.select_related("gruppe__sak__person").order_by("start_tid")[:1]


APENT_MOETE = Forberedt(_apent_moete)


def neste_moete(sak: Sak, konto: Konto, i_dag: date) -> Moete | None:
    """The first meeting that is neither held nor off; one that has been and waits for its minutes comes first."""
    return next(iter(APENT_MOETE.objekter(sak_id=sak.pk, konto_id=konto.pk, i_dag=i_dag)), None)


def _tall(moete_id: UUID) -> QuerySet[Any]:
    def antall(qs: QuerySet[Any], hva: str) -> Coalesce:
        telt = qs.filter(moete=OuterRef("pk")).order_by().values("moete").annotate(n=Count(hva, distinct=True))
        return Coalesce(Subquery(telt.values("n")), 0)

    utkast = Referat.objects.filter(moete=OuterRef("pk"), tilstand=Referat.Tilstand.UTKAST)
    return Moete.objects.filter(pk=moete_id).values_list(
        Exists(utkast), antall(Sakslistepunkt.objects.all(), "pk"), antall(Innkalling.objects.all(), "deltakelse")
    )


TALL = Forberedt(_tall)
FRISTER = Forberedt(lambda moete_id: Frist.objects.filter(objekt_id=moete_id).order_by("lukket_tid"))


def finn_loep(moete: Moete, kan: frozenset[str], i_dag: date, *, begynt: bool) -> Moeteloep:
    """The course of one meeting as it stands, with a fixed number of queries. `kan` are the viewer's rights."""
    siste = {frist.regel: frist for frist in FRISTER.objekter(moete_id=moete.pk)}
    ((paabegynt, punkter, kalt),) = TALL.rader(moete_id=moete.pk)
    fakta = _Fakta(moete, punkter, siste, i_dag, begynt, paabegynt)
    avlyst = moete.tilstand == Moete.Tilstand.AVLYST
    steg = [] if avlyst else _steg(fakta)
    neste = None if avlyst else _neste(fakta, kan)
    return Moeteloep(moete=moete, steg=steg, neste=neste, antall_kalt=kalt, for_sent=_for_sent(fakta))


def _steg(fakta: _Fakta) -> list[Loepsteg]:
    moete, holdt = fakta.moete, fakta.moete.tilstand == Moete.Tilstand.HOLDT
    ferdige = [
        fakta.punkter > 0,
        fakta.sendt,
        holdt or fakta.begynt,
        holdt,
    ]
    naa = next((nr for nr, ferdig in enumerate(ferdige) if not ferdig), None)
    sendt = lokal_dato(moete.saksliste_sendt_tid) if fakta.sendt and moete.saksliste_sendt_tid else None
    datoer = [
        None if ferdige[0] else fakta.forfall(frister.SAKSLISTE.kode),
        sendt or fakta.forfall(frister.SAKSLISTE.kode),
        fakta.dato,
        None if holdt else fakta.forfall(frister.REFERAT.kode),
    ]
    navn = [_("Saksliste"), _("Innkalling"), _("Møte"), _("Referat")]
    return [
        Loepsteg(
            nr=nr + 1,
            navn=navn[nr],
            status=FERDIG if ferdige[nr] else NAA if nr == naa else KOMMER,
            dato=datoer[nr],
            er_frist=nr != 2 and not ferdige[nr],
            merknad=_ferdig_ord(fakta, nr) if ferdige[nr] else _kommer_ord(datoer[nr], fakta.i_dag, nr == naa),
        )
        for nr in range(4)
    ]


def _ferdig_ord(fakta: _Fakta, nr: int) -> str:
    moete = fakta.moete
    if nr == 0 and moete.satt_opp_med_personen:
        return _("Ferdig, satt opp med %(navn)s") % {"navn": moete.gruppe.sak.person.tiltale}
    if nr == 1:
        return _("Sendt, etter fristen") if moete.saksliste_for_sent else _("Sendt")
    if nr == 2:
        return _("Møtet har vært") if fakta.dato < fakta.i_dag else _("I dag")
    return _("Ferdig")


def _kommer_ord(dato: date | None, i_dag: date, er_naa: bool) -> str:
    avstand = datotekst.avstand(dato, i_dag) if dato else ""
    if er_naa:
        return _("Nå – %(avstand)s") % {"avstand": avstand} if avstand else _("Nå")
    return avstand


def _neste(fakta: _Fakta, kan: frozenset[str]) -> Nestesteg | None:
    """The next step, where the viewer may take it: lawful steps ∩ rights."""
    moete = fakta.moete
    if moete.tilstand == Moete.Tilstand.HOLDT:
        return None
    if fakta.sendt or fakta.begynt:
        if Rett.SKRIVE_REFERAT.name not in kan:
            return None
        tekst = _("Skriv referatet i møtet eller etterpå. Teksten lagres mens du skriver.")
        if fakta.er_paabegynt:
            return Nestesteg(tekst, _("Skriv videre"), reverse("ansvarsgruppe:referat_skriv", args=[moete.pk]))
        return Nestesteg(tekst, _("Skriv referat"), reverse("ansvarsgruppe:referat_start", args=[moete.pk]), post=True)
    if not fakta.punkter:
        if Rett.PLANLEGGE_MOETE.name not in kan:
            return None
        tekst = _("Sett opp sakslista sammen med den møtet gjelder.")
        url = reverse("ansvarsgruppe:saksliste", args=[moete.pk])
        return Nestesteg(_for_sent(fakta) or tekst, _("Sett opp saksliste"), url)
    if Rett.SENDE_SAKSLISTE.name not in kan:
        return None
    tekst = _for_sent(fakta) or _("Sakslista er klar. Se over hva som sendes, og til hvem.")
    if moete.sekvens:
        endret = _("Møtet er endret etter at innkallingen ble sendt. Den må sendes på nytt.")
        tekst = " ".join(del_ for del_ in (endret, _for_sent(fakta)) if del_)
    url = reverse("ansvarsgruppe:innkalling", args=[moete.pk])
    return Nestesteg(tekst, _("Se over innkallingen"), url)


def _for_sent(fakta: _Fakta) -> str:
    """Too late is allowed, but said before it is done (R59)."""
    frist = fakta.frister.get(frister.SAKSLISTE.kode)
    if frist is None or frist.lukket_tid is not None or frist.forfall >= fakta.i_dag:
        return ""
    return _("Fristen var %(dato)s. Du kan sende likevel. Det blir registrert som for sent.") % {
        "dato": datotekst.dag_og_maaned(frist.forfall)
    }
