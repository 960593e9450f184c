"""The first days of a made case: the request, the case, and those who join it."""

from __future__ import annotations

from datetime import date

from tok.demo.masse import tekster
from tok.demo.masse.saksbok import Saksbok
from tok.demo.masse.stab import Kollega
from tok.demo.masse.tekster import Behov
from tok.kjerne.fristregning import alder
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Henvendelse, Vern, Vernetilgang

LEGER = ("Unni Sæther", "Harald Moen", "Nadia Saleh", "Tomas Vold")


def er_barn(bok: Saksbok) -> bool:
    """Whether the case was opened for a child."""
    return alder(bok.person.foedselsdato, bok.tidligst()) < 18


def begynn(bok: Saksbok, behov: Behov, *, enig: bool) -> None:
    """Somebody turns to the office, and the request becomes a case; the oral yes comes with it, or is missing."""
    stab, person, tok = bok.verden.stab, bok.person, bok.sak.saksbehandler
    dag = bok.tidligst()
    mottatt = bok.dag(dag - bok.mellom(1, 9))
    egenskap, navn = bok.underskriver(mottatt)
    selv = egenskap == "selv"
    if selv:
        fra, rolle, telefon = person.navn, Henvendelse.Avsender.SELV, person.telefon
    else:
        fra, rolle, telefon = navn, Henvendelse.Avsender.FORESATT, bok.familie.telefon
    kanal = bok.tilfeldig.choice(Henvendelse.Kanal.values)
    if kanal == Henvendelse.Kanal.KOLLEGA:
        kollega = bok.tilfeldig.choice(stab.kolleger["oppvekst" if er_barn(bok) else "helse"])
        fra, rolle, telefon = kollega.konto.navn, Henvendelse.Avsender.TJENESTE, kollega.konto.telefon
    henvendelse = Henvendelse(
        id=bok.ny_id(),
        kontor=stab.kontor,
        person=person,
        sak=bok.sak,
        mottatt_dato=mottatt,
        kanal=kanal,
        avsender_navn=fra,
        avsender_rolle=rolle,
        avsender_telefon=telefon,
        er_enig=enig,
        ja_sagt_av=egenskap if enig else "",
        ja_sagt_navn=navn if enig and not selv else "",
        ja_sagt_dato=mottatt if enig else None,
        tjenester=list(behov.tjenester),
        behov=behov.behov,
        oensker_gruppe=True,
        oensker_koordinator=True,
        oensker_plan=bok.sak.oensker_plan,
        registrert_av=tok,
        skjema_id=bok.ny_id(),
        tilstand=Henvendelse.Tilstand.BLE_SAK,
        utfall_dato=dag,
    )
    for rad in (person, bok.sak, henvendelse):
        bok.legg(rad)
    bok.hendelse("sak.registrer_henvendelse", henvendelse, tok, bok.da(mottatt, "09:20"))
    naa = bok.da(dag, "13:10")
    bok.hendelse("sak.bli_sak", bok.sak, tok, naa, nummer=bok.sak.nummer)
    deltar = Deltakelse(id=bok.ny_id(), sak=bok.sak, rolle=Deltakelse.Rolle.PERSON, fra_dato=dag)
    bok.deltakelser.append(bok.legg(deltar))
    if enig:
        bok.muntlig(mottatt, egenskap, navn, tok, naa)
    bok.innsyn(tok, stab.kontor, naa, rolle="tok", grunnlag=None)


def legg_til_deltakere(bok: Saksbok, behov: Behov, koordinator: Konto, dag: date) -> None:
    """The family, one from each service, and the doctor when needed."""
    fam, stab = bok.familie, bok.verden.stab
    naa = bok.da(dag, "15:30")
    if er_barn(bok):
        for navn in filter(None, (fam.mor, fam.far)):
            forelder = bok.uten_konto(navn, "representant", dag, egenskap="forelder")
            if forelder.til_dato is None or forelder.til_dato > dag:
                bok.legg_til(forelder, koordinator, naa)
    elif bok.tilfeldig.random() < 0.4:
        navn = f"{bok.tilfeldig.choice(fam.opphav.kvinner)} {fam.etternavn}"
        if navn != bok.person.navn:
            bok.legg_til(bok.uten_konto(navn, "representant", dag, egenskap="paaroerende"), koordinator, naa)
    med = {koordinator.pk}
    for sektor in behov.tjenester:
        valg = [k for k in _utvalg(bok, sektor) if k.konto.pk not in med]
        if not valg:
            continue
        kollega = bok.tilfeldig.choice(valg)
        med.add(kollega.konto.pk)
        fast = bok.tilfeldig.random() < 0.85
        deltakelse = Deltakelse(
            id=bok.ny_id(),
            sak=bok.sak,
            rolle=Deltakelse.Rolle.FAST if fast else Deltakelse.Rolle.VED_BEHOV,
            konto=kollega.konto,
            enhet=kollega.enhet,
            bidrag=bok.tilfeldig.choice(tekster.BIDRAG[sektor]),
            fra_dato=dag,
        )
        bok.legg_til(deltakelse, koordinator, naa)
    if "fastlege" in behov.tjenester:
        lege = f"Fastlege {bok.tilfeldig.choice(LEGER)}"
        rad = bok.uten_konto(
            lege, "ved_behov", dag, virksomhet=stab.legesenter.navn, enhet=stab.legesenter, via_legekontor=True
        )
        bok.legg_til(rad, koordinator, naa)


def _utvalg(bok: Saksbok, sektor: str) -> list[Kollega]:
    """Some of the service, so that a large municipality is not gone through for every case."""
    alle = bok.verden.stab.kolleger.get(sektor, ())
    start = bok.tilfeldig.randrange(len(alle)) if alle else 0
    return [alle[(start + nr) % len(alle)] for nr in range(min(4, len(alle)))]


def vernet(bok: Saksbok) -> None:
    """The protection two of the office set, and who keeps access: they, and whoever leads or has led the case (N11)."""
    andre = [konto for konto in bok.verden.stab.tok if konto != bok.sak.saksbehandler]
    satt_av, bekreftes_av = bok.sak.saksbehandler, andre[bok.familie.nummer % len(andre)]
    naa = bok.da(bok.tidligst(), "14:30")
    bok.legg(
        Vern(
            id=bok.ny_id(),
            person=bok.person,
            nivaa=bok.person.vernenivaa,
            grunn=tekster.VERN,
            satt_av=satt_av,
            satt_tid=naa,
            bekreftes_av=bekreftes_av,
            bekreftet_tid=naa,
        )
    )
    leder = [d.konto for d in bok.deltakelser if d.rolle in (Deltakelse.Rolle.KOORDINATOR, Deltakelse.Rolle.VARA)]
    for konto in {konto.pk: konto for konto in (satt_av, bekreftes_av, *leder) if konto is not None}.values():
        bok.legg(Vernetilgang(id=bok.ny_id(), person=bok.person, konto=konto, gitt_av=satt_av, gitt_tid=naa))
