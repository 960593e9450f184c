"""The PDFs: valid for the archive and for a screen reader, whole, safe, and with nothing fetched (N18, ASVS 1.3.6)."""

import copy
import io
import logging
import socket
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.kjerne.pdf_proever import PROEVER, REFERAT
from tok.kjerne import pdf
from tok.kjerne.pdf import motor, tegner

SKRIFTMAPPE = Path(settings.TOK_PDF_SKRIFT) / "files"


def tekst(data: bytes) -> str:
    """All text of the file with runs of white space made one, so that line breaks do not matter."""
    return " ".join(" ".join(side.extract_text() for side in PdfReader(io.BytesIO(data)).pages).split())


def avvik(data: bytes) -> list[tuple[str, str, str]]:
    """What the validator has to say, by profile."""
    profiler = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
    rapporter = [page.validate_pdf_bytes(data, profile=profil) for profil in profiler]
    return [(str(rapport.profile), feil.rule_id, feil.message) for rapport in rapporter for feil in rapport.failures]


@pytest.mark.parametrize("mal", sorted(PROEVER))
@pytest.mark.parametrize("maalform", ["nb", "nn"])
def test_hver_mal_er_gyldig(mal: str, maalform: str) -> None:
    data = pdf.render(mal, PROEVER[mal], tittel=f"Prøve av {mal}", maalform=maalform)
    assert avvik(data) == []
    for profil in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.is_pdf_compliant_bytes(data, profile=profil)
    with pikepdf.open(io.BytesIO(data)) as fil:
        assert str(fil.Root.Lang) == maalform
        assert fil.docinfo["/Title"] == f"Prøve av {mal}"


def test_malene_i_mappen_er_proevd() -> None:
    maler = Path(__file__).parents[2] / "templates" / "pdf"
    assert {fil.stem for fil in maler.glob("[!_]*.html")} == set(PROEVER)


def test_overskriftsceller_sier_hva_de_staar_over() -> None:
    """Rows head their row, and the head of the agreements its columns (stack.md §3)."""
    data = pdf.render("referat", REFERAT, tittel="Referat")
    with pikepdf.open(io.BytesIO(data)) as fil:
        celler = [o for o in fil.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"]
        omfang = [str(celle.A.Scope) for celle in celler]
    assert omfang.count("/Column") == 4
    # 4 + 3 of the meeting, 4 of the child, 5 of the next meeting
    assert omfang.count("/Row") == 16


def test_referatet_har_malens_felter_i_rekkefoelge() -> None:
    """R90–R99, in the order of the attached template, with æøå and Sami letters whole."""
    innhold = tekst(pdf.render("referat", REFERAT, tittel="Referat"))
    felter = [
        "Navn på bruker",
        "Tid / dato",
        "Sted",
        "Referent",
        "Møtedeltakere",
        "Foresatte/verge",
        "Koordinator",
        "Andre møtedeltakere",
        "Beskriv nå-situasjonen. Brukers situasjon/evaluering av tiltak",
        "Mål / fokusområde(r)",
        "Avtaler",
        "Planlegging av neste møte/evaluering",
        "Hvem skal delta?",
        "Dato",
        "Fra kl.",
        "Til kl.",
        "Sted",
    ]
    sted = 0
    for felt in felter:
        sted = innhold.index(felt, sted)
    for ventet in (
        "Kari Østby, helsesykepleier",
        "Meldt forfall: Áilu Šuorbmá",
        "«Jeg vil gå til skolen med Nora",
        "Hva sa barnet?",
        "Grunn til endringen: Fristen i avtale 2 var feil.",
        "Versjon 2, ferdigstilt 26. november 2026",
        "Saksnr. 2026/1184",
        "Side 1 av 2",
    ):
        assert ventet in innhold


def test_voksne_har_ikke_barnets_medvirkning_og_avslutning_vises_naar_den_er_gitt() -> None:
    innhold = {**REFERAT, "barnets_medvirkning": None, "avslutning": "Målene er nådd, og gruppa avsluttes."}
    lest = tekst(pdf.render("referat", innhold, tittel="Referat"))
    assert "Barnets medvirkning" not in lest
    assert "Vurderinger ved avslutning Målene er nådd" in lest


def test_tomt_referat_viser_hele_skjemaet() -> None:
    """A template with nothing filled in is still whole and valid."""
    tomt: dict[str, Any] = {
        **REFERAT,
        "foresatte": [],
        "koordinator": None,
        "andre": [],
        "forfall": [],
        "naasituasjon": "",
        "forrige": None,
        "brukers_stemme": {"sitat": "", "tekst": ""},
        "barnets_medvirkning": None,
        "maal": [],
        "avtaler": [],
        "neste": None,
        "versjon": {"nummer": 1, "ferdigstilt": "26. november 2026", "grunn": ""},
        "sluttnote": "",
    }
    data = pdf.render("referat", tomt, tittel="Referat")
    assert avvik(data) == []
    assert "Det er ikke avtalt et nytt møte." in tekst(data)


@pytest.mark.parametrize(
    ("mal", "ventet"),
    [
        (
            "innkalling",
            ["Det blir brukt tolk i tigrinja.", "Saksliste", "Svar innen 17. november 2026", "støtteperson"],
        ),
        ("oppnevningsbrev", ["i sak 2026/1184", "Om lag 2 timer i uka", "§ 7-2", "120 minutter", "Kopi til:"]),
        ("samtykkeskjema", ["Hva samtykket ikke omfatter", "Hva barnet selv mener", "☐", "Innenfor mandatet", "2027"]),
    ],
)
def test_brevene_har_sitt_innhold(mal: str, ventet: list[str]) -> None:
    lest = tekst(pdf.render(mal, PROEVER[mal], tittel="Brev"))
    for del_ in ventet:
        assert del_ in lest


def test_oppnevningsbrevet_nevner_ikke_personen() -> None:
    assert "Emma" not in tekst(pdf.render("oppnevningsbrev", PROEVER["oppnevningsbrev"], tittel="Oppnevning"))


def test_lang_tekst_og_mange_rader_brytes_over_sidene() -> None:
    """5,000 characters and 30 agreements: every row whole, the head repeated on each page it runs over."""
    innhold = copy.deepcopy(REFERAT)
    innhold["naasituasjon"] = "\n\n".join(["Emma øver på å gå til skolen. " * 14] * 12)[:5000]
    innhold["avtaler"] = [
        {"tiltak": f"Tiltak nummer {n} med en tekst som går over to linjer", "ansvar": "Tone", "frist": "1. mai 2027"}
        for n in range(1, 31)
    ]
    data = pdf.render("referat", innhold, tittel="Langt referat")
    assert avvik(data) == []
    sider = [" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(data)).pages]
    assert 4 <= len(sider) <= 7
    med_rader = [side for side in sider if "Tiltak nummer" in side]
    assert len(med_rader) >= 2
    assert all("Nr. Tiltak Ansvar Frist" in side for side in med_rader)
    assert all(f"Tiltak nummer {n} med" in " ".join(sider) for n in range(1, 31))


ANGREP = (
    "<script>alert(1)</script>"
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png">'
    '<link rel="stylesheet" href="http://127.0.0.1:9">'
    "<style>@import url(http://127.0.0.1:9/a.css); body { background: url(file:///etc/hostname) }</style>"
    '<link rel="attachment" href="file:///etc/passwd"><a href="javascript:alert(1)">x</a>'
    "{% load static %}{{ settings }}"
)


def test_innhold_er_bare_tekst_og_henter_ingenting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What is typed is shown as it was typed, in every field of every template; nothing is opened or called."""

    def ingen_nett(*_: object) -> None:
        raise AssertionError("the PDF called the network")

    monkeypatch.setattr(socket.socket, "connect", ingen_nett)
    caplog.set_level(logging.WARNING, logger="weasyprint")
    her = motor.Motor(settings.BASE_DIR / tegner.STILARK, SKRIFTMAPPE)  # in this process, where we can watch it
    monkeypatch.setattr(pdf, "_tegner", her)
    for mal, proeve in PROEVER.items():
        data = pdf.render(mal, _bytt_tekst(proeve), tittel=ANGREP)
        lest = tekst(data).replace(" ", "")
        assert "<script>alert(1)</script>" in lest
        assert "{{settings}}" in lest
        assert "root:x:0" not in lest
        with pikepdf.open(io.BytesIO(data)) as fil:
            assert not fil.attachments
            assert not [o for o in fil.objects if isinstance(o, pikepdf.Dictionary) and "/URI" in o]
    assert caplog.records == []


@pytest.mark.parametrize(
    "adresse",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "https://eksempel.example/",
        "data:text/css,x",
        "ftp://eksempel.example/",
        "tok:skrift/../../package.json",
        "tok:skrift/annen.woff2",
    ],
)
def test_kartet_slipper_bare_skriftene_ut(adresse: str) -> None:
    with pytest.raises(motor.UtenforKartet) as feil:
        motor.Ressurskart(SKRIFTMAPPE).fetch(adresse)
    assert adresse not in str(feil.value)


def test_kartets_skrifter_finnes_og_er_de_stilarket_ber_om() -> None:
    stilark = (Path(__file__).parents[2] / tegner.STILARK).read_text()
    for adresse in motor.SKRIFTER:
        assert f'url("{adresse}")' in stilark
        assert motor.Ressurskart(SKRIFTMAPPE).fetch(adresse).read(4) == b"wOF2"
    assert stilark.count("url(") == len(motor.SKRIFTER)


def _bytt_tekst(verdi: Any) -> Any:
    """Put the attack in every string of a content."""
    if isinstance(verdi, str):
        return f"{verdi} {ANGREP}"
    if isinstance(verdi, list):
        return [_bytt_tekst(del_) for del_ in verdi]
    if isinstance(verdi, dict):
        return {navn: _bytt_tekst(del_) for navn, del_ in verdi.items()}
    return verdi


def test_oppnevningsbrevet_holder_paa_en_side() -> None:
    data = pdf.render("oppnevningsbrev", PROEVER["oppnevningsbrev"], tittel="Oppnevning")
    assert len(PdfReader(io.BytesIO(data)).pages) == 1


@pytest.mark.parametrize("mal", ["innkalling", "oppnevningsbrev", "samtykkeskjema"])
def test_brevene_bruker_kommunens_ord_for_gruppa(mal: str) -> None:
    """The same word on paper as on the screen (C9)."""
    innhold = copy.deepcopy(PROEVER[mal])
    innhold["kommune"]["gruppe"] = "samarbeidslaget"
    assert "samarbeidslaget" in tekst(pdf.render(mal, innhold, tittel="Prøve"))


def test_malene_blander_ikke_former() -> None:
    maler = Path(__file__).parents[2] / "templates" / "pdf"
    alt = " ".join(fil.read_text() for fil in maler.glob("*.html")).lower()
    assert [ord_ for ord_ in ("gruppen", "sakslisten", "fremdrift") if ord_ in alt] == []


def test_endret_innkalling_sier_hva_den_erstatter() -> None:
    erstatter = "Erstatter innkallingen sendt 1. desember 2026. Møtet var torsdag 3. desember 2026, kl. 13.00–14.00."
    innhold = {**PROEVER["innkalling"], "overskrift": "Ny tid for møtet", "erstatter": erstatter}
    lest = tekst(pdf.render("innkalling", innhold, tittel="Innkalling (endret)"))
    assert lest.index("Ny tid for møtet") < lest.index(erstatter) < lest.index("Du er invitert")


def test_avtale_uten_frist_er_ikke_avtalt() -> None:
    innhold = copy.deepcopy(REFERAT)
    innhold["avtaler"][1]["frist"] = ""
    assert "Ikke avtalt" in tekst(pdf.render("referat", innhold, tittel="Referat"))
