"""The pages: TOK asks, the leader answers on three pages, TOK appoints; and what a leader never sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from koordinator.handlinger import avslaa, trekk_forespoersel
from koordinator.models import Forespoersel, Oppnevning
from koordinator.sporringer import kandidater
from tests.fabrikker import DeltakelseFabrikk, HenvendelseFabrikk, SakFabrikk, ansatt
from tests.koordinator.conftest import Sted
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Sikkerhetslogg
from tok.sak.models import Innsyn, Utkast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paa_dagen")]
HEMMELIG = ("Amina", "Warsame", "2026/0102", "2011", "12. mars")


@pytest.fixture
def som(client: Client) -> Callable[[Any], Client]:
    def logg_inn(konto: Any) -> Client:
        client.force_login(konto)
        return client

    return logg_inn


def lenke(side: str, *noekler: Any) -> str:
    return reverse(f"koordinator:{side}", args=noekler)


def send(klient: Client, se_over: str) -> Any:
    """Press the button of the page as it is shown now."""
    return klient.post(se_over, {"merke": klient.get(se_over).context["merke"]})


def test_tok_spoer_i_to_steg(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    klient = som(sted.tok)
    side, se_over = lenke("spoer", sted.sak.pk), lenke("spoer_se_over", sted.sak.pk)
    assert "En ungdom som får hjelp" in klient.get(side).content.decode()
    jonas = next(en.noekkel for en in kandidater(naa.date()) if en.konto == sted.jonas)
    data = {"foreslaatt": jonas, "omfang": "En ungdom.", "anslag_timer": "2,5", "begrunnelse": ""}
    assert klient.post(side, data).headers["Location"] == se_over
    assert not Forespoersel.objects.exists()
    oversikt = klient.get(se_over).content.decode()
    assert "Send til Marit Hagen" in oversikt
    assert "Om lag 2,5 timer i måneden" in oversikt
    svar = send(klient, se_over)
    forespoersel = Forespoersel.objects.get()
    assert svar.headers["Location"] == lenke("forespoersel", forespoersel.pk)
    assert forespoersel.anslag_timer == Decimal("2.5")
    assert not Utkast.objects.exists()
    assert "Venter på svar fra leder, spurt 23. november" in klient.get(svar.headers["Location"]).content.decode()


def test_det_som_er_skrevet_staar_igjen_etter_feil(sted: Sted, som: Callable[[Any], Client]) -> None:
    svar = som(sted.tok).post(lenke("spoer", sted.sak.pk), {"omfang": "Amina, 15 år", "anslag_timer": "abc"})
    assert svar.status_code == 422
    tekst = svar.content.decode()
    assert "Amina, 15 år" in tekst
    assert "Skriv uten navn" in tekst
    assert "Du må rette disse feilene" in tekst


def test_se_over_uten_kladd_gaar_til_skjemaet(sted: Sted, som: Callable[[Any], Client]) -> None:
    for metode in ("get", "post"):
        svar = getattr(som(sted.tok), metode)(lenke("spoer_se_over", sted.sak.pk))
        assert svar.headers["Location"] == lenke("spoer", sted.sak.pk)


def test_lederen_svarer_paa_tre_sider(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = sted.spoer(naa, begrunnelse="Familien ønsker Jonas.")
    klient = som(sted.leder)
    side, se_over, kvittering = (lenke(s, forespoersel.pk) for s in ("svar", "svar_se_over", "svar_kvittering"))
    foerste = klient.get(side).content.decode()
    assert "Kan Jonas Berg være koordinator?" in foerste
    assert "Svar innen mandag 30. november 2026" in foerste
    assert "checked" not in foerste
    assert klient.get(kvittering).headers["Location"] == side
    data = {"svar": "godkjenn", "timer": "3", "melding": "Best på onsdager.", "annen": "", "grunn": ""}
    assert klient.post(side, data).headers["Location"] == se_over
    assert "Lagret kl. 08.30" in klient.get(side).content.decode()
    over = klient.get(se_over).content.decode()
    assert "Ja, Jonas Berg kan være koordinator" in over
    assert "«Best på onsdager.»" in over
    assert send(klient, se_over).headers["Location"] == kvittering
    siste = klient.get(kvittering).content.decode()
    assert "Sendt mandag 23. november 2026 kl. 08.30." in siste
    assert "Du godkjente Jonas Berg med 3 timer i måneden." in siste
    for tekst in (foerste, over, siste):
        assert not [ord_ for ord_ in HEMMELIG if ord_ in tekst]


def test_lederens_sider_gir_ikke_saken_til_malen(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = sted.spoer(naa)
    svar = som(sted.leder).get(lenke("svar", forespoersel.pk))
    kontekst = svar.context
    assert not [navn for navn in ("sak", "hode", "objekt", "person") if navn in kontekst]
    assert Innsyn.objects.filter(sak=sted.sak, konto=sted.leder).count() == 1


@pytest.mark.parametrize(
    ("data", "ord_"),
    [
        ({"svar": "avslag", "grunn": "tid"}, "Ikke tid innenfor stillingen"),
        ({"svar": "annen", "timer_annen": "2", "melding_annen": "Bedre tid"}, "Jeg foreslår Trine Aasen"),
    ],
)
def test_andre_svar(sted: Sted, naa: datetime, som: Callable[[Any], Client], data: dict[str, str], ord_: str) -> None:
    forespoersel = sted.spoer(naa)
    klient = som(sted.leder)
    klient.post(lenke("svar", forespoersel.pk), {"annen": str(sted.trine.pk), **data})
    assert ord_ in klient.get(lenke("svar_se_over", forespoersel.pk)).content.decode()
    send(klient, lenke("svar_se_over", forespoersel.pk))
    forespoersel.refresh_from_db()
    assert forespoersel.svart_tid == naa


def test_to_ganger_sier_naar_og_hva(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = sted.spoer(naa)
    klient = som(sted.leder)
    klient.post(lenke("svar", forespoersel.pk), {"svar": "godkjenn", "timer": "3"})
    avslaa(forespoersel=forespoersel, grunn="tid", av=sted.leder, naa=naa)
    for side in ("svar_se_over", "svar"):
        svar = klient.post(lenke(side, forespoersel.pk), {"svar": "godkjenn", "timer": "3"}, follow=True)
        tekst = svar.content.decode()
        assert "Du har allerede svart, 23. november 2026 kl. 08.30. Du svarte nei." in tekst
        assert svar.redirect_chain[-1][0] == lenke("svar_kvittering", forespoersel.pk)


def test_trukket_forespoersel(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = trekk_forespoersel(forespoersel=sted.spoer(naa), av=sted.tok, naa=naa)
    svar = som(sted.leder).get(lenke("svar", forespoersel.pk), follow=True)
    assert "Forespørselen er trukket tilbake" in svar.content.decode()


@pytest.mark.parametrize("side", ["svar", "svar_se_over", "svar_kvittering"])
def test_andres_forespoersel_finnes_ikke(sted: Sted, naa: datetime, som: Callable[[Any], Client], side: str) -> None:
    forespoersel = sted.spoer(naa)
    for utenfor in (ansatt("leder"), sted.jonas, sted.tok):
        assert som(utenfor).get(lenke(side, forespoersel.pk)).status_code == 404
    assert Sikkerhetslogg.objects.count() == 3


@pytest.mark.parametrize("side", ["forespoersel", "oppnevn"])
def test_lederen_kommer_ikke_inn_i_saken(sted: Sted, naa: datetime, som: Callable[[Any], Client], side: str) -> None:
    forespoersel = sted.spoer(naa)
    assert som(sted.leder).get(lenke(side, forespoersel.pk)).status_code == 404


def test_lederens_liste(
    sted: Sted, naa: datetime, som: Callable[[Any], Client], django_assert_max_num_queries: Any
) -> None:
    sted.spoer(naa)
    klient = som(sted.leder)
    with django_assert_max_num_queries(25):
        tekst = klient.get(lenke("foresporsler")).content.decode()
    assert "Kan Jonas Berg være koordinator?" in tekst
    assert not [ord_ for ord_ in HEMMELIG if ord_ in tekst]


def test_tok_oppnevner_paa_siden(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = sted.godkjent(naa)
    klient = som(sted.tok)
    side = lenke("oppnevn", forespoersel.pk)
    assert "Oppnevn Jonas Berg" in klient.get(side).content.decode()
    data = {"type_": "koordinator", "fra_dato_0": "23", "fra_dato_1": "11", "fra_dato_2": "2026"}
    assert klient.post(side, data).headers["Location"] == reverse("oversikt:sak", args=[sted.sak.pk])
    assert Oppnevning.objects.get().deltakelse.konto == sted.jonas


def test_bytte_paa_siden(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    sted.oppnevn(naa)
    side = lenke("oppnevn", sted.godkjent(naa, foreslaatt=sted.trine).pk)
    klient = som(sted.tok)
    data = {"type_": "koordinator", "fra_dato_0": "1", "fra_dato_1": "12", "fra_dato_2": "2026"}
    feil = klient.post(side, data)
    assert feil.status_code == 422
    assert "Jonas Berg er koordinator fra 23. november 2026 uten sluttdato" in feil.content.decode()
    assert klient.post(side, {**data, "bytt": "on"}).status_code == 302
    assert Oppnevning.objects.count() == 2


def test_avslutt_paa_siden(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    oppnevning = sted.oppnevn(naa)
    klient = som(sted.tok)
    side = lenke("avslutt", oppnevning.pk)
    assert klient.get(side).status_code == 200
    dato = {"siste_dag_0": "30", "siste_dag_1": "11", "siste_dag_2": "2026"}
    assert klient.post(side, dato).status_code == 422
    assert klient.post(side, {**dato, "slutt_grunn": "Flytter."}).status_code == 302


def test_kortet_paa_sakssiden(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    klient = som(sted.tok)
    sak = reverse("oversikt:sak", args=[sted.sak.pk])
    assert "Spør leder" in klient.get(sak).content.decode()
    forespoersel = sted.godkjent(naa)
    assert lenke("oppnevn", forespoersel.pk) in klient.get(sak).content.decode()
    oppnevning = sted.oppnevn(naa, forespoersel=forespoersel)
    tekst = klient.get(sak).content.decode()
    assert "siden 23. november 2026" in tekst
    assert reverse("sak:dokument", args=[oppnevning.brev.saksdokument.pk]) in tekst
    assert lenke("spoer", sted.sak.pk) not in som(sted.jonas).get(sak).content.decode()


def test_koordinatorlista_har_like_mange_spoerringer(sted: Sted, som: Callable[[Any], Client]) -> None:
    klient = som(sted.tok)
    klient.get(lenke("koordinatorer"))  # the first page of a session also writes when it began
    antall_spoerringer = []
    for antall in (2, 10):
        for _nr in range(antall):
            DeltakelseFabrikk(sak=SakFabrikk(kontor=sted.sak.kontor), konto=ansatt(), rolle="koordinator")
        with CaptureQueriesContext(connection) as spoerringer:
            tekst = klient.get(lenke("koordinatorer")).content.decode()
        antall_spoerringer.append(len(spoerringer))
    assert antall_spoerringer[0] == antall_spoerringer[1]
    assert tekst.count("<tr>") == 12 + 1
    assert "Kurs mangler" in tekst


def test_koordinatorlista_er_for_tok(sted: Sted, som: Callable[[Any], Client]) -> None:
    assert som(sted.leder).get(lenke("koordinatorer")).status_code == 404


def test_forslaget_gjelder_til_noen_er_spurt(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    """After a no nobody is chosen beforehand, and the person is not said to agree (R108, R112)."""
    HenvendelseFabrikk(sak=sted.sak, foreslaatt_koordinator=sted.jonas, er_enig_i_forslag=True)
    klient = som(sted.tok)
    start = klient.get(lenke("spoer", sted.sak.pk)).context["skjema"].initial
    assert start["foreslaatt"].startswith(str(sted.jonas.pk))
    assert start["begrunnelse"] == "Personen er enig i forslaget."
    avslaa(forespoersel=sted.spoer(naa), grunn="tid", av=sted.leder, naa=naa)
    start = klient.get(lenke("spoer", sted.sak.pk)).context["skjema"].initial
    assert (start["foreslaatt"], start["begrunnelse"]) == ("", "")


def test_er_en_leder_spurt_sies_det_foer_noe_skrives(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    forespoersel = sted.spoer(naa)
    tekst = som(sted.tok).get(lenke("spoer", sted.sak.pk)).content.decode()
    assert "Marit Hagen er spurt om Jonas Berg." in tekst
    assert lenke("forespoersel", forespoersel.pk) in tekst


def test_den_som_er_oppnevnt_oppnevnes_ikke_en_gang_til(
    sted: Sted, naa: datetime, som: Callable[[Any], Client]
) -> None:
    oppnevning = sted.oppnevn(naa)
    svar = som(sted.tok).get(lenke("oppnevn", oppnevning.forespoersel_id), follow=True)
    assert svar.redirect_chain[-1][0] == reverse("oversikt:sak", args=[sted.sak.pk])
    assert "Jonas Berg er allerede oppnevnt." in svar.content.decode()


@pytest.mark.parametrize(("foedt", "valgt"), [(date(2011, 3, 12), ""), (date(2000, 1, 1), "koordinator")])
def test_for_et_barn_er_ingen_type_valgt(
    sted: Sted, naa: datetime, som: Callable[[Any], Client], foedt: date, valgt: str
) -> None:
    with som_system("test data"):
        type(sted.sak.person).objects.filter(pk=sted.sak.person_id).update(foedselsdato=foedt)
    svar = som(sted.tok).get(lenke("oppnevn", sted.godkjent(naa).pk))
    assert svar.context["skjema"].initial["type_"] == valgt
    assert ("checked" in svar.content.decode()) is bool(valgt)


def test_navnet_staar_ikke_i_nettleserens_historikk(sted: Sted, naa: datetime, som: Callable[[Any], Client]) -> None:
    """Titles name the case by its number; names stay in a browser's history (N11)."""
    klient = som(sted.tok)
    sider = [reverse("oversikt:sak", args=[sted.sak.pk]), lenke("spoer", sted.sak.pk)]
    for side in sider:
        tekst = klient.get(side).content.decode()
        tittel = tekst[tekst.index("<title>") : tekst.index("</title>")]
        assert "ak 2026/0102" in tittel
        assert "Warsame" not in tittel


def test_ingen_mal_setter_navn_i_tittelen() -> None:
    maler = Path(__file__).parents[2].glob("templates/**/*.html")
    titler = {mal.name: re.findall(r"{% block tittel %}(.*?){% endblock", mal.read_text()) for mal in maler}
    assert not [mal for mal, tittel in titler.items() if "person" in "".join(tittel).replace("Personvern", "")]
