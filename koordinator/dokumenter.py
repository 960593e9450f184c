"""The appointment letter as plain words: it names the case by its number, never the person (R30, R100, L6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from koordinator.models import Forespoersel, Kurs, Oppnevning, timer_i_maaneden
from tok.kjerne.datotekst import dato
from tok.kjerne.models import Hjemmel, Kommune, Konto
from tok.sak.models import Deltakelse

UNNTATT = "unntatt_offentlighet"


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
    kommune = Kommune.hent()
    return {
        "kommune": {
            "navn": kommune.navn,
            "kontor": kommune.kontor_navn,
            "telefon": kommune.telefon,
            "epost": kommune.epost,
            "besoeksadresse": kommune.besoeksadresse,
            "aapningstid": kommune.aapningstid,
        },
        "saksnr": oppnevning.sak.nummer,
        "unntatt": "; ".join(_hjemler(UNNTATT, i_dag)),
        "mottaker": {"navn": koordinator.navn, "adresse": [enhet] if enhet else []},
        "dato": dato(i_dag),
        "koordinator": {"navn": koordinator.navn, "tittel": koordinator.tittel, "enhet": enhet},
        "rolle": str(oppnevning.get_type_display()),
        "fra": dato(deltakelse.fra_dato),
        "til": dato(deltakelse.til_dato - date.resolution) if deltakelse.til_dato else "",
        "timer": _("Om lag %(timer)s") % {"timer": timer_i_maaneden(oppnevning.timer)},
        "leder": f"{forespoersel.leder.navn}, {forespoersel.enhet.navn}",
        "hjemmel": _hjemler(oppnevning.type, i_dag),
        "kurs": _kurs(kurs_tatt),
        "kopi": [forespoersel.leder.navn],
        "saksbehandler": {"navn": av.navn, "tittel": av.tittel or _("saksbehandler")},
    }


def _hjemler(kode: str, paa_dato: date) -> list[str]:
    """The legal bases of a code valid on the date (L6)."""
    gyldige = Hjemmel.objects.filter(kode=kode, gjelder_fra__lte=paa_dato).exclude(gjelder_til__lte=paa_dato)
    return list(gyldige.values_list("tekst", flat=True))


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
