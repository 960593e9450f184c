"""Tables of the foundation: accounts, the municipality's profile, reference data, outbox, documents, files, traces."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.forespoersel import gjeldende
from tok.kjerne.segltabell import Segl as Segl

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class Maalform(models.TextChoices):
    """The person's own written Norwegian (R231, L26)."""

    BOKMAAL = "nb", _("bokmål")
    NYNORSK = "nn", _("nynorsk")


class UuidTabell(models.Model):
    """A table whose key may stand in a URL."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Datoperiode(Func):
    """A half-open date range: `til` is the first day it no longer holds, so periods that meet do not overlap."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Kontobehandler(BaseUserManager["Konto"]):
    """Makes accounts with e-mail in lower case."""

    def create_user(self, epost: str, password: str | None = None, **felt: Any) -> Konto:
        konto = self.model(epost=epost.lower(), **felt)
        konto.set_password(password)
        konto.save(using=self._db)
        return konto


class Konto(UuidTabell, AbstractBaseUser):
    """A log-in account. The person who receives services is a `Person`, never a Konto."""

    navn = models.CharField(_("navn"), max_length=150)
    epost = models.EmailField(_("e-post"), unique=True)
    telefon = models.CharField(_("telefon"), max_length=20, blank=True)
    tittel = models.CharField(_("tittel"), max_length=100, blank=True)
    maalform = models.CharField(_("målform"), max_length=2, choices=Maalform, default=Maalform.BOKMAAL)
    is_active = models.BooleanField(_("kan logge inn"), default=True)
    er_system = models.BooleanField(_("systemets egen konto"), default=False)

    USERNAME_FIELD = "epost"
    EMAIL_FIELD = "epost"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["navn"]
    objects = Kontobehandler()

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("kontoer")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "er_system",
                condition=Q(er_system=True),
                name="kun_en_systemkonto",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    @classmethod
    def system(cls) -> Konto:
        """The account that nightly work acts as; it can never log in."""
        return cls.objects.get(er_system=True)


class Oekt(AbstractBaseSession):
    """A session, and what its owner is shown of it (ASVS 7.5.2, ADR 0014); the network address is not kept.

    Written by `tok.kjerne.oektlager`: each column repeats what stands in the session itself. No constraint but that of
    the key: Django's store takes every other refusal for a key in use, and tries new keys for ever.
    """

    merke = models.UUIDField(null=True, db_index=True, editable=False)  # the key itself never stands on a page
    konto = models.ForeignKey(Konto, null=True, on_delete=models.CASCADE, related_name="oekter", db_constraint=False)
    enhet = models.CharField(max_length=60, blank=True)
    startet_tid = models.DateTimeField(null=True)
    sett_tid = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("økt")
        verbose_name_plural = _("økter")

    def __str__(self) -> str:
        return str(self.merke)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from tok.kjerne.oektlager import SessionStore

        return SessionStore


class Kommune(models.Model):
    """The municipality's profile: one row (C9, 3.1 no. 13)."""

    class Opplaeringskrav(models.TextChoices):
        VARSLE = "varsle", _("varsle")
        HINDRE = "hindre", _("hindre")

    navn = models.CharField(_("navn"), max_length=100)
    kontor_navn = models.CharField(_("kontorets navn"), max_length=150)
    kontor_kort = models.CharField(_("kontorets kortnavn"), max_length=20)
    telefon = models.CharField(_("telefon"), max_length=20)
    epost = models.EmailField(_("e-post"))
    besoeksadresse = models.CharField(_("besøksadresse"), max_length=200)
    aapningstid = models.CharField(_("åpningstid"), max_length=200)
    ord = models.JSONField(_("kommunens ord"), default=dict)
    aksentfarge = models.CharField(_("aksentfarge"), max_length=7, default="#0062ba")
    opplaeringskrav = models.CharField(
        _("kurs før første møte"), max_length=10, choices=Opplaeringskrav, default=Opplaeringskrav.VARSLE
    )
    moetelengde_minutter = models.PositiveSmallIntegerField(_("vanlig møtelengde i minutter"), default=60)
    tolketillegg_minutter = models.PositiveSmallIntegerField(_("ekstra tid med tolk i minutter"), default=30)

    class Meta:
        verbose_name = _("kommune")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="en_kommune")]

    def __str__(self) -> str:
        return self.navn

    @classmethod
    def hent(cls) -> Kommune:
        """The one row, read once for each answer."""
        minne = gjeldende().minne
        if "kommune" not in minne:
            rader = KOMMUNEN.objekter()
            if not rader:
                raise cls.DoesNotExist
            minne["kommune"] = rader[0]
        kommune: Kommune = minne["kommune"]
        return kommune


KOMMUNEN = Forberedt(lambda: Kommune.objects.filter(pk=1))


class Fristverdi(models.Model):
    """The municipality's own length for one of its routine clocks (C9); clocks of law have none."""

    regel = models.CharField(_("regel"), max_length=50)
    lengde = models.PositiveSmallIntegerField(_("lengde"))
    gjelder_fra = models.DateField(_("gjelder fra"))
    gjelder_til = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        verbose_name = _("fristverdi")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="en_fristverdi_per_dato",
                expressions=[
                    ("regel", RangeOperators.EQUAL),
                    (Datoperiode("gjelder_fra", "gjelder_til"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(lengde__gt=0), name="fristverdi_over_null"),
        ]

    def __str__(self) -> str:
        return f"{self.regel}: {self.lengde}"


class Hjemmel(models.Model):
    """A legal basis with the period it held; letters print the one valid on their date (L6)."""

    kode = models.CharField(_("kode"), max_length=40)
    tekst = models.CharField(_("henvisning"), max_length=200)
    gjelder_fra = models.DateField(_("gjelder fra"))
    gjelder_til = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        verbose_name = _("hjemmel")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="en_hjemmel_per_dato",
                expressions=[
                    ("kode", RangeOperators.EQUAL),
                    (Datoperiode("gjelder_fra", "gjelder_til"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.tekst


class Varsel(UuidTabell):
    """One outgoing e-mail: the row stands before the post is sent (P1, P2)."""

    class Tilstand(models.TextChoices):
        KLAR = "klar", _("klar")
        SENDES = "sendes", _("sendes")
        SENDT = "sendt", _("sendt")
        STANSET = "stanset", _("stanset, mottakeren skal ikke lenger ha den")
        I_TVIL = "i_tvil", _("usikker, må sjekkes")
        OPPGITT = "oppgitt", _("gitt opp")

    noekkel = models.CharField(max_length=200, unique=True)
    meldings_id = models.CharField(max_length=200, unique=True)
    mottaker = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="varsler")
    epost = models.EmailField()
    emne = models.CharField(max_length=150)
    tekst = models.TextField()
    kalender = models.TextField(blank=True)
    gjelder_type = models.CharField(max_length=60, blank=True)
    gjelder_id = models.UUIDField(null=True, blank=True)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.KLAR)
    lagt_tid = models.DateTimeField()
    neste_forsoek_tid = models.DateTimeField()
    laast_til_tid = models.DateTimeField(null=True, blank=True)
    laast_av = models.UUIDField(null=True, blank=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    sendt_tid = models.DateTimeField(null=True, blank=True)
    feil = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        indexes: ClassVar = [
            models.Index(
                fields=["neste_forsoek_tid"],
                name="varsel_venter",
                condition=Q(tilstand__in=["klar", "sendes"]),
            ),
            models.Index(fields=["lagt_tid"], name="varsel_stoppet", condition=Q(tilstand__in=["i_tvil", "oppgitt"])),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tilstand="sendt", sendt_tid__isnull=False) | ~Q(tilstand="sendt"),
                name="sendt_varsel_har_tid",
            ),
        ]

    def __str__(self) -> str:
        return self.noekkel


class Dokument(UuidTabell):
    """A finished text: content frozen as JSON, rendered once, bytes and checksum kept (L18, L22)."""

    class Tilstand(models.TextChoices):
        BESTILT = "bestilt", _("bestilt")
        LAGES = "lages", _("lages")
        LAGET = "laget", _("laget")
        FEILET = "feilet", _("feilet")

    noekkel = models.CharField(max_length=200, unique=True)
    mal = models.CharField(max_length=50)
    tittel = models.CharField(max_length=200)
    maalform = models.CharField(max_length=2, choices=Maalform, default=Maalform.BOKMAAL)
    innhold = models.JSONField()
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.BESTILT)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bestilt_tid = models.DateTimeField()
    laget_tid = models.DateTimeField(null=True, blank=True)
    neste_forsoek_tid = models.DateTimeField()
    laas_til = models.DateTimeField(null=True, blank=True)
    forsoek = models.PositiveSmallIntegerField(default=0)
    feil = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenter")
        indexes: ClassVar = [
            models.Index(
                fields=["neste_forsoek_tid"], name="dokument_venter", condition=Q(tilstand__in=["bestilt", "lages"])
            ),
            models.Index(fields=["bestilt_tid"], name="dokument_feilet", condition=Q(tilstand="feilet")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(tilstand="laget") | Q(pdf__isnull=False, laget_tid__isnull=False),
                name="laget_dokument_har_pdf",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="frosset_innhold", operation=pgtrigger.UpdateOf("innhold", "noekkel", "mal")),
            pgtrigger.Protect(
                name="laget_er_laget", operation=pgtrigger.Update, condition=pgtrigger.Q(old__tilstand="laget")
            ),
        ]

    def __str__(self) -> str:
        return self.tittel


class Fil(UuidTabell):
    """An upload, encrypted at rest; the stored name is the key (ASVS 5.3.2)."""

    class Type(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    navn = models.CharField(max_length=150, validators=[FileExtensionValidator(["pdf", "png", "jpg", "jpeg"])])
    type = models.CharField(max_length=20, choices=Type)
    stoerrelse = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    innhold = models.BinaryField()
    lastet_opp_tid = models.DateTimeField()
    lastet_opp_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stoerrelse__lte=10 * 1024 * 1024), name="fil_hoeyst_10_mb"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="fil_er_fast", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.id)


class Sikkerhetslogg(models.Model):
    """Refused attempts and other security events; only added to (N4, N5)."""

    BARE_TILLEGG = True

    tid = models.DateTimeField()
    konto_id = models.UUIDField(null=True)
    hva = models.CharField(max_length=100)
    rett = models.CharField(max_length=60, blank=True)
    objekt_type = models.CharField(max_length=60, blank=True)
    objekt_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("sikkerhetslogg")
        triggers: ClassVar = [pgtrigger.Protect(name="bare_tillegg", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.hva


class Tidsluke(models.Model):
    """One slot of the schedule, taken by exactly one worker (P4)."""

    jobb = models.CharField(max_length=50)
    luke = models.DateTimeField()
    startet_tid = models.DateTimeField()
    ferdig_tid = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tidsluke")
        constraints: ClassVar = [models.UniqueConstraint(fields=["jobb", "luke"], name="en_jobb_per_luke")]

    def __str__(self) -> str:
        return f"{self.jobb} {self.luke:%Y-%m-%d %H:%M}"
