"""Units, who works where, the person the services are for, and contacts without an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tok.kjerne.datotekst import dato
from tok.kjerne.historikk import sporet
from tok.kjerne.kryptering import blindindeks, dekrypter, krypter, ny_blindindeks
from tok.kjerne.models import Datoperiode, Konto, Maalform, UuidTabell
from tok.sak.models.vernsql import KONTAKTENS_ADRESSE, NYTT_NIVAA_AV_ANSETTELSE, PERSONENS_NIVAA_STEMMER
from tok.sak.querysets import AnsettelseSpoerringer, PersonSpoerringer


class Nivaa(models.IntegerChoices):
    """How strictly somebody is protected; a higher level takes away all that a lower one does (L20, L28)."""

    INGEN = 0, _("ingen")
    SKJERMET = 1, _("skjermet: ansatt i kommunen")
    FORTROLIG = 2, _("fortrolig adresse")
    STRENGT = 3, _("strengt fortrolig adresse")


class Egenskap(models.TextChoices):
    """In what capacity somebody signs."""

    SELV = "selv", _("personen selv")
    FORELDER = "forelder", _("forelder med foreldreansvar")
    VERGE = "verge", _("verge")
    FULLMEKTIG = "fullmektig", _("fullmektig")
    PAAROERENDE = "paaroerende", _("nærmeste pårørende")
    BARNEVERN = "barnevern", _("barneverntjenesten")


@sporet()
class Enhet(UuidTabell):
    """A unit or service of the municipality, or an outside body; the office itself is one."""

    class Sektor(models.TextChoices):
        HELSE = "helse", _("helse og omsorg")
        OPPVEKST = "oppvekst", _("barnehage og skole")
        PPT = "ppt", _("PPT")
        BARNEVERN = "barnevern", _("barnevern")
        NAV = "nav", _("NAV")
        SPESIALIST = "spesialist", _("spesialisthelsetjenesten")
        FASTLEGE = "fastlege", _("fastlege")
        ANNEN = "annen", _("annet")

    navn = models.CharField(_("navn"), max_length=150, unique=True)
    sektor = models.CharField(_("sektor"), max_length=12, choices=Sektor)
    er_kontor = models.BooleanField(_("er koordinerende enhet"), default=False)
    telefon = models.CharField(_("telefon"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")

    def __str__(self) -> str:
        return self.navn


@sporet()
class Ansettelse(UuidTabell):
    """Who works where, as what, from–to; the base of every role that is not given by a case."""

    class Rolle(models.TextChoices):
        ANSATT = "ansatt", _("ansatt")
        LEDER = "leder", _("leder")
        TOK = "tok", _("saksbehandler i koordinerende enhet")
        SYSTEMANSVARLIG = "systemansvarlig", _("systemansvarlig")
        PERSONVERNOMBUD = "personvernombud", _("personvernombud")

    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="ansettelser")
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="ansettelser")
    rolle = models.CharField(_("rolle"), max_length=16, choices=Rolle, default=Rolle.ANSATT)
    er_fast = models.BooleanField(_("fast stilling"), default=True)
    fra_dato = models.DateField(_("fra"))
    til_dato = models.DateField(_("slutter"), null=True, blank=True)

    objects = AnsettelseSpoerringer.as_manager()

    class Meta:
        verbose_name = _("ansettelse")
        verbose_name_plural = _("ansettelser")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(til_dato__isnull=True) | Q(til_dato__gte=F("fra_dato")), name="ansettelse_datoer_i_orden"
            ),
            ExclusionConstraint(
                name="en_leder_per_enhet",
                expressions=[
                    ("enhet", RangeOperators.EQUAL),
                    (Datoperiode("fra_dato", "til_dato"), RangeOperators.OVERLAPS),
                ],
                condition=Q(rolle="leder"),
            ),
        ]
        triggers: ClassVar = [NYTT_NIVAA_AV_ANSETTELSE]

    def __str__(self) -> str:
        return f"{self.konto_id} {self.rolle}"

    @property
    def siste_dag(self) -> date | None:
        """The last day of it, as people say it; None when no end is known."""
        return self.til_dato - timedelta(days=1) if self.til_dato else None


def kallenavn(fornavn: str, etternavn: str) -> str:
    """The name in a list: «Barn Holte» when the child has no first name yet."""
    return f"{fornavn or _('Barn')} {etternavn}"


@sporet(utelat=["nummer_kryptert", "nummer_indeks", "nummer_indeks_ny", "adresse"])
class Person(UuidTabell):
    """The one services are for. The birth date is always asked for and never read out of the number (L25)."""

    class Adressebeskyttelse(models.TextChoices):
        INGEN = "ingen", _("ingen")
        FORTROLIG = "fortrolig", _("fortrolig adresse")
        STRENGT_FORTROLIG = "strengt", _("strengt fortrolig adresse")

    fornavn = models.CharField(_("fornavn"), max_length=80, blank=True)
    etternavn = models.CharField(_("etternavn"), max_length=80)
    foedselsdato = models.DateField(_("fødselsdato"))
    er_termin = models.BooleanField(_("datoen er termin, barnet er ikke født"), default=False)
    nummer_kryptert = models.BinaryField(_("nummer"), null=True)
    nummer_indeks = models.BinaryField(null=True, unique=True)
    nummer_indeks_ny = models.BinaryField(null=True, unique=True)  # while the index is moved to a new key
    adresse = models.CharField(_("adresse"), max_length=200, blank=True)
    adressebeskyttelse = models.CharField(
        _("adressebeskyttelse"), max_length=10, choices=Adressebeskyttelse, default=Adressebeskyttelse.INGEN
    )
    vernenivaa = models.PositiveSmallIntegerField(choices=Nivaa, default=Nivaa.INGEN, editable=False)
    telefon = models.CharField(_("telefon"), max_length=20, blank=True)
    maalform = models.CharField(_("målform"), max_length=2, choices=Maalform, default=Maalform.BOKMAAL)
    tolkespraak = models.CharField(_("språk det trengs tolk i"), max_length=60, blank=True)

    objects = PersonSpoerringer.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(nummer_kryptert__isnull=True, nummer_indeks__isnull=True)
                | Q(nummer_kryptert__isnull=False, nummer_indeks__isnull=False),
                name="nummer_og_indeks_sammen",
            ),
            models.CheckConstraint(condition=Q(er_termin=True) | ~Q(fornavn=""), name="den_som_er_foedt_har_fornavn"),
            models.CheckConstraint(
                condition=Q(er_termin=False) | Q(nummer_indeks__isnull=True), name="ufoedt_har_ikke_nummer"
            ),
            models.CheckConstraint(
                condition=~Q(adressebeskyttelse="strengt") | Q(adresse=""), name="strengt_fortrolig_uten_adresse"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(OpClass(Lower("fornavn"), name="gin_trgm_ops"), name="person_fornavn_trgm"),
            GinIndex(OpClass(Lower("etternavn"), name="gin_trgm_ops"), name="person_etternavn_trgm"),
            models.Index(fields=["foedselsdato"], name="person_foedselsdato"),
        ]
        triggers: ClassVar = [PERSONENS_NIVAA_STEMMER]

    def __str__(self) -> str:
        return self.navn

    @property
    def navn(self) -> str:
        """The whole name; a child that is not born yet may have a family name only, and is told by its term."""
        if self.fornavn:
            return f"{self.fornavn} {self.etternavn}"
        termin = _("(termin %(dato)s)") % {"dato": dato(self.foedselsdato)}
        return f"{kallenavn('', self.etternavn)} {termin}"

    @property
    def tiltale(self) -> str:
        """What the person is called in a sentence: the first name, when there is one."""
        return self.fornavn or str(_("Barnet"))

    @property
    def er_skjermet(self) -> bool:
        """Whether anything of the person must be kept from those who are not named."""
        return self.vernenivaa != Nivaa.INGEN

    @property
    def trenger_tolk(self) -> bool:
        return bool(self.tolkespraak)

    def _aad(self) -> bytes:
        return f"sak_person.nummer:{self.pk}".encode()

    def sett_nummer(self, nummer: str | None) -> None:
        """Keep a validated number encrypted, with a blind index for finding it again (N24, L25)."""
        self.nummer_kryptert = krypter(nummer.encode(), noekkel="fnr", aad=self._aad()) if nummer else None
        self.nummer_indeks = blindindeks(nummer) if nummer else None
        self.nummer_indeks_ny = ny_blindindeks(nummer) if nummer else None

    @property
    def indekser(self) -> tuple[bytes, ...]:
        """The blind indexes of the number: none, one, or two while the key is changed."""
        return tuple(bytes(indeks) for indeks in (self.nummer_indeks, self.nummer_indeks_ny) if indeks is not None)

    def les_nummer(self) -> str:
        """The number in plain text, or an empty string."""
        if self.nummer_kryptert is None:
            return ""
        return dekrypter(bytes(self.nummer_kryptert), noekkel="fnr", aad=self._aad()).decode()


@sporet(utelat=["postadresse"])
class Kontakt(UuidTabell):
    """A participant without an account: a parent, a verge, the doctor's office, a support person."""

    SAK_STI = "deltakelser__sak"

    navn = models.CharField(_("navn"), max_length=150)
    virksomhet = models.CharField(_("arbeidssted"), max_length=150, blank=True)
    telefon = models.CharField(_("telefon"), max_length=20, blank=True)
    epost = models.EmailField(_("e-post"), blank=True)
    postadresse = models.CharField(_("postadresse"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        triggers: ClassVar = [KONTAKTENS_ADRESSE]

    def __str__(self) -> str:
        return self.navn
