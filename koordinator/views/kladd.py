"""What is typed on one page and looked over on the next: kept as the author's draft, never in the address (P9)."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID

from django.forms import BaseForm, Form
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from koordinator.forms import Bekreftelse
from tok.sak import utkast
from tok.sak.sider import HandlingSide
from tok.sak.tilgang import Avslag


class Kladdside(HandlingSide):
    """A page of a task in two steps, whose typed values are the author's draft of the object."""

    kladd_type: ClassVar[str]

    @property
    def kladd_id(self) -> UUID:
        noekkel: UUID = self.kwargs[self.noekkel]
        return noekkel

    def kladd(self) -> utkast.Lagret | None:
        return utkast.hent(konto=self.konto, objekt_type=self.kladd_type, objekt_id=self.kladd_id)

    def lagre_kladd(self) -> None:
        """Keep the fields just as they were typed."""
        skjema: Form = self.brukt
        utkast.lagre(
            konto=self.konto,
            objekt_type=self.kladd_type,
            objekt_id=self.kladd_id,
            innhold={navn: skjema.data[navn] for navn in skjema.fields if navn in skjema.data},
            base_versjon=0,
            naa=self.naa,
        )

    def slett_kladd(self) -> None:
        utkast.slett(konto=self.konto, objekt_type=self.kladd_type, objekt_id=self.kladd_id)


class SeOverSide(Kladdside):
    """Shows the draft as it will be sent, and sends it. Without a whole draft it leads back to the form.

    The page carries a signed mark of what it shows. The draft may have been typed over in another window since: then
    nothing is sent, and what would have been sent is shown again (P7).
    """

    skjema = Bekreftelse
    innskjema: ClassVar[type[BaseForm]]
    inn: Any

    def innargumenter(self) -> dict[str, Any]:
        """Extra arguments for the form that the draft was typed in."""
        raise NotImplementedError

    def tilbake(self) -> str:
        """The URL of the form."""
        raise NotImplementedError

    def send(self, data: dict[str, Any]) -> Any:
        """Call the handling with the draft's cleaned data."""
        raise NotImplementedError

    def mottaker(self) -> str:
        """Who will get it, where the draft alone does not say."""
        return ""

    def er_hel(self) -> bool:
        """Read the draft through its own form, and tell whether it can be sent."""
        kladd = self.kladd()
        self.inn = self.innskjema(kladd.innhold if kladd else {}, **self.innargumenter())
        return bool(self.inn.is_valid())

    def merke(self) -> str:
        """The signed mark of the draft just read: whom it goes to and every word of it."""
        innhold = [str(self.kladd_id), str(self.konto.pk), self.mottaker(), dict(self.inn.data)]
        return salted_hmac(self.kladd_type, json.dumps(innhold, sort_keys=True), algorithm="sha256").hexdigest()

    def utfoer(self, data: dict[str, Any]) -> Any:
        if not self.er_hel():
            raise Avslag(_("Noe mangler. Gå tilbake og fyll ut."))
        if not constant_time_compare(data["merke"], self.merke()):
            raise Avslag(_("Ikke sendt. Det som stod her, er endret i et annet vindu. Se over på nytt før du sender."))
        resultat = self.send(self.inn.cleaned_data)
        self.slett_kladd()
        return resultat

    def tegn(self, status: int = 200, **mer: Any) -> Any:
        return super().tegn(status, **mer, merke=self.merke()) if self.er_hel() else self.til_skjemaet()

    def til_skjemaet(self) -> HttpResponseBase:
        return HttpResponseRedirect(self.tilbake())
