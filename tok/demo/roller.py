"""The demo's accounts, one per role, and what each does in a minute: for the start page, the tour and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.models import Moete, Referat
from koordinator.models import Forespoersel
from tok.demo.kommune import ANSATTE, PASSORD
from tok.demo.omvisning import Steg, en_av, foerste, side
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Henvendelse, Loggfunn, Person, Sak
from tok.sak.tilgang import Rett


@dataclass(frozen=True)
class Demorolle:
    """One account to try."""

    noekkel: str
    rolle: Any
    kort: Any
    steg: tuple[Steg, ...]

    @property
    def navn(self) -> str:
        return ANSATTE[self.noekkel].navn

    @property
    def tittel(self) -> str:
        return ANSATTE[self.noekkel].tittel

    @property
    def epost(self) -> str:
        return ANSATTE[self.noekkel].epost


def _moeter(tilstand: str, **mer: Any) -> Any:
    """Coming meetings in a state, the nearest first."""

    def utvalg(i_dag: date) -> QuerySet[Any]:
        return Moete.objects.filter(tilstand=tilstand, start_tid__date__gte=i_dag, **mer).order_by("start_tid")

    return utvalg


def _forespoersler(tilstand: str) -> Any:
    """Requests to a leader, the oldest first; of those approved, the ones that still lack an appointment."""
    return lambda _i_dag: Forespoersel.objects.filter(tilstand=tilstand, oppnevninger=None).order_by("sendt_tid")


def _saker(**hvor: Any) -> Any:
    """Cases, the ones that have come furthest first."""
    return lambda _i_dag: Sak.objects.filter(**hvor).order_by("aapnet_dato", "nummer")


def _med_moete(i_dag: date) -> QuerySet[Any]:
    """Cases with a meeting to come, the oldest first: the ones with most to see."""
    kommende = Moete.objects.filter(start_tid__date__gte=i_dag).exclude(tilstand="avlyst")
    return Sak.objects.filter(pk__in=kommende.values("gruppe__sak")).order_by("aapnet_dato", "nummer")


def _nye_henvendelser(_i_dag: date) -> QuerySet[Any]:
    return Henvendelse.objects.filter(tilstand="ny").order_by("mottatt_dato")


def _under_arbeid(_i_dag: date) -> QuerySet[Any]:
    return Moete.objects.filter(referater__tilstand="utkast").order_by("start_tid")


def _ferdige(_i_dag: date) -> QuerySet[Any]:
    return Referat.objects.filter(tilstand="ferdig").order_by("-versjon", "-ferdig_tid")


def _aapne_funn(_i_dag: date) -> QuerySet[Any]:
    """Findings nobody has assessed; those that lack a leader first."""
    return Loggfunn.objects.filter(lukket_tid=None).order_by(F("leder").asc(nulls_first=True), "-siste_tid")


def _med_adressebeskyttelse(_i_dag: date) -> QuerySet[Any]:
    return Sak.objects.exclude(person__adressebeskyttelse=Person.Adressebeskyttelse.INGEN).order_by("nummer")


def _stillinger(_i_dag: date) -> QuerySet[Any]:
    return Ansettelse.objects.filter(rolle=Ansettelse.Rolle.ANSATT, konto__epost=ANSATTE["jonas"].epost)


def _ansatte_kontoer(i_dag: date) -> QuerySet[Any]:
    return Konto.objects.filter(pk__in=_stillinger(i_dag).values("konto"))


MED_TOLK = "tolk_spraak__gt"
SAKEN = en_av(foerste("oversikt:sak", Rett.SE_SAK, _med_moete), foerste("oversikt:sak", Rett.SE_SAK, _saker()))
NESTE_MOETE = en_av(
    foerste("ansvarsgruppe:moete", Rett.SE_MOETE, _moeter("innkalt")),
    foerste("ansvarsgruppe:moete", Rett.SE_MOETE, _moeter("planlagt")),
)
MIN_DAG = side("oversikt:min_dag", Rett.SE_MIN_DAG)
REFERATET = foerste("ansvarsgruppe:referat", Rett.LESE_REFERAT, _ferdige)
EGEN_SIDE = foerste("oversikt:min_sak", Rett.SE_EGEN_SAK, _saker())
SKRIV_NOTAT = foerste("sak:notat_nytt", Rett.SKRIVE_NOTAT, _saker())
EPOSTEN = side("demo:epost")

ROLLER = (
    Demorolle(
        "hanne",
        _("Saksbehandler på kontoret"),
        _("Tar imot henvendelser, finner koordinatorer og passer på at fristene holdes."),
        (
            Steg(
                _("Begynner på Min dag"),
                _("Det som haster, står øverst, med navn og telefon til den du må ringe."),
                MIN_DAG,
            ),
            Steg(
                _("Tar imot en henvendelse"),
                _("Her leser du hva som trengs, og gjør henvendelsen til en sak med én knapp."),
                foerste("sak:henvendelse", Rett.SE_HENVENDELSE, _nye_henvendelser),
            ),
            Steg(
                _("Oppnevner koordinator"),
                _("Lederen har sagt ja. Her oppnevner du, og koordinatoren får brev om det."),
                foerste("koordinator:oppnevn", Rett.OPPNEVNE, _forespoersler("godkjent")),
            ),
            Steg(_("Ser hele saken på én side"), _("Hvem deltar, hva er neste frist, og hva er blitt gjort?"), SAKEN),
            Steg(
                _("Vet hvem som har plass til flere"),
                _("Koordinatorene, hvor mye hver av dem har, og om de har tatt kurset."),
                side("koordinator:koordinatorer", Rett.SE_KOORDINATORER),
            ),
            Steg(
                _("Laster ned årets register"),
                _("Tallene til årsmeldingen, uten navn. Hver nedlasting står i loggen."),
                side("oversikt:eksport", Rett.EKSPORTERE_REGISTER),
            ),
        ),
    ),
    Demorolle(
        "turid",
        _("Leder"),
        _("Svarer på om en ansatt kan være koordinator. Det tar to minutter, også på telefonen."),
        (
            Steg(_("Får en e-post"), _("Den sier bare at noe venter, og har en lenke. Aldri navn."), EPOSTEN),
            Steg(_("Ser hva som venter"), _("Spørsmålene står på Min dag, med dagen svaret må være gitt."), MIN_DAG),
            Steg(
                _("Svarer på et spørsmål"),
                _("Hva det gjelder, hvor lang tid det tar, og hva den ansatte har fra før. Uten navn på barnet."),
                foerste("koordinator:svar", Rett.SVARE_SOM_LEDER, _forespoersler("sendt")),
            ),
            Steg(
                _("Vurderer et uvanlig oppslag"),
                _("Noen leste mye om kvelden. Du ser når, aldri hvem det gjaldt, og skriver hva du fant ut."),
                foerste("sak:loggfunn_vurder", Rett.VURDERE_LOGGFUNN, _aapne_funn),
            ),
            Steg(
                _("Finner igjen det som er svart"),
                _("Alt du er spurt om, og hva du svarte."),
                side("koordinator:foresporsler", Rett.SVARE_SOM_LEDER),
            ),
        ),
    ),
    Demorolle(
        "jonas",
        _("Koordinator"),
        _("Leder ansvarsgruppene til noen barn ved siden av jobben som spesialpedagog."),
        (
            Steg(_("Begynner på Min dag"), _("Én liste for alle sakene: hva må gjøres, og når."), MIN_DAG),
            Steg(
                _("Setter opp sakslista"),
                _("De faste punktene står der. Legg til det barnet og familien vil snakke om, og send innkallingen."),
                foerste("ansvarsgruppe:saksliste", Rett.PLANLEGGE_MOETE, _moeter("planlagt")),
            ),
            Steg(
                _("Skriver referat i møtet"),
                _("Teksten lagres mens du skriver. Ingen andre ser den før du er ferdig."),
                foerste("ansvarsgruppe:referat_skriv", Rett.SKRIVE_REFERAT, _under_arbeid),
            ),
            Steg(
                _("Leser et ferdig referat"),
                _("Det dere ble enige om, står først. Er noe rettet, ser du hva og hvorfor."),
                REFERATET,
            ),
            Steg(
                _("Holder orden på samtykkene"),
                _("Hva familien har sagt ja til, og når det går ut."),
                foerste("sak:samtykker", Rett.SE_SAMTYKKE, _saker(gruppe__isnull=False)),
            ),
        ),
    ),
    Demorolle(
        "siri",
        _("Koordinator med tolk og hemmelig adresse"),
        _("Har en familie som trenger tolk, og et barn som bor på en adresse ingen skal vite om."),
        (
            Steg(_("Begynner på Min dag"), _("Hva må gjøres i sakene, og når?"), MIN_DAG),
            Steg(
                _("Forbereder et møte med tolk"),
                _("Møtet er satt opp lengre, og tolken står på innkallingen."),
                foerste("ansvarsgruppe:moete", Rett.SE_MOETE, _moeter("innkalt", **{MED_TOLK: ""})),
            ),
            Steg(
                _("Passer på en hemmelig adresse"),
                _("Merket står øverst på alle sidene i saken, og hver gang noen ser, blir det logget."),
                foerste("oversikt:sak", Rett.SE_SAK, _med_adressebeskyttelse),
            ),
            Steg(
                _("Ser alle møtene sine"),
                _("På tvers av sakene, de nærmeste først."),
                side("ansvarsgruppe:mine_moeter", Rett.PLANLEGGE_MOETE),
            ),
        ),
    ),
    Demorolle(
        "berit",
        _("Deltaker"),
        _("Kontaktlærer. Møter, leser referatet og gjør det hun har lovet."),
        (
            Steg(_("Ser hva som venter"), _("Møtene, og det du har lovet å gjøre."), MIN_DAG),
            Steg(_("Åpner neste møte"), _("Når, hvor, hvem som kommer, og hva dere skal snakke om."), NESTE_MOETE),
            Steg(_("Leser referatet"), _("Bare referatene familien har sagt ja til at du får lese."), REFERATET),
            Steg(_("Ser hvem de andre er"), _("Hvem som deltar, og hvordan du når dem."), SAKEN),
        ),
    ),
    Demorolle(
        "randi",
        _("Personvernombud"),
        _("Ser hver uke etter om noen har sett på det de ikke skulle. Ser saksnummer, aldri hva som står i saken."),
        (
            Steg(
                _("Begynner på ukas loggkontroll"),
                _("Er loggen hel, hva er uvanlig, hvem brukte unntakstilgang, og hvem ble avvist?"),
                side("sak:loggkontroll", Rett.KONTROLLERE_LOGG),
            ),
            Steg(
                _("Ser på et funn"),
                _("Hvem, når, som hva og hvorfor. Er det ingen leder som kan vurdere det, velger du en."),
                foerste("sak:loggkontroll_funn", Rett.KONTROLLERE_LOGG, _aapne_funn),
            ),
            Steg(
                _("Søker i loggen"),
                _("På navnet til en ansatt eller et saksnummer. Søket ditt blir selv logget."),
                side("sak:loggsoek", Rett.KONTROLLERE_LOGG),
            ),
            Steg(
                _("Ser hva hun selv har sett på"),
                _("Alle ansatte har en slik logg over seg selv. Ombudet står der på linje med de andre."),
                side("sak:min_logg", Rett.SE_EGEN_LOGG),
            ),
        ),
    ),
    Demorolle(
        "hodan",
        _("Forelder"),
        _("Mor til en gutt med ansvarsgruppe. Ser saken, møtene og hvem som har sett i den."),
        (
            Steg(_("Ser hva som skjer nå"), _("Neste møte, hvem som hjelper, og hva dere er enige om."), EGEN_SIDE),
            Steg(_("Åpner møtet"), _("Når, hvor, hvem som kommer, og hva dere skal snakke om."), NESTE_MOETE),
            Steg(_("Sier fra om noe"), _("Skriver det hun vil ha sagt. Koordinatoren leser det."), SKRIV_NOTAT),
            Steg(
                _("Bestemmer hvem som får vite hva"),
                _("Hva du har sagt ja til. Du kan trekke et ja når du vil, ved å si fra."),
                foerste("sak:samtykker", Rett.SE_SAMTYKKE, _saker()),
            ),
            Steg(
                _("Ser hvem som har lest"),
                _("Alle som har åpnet noe om barnet ditt, står her med navn og klokkeslett."),
                foerste("oversikt:hvem_har_sett", Rett.SE_LOGG, _saker()),
            ),
        ),
    ),
    Demorolle(
        "selma",
        _("Ungdom"),
        _("Er 13 år. Leser sin egen sak, og bestemmer over noe foreldrene ikke skal se."),
        (
            Steg(
                _("Åpner sin egen side"), _("Hva skjer nå, og hvem hjelper? «Forlat siden raskt» er øverst."), EGEN_SIDE
            ),
            Steg(
                _("Sier noe bare til koordinatoren"),
                _("Ett kryss, og foreldrene ser det ikke. De ser heller ikke at noe er skjult."),
                SKRIV_NOTAT,
            ),
            Steg(
                _("Ser det som er skrevet"),
                _("Det som er skjult for foreldrene, er merket."),
                foerste("sak:notater", Rett.SE_NOTAT, _saker()),
            ),
            Steg(
                _("Ser hvem som har lest"),
                _("Alle som har åpnet noe om deg, med navn og hvorfor."),
                foerste("oversikt:hvem_har_sett", Rett.SE_LOGG, _saker()),
            ),
        ),
    ),
    Demorolle(
        "system",
        _("Systemansvarlig"),
        _("Lager, endrer og stenger kontoer. Ser aldri hva som står i en sak."),
        (
            Steg(
                _("Ser alle kontoene"),
                _("Hvem, hvor de arbeider, når de sist var her, og om kontoen er åpen."),
                side("sak:kontoer", Rett.FORVALTE_KONTOER),
            ),
            Steg(
                _("Lager en ny konto"),
                _("Eieren får en e-post med lenke til å velge passord, uten navn. Du får aldri vite passordet."),
                side("sak:konto_ny", Rett.FORVALTE_KONTOER),
            ),
            Steg(
                _("Ser på én konto"),
                _("Stillingene nå og før. Her stenger du kontoen, og neste side blir nektet."),
                foerste("sak:konto", Rett.FORVALTE_KONTOER, _ansatte_kontoer),
            ),
            Steg(
                _("Endrer eller avslutter en stilling"),
                _("Skriv siste dag, og det rollen åpner, er stengt fra midnatt."),
                foerste("sak:stilling_endre", Rett.FORVALTE_KONTOER, _stillinger),
            ),
        ),
    ),
)


def kontotabell() -> str:
    """The accounts as a table for the terminal."""
    bredde = max(len(rolle.epost) for rolle in ROLLER)
    linjer = [f"  {rolle.epost:<{bredde}}  {rolle.rolle}: {rolle.navn}" for rolle in ROLLER]
    hode = f"Kontoer (alle har passordet {PASSORD}). Du kan også velge rolle på startsiden."
    return "\n".join(["", hode, *linjer, ""])
