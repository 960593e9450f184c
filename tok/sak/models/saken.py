"""The request, the case it becomes, and who takes part in it."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Datoperiode, Dokument, Konto, UuidTabell
from tok.sak.models.folk import Egenskap, Enhet, Kontakt, Nivaa, Person
from tok.sak.models.habilitetsql import AV_DELTAKELSE, BLOKKERER_ROLLEN
from tok.sak.models.vernsql import NYTT_NIVAA_AV_DELTAKELSE, SAKENS_NIVAA
from tok.sak.querysets import DeltakelseSpoerringer, SakSpoerringer


class Saksnummer(models.Model):
    """The last number given out in a year; locked while the next is taken."""

    aar = models.PositiveSmallIntegerField(primary_key=True)
    siste = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("saksnummer")

    def __str__(self) -> str:
        return f"{self.aar}/{self.siste:04d}"


@sporet()
class Sak(UuidTabell):
    """The case: one person, everything hangs on it."""

    SAK_STI = "pk"

    class Tilstand(models.TextChoices):
        AAPEN = "aapen", _("åpen")
        AVSLUTTET = "avsluttet", _("avsluttet")

    nummer = models.CharField(_("saksnummer"), max_length=10, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saker")
    kontor = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="saker")
    saksbehandler = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="saker_som_saksbehandler")
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.AAPEN)
    vernenivaa = models.PositiveSmallIntegerField(choices=Nivaa, default=Nivaa.INGEN, editable=False)
    oensker_gruppe = models.BooleanField(default=False)
    oensker_koordinator = models.BooleanField(default=False)
    oensker_plan = models.BooleanField(default=False)
    aapnet_dato = models.DateField()
    avsluttet_dato = models.DateField(null=True, blank=True)
    avsluttet_grunn = models.TextField(blank=True)

    objects = SakSpoerringer.as_manager()

    class Meta:
        verbose_name = _("sak")
        verbose_name_plural = _("saker")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(tilstand="aapen"), name="hoeyst_en_aapen_sak_per_person"
            ),
            models.CheckConstraint(
                condition=Q(tilstand="aapen", avsluttet_dato__isnull=True)
                | (Q(tilstand="avsluttet", avsluttet_dato__isnull=False) & ~Q(avsluttet_grunn="")),
                name="avsluttet_sak_har_dato_og_grunn",
            ),
        ]
        indexes: ClassVar = [
            models.Index("kontor", "tilstand", F("aapnet_dato").desc(), F("id").desc(), name="sak_register"),
            models.Index(fields=["vernenivaa"], name="sak_vernet", condition=Q(vernenivaa__gt=0)),
        ]
        triggers: ClassVar = [SAKENS_NIVAA]

    def __str__(self) -> str:
        return self.nummer

    @property
    def skjuler_sted(self) -> bool:
        """Someone in the case must not be found: no place, workplace or home leaves the house (N11, L20)."""
        return self.vernenivaa >= Nivaa.FORTROLIG

    @property
    def er_uten_post(self) -> bool:
        """Nothing is posted to anyone private; the office delivers it by hand (N11)."""
        return self.vernenivaa >= Nivaa.STRENGT


@sporet()
class Henvendelse(UuidTabell):
    """A request that came in: who asked, how, for what, and what became of it (R28–R30, R231, L5, L7)."""

    KONTOR_STI = "kontor"

    class Kanal(models.TextChoices):
        TELEFON = "telefon", _("telefon")
        AAPENT_KONTOR = "kontor", _("åpent kontor")
        BREV = "brev", _("brev")
        KOLLEGA = "kollega", _("kollega")

    HVORDAN: ClassVar = {
        Kanal.TELEFON: _("på telefon"),
        Kanal.AAPENT_KONTOR: _("på åpent kontor"),
        Kanal.BREV: _("i brev"),
        Kanal.KOLLEGA: _("fra en kollega"),
    }

    class Avsender(models.TextChoices):
        SELV = "selv", _("personen selv")
        FORESATT = "foresatt", _("forelder eller foresatt")
        VERGE = "verge", _("verge eller fullmektig")
        TJENESTE = "tjeneste", _("tjeneste i kommunen")
        SYKEHUS = "sykehus", _("sykehus eller fastlege")
        ANNEN = "annen", _("annen sektor")

    class Tilstand(models.TextChoices):
        NY = "ny", _("ny")
        BLE_SAK = "ble_sak", _("ble sak")
        AVSLUTTET = "avsluttet", _("avsluttet uten sak")

    kontor = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="henvendelser")
    sak = models.ForeignKey(Sak, null=True, blank=True, on_delete=models.PROTECT, related_name="henvendelser")
    mottatt_dato = models.DateField(_("mottatt"))
    kanal = models.CharField(_("hvordan kom den?"), max_length=10, choices=Kanal)
    avsender_navn = models.CharField(_("hvem henvender seg?"), max_length=150)
    avsender_rolle = models.CharField(_("i hvilken egenskap?"), max_length=10, choices=Avsender)
    avsender_telefon = models.CharField(_("telefon"), max_length=20, blank=True)
    er_enig = models.BooleanField(_("personen har sagt ja til at vi registrerer"))
    ja_sagt_av = models.CharField(_("hvem sa ja?"), max_length=12, choices=Egenskap, blank=True)
    ja_sagt_navn = models.CharField(_("navnet på den som sa ja"), max_length=150, blank=True)
    ja_sagt_dato = models.DateField(_("når ble det sagt ja?"), null=True, blank=True)
    vurdert_av = models.CharField(_("hvem har vurdert samtykkekompetansen?"), max_length=150, blank=True)
    tjenester = ArrayField(models.CharField(max_length=12, choices=Enhet.Sektor), default=list)
    behov = models.TextField(_("hva trengs?"), blank=True)
    oensker_gruppe = models.BooleanField(_("ansvarsgruppe"), default=False)
    oensker_koordinator = models.BooleanField(_("koordinator"), default=False)
    oensker_plan = models.BooleanField(_("individuell plan"), default=False)
    foreslaatt_koordinator = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    er_enig_i_forslag = models.BooleanField(_("personen er enig i forslaget"), default=False)
    registrert_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    skjema_id = models.UUIDField(unique=True)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.NY)
    utfall_dato = models.DateField(null=True, blank=True)
    utfall_grunn = models.TextField(blank=True)

    class Meta:
        verbose_name = _("henvendelse")
        verbose_name_plural = _("henvendelser")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tilstand="ny", utfall_dato__isnull=True)
                | Q(tilstand="ble_sak", utfall_dato__isnull=False, sak__isnull=False)
                | (Q(tilstand="avsluttet", utfall_dato__isnull=False) & ~Q(utfall_grunn="")),
                name="utfall_har_dato_og_grunn",
            ),
            models.CheckConstraint(condition=Q(er_enig=False) | ~Q(ja_sagt_av=""), name="et_ja_har_noen_som_sa_det"),
            models.CheckConstraint(
                condition=Q(er_enig=False)
                | (Q(ja_sagt_dato__isnull=False) & (Q(ja_sagt_av="selv") | ~Q(ja_sagt_navn=""))),
                name="et_ja_har_navn_og_dato",
            ),
            models.CheckConstraint(
                condition=Q(er_enig_i_forslag=False) | Q(foreslaatt_koordinator__isnull=False),
                name="enig_i_et_forslag",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kontor", "mottatt_dato", "id"], name="henvendelse_nye", condition=Q(tilstand="ny")),
            models.Index(fields=["person"], name="henvendelse_nye_om", condition=Q(tilstand="ny")),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def hvordan(self) -> str:
        """How it came, as part of a sentence: «Henvendelse fra en kollega»."""
        return str(self.HVORDAN[self.Kanal(self.kanal)])


@sporet()
class Deltakelse(UuidTabell):
    """Who takes part in the case, as what, and for how long. `til_dato` is the first day it no longer holds."""

    SAK_STI = "sak"

    class Rolle(models.TextChoices):
        KOORDINATOR = "koordinator", _("koordinator")
        VARA = "vara", _("vara for koordinator")
        MEDKOORDINATOR = "medkoordinator", _("medkoordinator")
        FAST = "fast", _("fast deltaker")
        VED_BEHOV = "ved_behov", _("kalles inn ved behov")
        PERSON = "person", _("personen selv")
        REPRESENTANT = "representant", _("foresatt eller verge")
        STOETTEPERSON = "stoetteperson", _("støtteperson")

    class Egenskap(models.TextChoices):
        FORELDER = "forelder", _("forelder med foreldreansvar")
        VERGE = "verge", _("verge")
        FULLMEKTIG = "fullmektig", _("fullmektig")
        PAAROERENDE = "paaroerende", _("nærmeste pårørende")
        BARNEVERN = "barnevern", _("barneverntjenesten")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="deltakelser")
    rolle = models.CharField(_("rolle"), max_length=14, choices=Rolle)
    egenskap = models.CharField(_("i egenskap av"), max_length=12, choices=Egenskap, blank=True)
    konto = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="deltakelser")
    kontakt = models.ForeignKey(Kontakt, null=True, blank=True, on_delete=models.PROTECT, related_name="deltakelser")
    enhet = models.ForeignKey(Enhet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    bidrag = models.CharField(_("hva kan deltakeren hjelpe med?"), max_length=250, blank=True)
    via_legekontor = models.BooleanField(_("kalles inn gjennom legekontoret, dobbelttime"), default=False)
    fra_dato = models.DateField(_("fra"))
    til_dato = models.DateField(_("slutter"), null=True, blank=True)

    objects = DeltakelseSpoerringer.as_manager()

    class Meta:
        verbose_name = _("deltakelse")
        verbose_name_plural = _("deltakelser")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="en_koordinator_per_sak_og_dato",
                expressions=[
                    ("sak", RangeOperators.EQUAL),
                    (Datoperiode("fra_dato", "til_dato"), RangeOperators.OVERLAPS),
                ],
                condition=Q(rolle="koordinator"),
            ),
            models.CheckConstraint(
                condition=Q(til_dato__isnull=True) | Q(til_dato__gte=F("fra_dato")), name="deltakelse_datoer_i_orden"
            ),
            models.CheckConstraint(
                condition=Q(konto__isnull=False, kontakt__isnull=True)
                | Q(konto__isnull=True, kontakt__isnull=False)
                | Q(rolle="person", kontakt__isnull=True),
                name="konto_eller_kontakt_eller_personen",
            ),
            models.CheckConstraint(
                condition=~Q(rolle="representant") | ~Q(egenskap=""), name="representant_har_egenskap"
            ),
            models.CheckConstraint(
                condition=~Q(rolle__in=["koordinator", "vara", "medkoordinator"]) | Q(konto__isnull=False),
                name="koordinator_har_konto",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["konto", "rolle", "sak"], name="deltakelse_tilgang"),
            models.Index(
                fields=["sak"],
                name="deltakelse_koordinator",
                condition=Q(rolle="koordinator"),
                include=["fra_dato", "til_dato", "konto"],
            ),
        ]
        triggers: ClassVar = [AV_DELTAKELSE, BLOKKERER_ROLLEN, NYTT_NIVAA_AV_DELTAKELSE]

    def __str__(self) -> str:
        return f"{self.rolle} {self.id}"

    @property
    def navn(self) -> str:
        """The participant's name; needs konto, kontakt and sak.person loaded."""
        if self.konto is not None:
            return self.konto.navn
        if self.kontakt is not None:
            return self.kontakt.navn
        return self.sak.person.navn

    @property
    def tilhoerighet(self) -> str:
        """Title and workplace in one line, as a list of participants shows it."""
        if self.konto is not None:
            deler = [self.konto.tittel, self.enhet.navn if self.enhet else ""]
        elif self.kontakt is not None:
            deler = [self.get_egenskap_display() if self.egenskap else "", self.kontakt.virksomhet]
        else:
            deler = []
        return ", ".join(del_ for del_ in deler if del_)

    @property
    def tilhoerighet_utad(self) -> str:
        """The same in what leaves the house: nothing in a protected group, since a workplace is a place (N11)."""
        return "" if self.sak.skjuler_sted else self.tilhoerighet

    @property
    def har_konto(self) -> bool:
        return self.konto_id is not None

    @property
    def er_privat(self) -> bool:
        """Takes part at home and not at work: the person, and who stands by the person without a workplace."""
        er_paa_jobb = self.kontakt is not None and bool(self.kontakt.virksomhet)
        return self.rolle in PRIVATE and not er_paa_jobb


PRIVATE = frozenset({Deltakelse.Rolle.PERSON, Deltakelse.Rolle.REPRESENTANT, Deltakelse.Rolle.STOETTEPERSON})


@sporet()
class Saksdokument(UuidTabell):
    """A frozen document filed in the case: appointment letter, paper invitation, consent form, minutes."""

    SAK_STI = "sak"
    SKJULES_MED = ()

    class Type(models.TextChoices):
        OPPNEVNING = "oppnevning", _("oppnevningsbrev")
        SAMTYKKESKJEMA = "samtykkeskjema", _("samtykkeskjema")
        INNKALLING = "innkalling", _("innkalling")
        REFERAT = "referat", _("referat")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="dokumenter")
    dokument = models.OneToOneField(Dokument, on_delete=models.PROTECT, related_name="saksdokument")
    type = models.CharField(max_length=15, choices=Type)
    tittel = models.CharField(max_length=200)
    dato = models.DateField()

    class Meta:
        verbose_name = _("saksdokument")
        verbose_name_plural = _("saksdokumenter")
        triggers: ClassVar = [
            pgtrigger.Protect(name="saksdokument_er_fast", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.tittel
