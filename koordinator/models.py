"""The request to the leader, the appointment, and the training of coordinators."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from koordinator.querysets import ForespoerselSpoerringer, OppnevningSpoerringer
from tok.kjerne.historikk import sporet
from tok.kjerne.models import Dokument, Konto, UuidTabell
from tok.sak.models import Deltakelse, Enhet, Sak

# Hours a month in the role; outside this it is a slip of the finger.
MINST_TIMER = Decimal("0.5")
MEST_TIMER = Decimal(100)


def timer_i_maaneden(timer: Decimal) -> str:
    """`2,5 timer i måneden`."""
    tall = f"{timer.normalize():f}".replace(".", ",")
    return ngettext("%(tall)s time i måneden", "%(tall)s timer i måneden", 1 if timer == 1 else 2) % {"tall": tall}


@sporet()
class Forespoersel(UuidTabell):
    """TOK asks the nearest leader whether an employee can be coordinator (R110–R113). Holds no name of the person."""

    SAK_STI = "sak"
    EGEN_STI = "leder"
    EGEN_ENHET_STI = "enhet"  # asked as leader of this unit: who has moved answers no more

    class Tilstand(models.TextChoices):
        SENDT = "sendt", _("venter på svar")
        GODKJENT = "godkjent", _("godkjent")
        AVSLAATT = "avslaatt", _("avslått")
        TRUKKET = "trukket", _("trukket tilbake")

    class Avslagsgrunn(models.TextChoices):
        TID = "tid", _("ikke tid innenfor stillingen")
        SLUTTER = "slutter", _("slutter eller skal i permisjon")
        INHABIL = "inhabil", _("inhabil eller for nær familien")
        ANNEN = "annen", _("annen grunn")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="forespoersler")
    foreslaatt = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    leder = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="forespoersler_som_leder")
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    omfang = models.TextField(_("hva det gjelder, uten navn"))
    anslag_timer = models.DecimalField(_("timer i måneden, anslag"), max_digits=4, decimal_places=1)
    begrunnelse = models.TextField(_("hvorfor denne ansatte"), blank=True)
    sendt_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    sendt_tid = models.DateTimeField()
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.SENDT)
    svart_tid = models.DateTimeField(null=True, blank=True)
    godkjent_konto = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    timer = models.DecimalField(_("timer i måneden"), max_digits=4, decimal_places=1, null=True, blank=True)
    avslagsgrunn = models.CharField(max_length=10, choices=Avslagsgrunn, blank=True)
    melding = models.TextField(_("melding til TOK"), blank=True)
    samtale_holdt = models.BooleanField(_("jeg har hatt samtale om rollen med den ansatte"), default=False)

    objects = ForespoerselSpoerringer.as_manager()

    class Meta:
        verbose_name = _("forespørsel")
        verbose_name_plural = _("forespørsler")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sak"], condition=Q(tilstand="sendt"), name="en_aapen_forespoersel_per_sak"
            ),
            models.CheckConstraint(
                condition=Q(tilstand="sendt", svart_tid__isnull=True)
                | Q(tilstand="trukket")
                | Q(
                    tilstand="godkjent",
                    svart_tid__isnull=False,
                    godkjent_konto__isnull=False,
                    timer__isnull=False,
                )
                | (Q(tilstand="avslaatt", svart_tid__isnull=False) & ~Q(avslagsgrunn="")),
                name="svaret_er_helt",
            ),
            models.CheckConstraint(condition=~Q(leder=F("foreslaatt")), name="leder_svarer_ikke_for_seg_selv"),
            models.CheckConstraint(
                condition=Q(anslag_timer__gte=MINST_TIMER, anslag_timer__lte=MEST_TIMER)
                & (Q(timer__isnull=True) | Q(timer__gte=MINST_TIMER, timer__lte=MEST_TIMER)),
                name="timer_innenfor_grensene",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def anslag_tekst(self) -> str:
        return timer_i_maaneden(self.anslag_timer)


@sporet()
class Oppnevning(UuidTabell):
    """The appointment of a coordinator for a period; its Deltakelse is what every floor asks (R30, R100, L3, L4)."""

    SAK_STI = "sak"

    class Type(models.TextChoices):
        KOORDINATOR = "koordinator", _("koordinator")
        BARNEKOORDINATOR = "barnekoordinator", _("barnekoordinator")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="oppnevninger")
    deltakelse = models.OneToOneField(Deltakelse, on_delete=models.PROTECT, related_name="oppnevning")
    forespoersel = models.ForeignKey(Forespoersel, on_delete=models.PROTECT, related_name="oppnevninger")
    type = models.CharField(max_length=16, choices=Type, default=Type.KOORDINATOR)
    timer = models.DecimalField(_("timer i måneden"), max_digits=4, decimal_places=1)
    brev = models.OneToOneField(Dokument, on_delete=models.PROTECT, related_name="+")
    oppnevnt_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    oppnevnt_dato = models.DateField()
    slutt_grunn = models.TextField(_("hvorfor oppnevningen slutter"), blank=True)

    objects = OppnevningSpoerringer.as_manager()

    class Meta:
        verbose_name = _("oppnevning")
        verbose_name_plural = _("oppnevninger")
        triggers: ClassVar = [pgtrigger.Protect(name="oppnevning_slettes_ikke", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def timer_tekst(self) -> str:
        return timer_i_maaneden(self.timer)

    @property
    def siste_dag(self) -> date | None:
        """The last day it holds, as people say it; needs the Deltakelse loaded."""
        til = self.deltakelse.til_dato
        return til - timedelta(days=1) if til else None


class Kurs(UuidTabell):
    """A course for coordinators (R125–R128)."""

    navn = models.CharField(_("navn"), max_length=150, unique=True)
    minutter = models.PositiveSmallIntegerField(_("varighet i minutter"))
    kreves_foer_foerste_moete = models.BooleanField(default=False)
    varer_maaneder = models.PositiveSmallIntegerField(
        _("bør friskes opp etter så mange måneder"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("kurs")
        verbose_name_plural = _("kurs")

    def __str__(self) -> str:
        return self.navn


class Gjennomfoering(UuidTabell):
    """Somebody took a course."""

    kurs = models.ForeignKey(Kurs, on_delete=models.PROTECT, related_name="gjennomfoeringer")
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="kursgjennomfoeringer")
    dato = models.DateField(_("gjennomført"))

    class Meta:
        verbose_name = _("gjennomføring")
        verbose_name_plural = _("gjennomføringer")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kurs", "konto", "dato"], name="en_gang_per_dag")]

    def __str__(self) -> str:
        return str(self.id)
