"""The reading log for those it is about: one's own lookups, and those of a leader's own staff (N7)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from tok.sak.models import Innsyn, Sak
from tok.sak.sider import ListeSide
from tok.sak.sporringer import logg, loggkontroll
from tok.sak.tilgang import Rett


class _Leselogg(ListeSide):
    """One page of rows, the newest first."""

    def rader(self) -> QuerySet[Innsyn]:
        raise NotImplementedError

    def innhold(self) -> dict[str, Any]:
        etter = logg.Merke.les(self.request.GET.get("etter", ""))
        side = logg.side([self.rader()], etter)
        self.antall = len(side.rader)
        neste = f"{self.request.path}?{urlencode({'etter': str(side.neste)})}" if side.neste else ""
        return {"rader": side.rader, "neste_url": neste, "forste_url": self.request.path if etter else ""}


class MinLogg(_Leselogg):
    """What I have looked at. A case that is closed to me now has no number here any more (N1, N11)."""

    rett = Rett.SE_EGEN_LOGG
    mal = "sak/loggkontroll/min_logg.html"

    def rader(self) -> QuerySet[Innsyn]:
        return Innsyn.objects.filter(konto=self.konto)

    def innhold(self) -> dict[str, Any]:
        innhold = super().innhold()
        sett = Sak.objects.filter(pk__in={rad.sak_id for rad in innhold["rader"] if rad.sak_id})
        aapne = Rett.SE_SAK.synlige(self.konto, sett, i_dag=self.i_dag)
        numre = dict(aapne.values_list("pk", "nummer"))
        return innhold | {"linjer": [(rad, numre.get(rad.sak_id, "")) for rad in innhold["rader"]]}


class AnsattesLogg(_Leselogg):
    """What own staff have looked at in the own unit: when and as what, never whom (N7, R110)."""

    rett = Rett.SE_ANSATTES_LOGG
    mal = "sak/loggkontroll/ansattes.html"

    def rader(self) -> QuerySet[Innsyn]:
        return loggkontroll.ansattes(self.konto, self.i_dag)
