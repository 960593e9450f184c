"""The frozen content of a made case's documents: the words the handlings would have frozen, without their questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ansvarsgruppe.dokumenter import innkalling as innkallingsbrev
from ansvarsgruppe.dokumenter import referat as referatbrev
from ansvarsgruppe.dokumenter.referat import avtaletekst, deltakere, medvirkning, stemme
from ansvarsgruppe.models import Avtale, Moete, Oppmoete, Referat
from koordinator.models import Forespoersel, Kurs, Oppnevning, timer_i_maaneden
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.kommuneord import kommuneord
from tok.kjerne.models import Dokument, Hjemmel, Kommune, Konto
from tok.sak.dokumenter import kommunekort, skjematekst
from tok.sak.models import Deltakelse, Sak

# No worker takes it: a document of a made case is drawn when somebody asks for it (docs/beslutninger/0009).
NAAR_NOEN_SPOER = datetime(2200, 1, 1, tzinfo=UTC)
Status = Oppmoete.Status


class Brevskap:
    """What stands on every sheet, read once."""

    def __init__(self) -> None:
        self.kommune = Kommune.hent()
        self.kort = kommunekort()
        self.hjemler = list(Hjemmel.objects.all())
        self.skjematekst = skjematekst()
        self._hjemler: dict[tuple[str, date], str] = {}
        self.innkurs = Kurs.objects.filter(kreves_foer_foerste_moete=True).order_by("navn").first()

    def _hjemmel(self, kode: str, dag: date) -> str:
        """The legal reference valid on the date (L6)."""
        if (kode, dag) not in self._hjemler:
            gjelder = (
                h.tekst
                for h in self.hjemler
                if h.kode == kode and h.gjelder_fra <= dag and (h.gjelder_til is None or h.gjelder_til > dag)
            )
            self._hjemler[kode, dag] = next(gjelder, "")
        return self._hjemler[kode, dag]

    def _felles(self, sak: Sak, dag: date) -> dict[str, Any]:
        unntatt = self._hjemmel("unntatt_offentlighet", dag)
        return {
            "kommune": self.kort,
            "saksnr": sak.nummer,
            "unntatt": _("Unntatt offentlighet, %(hjemmel)s") % {"hjemmel": unntatt},
            "dato": datotekst.dato(dag),
        }

    def _dokument(self, mal: str, noekkel: str, tittel: str, innhold: dict[str, Any], naa: datetime) -> Dokument:
        return Dokument(
            noekkel=f"{mal}:{noekkel}",
            mal=mal,
            tittel=tittel,
            innhold=innhold,
            bestilt_tid=naa,
            neste_forsoek_tid=NAAR_NOEN_SPOER,
        )

    def oppnevning(self, rad: Oppnevning, spurt: Forespoersel, *, kurs_tatt: bool, naa: datetime) -> Dokument:
        """The appointment letter."""
        deltakelse, dag = rad.deltakelse, lokal_dato(naa)
        konto, enhet = _konto(deltakelse), deltakelse.enhet.navn if deltakelse.enhet else ""
        innhold = {
            **self._felles(rad.sak, dag),
            "mottaker": {"navn": konto.navn, "adresse": [enhet]},
            "koordinator": {"navn": konto.navn, "tittel": konto.tittel, "enhet": enhet},
            "rolle": str(rad.get_type_display()),
            "fra": datotekst.dato(deltakelse.fra_dato),
            "til": datotekst.dato(deltakelse.til_dato - date.resolution) if deltakelse.til_dato else "",
            "timer": _("Om lag %(timer)s") % {"timer": timer_i_maaneden(rad.timer)},
            "leder": f"{spurt.leder.navn}, {spurt.enhet.navn}",
            "hjemmel": [self._hjemmel(rad.type, dag)],
            "kurs": self._kurs(kurs_tatt),
            "kopi": [spurt.leder.navn],
            "saksbehandler": {"navn": rad.oppnevnt_av.navn, "tittel": rad.oppnevnt_av.tittel},
        }
        tittel = _("Oppnevning av koordinator, sak %(nummer)s") % {"nummer": rad.sak.nummer}
        return self._dokument("oppnevningsbrev", str(rad.pk), tittel, innhold, naa)

    def _kurs(self, tatt: bool) -> dict[str, Any] | None:
        if self.innkurs is None:
            return None
        return {
            "navn": self.innkurs.navn,
            "varighet": _("omtrent %(minutter)s minutter") % {"minutter": self.innkurs.minutter},
            "frist": _("før det første møtet"),
            "gjennomfoert": tatt,
        }

    def innkalling(
        self,
        moete: Moete,
        til: Deltakelse,
        *,
        punkter: Sequence[str],
        inviterte: Sequence[Deltakelse],
        koordinator: Deltakelse,
        naa: datetime,
    ) -> Dokument:
        """The invitation on paper."""
        sak = moete.gruppe.sak
        maalform = innkallingsbrev.maalform_for(til, sak)
        with override(maalform):
            sted = innkallingsbrev.sted(moete, sak)
            innhold = {
                **self._felles(sak, lokal_dato(naa)),
                "mottaker": {"navn": til.navn, "adresse": innkallingsbrev.adresselinjer(til)},
                "overskrift": _("Innkalling til %(moete)s") % {"moete": kommuneord(self.kommune, "moete")},
                "erstatter": "",
                "bruker": sak.person.navn,
                "moete": {"tid": innkallingsbrev.tid(moete), "sted": sted, "lenke": moete.videolenke},
                "tolk": innkallingsbrev.tolk(moete),
                "saker": [{"tittel": punkt, "beskrivelse": ""} for punkt in punkter],
                "satt_opp_sammen": moete.satt_opp_med_personen,
                "inviterte": [{"navn": d.navn, "rolle": innkallingsbrev.rolle(d)} for d in inviterte],
                "koordinator": innkallingsbrev.koordinatorkort(koordinator, sak),
                "svarfrist": "",
                "merknad": innkallingsbrev.merknad(til, for_sent=bool(moete.saksliste_for_sent)),
            }
            tittel = innkallingsbrev.tittel(moete, til)
        dokument = self._dokument("innkalling", f"{moete.pk}:{til.pk}:{moete.sekvens}", tittel, innhold, naa)
        dokument.maalform = maalform
        return dokument

    def referat(
        self,
        referat: Referat,
        oppmoete: Sequence[Oppmoete],
        avtaler: Sequence[Avtale],
        *,
        forrige: dict[str, Any] | None,
        mottakere: Sequence[Deltakelse],
        er_barn: bool,
        naa: datetime,
    ) -> Dokument:
        """The finished minutes."""
        moete, sak = referat.moete, referat.moete.gruppe.sak
        sendt = _("Sendt %(dato)s til %(hvem)s. Er noe feil, eller mangler noe? Si fra til koordinator.")
        hvem = ", ".join(d.navn for d in mottakere)
        with override(sak.person.maalform):
            innhold = {
                **self._felles(sak, lokal_dato(naa)),
                "overskrift": _("Referat fra %(moete)s") % {"moete": kommuneord(self.kommune, "moete")},
                "bruker": sak.person.navn,
                "tid": datotekst.tidsrom(moete.start_tid, moete.slutt_tid),
                "sted": referatbrev.sted(moete, sak),
                "referent": ", ".join(del_ for del_ in (referat.referent.navn, referat.referent.tittel) if del_),
                **deltakere(oppmoete),
                "naasituasjon": referat.naa_situasjon,
                "forrige": forrige,
                "brukers_stemme": stemme(referat, sak.person.tiltale),
                "barnets_medvirkning": medvirkning(referat) if er_barn else None,
                "maal": [],
                "maal_tekst": referat.maal,
                "avtaler": [avtaletekst(rad) for rad in avtaler],
                "avslutning": "",
                "neste": {"deltakere": referat.neste_hvem, "dato": "", "fra": "", "til": "", "sted": ""},
                "versjon": {
                    "nummer": referat.versjon,
                    "ferdigstilt": datotekst.dato(naa),
                    "grunn": referat.endring_grunn,
                },
                "sluttnote": sendt % {"dato": datotekst.dato(naa), "hvem": hvem} if hvem else "",
            }
            tittel = _("Referat %(dato)s") % {"dato": datotekst.dato(moete.start_tid)}
            if referat.versjon > 1:
                tittel = _("%(tittel)s, versjon %(nr)s") % {"tittel": tittel, "nr": referat.versjon}
        dokument = self._dokument("referat", str(referat.pk), tittel, innhold, naa)
        dokument.maalform = sak.person.maalform
        return dokument


def _konto(deltakelse: Deltakelse) -> Konto:
    if deltakelse.konto is None:
        raise ValueError("a coordinator has an account")
    return deltakelse.konto
