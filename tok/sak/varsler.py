"""Who hears of what on the ground floor. E-mail says that something waits, and where; nothing else (N19)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tok.kjerne.datotekst import dato
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune, Konto, Varsel
from tok.kjerne.utboks import legg_i
from tok.sak.models import Ansettelse, Deltakelse, Habilitet, Sak, Samtykke, Unntakstilgang, Vern


def nettadresse(url_navn: str, *args: object) -> str:
    """An absolute link for an e-mail; only keys stand in it."""
    return f"{settings.TOK_NETTADRESSE}{reverse(url_navn, args=args)}"


def ordene(mottaker: Konto, sti: str, avsender: str, fra: date | None = None) -> tuple[str, str]:
    """Subject and text of the house's one e-mail, in the receiver's own written Norwegian: log in and see (N19).

    `avsender` is the municipality's name; `fra` is the first day there is something to see.
    """
    with override(mottaker.maalform):
        naar = _("Noe venter på deg fra %(dato)s.") % {"dato": dato(fra)} if fra else _("Noe venter på deg.")
        hjelp, slutt = _("Logg inn for å se hva det er:"), _("Du kan ikke svare på denne e-posten.")
        emne = _("Noe venter på deg hos %(kommune)s") % {"kommune": avsender}
    return emne, f"{naar} {hjelp}\n\n{settings.TOK_NETTADRESSE}{sti}\n\n{slutt}\n"


def noe_venter(
    *,
    noekkel: str,
    mottaker: Konto,
    sti: str,
    naa: datetime,
    gjelder_type: str = "",
    gjelder_id: UUID | None = None,
    fra: date | None = None,
) -> Varsel:
    """Put the house's one e-mail in the outbox (N19). What it is about decides whether it is still sent."""
    emne, tekst = ordene(mottaker, sti, Kommune.hent().navn, fra)
    return legg_i(
        noekkel=noekkel,
        mottaker=mottaker,
        epost=mottaker.epost,
        emne=emne,
        tekst=tekst,
        naa=naa,
        gjelder_type=gjelder_type,
        gjelder_id=gjelder_id,
    )


def vern_venter(vern: Vern, *, naa: datetime) -> None:
    """The named colleague hears that something waits; who and what stands behind the log-in (N11, N19)."""
    noe_venter(
        noekkel=f"bekreft_vern:{vern.pk}",
        mottaker=vern.bekreftes_av,
        sti=reverse("sak:vern_bekreft", args=[vern.pk]),
        naa=naa,
        gjelder_type="Vern",
        gjelder_id=vern.pk,
    )


def slutt_paa_vern_venter(vern: Vern, sak: Sak, mottakere: Iterable[Konto], *, naa: datetime) -> None:
    """Those who can take the protection away hear that somebody has proposed it."""
    for mottaker in mottakere:
        noe_venter(
            noekkel=f"slutt_paa_vern:{vern.pk}:{naa.isoformat()}:{mottaker.pk}",
            mottaker=mottaker,
            sti=reverse("sak:vern", args=[sak.pk]),
            naa=naa,
            gjelder_type="Sak",
            gjelder_id=sak.pk,
        )


def samtykke_trukket(samtykke: Samtykke, *, av: Konto, naa: datetime) -> None:
    """The office hears that a consent is withdrawn, when somebody else registered it."""
    saksbehandler = samtykke.sak.saksbehandler
    if saksbehandler != av:
        noe_venter(
            noekkel=f"samtykke_trukket:{samtykke.pk}:{saksbehandler.pk}",
            mottaker=saksbehandler,
            sti=reverse("sak:samtykker", args=[samtykke.sak_id]),
            naa=naa,
            gjelder_type="Sak",
            gjelder_id=samtykke.sak_id,
        )


def deltakere_endret(deltakelse: Deltakelse, *, av: Konto, naa: datetime) -> None:
    """The office hears once a day and case when somebody else changed who takes part (R33)."""
    saksbehandler = deltakelse.sak.saksbehandler
    if saksbehandler == av:
        return
    noe_venter(
        noekkel=f"deltakere_endret:{deltakelse.sak_id}:{lokal_dato(naa)}:{saksbehandler.pk}",
        mottaker=saksbehandler,
        sti=reverse("sak:deltakere", args=[deltakelse.sak_id]),
        naa=naa,
        gjelder_type="Sak",
        gjelder_id=deltakelse.sak_id,
    )


def koblet_til_saken(deltakelse: Deltakelse, mottaker: Konto, *, naa: datetime) -> None:
    """Somebody who had only got letters has an account in the case: log in and see."""
    noe_venter(
        noekkel=f"koblet:{deltakelse.pk}:{mottaker.pk}",
        mottaker=mottaker,
        sti="/",
        naa=naa,
        gjelder_type="Sak",
        gjelder_id=deltakelse.sak_id,
    )


def noen_er_inhabil(habilitet: Habilitet, sak: Sak, *, av: Konto, naa: datetime) -> None:
    """The case worker hears of it; the others in the office do when it is the case worker that is out (N12)."""
    i_dag = lokal_dato(naa)
    mottakere = {sak.saksbehandler}
    if habilitet.konto == sak.saksbehandler:
        paa_kontoret = Ansettelse.objects.gjeldende(i_dag).som(Ansettelse.Rolle.TOK).filter(enhet=sak.kontor)
        mottakere = {rad.konto for rad in paa_kontoret.filter(konto__is_active=True).select_related("konto")}
    for mottaker in mottakere - {av, habilitet.konto}:
        noe_venter(
            noekkel=f"inhabil:{habilitet.pk}:{mottaker.pk}",
            mottaker=mottaker,
            sti=reverse("sak:habilitet", args=[sak.pk]),
            naa=naa,
            gjelder_type="Sak",
            gjelder_id=sak.pk,
        )


def unntak_er_aapnet(unntak: Unntakstilgang, *, naa: datetime) -> None:
    """The leader hears that somebody of the staff is in with an exception; who and why stand on the page (N10)."""
    noe_venter(
        noekkel=f"unntak:{unntak.pk}:{unntak.leder_id}",
        mottaker=unntak.leder,
        sti=reverse("sak:unntak_ansatte"),
        naa=naa,
        gjelder_type="Unntakstilgang",
        gjelder_id=unntak.pk,
    )
