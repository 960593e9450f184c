"""From the municipality's one colour to Designsystemet's accent tokens, all with enough contrast (C9, WCAG 1.4.3)."""

from __future__ import annotations

import re

Rgb = tuple[int, int, int]

HVIT: Rgb = (255, 255, 255)
SVART: Rgb = (0, 0, 0)
FARGEKODE = re.compile(r"^#?([0-9a-fA-F]{6})$")
# Share of the colour over white, as in the system's own scale.
FLATER = {
    "background-tinted": 0.067,
    "surface-tinted": 0.133,
    "surface-hover": 0.22,
    "surface-active": 0.314,
    "border-subtle": 0.4,
}


def les_farge(kode: str) -> Rgb:
    """The colour of `#0062ba` or `0062ba`; raises ValueError for anything else."""
    treff = FARGEKODE.match(kode)
    if not treff:
        raise ValueError("not a colour of six hexadecimal digits")
    tall = int(treff[1], 16)
    return tall >> 16, (tall >> 8) & 255, tall & 255


def skriv_farge(farge: Rgb) -> str:
    """`#0062ba`."""
    return "#{:02x}{:02x}{:02x}".format(*farge)


def bland(farge: Rgb, bunn: Rgb, andel: float) -> Rgb:
    """`andel` (0–1) of the colour on top of `bunn`."""
    roed, groenn, blaa = (round(f * andel + b * (1 - andel)) for f, b in zip(farge, bunn, strict=True))
    return roed, groenn, blaa


def _lysstyrke(farge: Rgb) -> float:
    deler = [(k / 255 / 12.92) if k / 255 <= 0.04045 else ((k / 255 + 0.055) / 1.055) ** 2.4 for k in farge]
    return 0.2126 * deler[0] + 0.7152 * deler[1] + 0.0722 * deler[2]


def kontrast(en: Rgb, annen: Rgb) -> float:
    """The contrast ratio of WCAG, 1 to 21."""
    lys, moerk = sorted((_lysstyrke(en), _lysstyrke(annen)), reverse=True)
    return (lys + 0.05) / (moerk + 0.05)


def moerkere(farge: Rgb, minst: float, bunn: Rgb = HVIT) -> Rgb:
    """The colour, darkened no more than needed to have the contrast `minst` against `bunn`."""
    for prosent in range(100, -1, -1):
        forsoek = bland(farge, SVART, prosent / 100)
        if kontrast(forsoek, bunn) >= minst:
            return forsoek
    return SVART


def aksenttokener(kode: str) -> dict[str, str]:
    """Token name (without `--ds-color-accent-`) → value, made from one colour."""
    farge = les_farge(kode)
    base = moerkere(farge, 3)
    paa_base = max((HVIT, SVART), key=lambda valg: kontrast(valg, base))
    mot = SVART if paa_base == HVIT else HVIT
    flater = {navn: bland(farge, HVIT, andel) for navn, andel in FLATER.items()}
    tekst = moerkere(base, 4.6, flater["surface-hover"])
    return {
        navn: skriv_farge(verdi)
        for navn, verdi in {
            "background-default": HVIT,
            "surface-default": HVIT,
            **flater,
            "border-default": moerkere(farge, 4),
            "border-strong": tekst,
            "text-subtle": tekst,
            "text-default": moerkere(base, 9, flater["surface-active"]),
            "base-default": base,
            "base-hover": bland(base, mot, 0.82),
            "base-active": bland(base, mot, 0.66),
            "base-contrast-subtle": bland(paa_base, base, 0.92),
            "base-contrast-default": paa_base,
        }.items()
    }


def stilark(kode: str) -> str:
    """The style sheet that puts the municipality's colour in place of the accent colour."""
    linjer = "".join(f"--ds-color-accent-{navn}:{verdi};" for navn, verdi in aksenttokener(kode).items())
    return f":root,[data-color-scheme=light]{{{linjer}}}\n"
