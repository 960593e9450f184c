"""The appointment letter as plain words: it names the case by its number, never the person (R30, R100, L6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from koordinator.models import Forespoersel, Kurs, Oppnevning, timer_i_maaneden
from tok.kjerne.datotekst import dato
from tok.kjerne.models import Konto
from tok.sak.dokumenter import felles, hjemmel
from tok.sak.models import Deltakelse


def oppnevningsbrev(
    *,
    oppnevning: Oppnevning,
    deltakelse: Deltakelse,
    forespoersel: Forespoersel,
    av: Konto,
    i_dag: date,
    kurs_tatt: bool,
) -> dict[str, Any]:
    """The content of templates/pdf/oppnevningsbrev.html. `til` is the last day, as people say it."""
    koordinator = deltakelse.konto
    if koordinator is None:
        raise ValueError("a coordinator has an account")
    enhet = deltakelse.enhet.navn if deltakelse.enhet else ""
    return {
        **felles(oppnevning.sak, i_dag),
        "mottaker": {"navn": koordinator.navn, "adresse": [enhet] if enhet else []},
        "koordinator": {"navn": koordinator.navn, "tittel": koordinator.tittel, "enhet": enhet},
        "rolle": str(oppnevning.get_type_display()),
        "fra": dato(deltakelse.fra_dato),
        "til": dato(deltakelse.til_dato - date.resolution) if deltakelse.til_dato else "",
        "timer": _("Om lag %(timer)s") % {"timer": timer_i_maaneden(oppnevning.timer)},
        "leder": f"{forespoersel.leder.navn}, {forespoersel.enhet.navn}",
        "hjemmel": [hjemmel(oppnevning.type, i_dag)],
        "kurs": _kurs(kurs_tatt),
        "kopi": [forespoersel.leder.navn],
        "saksbehandler": {"navn": av.navn, "tittel": av.tittel or _("saksbehandler")},
    }


def _kurs(tatt: bool) -> dict[str, Any] | None:
    """The course that comes before the first meeting (R125–R127)."""
    kurs = Kurs.objects.filter(kreves_foer_foerste_moete=True).order_by("navn").first()
    if kurs is None:
        return None
    return {
        "navn": kurs.navn,
        "varighet": _("omtrent %(minutter)s minutter") % {"minutter": kurs.minutter},
        "frist": _("før det første møtet"),
        "gjennomfoert": tatt,
    }
