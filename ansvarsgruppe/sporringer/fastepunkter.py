"""The standing points of the routine, offered as the beginning of an agenda (R66–R70, R73–R77, R79)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ansvarsgruppe.models import Moete


def faste_punkter(moete: Moete) -> list[str]:
    """What the first meeting begins with, or what every later one goes through; to be changed freely."""
    navn = moete.gruppe.sak.person.tiltale
    ordet_foerst = _("%(navn)s får ordet først") % {"navn": navn}
    if not Moete.objects.filter(gruppe=moete.gruppe_id, tilstand=Moete.Tilstand.HOLDT).exists():
        return [
            _("Hvem er vi, og hva er vi for %(navn)s?") % {"navn": navn},
            ordet_foerst,
            _("Samtykke"),
            _("Hvem er koordinator, og retten til individuell plan"),
            _("Hvem skal være fast med, og hva kan hver av oss hjelpe med?"),
            _("Hvem gjør hva"),
            _("Dato for neste møte"),
        ]
    punkter = [
        ordet_foerst,
        _("Hvordan er det nå?"),
        _("Hvordan har tiltakene virket?"),
        _("Nye tiltak og veien videre"),
        _("Hvem gjør hva"),
        _("Dato for neste møte"),
    ]
    if moete.er_aarlig_gjennomgang:
        punkter.insert(3, _("Årlig gjennomgang: behov, tilbud, arbeidet i gruppa og hvem som er med"))
    return punkter
