"""What a browser would send from a page's form, read out of its HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import html


def er_uuid(tekst: str) -> bool:
    """Whether the text is a key as our addresses and fields have them."""
    try:
        return str(UUID(tekst)) == tekst
    except ValueError:
        return False


@dataclass
class Skjema:
    """One form: what it would send untouched, and the keys each of its fields offers."""

    data: dict[str, list[str]]
    tilbud: dict[str, set[str]]

    def med(self, felt: str, verdi: str) -> dict[str, list[str]]:
        """What it would send with the one field answered so."""
        return {**self.data, felt: [verdi]}


def skjemaer(side: bytes, sti: str) -> list[Skjema]:
    """The page's forms that are sent to its own address."""
    rot = html.fromstring(side.decode())
    egne = [
        f for f in rot.xpath("//form[translate(@method, 'POST', 'post') = 'post']") if f.get("action", "") in ("", sti)
    ]
    return [_les(form) for form in egne]


def _les(form: Any) -> Skjema:
    data: dict[str, list[str]] = {}
    tilbud: dict[str, set[str]] = {}
    for felt in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        verdier, valgte = _verdier(felt)
        navn = felt.get("name").replace("__prefix__", "0")  # the row that «legg til» makes
        data.setdefault(navn, []).extend(valgte)
        if noekler := {verdi for verdi in verdier if er_uuid(verdi)}:
            tilbud.setdefault(navn, set()).update(noekler)
    for navn in [navn for navn in data if navn.endswith("-TOTAL_FORMS")]:
        rader = {felt.split("-")[1] for felt in data if felt.startswith(f"{navn.partition('-')[0]}-")}
        data[navn] = [str(sum(rad.isdigit() for rad in rader))]
    return Skjema(data, tilbud)


def _verdier(felt: Any) -> tuple[list[str], list[str]]:
    """What the field offers, and what it would send."""
    if felt.tag == "select":
        alle = [valg.get("value", "") for valg in felt.xpath(".//option")]
        return alle, [valg.get("value", "") for valg in felt.xpath(".//option[@selected]")]
    if felt.tag == "textarea":
        return [], [felt.text or ""]
    verdi = felt.get("value", "on" if felt.get("type") in ("checkbox", "radio") else "")
    av = felt.get("type") in ("checkbox", "radio") and felt.get("checked") is None
    return [verdi], [] if av or felt.get("type") in ("file", "submit") else [verdi]


def feilet(side: bytes, felt: str) -> bool:
    """Whether the page says that something is wrong with the field."""
    rot = html.fromstring(side.decode())
    ved_feltet = rot.xpath("//*[@name = $felt and @aria-invalid = 'true']", felt=felt)
    i_lista = rot.xpath("//*[contains(@class, 'ds-error-summary')]//a[starts-with(@href, $id)]", id=f"#id_{felt}")
    return bool(ved_feltet or i_lista)
