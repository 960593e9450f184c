"""TOK's pages about the question to the leader: write, look over, follow, take back (R110)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from koordinator import frister
from koordinator.forms import Spoerskjema
from koordinator.handlinger import finn_leder, spoer_leder, trekk_forespoersel
from koordinator.models import Forespoersel
from koordinator.sporringer import (
    Grunnlag,
    Kandidat,
    forslag_til_begrunnelse,
    forslag_til_koordinator,
    forslag_til_omfang,
    grunnlag_for,
    kandidater,
    personen_er_enig_i,
    status,
)
from koordinator.tilstand import STEG
from koordinator.views.kladd import Kladdside, SeOverSide
from tok.kjerne.fristregning import forfall
from tok.kjerne.tilstand import lovlige
from tok.sak import protokoll
from tok.sak.models import Sak
from tok.sak.sider import KnappSide, VisSide
from tok.sak.sporringer.habilitet import utestengte_ansatte
from tok.sak.tilgang import Avslag, Rett
from tok.sak.tilgang.habil import inhabile

SAKEN = "oversikt:sak"


class Spoersmaalsside(Kladdside):
    """What the two steps of the question share."""

    rett = Rett.SPOERRE_LEDER
    modell: ClassVar[type[Model]] = Sak
    noekkel = "sak"
    fane = SAKEN
    kladd_type = "spoer_leder"

    def spoerring(self) -> QuerySet[Sak]:
        return Sak.objects.select_related("person", "saksbehandler")

    def kandidater(self) -> list[Kandidat]:
        return kandidater(self.i_dag, uten=inhabile(self.objekt.person_id), ser=self.konto)

    def argumenter(self) -> dict[str, Any]:
        return {
            "sak": self.objekt,
            "kandidater": self.kandidater(),
            "enig_i": personen_er_enig_i(self.objekt),
        }


class Spoer(Spoersmaalsside):
    """Write the question."""

    skjema = Spoerskjema
    mal = "koordinator/spoer.html"

    def skjemaargumenter(self) -> dict[str, Any]:
        return self.argumenter()

    def start(self) -> dict[str, Any]:
        kladd = self.kladd()
        if kladd is not None:
            return kladd.innhold
        foreslaatt = forslag_til_koordinator(self.objekt)
        valg = next((en.noekkel for en in self.kandidater() if en.konto.pk == foreslaatt), "")
        return {
            "foreslaatt": valg,
            "omfang": forslag_til_omfang(self.objekt, self.i_dag),
            "begrunnelse": forslag_til_begrunnelse(self.objekt) if valg else "",
        }

    def innhold(self) -> dict[str, Any]:
        """Somebody is asked already or has said yes, and who cannot be asked: said before anything is typed."""
        alle = Forespoersel.objects.filter(sak=self.objekt).med_folk()
        spurt = alle.venter().first() or alle.kan_brukes().first()
        return {
            "spurt": spurt,
            "status": status(spurt, self.i_dag) if spurt else "",
            "utestengte": utestengte_ansatte(self.objekt, self.i_dag),
        }

    def utfoer(self, data: dict[str, Any]) -> None:
        kandidat = data["foreslaatt"]
        finn_leder(self.objekt, kandidat.konto, kandidat.enhet, self.i_dag)
        self.lagre_kladd()

    def videre(self, resultat: None) -> str:
        return reverse("koordinator:spoer_se_over", args=[self.objekt.pk])


class SpoerSeOver(SeOverSide, Spoersmaalsside):
    """Exactly what the leader will see, then send."""

    innskjema = Spoerskjema
    mal = "koordinator/spoer_se_over.html"
    kvittering = _("Spørsmålet er sendt til lederen.")

    def innargumenter(self) -> dict[str, Any]:
        return self.argumenter()

    def er_hel(self) -> bool:
        """Whole only while there is a leader to ask; the form tells when there no longer is."""
        if not super().er_hel():
            return False
        try:
            self._ikke_sendt()
        except Avslag:
            return False
        return True

    def tilbake(self) -> str:
        return reverse("koordinator:spoer", args=[self.objekt.pk])

    def innhold(self) -> dict[str, Any]:
        forespoersel = self._ikke_sendt()
        return {"grunnlag": self._grunnlag(forespoersel), "leder": forespoersel.leder, "tilbake": self.tilbake()}

    def mottaker(self) -> str:
        """The leader is found anew each time, so a change of leader is a change of what is sent."""
        forespoersel = self._ikke_sendt()
        return f"{forespoersel.leder.pk}:{forespoersel.enhet.pk}"

    def _ikke_sendt(self) -> Forespoersel:
        data, kandidat = self.inn.cleaned_data, self.inn.cleaned_data["foreslaatt"]
        enhet, leder = finn_leder(self.objekt, kandidat.konto, kandidat.enhet, self.i_dag)
        return Forespoersel(
            sak=self.objekt,
            foreslaatt=kandidat.konto,
            leder=leder,
            enhet=enhet,
            omfang=data["omfang"],
            anslag_timer=data["anslag_timer"],
            begrunnelse=data["begrunnelse"],
            sendt_av=self.konto,
            sendt_tid=self.naa,
        )

    def _grunnlag(self, forespoersel: Forespoersel) -> Grunnlag:
        regel = frister.SVAR_FRA_LEDER
        frist = forfall(regel, self.i_dag, protokoll.lengde_for(regel, self.i_dag))
        return grunnlag_for(forespoersel, self.konto, self.i_dag, frist_dato=frist)

    def send(self, data: dict[str, Any]) -> Forespoersel:
        kandidat = data["foreslaatt"]
        return spoer_leder(
            sak=self.objekt,
            foreslaatt=kandidat.konto,
            enhet=kandidat.enhet,
            omfang=data["omfang"],
            anslag_timer=data["anslag_timer"],
            begrunnelse=data["begrunnelse"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Forespoersel) -> str:
        return reverse("koordinator:forespoersel", args=[resultat.pk])


class ForespoerselSide(VisSide):
    """Where the question stands, as a sentence, with what was asked and answered."""

    rett = Rett.SPOERRE_LEDER
    modell = Forespoersel
    mal = "koordinator/forespoersel.html"
    fane = SAKEN

    def spoerring(self) -> QuerySet[Forespoersel]:
        return Forespoersel.objects.med_folk().med_er_brukt()

    def innhold(self) -> dict[str, Any]:
        kan = set() if self.objekt.er_brukt else lovlige(STEG, self.objekt.tilstand)
        return {"status": status(self.objekt, self.i_dag), "kan_trekkes": "trekk_forespoersel" in kan}


class Trekk(KnappSide):
    """Take the question back."""

    rett = Rett.SPOERRE_LEDER
    modell = Forespoersel
    kvittering = _("Forespørselen er trukket tilbake, og lederen har fått beskjed.")

    def utfoer(self) -> Forespoersel:
        return trekk_forespoersel(forespoersel=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Forespoersel | None) -> str:
        return reverse("koordinator:forespoersel", args=[self.objekt.pk])
