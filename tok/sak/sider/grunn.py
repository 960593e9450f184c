"""The bases: a reading page that cannot write, a list, one form with one handling, one button with one handling."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from tok.kjerne import klokke
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.skrevet import maa_logge_inn
from tok.kjerne.tilstand import UlovligSteg
from tok.sak.sider.hode import hent_hode
from tok.sak.tilgang import Avslag, Omfang, Rett
from tok.sak.tilgang.innsyn import ENDRE, LES, Avvist, noter_liste, sak_til
from tok.sak.tilgang.kilder import stilling


class Side(LoginRequiredMixin, View):
    """A page with a right. Reads the clock once, at the edge."""

    rett: ClassVar[Rett]
    modell: ClassVar[type[Model]]
    noekkel: ClassVar[str] = "pk"
    mal: ClassVar[str]
    fane: ClassVar[str] = ""
    loggfoeres_som: ClassVar[str] = LES  # `Innsyn.Handling`; a page that sends a file says LAST_NED
    naa: datetime
    objekt: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.naa = klokke.naa()

    @property
    def i_dag(self) -> date:
        return lokal_dato(self.naa)

    @property
    def konto(self) -> Konto:
        return cast(Konto, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Avvist as avvist:
            avvist.loggfoer()
            raise

    def handle_no_permission(self) -> HttpResponseRedirect:
        """Send a visitor to the log-in page; who sent a form after the session had ended gets the text back (P10)."""
        return cast(HttpResponseRedirect, maa_logge_inn(self.request))

    def spoerring(self) -> QuerySet[Any]:
        """The rows to look among; add select_related here."""
        return self.modell._base_manager.all()

    def hent(self) -> Any:
        """The page's row through the door, logged as read."""
        handling = ENDRE if self.request.method == "POST" else self.loggfoeres_som
        return self.rett.hent(
            self.konto, self.spoerring(), naa=self.naa, handling=handling, pk=self.kwargs[self.noekkel]
        )

    def innhold(self) -> dict[str, Any]:
        """What the template needs besides the common."""
        return {}

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        """Render with the case header when the row hangs on a case."""
        sak = sak_til(self.objekt) if isinstance(getattr(self, "objekt", None), Model) else None
        felles = {"objekt": getattr(self, "objekt", None), "i_dag": self.i_dag, "naa": self.naa, "fane": self.fane}
        if sak is not None:
            felles |= {"sak": sak, "hode": hent_hode(sak, self.konto, self.i_dag)}
        return render(self.request, self.mal, felles | self.innhold() | mer, status=status)


def les_bare() -> None:
    """From here on PostgreSQL refuses writes in this transaction, so a GET can change nothing.

    The log row's foreign keys are checked first: left to the commit, the check itself would be refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET TRANSACTION READ ONLY")


class VisSide(Side):
    """One row to read: the reading is logged, then nothing can be written, then it is shown."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
            les_bare()
            return self.svar()

    def svar(self) -> HttpResponseBase:
        """The page; override to send a file instead."""
        return self.tegn()


class ListeSide(Side):
    """A list or search: one row in the log for the whole list, never one per hit (N4).

    The page is drawn in full where nothing can be written; then how many it shows is logged, and then it leaves (N6).
    """

    antall: int

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            les_bare()
            if not self._har_rett():
                raise Avvist(self.konto, self.rett.name, type(self).__name__, "", self.naa)
            svar = self.svar()
        self.noter()
        return svar

    def noter(self) -> None:
        """The row in the log; a page that shows the log of one case notes that case."""
        noter_liste(self.konto, self.rett, naa=self.naa, liste=type(self).__name__, antall=self.antall)

    def _har_rett(self) -> bool:
        """By what the account is today, which the page needs anyway; a right to cases is asked of the cases."""
        if self.rett.omfang is Omfang.SAK:
            return self.rett.har(self.konto, i_dag=self.i_dag)
        return self.rett.har_som(stilling(self.konto, self.i_dag))

    def svar(self) -> HttpResponseBase:
        """The page, drawn in full; sets `antall` to how many rows it shows."""
        return self.tegn()


class HandlingSide(Side):
    """One form, one handling. A refusal is shown at its field, with everything typed still there."""

    skjema: ClassVar[type[BaseForm]]
    kvittering: ClassVar[Any] = ""
    ny: ClassVar[bool] = False
    brukt: Any

    def hent(self) -> Any:
        """The row; a page that makes something new outside a case has none."""
        if not self.ny:
            return super().hent()
        if not self.rett.har(self.konto, i_dag=self.i_dag):
            raise Avvist(self.konto, self.rett.name, type(self).__name__, "", self.naa)
        return None

    def skjemaargumenter(self) -> dict[str, Any]:
        """Extra arguments for the form."""
        return {}

    def start(self) -> dict[str, Any]:
        """Initial values of the form."""
        return {}

    def utfoer(self, data: dict[str, Any]) -> Any:
        """Call the handling with the form's cleaned data."""
        raise NotImplementedError

    def videre(self, resultat: Any) -> str:
        """The URL to go to when the handling is done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
            les_bare()
            return self.tegn(skjema=self.skjema(initial=self.start(), **self.skjemaargumenter()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
        skjema: Any = self.skjema(request.POST, request.FILES, **self.skjemaargumenter())
        self.brukt = skjema
        if skjema.is_valid():
            try:
                resultat = self.utfoer(skjema.cleaned_data)
            except (Avslag, UlovligSteg) as avslag:
                felt = getattr(avslag, "felt", None)
                skjema.add_error(felt if felt in skjema.fields else None, _(str(avslag.melding)))
            else:
                if self.kvittering:
                    messages.success(request, self.kvittering)
                return HttpResponseRedirect(self.videre(resultat))
        return self.feil(skjema)

    def feil(self, skjema: Any) -> HttpResponseBase:
        """The form again with its errors; nothing typed is lost."""
        return self.tegn(status=422, skjema=skjema)


class KnappSide(Side):
    """One button, one handling: POST only, then back. A refusal is said on the page one comes back to."""

    http_method_names = ["post"]
    kvittering: ClassVar[Any] = ""

    def utfoer(self) -> Any:
        """Call the handling."""
        raise NotImplementedError

    def videre(self, resultat: Any) -> str:
        """The URL to go to."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
        resultat = None
        try:
            resultat = self.utfoer()
        except (Avslag, UlovligSteg) as avslag:
            messages.error(request, _(str(avslag.melding)))
        else:
            if self.kvittering:
                messages.success(request, self.kvittering)
        return HttpResponseRedirect(self.videre(resultat))
