"""Who cannot have a role in a person's case because of a relation, and the refusal that says so (N12, L28)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tok.kjerne.models import Konto
from tok.sak.models import Habilitet
from tok.sak.tilgang.handling import Avslag


class ErInhabil(Avslag):
    """The account has a relation to the person. The words never tell which, since a leader may read them."""

    def __init__(self, konto: Konto, felt: str | None) -> None:
        melding = _("%(navn)s kan ikke ha en rolle i denne saken. Velg en annen.")
        super().__init__(melding % {"navn": konto.navn}, felt=felt)


def inhabile(person_id: UUID) -> frozenset[UUID]:
    """The keys of the accounts that have a relation to the person."""
    return frozenset(Habilitet.objects.virksomme().filter(person=person_id).values_list("konto", flat=True))


def krev_habil(konto: Konto, person_id: UUID, *, felt: str | None = None) -> None:
    """Raises ErInhabil, at the form field `felt`."""
    if konto.pk in inhabile(person_id):
        raise ErInhabil(konto, felt)
