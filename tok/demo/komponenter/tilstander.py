"""Each kind of field in each of its states: empty, filled, with a hint, optional, wrong, locked, long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.filer import Filfelt
from tok.kjerne.klokke import OSLO
from tok.kjerne.skjema import Datofelt, DatoTidfelt, Klokkeslettfelt, Langtekst, Skjema, Telefonfelt

KANALER = [
    ("telefon", gettext_lazy("Telefon")),
    ("oppmoete", gettext_lazy("Møtte opp på kontoret")),
    ("brev", gettext_lazy("Brev")),
]
KORTE_SVAR = [("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei")), ("vet", gettext_lazy("Vet ikke"))]
LANG_LEDETEKST = gettext_lazy(
    "Hvilke habiliterings- og rehabiliteringstjenester, hjelpemiddelsentraler og "
    "arbeidsmarkedstiltaksleverandører bør være med i den tverrfaglige samarbeidsgruppa?"
)
LANG_HJELP = gettext_lazy(
    "Ta med både kommunale tjenester, spesialisthelsetjenesten og skolehelsetjenesten, også "
    "dem som bare trengs i overgangen fra ungdomsskole til videregående opplæring."
)
LAAST = gettext_lazy("Hentet fra saken. Kan ikke endres her.")


@dataclass(frozen=True)
class Komponent:
    """One kind of field: its name in the address of the page, when to use it, how it is made, and example values."""

    navn: str
    tittel: Any
    ledetekst: Any
    naar: Any
    lag: Callable[..., forms.Field]
    fylt: Any
    feil: Mapping[str, str]
    fil: str = ""
    variant: str = ""

    def _felt(
        self, tilstand: str, *, data: Mapping[str, str] | None = None, fylt: Any = None, **mer: Any
    ) -> BoundField:
        """The field of a form of its own, so that no two on the page share a name."""
        klasse = type(
            "Proeveskjema", (Skjema,), {"felt": self.lag(**{"label": self.ledetekst, "required": True, **mer})}
        )
        prefiks = f"{self.navn}-{tilstand}"
        sendt = {f"{prefiks}-felt{del_}": verdi for del_, verdi in data.items()} if data is not None else None
        filer = {f"{prefiks}-felt": SimpleUploadedFile(self.fil, b"x")} if self.fil and data is not None else None
        skjema: Any = klasse(sendt, filer, prefix=prefiks, initial={"felt": fylt})
        felt: BoundField = skjema["felt"]
        return felt

    @property
    def tilstander(self) -> list[tuple[str, BoundField]]:
        """The name of each state, with the field in it."""
        kan_vaere_valgfri = not isinstance(self.lag(), forms.BooleanField)
        felt = [
            (_("Tom"), self._felt("tom")),
            (_("Utfylt"), self._felt("utfylt", fylt=self.fylt)),
            (_("Med hjelpetekst"), self._felt("hjelp", help_text=_("Én kort setning. Ingen lenker."))),
            (_("Valgfri"), self._felt("valgfri", required=False)) if kan_vaere_valgfri else None,
            (_("Med feil"), self._felt("feil", data=self.feil)),
            (_("Låst"), self._felt("laast", fylt=self.fylt, disabled=True, help_text=LAAST)),
            (_("Lang tekst"), self._felt("lang", fylt=self.fylt, label=LANG_LEDETEKST, help_text=LANG_HJELP)),
        ]
        return [ett for ett in felt if ett is not None]


def _tekst(**mer: Any) -> forms.Field:
    return forms.CharField(**{"max_length": 120, **mer})


def _velg(**mer: Any) -> forms.Field:
    return forms.ChoiceField(**{"choices": [("", "---------"), *KANALER], **mer})


def _radio(**mer: Any) -> forms.Field:
    return forms.ChoiceField(**{"choices": KANALER, "widget": forms.RadioSelect, **mer})


def _flere(**mer: Any) -> forms.Field:
    return forms.MultipleChoiceField(**{"choices": KANALER, "widget": forms.CheckboxSelectMultiple, **mer})


def _lang(**mer: Any) -> forms.Field:
    return Langtekst(**{"maks": 200, **mer})


def _kort_radio(**mer: Any) -> forms.Field:
    return forms.ChoiceField(**{"choices": KORTE_SVAR, "widget": forms.RadioSelect, **mer})


FELT = (
    Komponent(
        "tekst",
        gettext_lazy("Kort tekst"),
        gettext_lazy("Fornavn"),
        gettext_lazy("Kort tekst på én linje. Ledeteksten står alltid over feltet."),
        _tekst,
        "Amalie",
        {"": ""},
    ),
    Komponent(
        "telefon",
        gettext_lazy("Telefonnummer"),
        gettext_lazy("Telefon"),
        gettext_lazy("Telefonnummer. Mellomrom og landkode er lov, og nummeret vises likt overalt."),
        Telefonfelt,
        "12 34 50 40",
        {"": "123"},
    ),
    Komponent(
        "langtekst",
        gettext_lazy("Lang tekst med teller"),
        gettext_lazy("Hva er viktig for deg?"),
        gettext_lazy("Tekst over flere linjer. Telleren sier hvor mye plass det er, og ingenting klippes bort."),
        _lang,
        "Jeg vil gå på fotballtrening med de andre.\nJeg vil ikke fortelle alt på nytt hver gang.",
        {"": "Jeg vil gå på fotballtrening med de andre. " * 6},
    ),
    Komponent(
        "velg",
        gettext_lazy("Nedtrekksliste"),
        gettext_lazy("Kanal"),
        gettext_lazy("Nedtrekksliste. Bruk den når det er flere enn seks valg. Er det færre, er radioknapper bedre."),
        _velg,
        "brev",
        {"": ""},
    ),
    Komponent(
        "radio",
        gettext_lazy("Radioknapper"),
        gettext_lazy("Hvordan tok de kontakt?"),
        gettext_lazy("Ett av noen få valg. Ingen er valgt på forhånd."),
        _radio,
        "oppmoete",
        {"": ""},
    ),
    Komponent(
        "avkrysning",
        gettext_lazy("Avkrysningsbokser"),
        gettext_lazy("Hvordan vil du ha beskjed?"),
        gettext_lazy("Ingen, ett eller flere av noen få valg."),
        _flere,
        ["telefon", "brev"],
        {"": "due"},
    ),
    Komponent(
        "kryss",
        gettext_lazy("Ett kryss"),
        gettext_lazy("Samtalen om rollen er holdt"),
        gettext_lazy("Ja eller nei om én ting. Setningen skal være sann når det er krysset av."),
        forms.BooleanField,
        True,
        {"": ""},
    ),
    Komponent(
        "fil",
        gettext_lazy("Fil"),
        gettext_lazy("Skannet skjema"),
        gettext_lazy("Nettleseren glemmer fila når siden kommer tilbake med feil, så feltet sier hva som var valgt."),
        Filfelt,
        SimpleUploadedFile("samtykke-underskrevet.pdf", b""),
        {},
        fil="bilde-fra-telefonen.heic",
    ),
)
PAA_LINJE = (
    Komponent(
        "radiolinje",
        gettext_lazy("Valg på linje"),
        gettext_lazy("Trengs det tolk?"),
        gettext_lazy("Radioknapper på linje. Bare når alle valgene er korte."),
        _kort_radio,
        "nei",
        {"": ""},
        variant="paa-linje",
    ),
)
DATOER = (
    Komponent(
        "dato",
        gettext_lazy("Dato"),
        gettext_lazy("Dato for samtalen"),
        gettext_lazy("Tre felt. Måneden kan skrives med tall eller navn, og en hel dato kan limes inn i det første."),
        Datofelt,
        date(2026, 3, 3),
        {"_0": "31", "_1": "juni", "_2": "2026"},
    ),
    Komponent(
        "datotid",
        gettext_lazy("Dato og klokkeslett"),
        gettext_lazy("Når begynner møtet?"),
        gettext_lazy("Dato og klokkeslett sammen. Netter når klokka stilles, blir det spurt om."),
        DatoTidfelt,
        datetime(2026, 3, 3, 9, 30, tzinfo=OSLO),
        {"_0": "25", "_1": "oktober", "_2": "2026", "_3": "02.30"},
    ),
    Komponent(
        "klokke",
        gettext_lazy("Klokkeslett"),
        gettext_lazy("Til klokka"),
        gettext_lazy("Klokkeslett alene. 9, 0900, 09.00 og kl. 9 er det samme."),
        Klokkeslettfelt,
        "10.30",
        {"": "halv ti"},
    ),
)
