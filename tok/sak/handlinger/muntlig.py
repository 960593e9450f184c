"""The oral yes as a consent: one way to write it, for the request that becomes a case and for the case itself."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.models import Konto
from tok.sak import samtykkekrav
from tok.sak.models import Sak, Samtykke

VARER = 6  # calendar months
TEKST = _("Muntlig ja til at kontoret registrerer, at det kalles inn til møte, og at sakslista sendes.")


def skriv_muntlig_ja(
    *, sak: Sak, navn: str, egenskap: str, dato: date, vurdert_av: str, av: Konto, naa: datetime
) -> Samtykke:
    """Covers registration, invitation and agenda until the form is signed, no longer than the signer's right (L7, R67).

    The caller's handling has asked who may say yes; the database asks again (B7).
    """
    regler = samtykkekrav.gjeldende_regler(dato)
    krav = samtykkekrav.finn_krav(regler, foedt=sak.person.foedselsdato, egenskap=egenskap, dato=dato)
    siste = legg_til_maaneder(dato, VARER)
    return Samtykke.objects.create(
        sak=sak,
        formaal=[Samtykke.Formaal.GRUPPE, Samtykke.Formaal.KOORDINATOR],
        maate=Samtykke.Maate.MUNTLIG,
        underskrevet_av=navn,
        egenskap=egenskap,
        underskrevet_dato=dato,
        gyldig_fra=dato,
        gyldig_tom=min(siste, krav.siste_dag) if krav and krav.siste_dag else siste,
        vurdert_av=vurdert_av,
        skjema_tekst=str(TEKST),
        skjema_versjon="muntlig-1",
        registrert_av=av,
        registrert_tid=naa,
    )
