"""The minutes' pages as a browser without JavaScript meets them: open, read what stands in the fields, post it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.models import Referat
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat
from tok.kjerne.models import Konto


def som(konto: Konto) -> Client:
    klient = Client()
    klient.force_login(konto)
    return klient


def url(side: str, rom: Rom) -> str:
    return reverse(f"ansvarsgruppe:{side}", args=[rom.moete.pk])


def skjemadata(html: str) -> dict[str, Any]:
    """What a browser would post from the page, fields as they stand."""
    skjema = re.search(r"<form[^>]*data-autolagring.*?</form>", html, re.S)
    assert skjema
    kode = re.sub(r"<template.*?</template>", "", skjema.group(), flags=re.S)
    data: dict[str, Any] = {}
    for felt in re.findall(r"<input[^>]*>", kode):
        navn, type_ = _attributt(felt, "name"), _attributt(felt, "type")
        if not navn or (type_ in ("radio", "checkbox") and " checked" not in felt):
            continue
        data[navn] = _attributt(felt, "value")
    for hode, tekst in re.findall(r"<textarea([^>]*)>(.*?)</textarea>", kode, re.S):
        data[_attributt(hode, "name")] = tekst.removeprefix("\n").removeprefix("\r\n")
    for hode, valg in re.findall(r"<select([^>]*)>(.*?)</select>", kode, re.S):
        valgt = re.search(r'value="([^"]*)" selected', valg)
        data[_attributt(hode, "name")] = valgt.group(1) if valgt else ""
    data.pop("csrfmiddlewaretoken", None)
    return data


def _attributt(felt: str, navn: str) -> str:
    funnet = re.search(rf'\b{navn}="([^"]*)"', felt)
    return funnet.group(1) if funnet else ""


def aapne(klient: Client, rom: Rom) -> tuple[str, dict[str, Any]]:
    svar = klient.get(url("referat_skriv", rom))
    assert svar.status_code == 200, svar.status_code
    html = svar.content.decode()
    return html, skjemadata(html)


def ferdig(rom: Rom) -> Referat:
    referat = helt_referat(rom)
    return ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
