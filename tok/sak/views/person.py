"""What is registered about the person, to mend."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.sak import handlinger
from tok.sak.forms import PersonSkjema
from tok.sak.models import Nivaa, Person, Sak
from tok.sak.opplysninger import Personopplysninger
from tok.sak.sider import HandlingSide
from tok.sak.tilgang import Rett


class EndrePerson(HandlingSide):
    """Names, birth, number, how to reach the person, målform and interpreter (L25, L26)."""

    rett = Rett.ENDRE_PERSON
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/person.html"
    fane = "sak:deltakere"
    skjema = PersonSkjema
    kvittering = _("Opplysningene er endret.")

    def spoerring(self) -> Any:
        return Sak.objects.select_related("person", "kontor", "saksbehandler")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {
            "i_dag": self.i_dag,
            "registrert_nummer": self.objekt.person.les_nummer(),
            "uten_adresse": self.objekt.person.vernenivaa == Nivaa.STRENGT,
        }

    def start(self) -> dict[str, Any]:
        felt = [navn for navn in Personopplysninger.__dataclass_fields__ if navn != "nummer"]
        return {navn: getattr(self.objekt.person, navn) for navn in felt}

    def utfoer(self, data: dict[str, Any]) -> Person:
        return handlinger.endre_person(
            sak=self.objekt,
            opplysninger=self.brukt.opplysninger(),
            behold_nummer=self.brukt.beholder_nummer,
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Person) -> str:
        return reverse("sak:deltakere", args=[self.objekt.pk])
