"""What one may do, which roles may, and the only ways to a row: `synlige` and `hent`."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Omraade
from tok.sak.tilgang import innsyn, kilder, skjulte, sperrer
from tok.sak.tilgang.roller import ANSETTELSESROLLER, Adgang, Omfang, Rolle, Vilkaar, med

Rad = TypeVar("Rad", bound=Model)

LEDER_SAK = {Rolle.KOORDINATOR, Rolle.VARA}
I_SAKEN = {Rolle.KOORDINATOR, Rolle.VARA, Rolle.MEDKOORDINATOR, Rolle.FAST, Rolle.PERSON, Rolle.REPRESENTANT}
EIER = {Rolle.PERSON, Rolle.REPRESENTANT}
VED_BEHOV = {Rolle.VED_BEHOV, Rolle.STOETTEPERSON}
HJELPERE = {Rolle.TOK, Rolle.KOORDINATOR, Rolle.VARA, Rolle.MEDKOORDINATOR, Rolle.FAST, Rolle.VED_BEHOV}
KAN_AAPNE_UNNTAK = {*kilder.KAN_AAPNE_UNNTAK}
INNKALT = {med(rolle, Vilkaar.INNKALT) for rolle in VED_BEHOV}
MED_SAMTYKKE = {med(Rolle.FAST, Vilkaar.SAMTYKKE_REFERAT), med(Rolle.TOK, Vilkaar.SAMTYKKE_TOK)}

_doerer: dict[tuple[Any, type[Model]], Forberedt] = {}  # right and table -> the question of one row


class Rett(Enum):
    """One line per right: what, how wide, and who."""

    SE_MIN_DAG = (
        "se Min dag",
        Omfang.SYSTEM,
        {Rolle.TOK, Rolle.LEDER, Rolle.PERSONVERNOMBUD, Rolle.SYSTEMANSVARLIG, Rolle.ANSATT} | VED_BEHOV | I_SAKEN,
    )
    SE_REGISTER = "se registeret", Omfang.SYSTEM, {Rolle.TOK}
    EKSPORTERE_REGISTER = "eksportere registeret", Omfang.SYSTEM, {Rolle.TOK}
    REGISTRERE_HENVENDELSE = "registrere en henvendelse", Omfang.SYSTEM, {Rolle.TOK}
    HAANDTERE_POST = "ta seg av post som ikke kom fram", Omfang.SYSTEM, {Rolle.TOK}
    SE_HENVENDELSE = "se henvendelser", Omfang.ENHET, {Rolle.TOK}
    BEHANDLE_HENVENDELSE = "behandle henvendelser", Omfang.ENHET, {Rolle.TOK}

    KONTROLLERE_LOGG = "kontrollere loggen over hvem som har sett", Omfang.SYSTEM, {Rolle.PERSONVERNOMBUD}
    VURDERE_LOGGFUNN = "vurdere funn i loggkontrollen", Omfang.EGEN, {Rolle.LEDER}
    SE_ANSATTES_LOGG = "se hva egne ansatte har sett på", Omfang.SYSTEM, {Rolle.LEDER}
    SE_EGEN_LOGG = "se hva en selv har sett på", Omfang.EGEN, {*ANSETTELSESROLLER} | VED_BEHOV | I_SAKEN

    FORVALTE_KONTOER = "lage, stenge og endre kontoer", Omfang.SYSTEM, {Rolle.SYSTEMANSVARLIG}

    SE_SAK = "se saken", Omfang.SAK, {Rolle.TOK, Rolle.UNNTAK} | I_SAKEN, Omraade.SAK
    SE_LOGG = "se hvem som har sett i saken", Omfang.SAK, {Rolle.TOK, Rolle.UNNTAK} | LEDER_SAK | EIER, Omraade.LOGG
    SE_DOKUMENTER = "se dokumentene i saken", Omfang.SAK, {Rolle.TOK, Rolle.UNNTAK} | LEDER_SAK | EIER, Omraade.DOKUMENT
    SE_BREV = "se brev til andre", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    ENDRE_DELTAKERE = "endre hvem som deltar", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    SE_REPRESENTANTER = (
        "se hvem som representerer personen",
        Omfang.SAK,
        {Rolle.TOK, Rolle.UNNTAK, Rolle.PERSON} | LEDER_SAK,
        Omraade.SAK,
    )
    ENDRE_REPRESENTANTER = "registrere og avslutte representanter", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    ENDRE_PERSON = "endre opplysninger om personen", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    SE_SAMTYKKE = "se samtykker", Omfang.SAK, {Rolle.TOK, Rolle.UNNTAK} | LEDER_SAK | EIER, Omraade.SAMTYKKE
    REGISTRERE_SAMTYKKE = "registrere samtykke", Omfang.SAK, LEDER_SAK
    TREKKE_SAMTYKKE = "registrere at et samtykke er trukket", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    KRYSSE_AV = "krysse av i sjekklista", Omfang.SAK, {Rolle.TOK} | LEDER_SAK

    SE_MIN_SIDE = "se sin egen side", Omfang.SYSTEM, EIER
    SE_EGEN_SAK = "se saken på sin egen side", Omfang.SAK, EIER, Omraade.SAK
    SE_NOTAT = "se hva personen og familien vil si", Omfang.SAK, LEDER_SAK | EIER, Omraade.SAK
    SKRIVE_NOTAT = "skrive hva en vil ha sagt", Omfang.SAK, LEDER_SAK | EIER, Omraade.SAK
    SKJULE_FOR_FORESATTE = "skjule noe for foresatte", Omfang.SAK, LEDER_SAK | {Rolle.PERSON}, Omraade.SAK

    VERNE = "verne en adresse, og si hvem som slipper inn", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    BEKREFTE_VERN = "bekrefte et vern en kollega har satt", Omfang.EGEN, {Rolle.TOK}
    GJENOPPRETTE_VERN = "gi en vernet sak en saksbehandler igjen", Omfang.SYSTEM, {Rolle.LEDER}

    SE_HABILITET = "se hvem som er inhabile i saken", Omfang.SAK, {Rolle.TOK} | LEDER_SAK
    MELDE_SEG_INHABIL = "melde fra at en selv er inhabil", Omfang.SAK, HJELPERE
    MERKE_INHABIL = "merke noen som inhabile", Omfang.SAK, {Rolle.TOK}
    AAPNE_UNNTAK = "åpne en sak med unntakstilgang", Omfang.SYSTEM, KAN_AAPNE_UNNTAK
    SE_EGNE_UNNTAK = "se og avslutte egne unntakstilganger", Omfang.EGEN, KAN_AAPNE_UNNTAK
    SE_ANSATTES_UNNTAK = "se ansattes unntakstilganger", Omfang.SYSTEM, {Rolle.LEDER, Rolle.PERSONVERNOMBUD}

    SPOERRE_LEDER = "spørre koordinators leder", Omfang.SAK, {Rolle.TOK}
    SVARE_SOM_LEDER = "svare på spørsmål om koordinator", Omfang.EGEN, {Rolle.LEDER}
    OPPNEVNE = "oppnevne koordinator", Omfang.SAK, {Rolle.TOK}
    SE_KOORDINATORER = "se alle koordinatorer", Omfang.SYSTEM, {Rolle.TOK}

    SE_MOETE = "se møtet", Omfang.SAK, {Rolle.TOK, Rolle.UNNTAK} | INNKALT | I_SAKEN, Omraade.MOETE
    PLANLEGGE_MOETE = "planlegge møter", Omfang.SAK, LEDER_SAK | {Rolle.MEDKOORDINATOR}
    SENDE_SAKSLISTE = "sende saksliste og innkalling", Omfang.SAK, LEDER_SAK | {Rolle.MEDKOORDINATOR}
    SKRIVE_REFERAT = "skrive referat", Omfang.SAK, LEDER_SAK | {Rolle.MEDKOORDINATOR}
    FERDIGSTILLE_REFERAT = "ferdigstille referat", Omfang.SAK, LEDER_SAK | {Rolle.MEDKOORDINATOR}
    LESE_REFERAT = (
        "lese ferdige referater",
        Omfang.SAK,
        LEDER_SAK | {Rolle.MEDKOORDINATOR, Rolle.UNNTAK} | EIER | MED_SAMTYKKE,
        Omraade.REFERAT,
    )

    def __init__(self, tekst: str, omfang: Omfang, adgang: set[Rolle | Adgang], omraade: Omraade | None = None) -> None:
        self.tekst = tekst
        self.omfang = omfang
        self.omraade = omraade
        self.adganger = frozenset(Adgang(a) if isinstance(a, Rolle) else a for a in adgang)

    @property
    def roller(self) -> frozenset[Rolle]:
        return frozenset(adgang.rolle for adgang in self.adganger)

    def har(self, konto: Konto, *, i_dag: date) -> bool:
        """Whether the account may at all, for rights without an object (menus, lists, new rows)."""
        if self.omfang is Omfang.SAK:
            saker = kilder.saker(konto, self.adganger, i_dag, self.omraade)
            return saker is not None and saker.exists()
        ansatt = Ansettelse.objects.gjeldende(i_dag).som(*self.roller).filter(konto=konto)
        deltar = kilder.deltakelser(konto, i_dag).filter(rolle__in=self.roller)
        return ansatt.exists() or deltar.exists()

    def har_som(self, stilling: kilder.Stilling) -> bool:
        """The same for the page that has read what the account is; a right to cases is asked of the cases (`har`)."""
        if self.omfang is Omfang.SAK:
            raise TypeError(f"{self.name} reaches cases")
        return bool(self.roller & stilling.roller)

    def synlige(self, konto: Konto, qs: QuerySet[Rad], *, i_dag: date, faa: bool = False) -> QuerySet[Rad]:
        """The rows of `qs` that the account may reach by this right, and no others (N1, default deny).

        `faa` says that `qs` is a few rows, so that just their cases are looked up; the answer is the same.
        """
        modell: Any = qs.model
        if not konto.is_active:
            return qs.none()
        if self.omfang is Omfang.SAK:
            return self._i_saker(konto, qs, i_dag, faa=faa)
        if self.omfang is Omfang.ENHET:
            kontorer = kilder.kontorer(konto, self.roller, i_dag)
            return qs.filter(sperrer.aapen_person(konto), **{f"{modell.KONTOR_STI}__in": kontorer})
        if self.omfang is Omfang.EGEN and self.har(konto, i_dag=i_dag):
            return kilder.egne(konto, qs, self.roller, i_dag)
        if self.omfang is Omfang.SYSTEM and self.har(konto, i_dag=i_dag):
            return qs
        return qs.none()

    def _i_saker(self, konto: Konto, qs: QuerySet[Rad], i_dag: date, *, faa: bool) -> QuerySet[Rad]:
        modell: Any = qs.model
        if Rolle.REPRESENTANT in self.roller and skjulte.kan_skjules(modell):
            qs = skjulte.uten_skjulte(konto, qs, i_dag)
        blant = qs.order_by().values(modell.SAK_STI) if faa else None
        saker = kilder.saker(konto, self.adganger, i_dag, self.omraade, blant)
        synlige = qs.none() if saker is None else qs.filter(**{f"{modell.SAK_STI}__in": saker})
        innkalt = [a.rolle for a in self.adganger if a.vilkaar is Vilkaar.INNKALT]
        if not innkalt or not hasattr(modell, "kalt_inn"):
            return synlige
        roller = kilder.deltakelser(konto, i_dag).filter(rolle__in=innkalt)
        kalt = modell.kalt_inn(konto, innkalt, i_dag).filter(**{f"{modell.SAK_STI}__in": roller.values("sak")})
        noekler = synlige.order_by().values("pk").union(kalt.order_by().values("pk"), all=True)
        return qs.filter(pk__in=noekler)

    def hent(self, konto: Konto, qs: QuerySet[Rad], *, naa: datetime, handling: str = "les", **oppslag: Any) -> Rad:
        """One row, with the reading written to `Innsyn` in this transaction.

        Raises:
            Avvist: a 404, when the row is missing or closed; the two look the same to the asker.
        """
        rad = self._slaa_opp(konto, qs, oppslag, lokal_dato(naa))
        if rad is None:
            raise innsyn.Avvist(konto, self.name, qs.model.__name__, str(next(iter(oppslag.values()), "")), naa)
        innsyn.noter_lesing(konto, self, rad, naa=naa, handling=handling)
        return rad

    def _slaa_opp(self, konto: Konto, qs: QuerySet[Rad], oppslag: dict[str, Any], i_dag: date) -> Rad | None:
        """By key the same question is put together once (`synlige` of the one row), and the row is read after it."""
        noekkel = oppslag.get("pk")
        if len(oppslag) != 1 or not isinstance(noekkel, UUID) or self.omfang not in (Omfang.SAK, Omfang.ENHET):
            return self.synlige(konto, qs, i_dag=i_dag).filter(**oppslag).first()
        if not konto.is_active:
            return None
        modell = qs.model
        if (self, modell) not in _doerer:
            _doerer[self, modell] = Forberedt(
                lambda konto_id, noekkel, i_dag: self.synlige(
                    Konto(pk=konto_id), modell._base_manager.filter(pk=noekkel), i_dag=i_dag, faa=True
                ).values_list("pk")
            )
        funnet = _doerer[self, modell].rader(konto_id=konto.pk, noekkel=noekkel, i_dag=i_dag)
        return qs.filter(pk=noekkel).first() if funnet else None

    def krev(self, konto: Konto, rad: Model | None, *, i_dag: date) -> bool:
        """Whether the right holds for just this row; the guard of a handling.

        Without a saved row there is no case to look in, so only a right without an object can hold: a row put together
        with somebody else's key opens nothing.
        """
        if rad is None or rad._state.adding:
            return self.omfang is Omfang.SYSTEM and self.har(konto, i_dag=i_dag)
        qs = type(rad)._base_manager.filter(pk=rad.pk)
        return self.synlige(konto, qs, i_dag=i_dag, faa=True).exists()

    @property
    def fra_ansettelse(self) -> bool:
        return any(rolle in ANSETTELSESROLLER for rolle in self.roller)
