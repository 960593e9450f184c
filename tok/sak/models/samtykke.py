"""Consent as data: what for, for whom, signed by whom, valid when (B7, L13, L14)."""

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
from tok.sak.querysets import SamtykkeSpoerringer


class Samtykkeregel(models.Model):
    """Who may sign at what age, as dated data with its source (B7). Ages are half-open: from, up to but not with."""

    egenskap = models.CharField(max_length=12, choices=Egenskap)
    fra_alder = models.SmallIntegerField()
    til_alder = models.SmallIntegerField(null=True, blank=True)
    varer_til_alder = models.SmallIntegerField(null=True, blank=True)
    krever_vurdering = models.BooleanField(default=False)
    krever_barnets_syn = models.BooleanField(default=False)
    krever_dokument = models.BooleanField(default=False)
    gjelder_fra = models.DateField()
    gjelder_til = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("samtykkeregel")
        verbose_name_plural = _("samtykkeregler")

    def __str__(self) -> str:
        return f"{self.egenskap} {self.fra_alder}–{self.til_alder or ''}"


_FYLLER = """(p.foedselsdato + make_interval(years => {alder}))::date
    + (to_char(p.foedselsdato, 'MMDD') = '0229'
       AND to_char(p.foedselsdato + make_interval(years => {alder}), 'MMDD') = '0228')::int"""

RETT_UNDERSKRIVER = pgtrigger.Trigger(
    name="rett_underskriver",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("egenskap", "underskrevet_dato", "gyldig_tom"),
    when=pgtrigger.Before,
    func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM sak_sak s
            JOIN sak_person p ON p.id = s.person_id
            JOIN sak_samtykkeregel r ON r.egenskap = NEW.egenskap
            WHERE s.id = NEW.sak_id
              AND r.gjelder_fra <= NEW.underskrevet_dato
              AND (r.gjelder_til IS NULL OR NEW.underskrevet_dato < r.gjelder_til)
              AND NEW.underskrevet_dato >= {_FYLLER.format(alder="r.fra_alder")}
              AND (r.til_alder IS NULL OR NEW.underskrevet_dato < {_FYLLER.format(alder="r.til_alder")})
              AND (r.varer_til_alder IS NULL OR NEW.gyldig_tom < {_FYLLER.format(alder="r.varer_til_alder")})
              AND (NOT r.krever_vurdering OR NEW.vurdert_av <> '')
              AND (NOT r.krever_barnets_syn OR NEW.barnets_syn <> '' OR NEW.maate = 'muntlig')
              AND (NOT r.krever_dokument OR NEW.fil_id IS NOT NULL OR NEW.maate = 'muntlig')
        ) THEN
            RAISE EXCEPTION 'consent: signer not allowed at this age' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,  # noqa: S608 -- put together from the constants above, nothing from outside
)


SAMME_SAK = pgtrigger.Trigger(
    name="samme_sak",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF (SELECT sak_id FROM sak_samtykke WHERE id = NEW.samtykke_id)
           IS DISTINCT FROM (SELECT sak_id FROM sak_deltakelse WHERE id = NEW.deltakelse_id) THEN
            RAISE EXCEPTION 'consent: the participant is in another case' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@sporet()
class Samtykke(UuidTabell):
    """One signed consent. It is withdrawn, never changed or removed; what rests on it reads it at each request."""

    SAK_STI = "sak"

    class Formaal(models.TextChoices):
        GRUPPE = "gruppe", _("opprette gruppe og kalle inn til møter")
        KOORDINATOR = "koordinator", _("ha koordinator")
        REFERAT = "referat", _("deltakerne får referat fra møtene")
        TOK = "tok", _("koordinerende enhet kan lese referatene")

    class Maate(models.TextChoices):
        PAPIR = "papir", _("underskrevet på papir")
        MUNTLIG = "muntlig", _("muntlig ja før første møte")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="samtykker")
    formaal = ArrayField(models.CharField(max_length=12, choices=Formaal))
    maate = models.CharField(max_length=10, choices=Maate, default=Maate.PAPIR)
    underskrevet_av = models.CharField(_("hvem har skrevet under?"), max_length=150)
    underskrevet_av_2 = models.CharField(_("den andre forelderen"), max_length=150, blank=True)
    egenskap = models.CharField(_("i egenskap av"), max_length=12, choices=Egenskap)
    underskrevet_dato = models.DateField(_("underskrevet"))
    gyldig_fra = models.DateField(_("gjelder fra"))
    gyldig_tom = models.DateField(_("gjelder til og med"))
    omfatter_ikke = models.TextField(_("gjelder ikke"), blank=True)
    barnets_syn = models.TextField(_("barnets syn"), blank=True)
    vurdert_av = models.CharField(_("hvem har vurdert samtykkekompetansen?"), max_length=150, blank=True)
    skjema_tekst = models.TextField()
    skjema_versjon = models.CharField(max_length=20)
    fil = models.ForeignKey(Fil, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registrert_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    registrert_tid = models.DateTimeField()
    trukket_tid = models.DateTimeField(null=True, blank=True)
    trukket_av = models.CharField(_("hvem trakk samtykket?"), max_length=150, blank=True)
    trukket_registrert_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deltakere = models.ManyToManyField(Deltakelse, through="Samtykkedeltaker", related_name="samtykker")

    objects = SamtykkeSpoerringer.as_manager()

    class Meta:
        verbose_name = _("samtykke")
        verbose_name_plural = _("samtykker")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gyldig_tom__gte=F("gyldig_fra"), gyldig_fra__gte=F("underskrevet_dato")),
                name="samtykke_datoer_i_orden",
            ),
            models.CheckConstraint(condition=Q(formaal__len__gt=0), name="samtykke_har_formaal"),
            models.CheckConstraint(
                condition=Q(trukket_tid__isnull=True, trukket_registrert_av__isnull=True)
                | Q(trukket_tid__isnull=False, trukket_registrert_av__isnull=False),
                name="trukket_samtykke_har_hvem",
            ),
            models.CheckConstraint(
                condition=~Q(maate="papir") | Q(fil__isnull=False), name="papirsamtykke_har_skannet_skjema"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["sak", "gyldig_tom"], name="samtykke_gyldighet")]
        triggers: ClassVar = [
            RETT_UNDERSKRIVER,
            pgtrigger.Protect(name="samtykke_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="samtykke_endres_ikke",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["trukket_tid", "trukket_registrert_av", "trukket_av"], exclude_auto=True
                ),
            ),
            pgtrigger.Protect(
                name="trukket_er_trukket",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__trukket_tid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def formaal_tekst(self) -> list[str]:
        return [str(self.Formaal(kode).label) for kode in self.formaal]


@sporet()
class Samtykkedeltaker(UuidTabell):
    """One participant the consent covers; who is not listed gets nothing that rests on it (L13)."""

    SAK_STI = "samtykke__sak"

    samtykke = models.ForeignKey(Samtykke, on_delete=models.PROTECT, related_name="omfatter")
    deltakelse = models.ForeignKey(Deltakelse, on_delete=models.PROTECT, related_name="omfattet_av")

    class Meta:
        verbose_name = _("samtykkedeltaker")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["samtykke", "deltakelse"], name="en_gang_per_samtykke")
        ]
        triggers: ClassVar = [
            SAMME_SAK,
            pgtrigger.Protect(name="omfanget_er_fast", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.id)
