"""From a request to the register, in a browser (docs/fortellinger/fra_henvendelse_til_register.md)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import time_machine
from icalendar import Calendar
from playwright.sync_api import Page, expect

from ansvarsgruppe.models import Referat
from tests.fortellinger.haandgrep import dato, knapp, last_ned, lenke, velg
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe
from tests.fortellinger.post import Epostsluk, kalender, pdf_tekst, tekst
from tests.fortellinger.rollene import Roller, sett_rollene
from tests.sak.test_samtykke import pdf as tom_pdf
from tok.kjerne.klokke import OSLO
from tok.sak.models import Sak

MOETEDAG = date(2026, 12, 14)
STEMME = "Jeg vil gå til skolen med Nora, ikke bli kjørt."
KANARIER = ("Emma", "Fjellvik", "Silje", "ansvarsgruppe", "koordinator", "Solbakken")


def tok_registrerer(nettleser: Nettleser, roller: Roller) -> str:
    """Step 1: the telephone rings; returns the path of the case."""
    side = nettleser.ny_side(roller.kari)
    axe(side)
    lenke(side, "Ny henvendelse")
    axe(side)
    side.locator("[name=fornavn]").fill("Emma")
    side.locator("[name=etternavn]").fill("Fjellvik")
    side.locator("[name=nummer]").fill("12345678901")
    dato(side, "foedselsdato", date(2016, 5, 4))
    side.get_by_role("radio", name="Telefon").check()
    side.locator("[name=avsender_navn]").fill("Silje Fjellvik")
    side.locator("[name=avsender_rolle]").select_option("foresatt")
    side.get_by_role("checkbox", name=re.compile("har sagt ja")).check()
    side.locator("[name=ja_sagt_av]").select_option("selv")
    for navn in ("Barnehage og skole", "PPT", "Helse og omsorg", "Ansvarsgruppe", "Koordinator"):
        side.get_by_role("checkbox", name=navn, exact=True).check()
    velg(side, "foreslaatt_koordinator", "Ingrid Sæther")
    side.get_by_role("checkbox", name="Personen er enig i forslaget").check()
    knapp(side, "Registrer henvendelse")
    # a wrong number is said at the field, and what was typed is still there
    expect(side).to_have_title(re.compile("^Feil: "))
    expect(side.locator("[name=avsender_navn]")).to_have_value("Silje Fjellvik")
    expect(side.locator("[name=nummer]")).to_have_attribute("aria-invalid", "true")
    axe(side)
    side.locator("[name=nummer]").fill("")
    knapp(side, "Registrer henvendelse")
    expect(side.locator("main")).to_contain_text("Da kan disse skrive under: forelder")
    side.locator("[name=ja_sagt_av]").select_option("forelder")
    side.locator("[name=ja_sagt_navn]").fill("Silje Fjellvik")
    knapp(side, "Registrer henvendelse")
    expect(side.get_by_role("heading", level=1)).to_have_text("Henvendelse om Emma Fjellvik")
    axe(side)
    knapp(side, "Opprett sak")
    expect(side.get_by_role("heading", level=1)).to_contain_text("Emma Fjellvik, 10 år")
    axe(side)
    return re.sub(r"^https?://[^/]+", "", side.url)


def tok_ser_dobbelt(nettleser: Nettleser, roller: Roller) -> None:
    """A person already known is shown before a duplicate is made."""
    side = nettleser.ny_side(roller.kari)
    side.goto("/henvendelser/ny/")
    side.locator("[name=fornavn]").fill("Ema")
    side.locator("[name=etternavn]").fill("Fjellvik")
    dato(side, "foedselsdato", date(2016, 5, 4))
    side.get_by_role("radio", name="Brev").check()
    side.locator("[name=avsender_navn]").fill("PPT Fjordvik")
    side.locator("[name=avsender_rolle]").select_option("tjeneste")
    side.get_by_role("checkbox", name="Koordinator", exact=True).check()
    knapp(side, "Registrer henvendelse")
    expect(side.get_by_role("heading", name="Vi kjenner noen som ligner")).to_be_visible()
    axe(side)
    side.get_by_role("radio", name=re.compile("Emma Fjellvik")).check()
    knapp(side, "Registrer henvendelse")
    expect(side.locator("main")).to_contain_text("Personen har allerede en åpen sak")
    lenke(side, "Avslutt uten sak")
    side.locator("[name=grunn]").fill("Gjelder saken vi alt har.")
    knapp(side, "Avslutt henvendelsen")


def tok_spoer_leder(nettleser: Nettleser, roller: Roller, sak: str) -> None:
    """Step 2a: TOK asks the nearest leader, and sees first exactly what she will see."""
    side = nettleser.ny_side(roller.kari)
    side.goto(sak)
    lenke(side, "Spør leder")
    axe(side)
    velg(side, "foreslaatt", "Ingrid Sæther")
    side.locator("[name=omfang]").fill("Emma trenger tre tjenester.")
    side.locator("[name=anslag_timer]").fill("3")
    knapp(side, "Se over spørsmålet")
    expect(side.locator("[name=omfang]")).to_have_attribute("aria-invalid", "true")
    side.locator("[name=omfang]").fill("Et barn i skolealder som får hjelp fra tre tjenester.")
    knapp(side, "Se over spørsmålet")
    axe(side)
    knapp(side, "Send til Marit Hagen")
    expect(side.locator("main")).to_contain_text("Venter på svar fra leder")


def leder_svarer(nettleser: Nettleser, roller: Roller, melding: str) -> None:
    """Step 2b: the leader, two minutes on a telephone, from the link in her mail."""
    sti = re.search(r"https?://[^/]+(/\S+)", melding)
    assert sti is not None
    side = nettleser.ny_side(roller.marit, skjerm=MOBIL)
    side.goto(sti[1])
    axe(side)
    for ord_ in ("Emma", "Fjellvik", "2026/0001"):
        assert ord_ not in side.content()
    knapp(side, "Se over svaret")
    expect(side).to_have_title(re.compile("^Feil: "))
    side.get_by_role("radio", name="Ja, jeg godkjenner").check()
    side.locator("[name=timer]").fill("2,5")
    knapp(side, "Se over svaret")
    axe(side)
    knapp(side, "Send svaret")
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    axe(side)
    side.goto(sti[1])  # answering twice leads to what was answered
    expect(side.locator("main")).to_contain_text("2,5 timer")


def tok_oppnevner(nettleser: Nettleser, roller: Roller, sak: str) -> None:
    """Step 2c: appointed for a period, the letter in hand, the group opened."""
    side = nettleser.ny_side(roller.kari)
    side.goto(sak)
    lenke(side, "Oppnevn Ingrid Sæther")
    axe(side)
    side.get_by_label(re.compile("^Koordinator:")).check()  # for a child nothing is chosen beforehand
    knapp(side, "Oppnevn Ingrid Sæther")
    brev = pdf_tekst(last_ned(side, "Brevet"))
    assert "Ingrid Sæther" in brev
    assert "2,5 timer" in brev
    assert "§ 7-2" in brev
    lenke(side, re.compile("Opprett"))
    axe(side)
    knapp(side, re.compile("Opprett"))
    expect(side.locator("main")).to_contain_text("Ingen møter")


def koordinator_samler_gruppa(nettleser: Nettleser, roller: Roller, sak: str) -> None:
    """Step 3: participants, the consent form on paper and the signed one registered."""
    side = nettleser.ny_side(roller.ingrid)
    side.goto(sak)
    axe(side)
    nye: list[dict[str, str]] = [
        {
            "rolle": "representant",
            "egenskap": "forelder",
            "navn": "Silje Fjellvik",
            "adresse": "Åsveien 1, 0001 Fjordvik",
        },
        {"rolle": "fast", "konto": "Tor Haugland"},
        {"rolle": "ved_behov", "navn": "Anders Myhre", "adresse": "Fjordvik legekontor, 0001 Fjordvik", "lege": "ja"},
    ]
    for ny in nye:
        side.goto(f"{sak}deltakere/ny/")
        side.locator(f"[name=rolle][value={ny['rolle']}]").check()
        if "konto" in ny:
            side.locator("[name=hvordan][value=konto]").check()
            velg(side, "konto", ny["konto"])
        else:
            side.locator("[name=hvordan][value=uten]").check()
            side.locator("[name=navn]").fill(ny["navn"])
            side.locator("[name=postadresse]").fill(ny["adresse"])
        if "egenskap" in ny:
            side.locator("[name=egenskap]").select_option(ny["egenskap"])
        if "lege" in ny:
            side.locator("[name=via_legekontor]").check()
        axe(side)
        knapp(side, "Legg til")
        expect(side.locator("main")).to_contain_text(ny.get("navn", ny.get("konto", "")))
    axe(side)
    side.goto(f"{sak}samtykker/skjema/")
    axe(side)
    skjema = pdf_tekst(last_ned(side, "Lag skjema som PDF", "button"))
    assert "Emma Fjellvik" in skjema
    assert "Tor Haugland" in skjema
    _registrer_samtykke(side, sak)


def _registrer_samtykke(side: Page, sak: str) -> None:
    side.goto(f"{sak}samtykker/nytt/")
    axe(side)
    for formaal in ("gruppe", "koordinator", "referat"):
        side.locator(f"[name=formaal][value={formaal}]").check()
    for boks in side.locator("[name=deltakelser]").all():
        boks.check()
    side.locator("[name=egenskap][value=selv]").check()
    side.locator("[name=underskrevet_av]").fill("Emma Fjellvik")
    side.locator("[name=skannet]").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"tull"})
    knapp(side, "Registrer samtykket")
    expect(side.locator("main")).to_contain_text("Fila må være en PDF eller et bilde")
    skannet = {"name": "skjema.pdf", "mimeType": "application/pdf", "buffer": tom_pdf()}
    side.locator("[name=skannet]").set_input_files(skannet)  # type: ignore[arg-type]
    knapp(side, "Registrer samtykket")
    expect(side.locator("main")).to_contain_text("Da kan disse skrive under")
    side.locator("[name=egenskap][value=forelder]").check()
    side.locator("[name=underskrevet_av]").fill("Silje Fjellvik")
    side.locator("[name=barnets_syn]").fill("Vil gjerne at de voksne snakker sammen.")
    side.locator("[name=skannet]").set_input_files(skannet)  # type: ignore[arg-type]
    knapp(side, "Registrer samtykket")
    expect(side.locator("main")).to_contain_text("Samtykket er registrert.")
    axe(side)


def koordinator_kaller_inn(nettleser: Nettleser, roller: Roller, sak: str) -> str:
    """Step 4: the meeting, its agenda, and what goes to whom; returns the path of the meeting."""
    side = nettleser.ny_side(roller.ingrid)
    side.goto(f"{sak}moeter/nytt/")
    axe(side)
    dato(side, "start_tid", date(2026, 11, 2))
    side.locator("[name=start_tid_3]").fill("14.00")
    side.locator("[name=sted]").fill("Rom 204")
    knapp(side, re.compile("Planlegg"))
    expect(side).to_have_title(re.compile("^Feil: "))
    dato(side, "start_tid", MOETEDAG)
    side.locator("[name=tolk]").check()
    side.locator("[name=tolk_spraak]").fill("somali")
    knapp(side, re.compile("Planlegg"))
    moete = re.sub(r"^https?://[^/]+", "", side.url)
    axe(side)
    expect(side.locator("main")).to_contain_text("14.00–15.30")  # an hour, and half an hour for the interpreter
    side.goto(f"{moete}saksliste/")
    axe(side)
    side.locator("[name=punkt-0-tekst]").fill("Skoleveien")
    side.locator("[name=punkt-1-tekst]").fill("Rolig rom i storefri")
    side.get_by_role("checkbox", name=re.compile("satt opp sammen")).check()
    knapp(side, re.compile("Lagre"))
    side.goto(f"{moete}innkalling/")
    axe(side)
    knapp(side, re.compile("Se over"))
    axe(side)
    knapp(side, "Send saksliste og innkalling")
    expect(side.locator("main")).to_contain_text("Tor Haugland")
    axe(side)
    return moete


def posten_er_noeytral(epostsluk: Epostsluk, roller: Roller) -> None:
    """Every message so far: a link, and nothing personal; the calendar file has one attendee (N19)."""
    for melding in epostsluk.meldinger():
        alt = f"{melding['Subject']} {tekst(melding)} {kalender(melding)}"
        assert not [ord_ for ord_ in KANARIER if ord_.lower() in alt.lower()], alt
    innkalling = next(m for m in epostsluk.meldinger(til=roller.tor.epost) if kalender(m))
    fil = Calendar.from_ical(kalender(innkalling))
    assert fil["METHOD"] == "REQUEST"
    (avtale,) = fil.walk("VEVENT")
    assert avtale["ATTENDEE"] == f"mailto:{roller.tor.epost}"
    assert avtale.decoded("DTSTART") == datetime(2026, 12, 14, 14, tzinfo=OSLO)


def brev_paa_papir(nettleser: Nettleser, roller: Roller, sak: str) -> None:
    """The mother has no account: her letter says time, place, interpreter and agenda."""
    side = nettleser.ny_side(roller.ingrid)
    side.goto(f"{sak}dokumenter/")
    axe(side)
    brev = pdf_tekst(last_ned(side, re.compile("nnkalling")))  # type: ignore[arg-type]
    for ord_ in ("14. desember 2026", "Rom 204", "somali", "Skoleveien"):
        assert ord_ in brev


def koordinator_skriver_referat(nettleser: Nettleser, roller: Roller, moete: str) -> None:
    """Step 5: typed in the browser, kept while typed, back after a lost session, finished and locked."""
    side = nettleser.ny_side(roller.ingrid)
    side.goto(moete)
    knapp(side, "Skriv referat")
    axe(side)
    side.locator("[name=personens_stemme]").fill(STEMME)
    expect(side.locator("[data-lagrestatus]")).to_contain_text("Lagret")
    side.context.close()

    side = nettleser.ny_side(roller.ingrid)
    side.goto(f"{moete}referat/")
    expect(side.locator("main")).to_contain_text("Vi har hentet fram teksten du skrev")
    expect(side.locator("[name=personens_stemme]")).to_have_value(STEMME)
    side.locator("[name=fikk_ordet_foerst]").check()
    side.locator("[name=naa_situasjon]").fill("Emma har vært på skolen hver dag siden høstferien.")
    side.locator("[name=maal]").fill("Emma er på skolen hele dagen innen vinterferien.")
    side.locator("[name=avtaler-0-tiltak]").fill("Rolig rom i storefri alle fem dager")
    velg(side, "avtaler-0-ansvar", "Tor Haugland")
    dato(side, "avtaler-0-frist", date(2027, 1, 15))
    knapp(side, "Lagre og se gjennom før sending")
    expect(side.locator("main")).to_contain_text("Dette mangler før referatet kan sendes")
    axe(side)
    side.goto(f"{moete}referat/")
    for felt, svar in (("vurdert", "Ja, i samråd med Emma."), ("hvordan", "Samtale med Tor.")):
        side.locator(f"[name=medvirkning_{felt}]").fill(svar)
    side.locator("[name=medvirkning_vekt][value=stor]").check()
    side.locator("[name=alle_til_stede]").check()
    side.locator("[name=neste_hvem]").fill("Alle som er faste")
    dato(side, "neste_dato", date(2027, 3, 9))
    side.locator("[name=neste_fra]").fill("14.00")
    side.locator("[name=neste_til]").fill("15.30")
    side.locator("[name=neste_sted]").fill("Møterom 1")
    axe(side)
    knapp(side, "Lagre og se gjennom før sending")
    expect(side.get_by_role("heading", name="Se gjennom og send referatet")).to_be_visible()
    axe(side)
    expect(side.locator("main")).to_contain_text("Tor Haugland")
    knapp(side, "Ferdigstill og send")
    expect(side.locator("main")).to_contain_text(STEMME)
    axe(side)
    referat = pdf_tekst(last_ned(side, re.compile("PDF")))  # type: ignore[arg-type]
    for ord_ in ("Emma Fjellvik", "Rom 204", "Ingrid Sæther", "Silje Fjellvik", STEMME, "Rolig rom", "9. mars 2027"):
        assert ord_ in " ".join(referat.split()), ord_


def deltaker_leser(nettleser: Nettleser, roller: Roller, melding: str) -> None:
    """The fixed member reads the minutes from his mail; a stranger meets a closed door."""
    sti = re.search(r"https?://[^/]+(/\S+)", melding)
    assert sti is not None
    side = nettleser.ny_side(roller.tor)
    side.goto(sti[1])
    expect(side.locator("main")).to_contain_text(STEMME)
    axe(side)
    fremmed = nettleser.ny_side(roller.fremmed)
    fremmed.goto(sti[1])
    expect(fremmed.get_by_role("heading", level=1)).to_contain_text("finner ikke")
    axe(fremmed)


def tok_tar_ut_registeret(nettleser: Nettleser, roller: Roller) -> None:
    """Step 7: the case in the register, and the year as a file Excel opens right."""
    side = nettleser.ny_side(roller.kari)
    side.goto("/saker/")
    axe(side)
    expect(side.locator("main")).to_contain_text("Emma Fjellvik")
    side.goto("/saker/eksport/")
    axe(side)
    side.locator("[name=formaal]").fill("Årsrapport til kommunedirektøren")
    side.get_by_label("CSV").check()
    innhold = last_ned(side, "Last ned", "button")
    assert innhold.startswith(b"\xef\xbb\xbf")
    rader = list(csv.DictReader(io.StringIO(innhold.decode("utf-8-sig")), delimiter=";"))
    assert rader[0]["saksnummer"] == "2026/0001"
    assert "Ingrid Sæther" in rader[0].values()
    assert "Emma" not in innhold.decode("utf-8-sig")


def test_fra_henvendelse_til_register(
    nettleser: Nettleser,
    epostsluk: Epostsluk,
    send_post: Callable[[datetime], None],
    reise: time_machine.Traveller,
    naa: datetime,
) -> None:
    """Steps 1–7 of the main job, with real mail, real PDFs and the clock moved on between them."""
    roller = sett_rollene()
    sak = tok_registrerer(nettleser, roller)
    tok_ser_dobbelt(nettleser, roller)
    tok_spoer_leder(nettleser, roller, sak)
    send_post(naa.replace(hour=10))
    leder_svarer(nettleser, roller, tekst(epostsluk.meldinger(til=roller.marit.epost)[-1]))
    tok_oppnevner(nettleser, roller, sak)
    koordinator_samler_gruppa(nettleser, roller, sak)
    moete = koordinator_kaller_inn(nettleser, roller, sak)
    send_post(naa.replace(hour=12))
    posten_er_noeytral(epostsluk, roller)
    brev_paa_papir(nettleser, roller, sak)

    reise.move_to(datetime(2026, 12, 14, 15, 40, tzinfo=OSLO))
    koordinator_skriver_referat(nettleser, roller, moete)
    send_post(datetime(2026, 12, 14, 16, 0, tzinfo=OSLO))
    deltaker_leser(nettleser, roller, tekst(epostsluk.meldinger(til=roller.tor.epost)[-1]))
    assert Referat.objects.get().er_ferdig
    assert Sak.objects.get().frister.filter(regel="referat", lukket_tid__isnull=False, ble_for_sen=False).exists()
    tok_tar_ut_registeret(nettleser, roller)

    # the next agenda is due 2 March: reminded three days before, and on the day
    foer = len(epostsluk.meldinger(til=roller.ingrid.epost))
    for dag in range(9):
        send_post(datetime(2027, 2, 24, 8, 0, tzinfo=OSLO) + timedelta(days=dag))
    assert len(epostsluk.meldinger(til=roller.ingrid.epost)) == foer + 2
