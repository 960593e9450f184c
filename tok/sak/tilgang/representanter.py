"""What each who stands for the person sees today, by the rules of the door itself, and what they may sign (B7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.sak import innsynskrav, samtykkekrav
from tok.sak.models import Deltakelse, Egenskap, Innsynsregel, Omraade, Representasjon, Sak
from tok.sak.tilgang import kilder, sperrer
from tok.sak.tilgang.roller import Rolle

ALT = frozenset(Omraade)
VILKAAR = {
    Innsynsregel.Vilkaar.DOKUMENT: gettext_lazy("Dokumentet mangler, eller gjelder ikke i dag."),
    Innsynsregel.Vilkaar.VURDERT: gettext_lazy(
        "Det trengs et samtykke fra personen selv som nevner denne representanten, eller en vurdering av at personen"
        " ikke kan samtykke."
    ),
}


@dataclass
class Representant:
    """One who stands for the person, or the person, as the page shows it."""

    deltakelse: Deltakelse
    egenskap: str
    ser: list[str]
    hvorfor_ikke: str
    kan_skrive_under: str
    grunnlag: list[Representasjon] = field(default_factory=list)

    @property
    def ser_alt(self) -> bool:
        return len(self.ser) == len(ALT)

    @property
    def er_personen(self) -> bool:
        return self.deltakelse.rolle == Rolle.PERSON


def omraader(sak: Sak, i_dag: date) -> dict[UUID, frozenset[str]]:
    """What each membership of the person and the representatives opens today, by one question to the database."""
    naa = kilder.virksomme(i_dag).filter(sak=sak, konto__is_active=True).order_by()

    def aapner(rolle: Rolle, omraade: Omraade) -> QuerySet[Any]:
        egne = sperrer.innsyn_etter_alder(naa.filter(rolle=rolle), rolle, omraade, i_dag)
        return egne.annotate(omraade=Value(omraade.value, output_field=CharField())).values_list("pk", "omraade")

    deler = [aapner(rolle, omraade) for rolle in sorted(kilder.ETTER_ALDER) for omraade in Omraade]
    funnet: dict[UUID, set[str]] = defaultdict(set)
    for pk, omraade in reduce(lambda en, annen: en.union(annen, all=True), deler):
        funnet[pk].add(omraade)
    return {pk: frozenset(ett) for pk, ett in funnet.items()}


def i_saken(sak: Sak, i_dag: date) -> list[Representant]:
    """The representatives of today, and last the person, by a fixed number of questions."""
    deltar = Deltakelse.objects.gjeldende(i_dag).filter(sak=sak, rolle__in=kilder.ETTER_ALDER).med_navn()
    rekke = sorted(deltar, key=lambda d: (d.rolle == Rolle.PERSON, d.fra_dato, d.navn))
    grunnlag: dict[UUID, list[Representasjon]] = defaultdict(list)
    for rad in Representasjon.objects.filter(deltakelse__in=rekke).order_by("-fra_dato", "-registrert_tid"):
        grunnlag[rad.deltakelse_id].append(rad)
    aapent = omraader(sak, i_dag)
    innsyn, samtykke = innsynskrav.gjeldende_regler(i_dag), samtykkekrav.gjeldende_regler(i_dag)
    ut = []
    for deltakelse in rekke:
        egenskap = Egenskap.SELV if deltakelse.rolle == Rolle.PERSON else Egenskap(deltakelse.egenskap)
        ser = aapent.get(deltakelse.pk, frozenset())
        regel = innsynskrav.finn_regel(innsyn, foedt=sak.person.foedselsdato, egenskap=egenskap, dato=i_dag)
        krav = samtykkekrav.finn_krav(samtykke, foedt=sak.person.foedselsdato, egenskap=egenskap, dato=i_dag)
        ut.append(
            Representant(
                deltakelse,
                str(egenskap.label),
                [str(omraade.label) for omraade in Omraade if omraade in ser],
                "" if ser else _hvorfor_ikke(deltakelse, regel),
                _underskrift(krav),
                grunnlag[deltakelse.pk],
            )
        )
    return ut


def _hvorfor_ikke(deltakelse: Deltakelse, regel: Innsynsregel | None) -> str:
    if deltakelse.konto is None:
        return _("Har ikke konto, og får brev i posten.") if deltakelse.kontakt_id else _("Har ikke konto.")
    if not deltakelse.konto.is_active:
        return _("Kontoen er stengt.")
    if regel is None:
        return _("Ingen regel gir innsyn ved personens alder.")
    if regel.vilkaar in VILKAAR:
        return str(VILKAAR[Innsynsregel.Vilkaar(regel.vilkaar)])
    return _("Saken er vernet, og kontoen er ikke blant dem som er gitt tilgang.")


def _underskrift(krav: samtykkekrav.Krav | None) -> str:
    if krav is None:
        return _("Kan ikke skrive under samtykke ved personens alder.")
    deler = []
    if krav.vurdering:
        deler.append(_("når noen har vurdert at personen selv ikke kan samtykke"))
    if krav.barnets_syn:
        deler.append(_("når barnet er spurt"))
    if krav.dokument:
        deler.append(_("med dokument"))
    return f"{_('Kan skrive under samtykke')} {', '.join(deler)}".strip() + "."
