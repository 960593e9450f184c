"""Who may stand for the person and see what, by age and situation, as dated data (B7, L14, N20)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Fil, Konto, UuidTabell
from tok.sak.models.folk import Egenskap
from tok.sak.models.saken import Deltakelse, Sak
from tok.sak.querysets import Periodespoerringer, Virksomme


class Fyller(models.Func):
    """The day somebody born on a date reaches an age: `Fyller(birth date, years)`; no age is never reached.

    The same rule as fristregning.fyller_aar, in PostgreSQL: 29 February counts as 1 March in other years (to verify).
    """

    function = "sak_fyller_aar"
    output_field = models.DateField()


class Omraade(models.TextChoices):
    """What there is to see, as the rules name it."""

    SAK = "sak", _("saken og hvem som deltar")
    MOETE = "moete", _("møter")
    REFERAT = "referat", _("referater")
    DOKUMENT = "dokument", _("brev og dokumenter")
    SAMTYKKE = "samtykke", _("samtykker")
    LOGG = "logg", _("hvem som har sett i saken")


class Innsynsregel(models.Model):
    """What the person, and each kind of representative, may see at what age (B7). Ages are half-open."""

    class Vilkaar(models.TextChoices):
        INGEN = "", _("ingen")
        DOKUMENT = "dokument", _("et dokument som gjelder")
        VURDERT = "vurdert", _("personens eget samtykke, eller at noen har vurdert at personen ikke kan samtykke")

    egenskap = models.CharField(max_length=12, choices=Egenskap)
    fra_alder = models.SmallIntegerField()
    til_alder = models.SmallIntegerField(null=True, blank=True)
    omraader = ArrayField(models.CharField(max_length=10, choices=Omraade))
    vilkaar = models.CharField(max_length=10, choices=Vilkaar, blank=True)
    gjelder_fra = models.DateField()
    gjelder_til = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("innsynsregel")
        verbose_name_plural = _("innsynsregler")

    def __str__(self) -> str:
        return f"{self.egenskap} {self.fra_alder}–{self.til_alder or ''}"


class Aldersregel(models.Model):
    """What an age changes: hidden items, the warning before, and who hears of it (L14). Ages are half-open."""

    class Kode(models.TextChoices):
        SKJULE = "skjule", _("enkelte ting kan skjules for foresatte")

    kode = models.CharField(max_length=20, choices=Kode)
    fra_alder = models.SmallIntegerField()
    til_alder = models.SmallIntegerField(null=True, blank=True)
    gjelder_fra = models.DateField()
    gjelder_til = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("aldersregel")
        verbose_name_plural = _("aldersregler")

    def __str__(self) -> str:
        return f"{self.kode} {self.fra_alder}–{self.til_alder or ''}"


@sporet()
class Representasjon(UuidTabell):
    """What a representative's standing rests on: mandate or power of attorney with its document, or an assessment.

    `til_dato` is the first day it no longer holds. A new mandate is a new row.
    """

    SAK_STI = "deltakelse__sak"

    deltakelse = models.ForeignKey(Deltakelse, on_delete=models.PROTECT, related_name="representasjoner")
    mandat = models.CharField(_("hva gjelder det?"), max_length=250, blank=True)
    fil = models.ForeignKey(Fil, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vurdert_av = models.CharField(_("hvem har vurdert samtykkekompetansen?"), max_length=150, blank=True)
    fra_dato = models.DateField(_("fra"))
    til_dato = models.DateField(_("slutter"), null=True, blank=True)
    registrert_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    registrert_tid = models.DateTimeField()

    objects = Periodespoerringer.as_manager()

    class Meta:
        verbose_name = _("representasjon")
        verbose_name_plural = _("representasjoner")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(til_dato__isnull=True) | Q(til_dato__gte=F("fra_dato")),
                name="representasjon_datoer",
            ),
            models.CheckConstraint(
                condition=Q(fil__isnull=False) | ~Q(vurdert_av=""), name="representasjon_har_grunnlag"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


KAN_SKJULES = pgtrigger.Trigger(
    name="kan_skjules_i_den_alderen",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM sak_sak s JOIN sak_person p ON p.id = s.person_id
            JOIN sak_aldersregel r ON r.kode = 'skjule'
            WHERE s.id = NEW.sak_id
              AND r.gjelder_fra <= (NEW.satt_tid AT TIME ZONE 'Europe/Oslo')::date
              AND (r.gjelder_til IS NULL OR (NEW.satt_tid AT TIME ZONE 'Europe/Oslo')::date < r.gjelder_til)
              AND sak_fyller_aar(p.foedselsdato, r.fra_alder) <= (NEW.satt_tid AT TIME ZONE 'Europe/Oslo')::date
              AND (r.til_alder IS NULL
                   OR (NEW.satt_tid AT TIME ZONE 'Europe/Oslo')::date < sak_fyller_aar(p.foedselsdato, r.til_alder))
        ) THEN
            RAISE EXCEPTION 'nothing is hidden from guardians at this age' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@sporet()
class Skjult(UuidTabell):
    """One thing that guardians do not see, nor that it is hidden: a note, a meeting, minutes, a document (N20)."""

    SAK_STI = "sak"

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="skjulte")
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField()
    grunn = models.CharField(_("hvorfor skal det ikke vises?"), max_length=255)
    satt_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    satt_tid = models.DateTimeField()
    opphevet_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opphevet_tid = models.DateTimeField(null=True, blank=True)

    objects = Virksomme.as_manager()

    class Meta:
        verbose_name = _("skjult for foresatte")
        verbose_name_plural = _("skjult for foresatte")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["objekt_id"], condition=Q(opphevet_tid__isnull=True), name="skjult_en_gang"
            ),
            models.CheckConstraint(
                condition=Q(opphevet_av__isnull=True, opphevet_tid__isnull=True)
                | Q(opphevet_av__isnull=False, opphevet_tid__isnull=False),
                name="vist_igjen_har_hvem",
            ),
        ]
        triggers: ClassVar = [KAN_SKJULES, pgtrigger.Protect(name="skjult_slettes_ikke", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Notat(UuidTabell):
    """What the person, a representative or the coordinator wants to have said, outside any meeting (R7, R80, L15)."""

    SAK_STI = "sak"
    SKJULES_MED = ()

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="notater")
    tekst = models.TextField(_("hva vil du si?"))
    skrevet_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    skrevet_av_navn = models.CharField(max_length=150)
    skrevet_tid = models.DateTimeField()
    skjema_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("notat")
        verbose_name_plural = _("notater")
        indexes: ClassVar = [models.Index(fields=["sak", "-skrevet_tid"], name="notat_nyeste")]
        triggers: ClassVar = [pgtrigger.Protect(name="notat_er_fast", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.id)
