"""The ground floor's deadlines (docs/fristregler.md): dates in, dates out."""

from datetime import date, timedelta

from tok.kjerne.fristregning import Fristregel, Lengdeenhet

BEKREFT_VERN = Fristregel(
    kode="bekreft_vern",
    navn="Bekreft vern",
    lengde=1,
    enhet=Lengdeenhet.ARBEIDSDAGER,
    kilde="N11 (vern settes av to; lengden er vår)",
    mottaker="tok",
    gjelder_fra=date(2020, 1, 1),
    paaminnes=(0,),
)

VERNOPPGAVER = Fristregel(
    kode="vernoppgaver",
    navn="Oppgaver om vern",
    lengde=3,
    enhet=Lengdeenhet.ARBEIDSDAGER,
    kilde="N11 (det som er ute, kalles tilbake; lengden er vår)",
    mottaker="tok",
    gjelder_fra=date(2020, 1, 1),
    paaminnes=(0,),
)

SE_FRAM = timedelta(days=90)  # a birthday is a deadline from so long before it: the first warning is 60 days before


def _fyller(kode: str, navn: str, kilde: str) -> Fristregel:
    """The birthday itself: law, so that no municipality can move it or its warnings (L14)."""
    return Fristregel(
        kode=kode,
        navn=navn,
        lengde=0,
        enhet=Lengdeenhet.DAGER,
        kilde=kilde,
        mottaker="koordinator",
        gjelder_fra=date(2022, 1, 1),
        lovfestet=True,
        paaminnes=(60, 30, 14, 3),
    )


ALDER_12 = _fyller("alder_12", "Fyller 12 år", "L14, B7; pasient- og brukerrettighetsloven § 3-4 (to verify)")
ALDER_15 = _fyller(
    "alder_15", "Fyller 15 år", "L14, B7; barnevernsloven, opplæringslova: egne partsrettigheter (to verify)"
)
SAMTYKKE_16 = _fyller("samtykke_16", "Fyller 16 år", "L14, B7; pasient- og brukerrettighetsloven § 4-3 (to verify)")
ALDER_18 = _fyller("alder_18", "Fyller 18 år", "L14, L4, B7; vergemålsloven § 8 (to verify)")

ALDERSREGLER = {12: ALDER_12, 15: ALDER_15, 16: SAMTYKKE_16, 18: ALDER_18}

MANDAT_UTLOEPER = Fristregel(
    kode="mandat_utloeper",
    navn="Fullmakt eller mandat slutter",
    lengde=0,
    enhet=Lengdeenhet.DAGER,
    kilde="L12 (30, 14 og 3 dager er våre)",
    mottaker="koordinator",
    gjelder_fra=date(2022, 1, 1),
    paaminnes=(30, 14, 3),
)
