"""Named questions of the meetings: is there consent to call in, who can be called, what was sent, what comes next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.utils.crypto import salted_hmac

from ansvarsgruppe.models import Innkalling, Moete
from tok.kjerne.klokke import lokal_dato
from tok.sak.models import Deltakelse, Omraade, Sak, Samtykke
from tok.sak.tilgang.kilder import virksomme
from tok.sak.tilgang.sperrer import faar

Rolle = Deltakelse.Rolle
# Called unless the coordinator says otherwise (R5, R11); the rest are chosen for each meeting.
VANLIG_INNKALT = frozenset({Rolle.PERSON, Rolle.REPRESENTANT, Rolle.KOORDINATOR, Rolle.MEDKOORDINATOR, Rolle.FAST})
REKKEFOELGE = (
    Rolle.PERSON,
    Rolle.REPRESENTANT,
    Rolle.KOORDINATOR,
    Rolle.MEDKOORDINATOR,
    Rolle.VARA,
    Rolle.FAST,
    Rolle.VED_BEHOV,
    Rolle.STOETTEPERSON,
)


def har_samtykke_til_innkalling(sak: Sak, i_dag: date) -> bool:
    """A valid consent to the group; until the first meeting is held an oral yes is enough (domene.md §3, L7, R67)."""
    samtykker = Samtykke.objects.gyldige(i_dag, Samtykke.Formaal.GRUPPE).filter(sak=sak)
    if Moete.objects.filter(gruppe__sak=sak, tilstand=Moete.Tilstand.HOLDT).exists():
        samtykker = samtykker.exclude(maate=Samtykke.Maate.MUNTLIG)
    return samtykker.exists()


def kan_innkalles(moete: Moete, i_dag: date) -> list[Deltakelse]:
    """Who takes part both today and on the day of the meeting, the family first.

    Who has two roles in the case is called once, and then as the coordinator if one of them is that. Guardians are not
    called to a meeting that is hidden from them (N20), nor a representative to whom meetings are closed on either day.
    """
    dagen = lokal_dato(moete.start_tid)
    deltakere = Deltakelse.objects.filter(sak=moete.gruppe.sak_id).gjeldende(i_dag).gjeldende(dagen).med_navn()
    for dag in {i_dag, dagen}:
        deltakere = faar(deltakere, Omraade.MOETE, dag)
    utelatt = {Rolle.REPRESENTANT} if moete.er_skjult else set()
    foerst: dict[UUID, Deltakelse] = {}
    for deltakelse in sorted(
        (d for d in deltakere if d.rolle not in utelatt), key=lambda d: (d.rolle != Rolle.KOORDINATOR, *rangering(d))
    ):
        foerst.setdefault(deltakelse.konto_id or deltakelse.pk, deltakelse)
    return sorted(foerst.values(), key=rangering)


def stengt_ute(deltakelser: Iterable[Deltakelse], i_dag: date) -> list[Deltakelse]:
    """Those with an account whom protection, a relation or the end of a job keeps out: no message reaches them (N2)."""
    med_konto = [d for d in deltakelser if d.konto_id]
    inne = set(virksomme(i_dag).filter(pk__in=[d.pk for d in med_konto]).values_list("pk", flat=True))
    return [d for d in med_konto if d.pk not in inne]


def er_kalt(deltakelse: Deltakelse, blant: Iterable[Deltakelse]) -> bool:
    """Whether the participant is among them, in this role or in another one of the same account."""
    return any(d.pk == deltakelse.pk or (d.konto_id and d.konto_id == deltakelse.konto_id) for d in blant)


def siste_innkallinger(moete: Moete) -> list[Innkalling]:
    """The newest sending, which holds everybody who is called; earlier ones are history."""
    alle = (
        Innkalling.objects.filter(moete=moete)
        .select_related("deltakelse__konto", "deltakelse__kontakt", "deltakelse__enhet", "deltakelse__sak__person")
        .select_related("brev__saksdokument")
    )
    rader = list(alle)
    siste = max((rad.sekvens for rad in rader), default=0)
    return sorted((rad for rad in rader if rad.sekvens == siste), key=lambda rad: rangering(rad.deltakelse))


def rangering(deltakelse: Deltakelse) -> tuple[int, str]:
    """The family first, then the coordinator, then the rest by name."""
    return REKKEFOELGE.index(Rolle(deltakelse.rolle)), deltakelse.navn


def egen_innkalling(moete: Moete, konto_id: UUID) -> QuerySet[Innkalling]:
    """The invitation of one account by the newest sending; none for who was left out of it."""
    siste = Innkalling.objects.filter(moete=moete).order_by("-sekvens").values("sekvens")[:1]
    return Innkalling.objects.filter(moete=moete, deltakelse__konto=konto_id, sekvens=Subquery(siste))


def punkttekster(moete: Moete) -> list[str]:
    """The agenda, in order."""
    return list(moete.punkter.order_by("nr").values_list("tekst", flat=True))


def avtrykk(moete: Moete, punkter: list[str]) -> str:
    """A short mark of what an invitation would say, so that what is sent is what was looked over."""
    innhold = [
        moete.start_tid.isoformat(),
        moete.slutt_tid.isoformat(),
        moete.sted,
        moete.videolenke,
        moete.tolk_spraak,
        moete.sekvens,
        moete.satt_opp_med_personen,
        *punkter,
    ]
    return hashlib.sha256(json.dumps(innhold).encode()).hexdigest()[:16]


def planmerke(moete: Moete) -> str:
    """A signed mark of the plan as a page showed it, so that nobody's change is written over unseen (P7)."""
    plan = [
        str(moete.pk),
        moete.start_tid.timestamp(),
        moete.slutt_tid.timestamp(),
        moete.sted,
        moete.videolenke,
        moete.tolk_spraak,
        moete.er_aarlig_gjennomgang,
    ]
    return salted_hmac("ansvarsgruppe.planmerke", json.dumps(plan), algorithm="sha256").hexdigest()[:32]
