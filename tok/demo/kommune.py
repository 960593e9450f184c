"""The demo municipality before any case: Fjordvik, its office, units and accounts. Everything is made up (N24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_DNS, UUID, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from koordinator.models import Gjennomfoering, Kurs
from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Kommune, Konto
from tok.sak.models import Ansettelse, Enhet

PASSORD = "demo-fjordvik-2026"
DOMENE = "fjordvik.example"
GRUNN = "demodata"
KONTOR = "kontor"

S = Enhet.Sektor
# key: (name, sector, telephone)
ENHETER = {
    KONTOR: ("Tildelings- og koordineringskontoret", S.HELSE, "12 34 50 00"),
    "barnehage": ("Solbakken barnehage", S.OPPVEKST, "12 34 51 10"),
    "barneskole": ("Fjæra barneskole", S.OPPVEKST, "12 34 51 20"),
    "ungdomsskole": ("Fjordvik ungdomsskole", S.OPPVEKST, "12 34 51 30"),
    "ppt": ("PPT Fjordvik", S.PPT, "12 34 51 40"),
    "helsestasjon": ("Helsestasjonen og skolehelsetjenesten", S.HELSE, "12 34 51 50"),
    "fysergo": ("Ergo- og fysioterapitjenesten", S.HELSE, "12 34 51 60"),
    "barnevern": ("Barneverntjenesten", S.BARNEVERN, "12 34 51 70"),
    "psykisk": ("Rus og psykisk helse", S.HELSE, "12 34 51 80"),
    "nav": ("NAV Fjordvik", S.NAV, "12 34 51 90"),
    "habilitering": ("Habiliteringstjenesten for barn og unge", S.SPESIALIST, "12 34 52 10"),
    "legesenter": ("Fjordvik legesenter", S.FASTLEGE, "12 34 52 20"),
    "bup": ("BUP Fjordvik", S.SPESIALIST, "12 34 52 30"),
    "avlastning": ("Avlastning og bolig", S.HELSE, "12 34 52 40"),
    "stab": ("Kommunedirektørens stab", S.ANNEN, "12 34 52 60"),
    "kommunepsykolog": ("Kommunepsykologene", S.HELSE, "12 34 52 50"),
}


@dataclass(frozen=True)
class Ansatt:
    """One account: who, what kind of work, and where."""

    navn: str
    tittel: str
    rolle: str
    enheter: tuple[str, ...]
    kurs_for_maaneder_siden: int | None = None
    koordinerer: bool = False

    @property
    def epost(self) -> str:
        """`jonas.berg@fjordvik.example`."""
        return f"{ascii_navn(self.navn)}@{DOMENE}"


def ascii_navn(navn: str) -> str:
    """`paal.aasen`, for an address."""
    return navn.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace(" ", ".")


def ansattes_start(i_dag: date) -> date:
    """Everybody has been here longer than the oldest case."""
    return date(i_dag.year - 4, 1, 1)


R = Ansettelse.Rolle
ANSATTE = {
    "hanne": Ansatt("Hanne Solvik", "rådgiver", R.TOK, (KONTOR,)),
    "erik": Ansatt("Erik Nesheim", "rådgiver", R.TOK, (KONTOR,)),
    "mona": Ansatt("Mona Tveit", "fagkoordinator", R.TOK, (KONTOR,)),
    "turid": Ansatt("Turid Haugland", "avdelingsleder", R.LEDER, ("helsestasjon", "fysergo")),
    "geir": Ansatt("Geir Molvær", "rektor", R.LEDER, ("barneskole",)),
    "ragnhild": Ansatt("Ragnhild Aasen", "leder for PPT", R.LEDER, ("ppt",)),
    "svein": Ansatt("Svein Ødegård", "avdelingsleder", R.LEDER, ("psykisk",)),
    "jonas": Ansatt("Jonas Berg", "spesialpedagog", R.ANSATT, ("ppt",), 8, True),
    "ingvild": Ansatt("Ingvild Fosse", "PP-rådgiver", R.ANSATT, ("ppt",), 20, True),
    "siri": Ansatt("Siri Lunde", "helsesykepleier", R.ANSATT, ("helsestasjon",), 5, True),
    "kari": Ansatt("Kari Myhre", "ergoterapeut", R.ANSATT, ("fysergo",), 14, True),
    "tor": Ansatt("Tor Hagen", "fysioterapeut", R.ANSATT, ("fysergo",), None, True),
    "anne": Ansatt("Anne Brekke", "spesialpedagog", R.ANSATT, ("barneskole",), 10, True),
    "leila": Ansatt("Leila Rahimi", "psykiatrisk sykepleier", R.ANSATT, ("psykisk",), 26, True),
    "ola": Ansatt("Ola Strand", "miljøterapeut", R.ANSATT, ("psykisk",), 18, True),
    "berit": Ansatt("Berit Lie", "kontaktlærer", R.ANSATT, ("barneskole",)),
    "eva": Ansatt("Eva Sand", "pedagogisk leder", R.ANSATT, ("barnehage",)),
    "arne": Ansatt("Arne Tangen", "rådgiver", R.ANSATT, ("ungdomsskole",)),
    "per": Ansatt("Per Vik", "kontaktperson", R.ANSATT, ("barnevern",), 11, True),
    "marit": Ansatt("Marit Dahl", "veileder", R.ANSATT, ("nav",)),
    "nina": Ansatt("Nina Holm", "psykologspesialist", R.ANSATT, ("habilitering",)),
    "system": Ansatt("Pål Systad", "systemansvarlig", R.SYSTEMANSVARLIG, (KONTOR,)),
    "hodan": Ansatt("Hodan Warsame", "", "", ()),
    "bente": Ansatt("Bente Kvam", "barnevernleder", R.LEDER, ("barnevern",)),
    "knut": Ansatt("Knut Rønning", "avdelingsleder", R.LEDER, ("avlastning", "kommunepsykolog")),
    "silje": Ansatt("Silje Aarnes", "familieveileder", R.ANSATT, ("barnevern",), 7, True),
    "gro": Ansatt("Gro Eikeland", "vernepleier", R.ANSATT, ("avlastning",), 16, True),
    "ahmed": Ansatt("Ahmed Hirsi", "miljøterapeut", R.ANSATT, ("avlastning",), 9, True),
    "ivar": Ansatt("Ivar Lyng", "kommunepsykolog", R.ANSATT, ("kommunepsykolog",), 12, True),
    "hilde": Ansatt("Hilde Ranum", "helsesykepleier", R.ANSATT, ("helsestasjon",), 22, True),
    "maja": Ansatt("Maja Sletten", "spesialpedagog", R.ANSATT, ("barneskole",), None, True),
    "tarek": Ansatt("Tarek Yilmaz", "saksbehandler", R.ANSATT, ("nav",)),
    "marte": Ansatt("Marte Sunde", "", "", ()),
    "lars": Ansatt("Lars Moen", "", "", ()),
    "ragna": Ansatt("Ragna Bøe", "", "", ()),
    "tuva": Ansatt("Tuva Falk", "", "", ()),
    "selma": Ansatt("Selma Aune", "", "", ()),
    "vibeke": Ansatt("Vibeke Aune", "", "", ()),
    "torgeir": Ansatt("Torgeir Aune", "", "", ()),
    "solveig": Ansatt("Solveig Brandt", "barnepsykiater", R.ANSATT, ("bup",)),
    "randi": Ansatt("Randi Foss", "personvernombud", R.PERSONVERNOMBUD, ("stab",)),
}


@dataclass(frozen=True)
class Fjordvik:
    """What the cases are made from."""

    kontoer: dict[str, Konto]
    enheter: dict[str, Enhet]

    def enhet_til(self, noekkel: str) -> Enhet:
        """Where an employee works."""
        return self.enheter[ANSATTE[noekkel].enheter[0]]


def bygg(i_dag: date) -> Fjordvik:
    """Make the municipality: profile, units, accounts with verified e-mail, employments and courses taken."""
    lenge_siden = ansattes_start(i_dag)
    with som_system(GRUNN):
        _profil()
        enheter = {
            noekkel: Enhet.objects.create(
                id=_id("enhet", noekkel), navn=navn, sektor=sektor, telefon=telefon, er_kontor=noekkel == KONTOR
            )
            for noekkel, (navn, sektor, telefon) in ENHETER.items()
        }
        passord = make_password(PASSORD)  # one hash for all: they share the password, and hashing is slow on purpose
        kontoer = {
            noekkel: _konto(ansatt, nr, passord) for nr, (noekkel, ansatt) in enumerate(ANSATTE.items(), start=1)
        }
        kurs = Kurs.objects.get(kreves_foer_foerste_moete=True)
        for noekkel, ansatt in ANSATTE.items():
            for enhet in ansatt.enheter:
                Ansettelse.objects.create(
                    konto=kontoer[noekkel], enhet=enheter[enhet], rolle=ansatt.rolle, fra_dato=lenge_siden
                )
            if ansatt.kurs_for_maaneder_siden:
                dato = legg_til_maaneder(i_dag, -ansatt.kurs_for_maaneder_siden)
                Gjennomfoering.objects.create(kurs=kurs, konto=kontoer[noekkel], dato=dato)
    return Fjordvik(kontoer, enheter)


def _id(slag: str, noekkel: str) -> UUID:
    """The same key each time, so that links into the demo live through a reset."""
    return uuid5(NAMESPACE_DNS, f"{slag}.{noekkel}.{DOMENE}")


def _profil() -> None:
    kommune = Kommune.hent()
    kommune.navn = "Fjordvik kommune"
    kommune.kontor_navn = "Tildelings- og koordineringskontoret"
    kommune.kontor_kort = "TOK"
    kommune.telefon = "12 34 50 00"
    kommune.epost = f"tok@{DOMENE}"
    kommune.besoeksadresse = "Rådhusgata 1, 0000 Fjordvik"
    kommune.aapningstid = "Åpent kontor tirsdag og torsdag kl. 10.00–14.00"
    kommune.ord = {
        **kommune.ord,
        "kontor": {"ubestemt": "TOK", "bestemt": "TOK", "flertall": "TOK", "bestemt_flertall": "TOK"},
    }
    kommune.save()


def _konto(ansatt: Ansatt, nr: int, passord: str) -> Konto:
    konto = Konto.objects.create(
        id=_id("konto", ansatt.epost),
        navn=ansatt.navn,
        epost=ansatt.epost,
        tittel=ansatt.tittel,
        telefon=f"12 34 60 {nr:02}",
        password=passord,
    )
    EmailAddress.objects.create(user=konto, email=konto.epost, verified=True, primary=True)
    return konto
