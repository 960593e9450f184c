"""The group, its meetings, invitations, attendance, minutes and their delivery: five things, not one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Dokument, Konto, UuidTabell
from tok.sak.models import Deltakelse, Sak, Skjult

DEN_DET_GJELDER = frozenset({Deltakelse.Rolle.PERSON, Deltakelse.Rolle.REPRESENTANT})


@sporet()
class Ansvarsgruppe(UuidTabell):
    """The time-limited forum round one person: purpose, start, end (R1, R12, R40)."""

    SAK_STI = "sak"

    sak = models.OneToOneField(Sak, on_delete=models.PROTECT, related_name="gruppe")
    formaal = models.TextField(_("formål"), blank=True)
    opprettet_dato = models.DateField()
    avsluttet_dato = models.DateField(null=True, blank=True)
    avsluttet_grunn = models.TextField(blank=True)

    class Meta:
        verbose_name = _("ansvarsgruppe")
        verbose_name_plural = _("ansvarsgrupper")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(avsluttet_dato__isnull=True, avsluttet_grunn="")
                | (Q(avsluttet_dato__gte=F("opprettet_dato")) & ~Q(avsluttet_grunn="")),
                name="avsluttet_gruppe_har_grunn",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Moete(UuidTabell):
    """One meeting (R56–R66)."""

    SAK_STI = "gruppe__sak"
    SKJULES_MED = ()

    class Tilstand(models.TextChoices):
        PLANLAGT = "planlagt", _("planlagt")
        INNKALT = "innkalt", _("innkalt")
        HOLDT = "holdt", _("holdt, referatet er ferdig")
        AVLYST = "avlyst", _("avlyst")

    gruppe = models.ForeignKey(Ansvarsgruppe, on_delete=models.PROTECT, related_name="moeter")
    start_tid = models.DateTimeField(_("fra"))
    slutt_tid = models.DateTimeField(_("til"))
    sted = models.CharField(_("sted"), max_length=200, blank=True)
    videolenke = models.URLField(_("videolenke"), max_length=500, blank=True)
    tolk_spraak = models.CharField(_("tolk i"), max_length=60, blank=True)
    er_aarlig_gjennomgang = models.BooleanField(_("årlig gjennomgang"), default=False)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.PLANLAGT)
    satt_opp_med_personen = models.BooleanField(_("sakslista er satt opp sammen med personen"), default=False)
    saksliste_sendt_tid = models.DateTimeField(null=True, blank=True)
    saksliste_for_sent = models.BooleanField(null=True, blank=True)
    sekvens = models.PositiveSmallIntegerField(default=0)
    avlyst_grunn = models.TextField(blank=True)

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(slutt_tid__gt=F("start_tid")), name="moetet_slutter_etter_start"),
            models.CheckConstraint(condition=~Q(sted="") | ~Q(videolenke=""), name="moetet_har_sted_eller_lenke"),
            models.CheckConstraint(
                condition=~Q(tilstand="innkalt") | Q(saksliste_sendt_tid__isnull=False),
                name="innkalt_moete_har_sendt_saksliste",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["gruppe", "start_tid"], name="moete_rekkefoelge")]

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def kalt_inn(cls, konto: Konto, roller: Collection[str], i_dag: date) -> models.QuerySet[Moete]:
        """The meetings an account is called to by the latest sending; one left out of it reaches them no more (N2)."""
        siste = Innkalling.objects.filter(moete=OuterRef("moete")).order_by("-sekvens").values("sekvens")[:1]
        kalt = Innkalling.objects.filter(
            deltakelse__in=Deltakelse.objects.gjeldende(i_dag).filter(konto=konto, rolle__in=roller),
            sekvens=Subquery(siste),
        )
        return cls.objects.filter(pk__in=kalt.values("moete"))

    @property
    def har_tolk(self) -> bool:
        return bool(self.tolk_spraak)

    @property
    def er_skjult(self) -> bool:
        """Whether it is hidden from guardians now; one query (N20)."""
        return Skjult.objects.virksomme().filter(objekt_id=self.pk).exists()


@sporet()
class Sakslistepunkt(UuidTabell):
    """One point of the agenda (R59–R61)."""

    SAK_STI = "moete__gruppe__sak"
    SKJULES_MED = ("moete",)

    moete = models.ForeignKey(Moete, on_delete=models.CASCADE, related_name="punkter")
    nr = models.PositiveSmallIntegerField()
    tekst = models.CharField(_("sak"), max_length=200)

    class Meta:
        verbose_name = _("sakslistepunkt")
        verbose_name_plural = _("sakslistepunkter")
        ordering: ClassVar = ["nr"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["moete", "nr"], name="ett_punkt_per_plass")]

    def __str__(self) -> str:
        return str(self.id)


def kanal_til(deltakelse: Deltakelse) -> str:
    """A message where there is an account to log in with, otherwise a letter (R62, L27).

    Where anyone in the case is strictly protected no letter is sent to anybody's home: the office finds another way,
    for the envelope itself would tell where somebody of the group is (N11).
    """
    if deltakelse.konto is not None and deltakelse.konto.is_active:
        return Innkalling.Kanal.KONTO
    if deltakelse.er_privat and deltakelse.sak.er_uten_post:
        return Innkalling.Kanal.ANNEN
    return Innkalling.Kanal.PAPIR


@sporet()
class Innkalling(UuidTabell):
    """The invitation to one recipient as it was sent: channel, calendar file, paper letter (R62–R64)."""

    SAK_STI = "moete__gruppe__sak"
    SKJULES_MED = ("moete",)

    class Kanal(models.TextChoices):
        KONTO = "konto", _("melding og kalenderfil")
        PAPIR = "papir", _("brev i posten")
        ANNEN = "annen", _("må leveres på annen måte")

    moete = models.ForeignKey(Moete, on_delete=models.PROTECT, related_name="innkallinger")
    deltakelse = models.ForeignKey(Deltakelse, on_delete=models.PROTECT, related_name="innkallinger")
    kanal = models.CharField(max_length=6, choices=Kanal)
    sekvens = models.PositiveSmallIntegerField(default=0)
    kalender = models.TextField()
    brev = models.OneToOneField(Dokument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sendt_tid = models.DateTimeField()

    class Meta:
        verbose_name = _("innkalling")
        verbose_name_plural = _("innkallinger")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["moete", "deltakelse", "sekvens"], name="en_innkalling_per_utsending"),
            models.CheckConstraint(condition=~Q(kanal="papir") | Q(brev__isnull=False), name="papir_har_brev"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="sendt_innkalling_er_fast", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Referat(UuidTabell):
    """The minutes: the template's fields (R90–R99) and the person's voice (R80); versions, not changes (L18)."""

    SAK_STI = "moete__gruppe__sak"
    SKJULES_MED = ("moete",)

    class Tilstand(models.TextChoices):
        UTKAST = "utkast", _("under arbeid")
        FERDIG = "ferdig", _("ferdig")

    class Vekt(models.TextChoices):
        STOR = "stor", _("stor vekt")
        NOE = "noe", _("noe vekt")
        LITEN = "liten", _("liten vekt")

    moete = models.ForeignKey(Moete, on_delete=models.PROTECT, related_name="referater")
    versjon = models.PositiveSmallIntegerField(default=1)
    tilstand = models.CharField(max_length=8, choices=Tilstand, default=Tilstand.UTKAST)
    lagring = models.PositiveIntegerField(default=0)
    referent = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    til_stede = models.ManyToManyField(Deltakelse, through="Oppmoete", related_name="+")
    andre_til_stede = models.CharField(_("andre som var med"), max_length=300, blank=True)
    naa_situasjon = models.TextField(_("beskriv nå-situasjonen"), blank=True)
    maal = models.TextField(_("mål og fokusområder"), blank=True)
    personens_stemme = models.TextField(_("hva sa personen selv?"), blank=True)
    fikk_ordet_foerst = models.BooleanField(_("personen fikk tilbud om ordet først"), default=False)
    medvirkning_vurdert = models.TextField(_("er det vurdert om barnet skal delta?"), blank=True)
    medvirkning_hvordan = models.TextField(_("hvordan er barnets syn hentet inn?"), blank=True)
    medvirkning_sa = models.TextField(_("hva sa barnet?"), blank=True)
    medvirkning_vekt = models.CharField(
        _("hvilken vekt fikk det barnet mente?"), max_length=6, choices=Vekt, blank=True
    )
    neste_hvem = models.TextField(_("hvem skal delta?"), blank=True)
    neste_start_tid = models.DateTimeField(null=True, blank=True)
    neste_slutt_tid = models.DateTimeField(null=True, blank=True)
    neste_sted = models.CharField(_("sted"), max_length=200, blank=True)
    ferdig_tid = models.DateTimeField(null=True, blank=True)
    ferdig_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    erstatter = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="erstattet_av"
    )
    endring_grunn = models.TextField(_("hvorfor rettes referatet?"), blank=True)
    dokument = models.OneToOneField(Dokument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("referat")
        verbose_name_plural = _("referater")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["moete", "versjon"], name="en_versjon_av_referatet"),
            models.UniqueConstraint(fields=["moete"], condition=Q(tilstand="utkast"), name="ett_utkast_per_moete"),
            models.CheckConstraint(
                condition=Q(tilstand="utkast", ferdig_tid__isnull=True, dokument__isnull=True)
                | Q(tilstand="ferdig", ferdig_tid__isnull=False, ferdig_av__isnull=False, dokument__isnull=False),
                name="ferdig_referat_er_helt",
            ),
            models.CheckConstraint(
                condition=Q(versjon=1, erstatter__isnull=True)
                | (Q(versjon__gt=1, erstatter__isnull=False) & ~Q(endring_grunn="")),
                name="ny_versjon_har_grunn",
            ),
            models.CheckConstraint(
                condition=Q(neste_start_tid__isnull=True, neste_slutt_tid__isnull=True)
                | Q(neste_slutt_tid__gt=F("neste_start_tid")),
                name="neste_moete_slutter_etter_start",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="ferdig_referat_er_laast",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__tilstand="ferdig"),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def er_ferdig(self) -> bool:
        return self.tilstand == self.Tilstand.FERDIG


FERDIG_ER_LAAST = pgtrigger.Trigger(
    name="laast_med_referatet",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        -- A row may neither be put into finished minutes nor taken out of them.
        IF TG_OP <> 'INSERT' THEN
            IF EXISTS (SELECT 1 FROM ansvarsgruppe_referat r WHERE r.id = OLD.referat_id AND r.tilstand = 'ferdig') THEN
                RAISE EXCEPTION 'minutes are finished: % is locked with them', TG_TABLE_NAME;
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF EXISTS (SELECT 1 FROM ansvarsgruppe_referat r WHERE r.id = NEW.referat_id AND r.tilstand = 'ferdig') THEN
            RAISE EXCEPTION 'minutes are finished: % is locked with them', TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    """,
)


@sporet()
class Oppmoete(UuidTabell):
    """Whether one participant was there (R94)."""

    SAK_STI = "referat__moete__gruppe__sak"
    SKJULES_MED = ("referat__moete",)

    class Status(models.TextChoices):
        TIL_STEDE = "til_stede", _("til stede")
        FORFALL = "forfall", _("meldte forfall")
        IKKE_MOETT = "ikke_moett", _("møtte ikke")

    referat = models.ForeignKey(Referat, on_delete=models.PROTECT, related_name="oppmoeter")
    deltakelse = models.ForeignKey(Deltakelse, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status)

    class Meta:
        verbose_name = _("oppmøte")
        verbose_name_plural = _("oppmøter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referat", "deltakelse"], name="ett_oppmoete_per_deltaker")
        ]
        triggers: ClassVar = [FERDIG_ER_LAAST]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Avtale(UuidTabell):
    """One numbered row of the agreements table: measure, responsible, deadline (R97)."""

    SAK_STI = "referat__moete__gruppe__sak"
    SKJULES_MED = ("referat__moete",)

    referat = models.ForeignKey(Referat, on_delete=models.PROTECT, related_name="avtaler")
    nr = models.PositiveSmallIntegerField()
    tiltak = models.CharField(_("tiltak"), max_length=500)
    ansvar = models.ForeignKey(Deltakelse, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frist_dato = models.DateField(_("frist"), null=True, blank=True)

    class Meta:
        verbose_name = _("avtale")
        verbose_name_plural = _("avtaler")
        ordering: ClassVar = ["nr"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["referat", "nr"], name="en_avtale_per_nr")]
        triggers: ClassVar = [FERDIG_ER_LAAST]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Levering(UuidTabell):
    """Finished minutes delivered to one recipient (R85, R86, L19)."""

    SAK_STI = "referat__moete__gruppe__sak"
    SKJULES_MED = ("referat__moete",)

    class Kanal(models.TextChoices):
        KONTO = "konto", _("melding med lenke")
        PAPIR = "papir", _("brev i posten")
        ANNEN = "annen", _("må leveres på annen måte")

    referat = models.ForeignKey(Referat, on_delete=models.PROTECT, related_name="leveringer")
    deltakelse = models.ForeignKey(Deltakelse, on_delete=models.PROTECT, related_name="+")
    kanal = models.CharField(max_length=6, choices=Kanal)
    levert_tid = models.DateTimeField()

    class Meta:
        verbose_name = _("levering")
        verbose_name_plural = _("leveringer")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referat", "deltakelse"], name="en_levering_per_mottaker")
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="levering_er_fast", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.id)
