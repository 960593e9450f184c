"""The traces: the case's diary for everybody in it, and the log of every display of a person's data."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak.models.folk import Ansettelse
from tok.sak.models.saken import Deltakelse, Sak

BARE_TILLEGG = pgtrigger.Protect(name="bare_tillegg", operation=pgtrigger.Update | pgtrigger.Delete)


UNNTAK = _("unntakstilgang")


def rolle_i_ord(rolle: str) -> str:
    """The role of a row in words people know; what nobody has named any more stands as it was written."""
    for roller in (Ansettelse.Rolle, Deltakelse.Rolle):
        if rolle in roller.values:
            return str(roller(rolle).label)
    return str(UNNTAK) if rolle == "unntak" else rolle


class Hendelse(models.Model):
    """One line of the diary per handling. The sentence is made from `templates/hendelser/<handling>.txt`."""

    BARE_TILLEGG = True
    SAK_STI = "sak"

    sak = models.ForeignKey(Sak, null=True, on_delete=models.PROTECT, related_name="hendelser")
    tid = models.DateTimeField()
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    konto_navn = models.CharField(max_length=150)
    handling = models.CharField(max_length=80)
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        indexes: ClassVar = [models.Index(fields=["sak", "-tid"], name="hendelse_dagbok")]
        triggers: ClassVar = [BARE_TILLEGG]

    def __str__(self) -> str:
        return self.handling


class Innsyn(models.Model):
    """One row for each display of a person's data, in the transaction that shows them (N3, N6, L21).

    N3 by its fields: the sequence is the key; the decision-ref is `rett`, the line of the right that was asked; the
    purpose is a code in `formaal_kode` and words in `formaal`. What is changed has its own line in `Hendelse`.
    """

    BARE_TILLEGG = True
    SAK_STI = "sak"
    EGEN_STI = "konto"

    class Handling(models.TextChoices):
        LES = "les", _("vist")
        LISTE = "liste", _("vist i en liste")
        OPPSLAG = "oppslag", _("slått opp")
        LAST_NED = "last_ned", _("lastet ned")
        EKSPORT = "eksport", _("tatt ut i en fil")
        ENDRE = "endre", _("vist for å endres")
        UNNTAK = "unntak", _("vist ved unntakstilgang")

    class Formaal(models.TextChoices):
        EGEN_SAK = "egen_sak", _("egen sak")
        OPPFOELGING = "oppfoelging", _("oppfølging av personen")
        SAKSBEHANDLING = "saksbehandling", _("saksbehandling")
        LEDELSE = "ledelse", _("ledelse av egne ansatte")
        STATISTIKK = "statistikk", _("rapportering")
        KONTROLL = "kontroll", _("kontroll av loggen")
        UNNTAK = "unntak", _("unntakstilgang")
        ANNET = "annet", _("annet")

    tid = models.DateTimeField()
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    konto_navn = models.CharField(max_length=150)
    rolle = models.CharField(max_length=30)
    enhet = models.CharField(max_length=150)
    arbeidsgiver = models.CharField(max_length=150)
    person_id = models.UUIDField(null=True)
    sak = models.ForeignKey(Sak, null=True, on_delete=models.PROTECT, related_name="innsyn")
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField(null=True)
    kategori = models.CharField(max_length=30)
    handling = models.CharField(max_length=12, choices=Handling)
    grunnlag_type = models.CharField(max_length=30)
    grunnlag_id = models.UUIDField(null=True)
    formaal = models.CharField(max_length=255)
    formaal_kode = models.CharField(max_length=16, choices=Formaal, default="")
    rett = models.CharField(max_length=60)
    innlogging = models.CharField(max_length=20)
    forespoersel_id = models.UUIDField()
    er_beskyttet = models.BooleanField(default=False)
    antall = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("innsyn")
        verbose_name_plural = _("innsyn")
        indexes: ClassVar = [
            models.Index(fields=["sak", "-tid"], name="innsyn_sak"),
            models.Index(fields=["konto", "-tid"], name="innsyn_konto"),
            models.Index(fields=["person_id", "-tid"], name="innsyn_person", condition=Q(sak__isnull=True)),
            BrinIndex(fields=["tid"], name="innsyn_tid", autosummarize=True),  # a week, of a log that only grows
        ]
        triggers: ClassVar = [BARE_TILLEGG]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def rolle_i_ord(self) -> str:
        return rolle_i_ord(self.rolle)
