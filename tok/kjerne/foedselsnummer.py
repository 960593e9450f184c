"""The national identity number: is it written right? Never who it belongs to (N24, L25).

Knows fødselsnummer, D-number (+40 on the day), H-number (+40 on the month), FH-number (first digit 8 or 9) and
synthetic numbers (+80 or +65 on the month), with the control digits of today and of 2032. The check digits are
python-stdnum's; the rest is our own, since stdnum works out birth date and sex, and we never do.

NAV's synthetic numbers have +40 on the month, as H-numbers have, and cannot be told from them; they are taken for
H-numbers and accepted (to verify).
"""

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

LENGDE = 11
D_TILLEGG = 40
H_TILLEGG = 40
# Tenor (Skatteetaten) and SyntPop (health registers); to verify.
SYNTETISKE_TILLEGG = (80, 65)
# A leap year: 29 February is accepted in every number, because the year cannot be read out of it.
SKUDDAAR = 2000

# White space, full stop, hyphen, en dash, and the invisible characters that come along when one pastes.
_SKILLETEGN = re.compile(r"[\s.\-–\u200b\u2060\ufeff]")


class UgyldigNummer(ValueError):
    """The number is not written right; ``melding`` tells the user in what way, without repeating the number."""

    def __init__(self, melding: str) -> None:
        super().__init__("invalid national identity number")
        self.melding = melding


def normaliser(tekst: str) -> str:
    """Take away spaces, full stops and dashes that people put between the digits."""
    return _SKILLETEGN.sub("", tekst)


def er_dnummer(nummer: str) -> bool:
    """Tell whether a normalised number is a D-number: 4 to 7 in the first place."""
    return nummer[:1] in set("4567")


def er_syntetisk(nummer: str) -> bool:
    """Tell whether a normalised number was made for testing (Tenor or SyntPop)."""
    maaned = int(nummer[2:4])
    return not _er_fh(nummer) and any(1 <= maaned - tillegg <= 12 for tillegg in SYNTETISKE_TILLEGG)


def valider(tekst: str, *, tillat_syntetiske: bool) -> str:
    """Return the number as eleven digits, or raise UgyldigNummer with a plain message for the kind of mistake.

    Production refuses synthetic numbers (``tillat_syntetiske=False``, N24).
    """
    nummer = normaliser(tekst)
    if not (nummer.isascii() and nummer.isdigit()) and nummer:
        raise UgyldigNummer(str(_("Nummeret kan bare ha tall. Ta bort bokstaver og andre tegn.")))
    if len(nummer) != LENGDE:
        raise UgyldigNummer(str(_("Nummeret skal ha 11 siffer. Du har skrevet %(antall)d.")) % {"antall": len(nummer)})
    if not _kontrollsifre_stemmer(nummer):
        raise UgyldigNummer(str(_("Nummeret stemmer ikke. Et siffer er feil, eller to har byttet plass.")))
    if not (_er_fh(nummer) or _dag_og_maaned_finnes(nummer)):
        raise UgyldigNummer(str(_("De seks første sifrene er ikke en gyldig dato. Se etter om nummeret er riktig.")))
    if er_syntetisk(nummer) and not tillat_syntetiske:
        raise UgyldigNummer(str(_("Dette er et testnummer. Skriv personens eget nummer, eller la feltet stå tomt.")))
    return nummer


def stemmer_med(nummer: str, dato: date) -> bool:
    """Whether a normalised number can belong to somebody born on the date.

    Compares only: the birth date itself is never read out of a number (L25). An FH-number holds no date and fits all.
    """
    return _er_fh(nummer) or (*_dag_og_maaned(nummer), nummer[4:6]) == (dato.day, dato.month, f"{dato:%y}")


def _er_fh(nummer: str) -> bool:
    return nummer[0] in "89"


def _kontrollsifre_stemmer(nummer: str) -> bool:
    # Until 2032 the first sum leaves 0; numbers given out from 2032 may leave 0, 1, 2 or 3 (N24).
    rest = (int(nummer[9]) - int(calc_check_digit1(nummer))) % 11
    return rest <= 3 and nummer[10] == calc_check_digit2(nummer)


def _dag_og_maaned(nummer: str) -> tuple[int, int]:
    """The day and the month without what the kinds of numbers add to them."""
    dag, maaned = int(nummer[:2]), int(nummer[2:4])
    if er_dnummer(nummer):
        dag -= D_TILLEGG
    for tillegg in (*SYNTETISKE_TILLEGG, H_TILLEGG):
        if maaned > tillegg:
            maaned -= tillegg
            break
    return dag, maaned


def _dag_og_maaned_finnes(nummer: str) -> bool:
    dag, maaned = _dag_og_maaned(nummer)
    return 1 <= maaned <= 12 and 1 <= dag <= monthrange(SKUDDAAR, maaned)[1]
