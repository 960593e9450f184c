"""What else stands on Min dag: new requests, one's own tasks and one's own cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ansvarsgruppe.models import Moete
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.kontor import I_SAKER, Plass
from tok.oversikt.sporringer.mindag import HOEYST, Bunke, MinDagRad
from tok.sak.models import Deltakelse, Henvendelse, Sak, Tiltak
from tok.sak.models.folk import kallenavn
from tok.sak.sporringer import post
from tok.sak.tilgang import Rett, kilder

EGNE_SAKER_HOEYST = 51
KOM_INN = {
    Henvendelse.Kanal.TELEFON: gettext_lazy("Henvendelse kom inn %(dato)s på telefon"),
    Henvendelse.Kanal.AAPENT_KONTOR: gettext_lazy("Henvendelse kom inn %(dato)s på åpent kontor"),
    Henvendelse.Kanal.BREV: gettext_lazy("Henvendelse kom inn %(dato)s i brev"),
    Henvendelse.Kanal.KOLLEGA: gettext_lazy("Henvendelse kom inn %(dato)s fra en kollega"),
}


@dataclass(frozen=True)
class EgenSak:
    """A case the account takes part in, and as what."""

    sak_id: UUID
    nummer: str
    navn: str
    rolle: str


def nye_henvendelser(plass: Plass) -> Bunke:
    """Requests nobody has taken yet, the oldest first (R231, R233)."""
    bunke = Bunke(_("Nye henvendelser"), "nye")
    rader = (
        Henvendelse.objects.filter(kontor__in=plass.kontorer, tilstand=Henvendelse.Tilstand.NY)
        .order_by("mottatt_dato", "id")
        .values_list("id", "mottatt_dato", "kanal", "avsender_telefon", "person__fornavn", "person__etternavn")
    )
    for noekkel, mottatt, kanal, telefon, fornavn, etternavn in rader[:HOEYST]:
        bunke.ta(
            MinDagRad(
                frist=None,
                setning=KOM_INN[Henvendelse.Kanal(kanal)] % {"dato": datotekst.dag_og_maaned(mottatt)},
                hvem=kallenavn(fornavn, etternavn),
                url=reverse("sak:henvendelse", args=[noekkel]),
                handling=_("Ta henvendelsen"),
                kontakt=_("den som henvendte seg") if telefon else "",
                telefon=telefon,
            )
        )
    return bunke


def post_som_ikke_kom_fram() -> Bunke:
    """One row for all the messages and documents somebody must look at; one query (P1, P2)."""
    bunke = Bunke(_("Post som ikke kom fram"), "post")
    antall = post.antall()
    deler = [
        ngettext("%(n)s melding", "%(n)s meldinger", antall.meldinger) % {"n": antall.meldinger},
        ngettext("%(n)s dokument", "%(n)s dokumenter", antall.dokumenter) % {"n": antall.dokumenter},
    ]
    funnet = [tekst for tekst, n in zip(deler, (antall.meldinger, antall.dokumenter), strict=True) if n]
    if funnet and antall.siden:
        bunke.ta(
            MinDagRad(
                frist=None,
                siden=lokal_dato(antall.siden),
                setning=_("%(hva)s kom ikke fram") % {"hva": _(" og ").join(funnet)},
                hvem="",
                url=reverse("sak:post"),
                handling=_("Se lista"),
            )
        )
    return bunke


def egne_tiltak(konto: Konto, i_dag: date) -> Bunke:
    """The account's own open tasks in cases it still takes part in, the nearest date first."""
    bunke = Bunke(_("Tiltakene dine"), "tiltak")
    deltar = kilder.deltakelser(konto, i_dag).filter(rolle__in=I_SAKER)
    rader = (
        Tiltak.objects.filter(ansvarlig_deltakelse__in=deltar, tilstand=Tiltak.Tilstand.AAPENT)
        .order_by("frist_dato", "id")
        .values_list("frist_dato", "tekst", "sak_id", "sak__nummer", "sak__person__fornavn", "sak__person__etternavn")
    )
    for frist, tekst, sak_id, nummer, fornavn, etternavn in rader[:HOEYST]:
        saken = reverse("oversikt:sak", args=[sak_id])
        bunke.ta(
            MinDagRad(
                frist=frist,
                setning=tekst,
                hvem=kallenavn(fornavn, etternavn),
                url=saken,
                handling=_("Åpne saken"),
                saksnummer=nummer,
                sak_url=saken,
                sak_id=sak_id,
            )
        )
    return bunke


def egne_moeter(konto: Konto, naa: datetime) -> Bunke:
    """The coming meetings the newest sending calls the account to and that it may see, the nearest first (R62)."""
    bunke = Bunke(_("Møtene dine"), "moeter")
    i_dag = lokal_dato(naa)
    kalt = Moete.kalt_inn(konto, Deltakelse.Rolle.values, i_dag).values("pk")
    moeter = Moete.objects.filter(pk__in=kalt, tilstand=Moete.Tilstand.INNKALT, slutt_tid__gte=naa)
    rader = (
        Rett.SE_MOETE.synlige(konto, moeter, i_dag=i_dag)
        .order_by("start_tid", "id")
        .values_list("id", "start_tid", "gruppe__sak__person__fornavn", "gruppe__sak__person__etternavn")
    )
    for noekkel, start, fornavn, etternavn in rader[:HOEYST]:
        bunke.ta(
            MinDagRad(
                frist=lokal_dato(start),
                setning=_("Møte kl. %(kl)s") % {"kl": datotekst.kl(start)},
                hvem=kallenavn(fornavn, etternavn),
                url=reverse("ansvarsgruppe:moete", args=[noekkel]),
                handling=_("Se innkallingen"),
            )
        )
    return bunke


def egne_saker(konto: Konto, i_dag: date) -> list[EgenSak]:
    """The open cases the account takes part in, newest first."""
    rader = (
        kilder.deltakelser(konto, i_dag)
        .filter(rolle__in=I_SAKER, sak__tilstand=Sak.Tilstand.AAPEN)
        .order_by("-sak__aapnet_dato", "sak_id", "rolle")
        .values_list("sak_id", "sak__nummer", "sak__person__fornavn", "sak__person__etternavn", "rolle")
    )
    saker: dict[UUID, EgenSak] = {}
    for sak_id, nummer, fornavn, etternavn, rolle in rader[:EGNE_SAKER_HOEYST]:
        rollenavn = str(Deltakelse.Rolle(rolle).label)
        saker.setdefault(sak_id, EgenSak(sak_id, nummer, kallenavn(fornavn, etternavn), rollenavn))
    return list(saker.values())
