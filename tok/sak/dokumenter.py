"""The content of the ground floor's documents as plain dicts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tok.kjerne.datotekst import dato as datotekst
from tok.kjerne.dokumenter import bestill
from tok.kjerne.fristregning import alder
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.kommuneord import kommuneord
from tok.kjerne.models import Dokument, Hjemmel, Kommune
from tok.sak import samtykkekrav
from tok.sak.models import Deltakelse, Egenskap, Sak, Samtykke

SKJEMAVERSJON = "gruppe-1"
DELES = (
    "Hvem som deltar, og hva hver kan hjelpe med",
    "Hvordan det går nå, hvilke mål som er viktige, og hva vi blir enige om",
    "Referat fra møtene",
)
DELES_IKKE = (
    "Journalen hos lege, sykehus, helsestasjon, PPT eller barnevern",
    "Opplysninger som ikke er nødvendige for samarbeidet",
)


def kommunekort() -> dict[str, str]:
    """The municipality as every document shows it."""
    kommune = Kommune.hent()
    return {
        "navn": kommune.navn,
        "kontor": kommune.kontor_navn,
        "telefon": kommune.telefon,
        "epost": kommune.epost,
        "besoeksadresse": kommune.besoeksadresse,
        "aapningstid": kommune.aapningstid,
        "gruppe": kommuneord(kommune, "gruppe", "bestemt"),
    }


def felles(sak: Sak, i_dag: date) -> dict[str, Any]:
    """What stands on every sheet of a case: municipality, case number, exemption with the basis of the day (L6)."""
    return {
        "kommune": kommunekort(),
        "saksnr": sak.nummer,
        "unntatt": _("Unntatt offentlighet, %(hjemmel)s") % {"hjemmel": hjemmel("unntatt_offentlighet", i_dag)},
        "dato": datotekst(i_dag),
    }


def hjemmel(kode: str, dato: date) -> str:
    """The legal reference valid on the date (L6)."""
    rad = Hjemmel.objects.filter(kode=kode, gjelder_fra__lte=dato).exclude(gjelder_til__lte=dato).first()
    return rad.tekst if rad else ""


def skjematekst() -> str:
    """The words the signer saw, kept with the consent."""
    formaal = "\n".join(f"– {label}" for label in Samtykke.Formaal.labels)
    deles, deles_ikke = "\n".join(f"– {x}" for x in DELES), "\n".join(f"– {x}" for x in DELES_IKKE)
    return f"{SKJEMAVERSJON}\n{formaal}\n\nDeles:\n{deles}\n\nDeles ikke:\n{deles_ikke}"


def _underskrivere(sak: Sak, i_dag: date) -> list[dict[str, str]]:
    regler = samtykkekrav.gjeldende_regler(i_dag)
    foedt = sak.person.foedselsdato

    def kan(egenskap: str) -> bool:
        return samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=egenskap, dato=i_dag) is not None

    linjer = []
    if kan(Egenskap.SELV):
        linjer.append({"hvem": sak.person.navn, "grunnlag": ""})
    if kan(Egenskap.FORELDER):
        linjer += [{"hvem": _("Forelder"), "grunnlag": _("foreldreansvar")}] * 2
    if kan(Egenskap.VERGE):
        linjer.append({"hvem": _("Verge"), "grunnlag": _("mandat, kopi vedlagt")})
    return linjer


def samtykkeskjema(sak: Sak, deltakere: Sequence[Deltakelse], *, fra: date, tom: date, naa: datetime) -> Dokument:
    """Order the group's consent form; the same people and dates give the same document (R31, B7)."""
    i_dag = lokal_dato(naa)
    koordinator = next((d for d in deltakere if d.rolle == Deltakelse.Rolle.KOORDINATOR), None)
    innhold: dict[str, Any] = {
        **felles(sak, i_dag),
        "bruker": {"navn": sak.person.navn, "foedt": datotekst(sak.person.foedselsdato)},
        "formaal": [{"tekst": label.capitalize(), "forklaring": ""} for label in map(str, Samtykke.Formaal.labels)],
        "deltakere": [
            {"navn": d.navn, "rolle": d.tilhoerighet_utad or d.get_rolle_display()}
            for d in deltakere
            if d.rolle != Deltakelse.Rolle.PERSON
        ],
        "deles": list(DELES),
        "deles_ikke": list(DELES_IKKE),
        "fra": datotekst(fra),
        "til": datotekst(tom),
        "barnets_syn": 7 <= alder(sak.person.foedselsdato, i_dag) < 16,
        "underskrivere": _underskrivere(sak, i_dag),
        "koordinator": _koordinatorkort(koordinator),
        "skjemaversjon": SKJEMAVERSJON,
    }
    avtrykk = hashlib.sha256(repr(innhold).encode()).hexdigest()[:16]
    return bestill(
        noekkel=f"samtykkeskjema:{sak.pk}:{avtrykk}",
        mal="samtykkeskjema",
        tittel=_("Samtykkeskjema"),
        innhold=innhold,
        naa=naa,
        maalform=sak.person.maalform,
    )


def _koordinatorkort(koordinator: Deltakelse | None) -> dict[str, str] | None:
    if koordinator is None or koordinator.konto is None:
        return None
    konto = koordinator.konto
    telefon, epost = ("", "") if koordinator.sak.er_uten_post else (konto.telefon, konto.epost)
    return {"navn": konto.navn, "rolle": konto.tittel, "telefon": telefon, "epost": epost}
