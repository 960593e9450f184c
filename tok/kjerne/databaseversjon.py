"""Whether the database has exactly the migrations of this code: older and newer are both refused (P11, P13)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

Migrering = tuple[str, str]


@dataclass(frozen=True)
class Avvik:
    """What differs: migrations the database lacks, and those it has and the code does not know."""

    mangler: frozenset[Migrering]
    ukjente: frozenset[Migrering]

    def __bool__(self) -> bool:
        return bool(self.mangler or self.ukjente)

    @property
    def melding(self) -> str:
        """One line in Norwegian for the operator; empty when nothing differs."""
        if self.ukjente:
            return f"Databasen er nyere enn koden ({_navn(self.ukjente)}): start den nye utgaven av koden."
        if self.mangler:
            return (
                f"Databasen er eldre enn koden ({_navn(self.mangler)}): kjør migreringsjobben, "
                "TOK_DB_ROLLE=eier python manage.py migrate --noinput"
            )
        return ""


def _navn(migreringer: frozenset[Migrering]) -> str:
    """Name the first, and how many more there are."""
    foerste = ".".join(min(migreringer))
    return foerste if len(migreringer) == 1 else f"{foerste} og {len(migreringer) - 1} til"


@cache
def kodens() -> dict[Migrering, frozenset[Migrering]]:
    """The migrations on disk, each with those it replaces; read once in a process."""
    disk = MigrationLoader(None).disk_migrations
    return {navn: frozenset((app, gammel) for app, gammel in migrering.replaces) for navn, migrering in disk.items()}


def databasens(using: str = DEFAULT_DB_ALIAS) -> frozenset[Migrering]:
    """The migrations that are applied; none in an empty database. Raises OperationalError when it cannot be asked."""
    forbindelse = connections[using]
    with forbindelse.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return frozenset()
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((app, navn) for app, navn in cursor.fetchall())


def sammenlign(kode: dict[Migrering, frozenset[Migrering]], base: frozenset[Migrering]) -> Avvik:
    """Compare; a migration that replaces others is there too when all of those are."""
    kjente = set(kode).union(*kode.values())
    mangler = {navn for navn, erstatter in kode.items() if navn not in base and not (erstatter and erstatter <= base)}
    return Avvik(mangler=frozenset(mangler), ukjente=frozenset(base - kjente))


def avvik(using: str = DEFAULT_DB_ALIAS) -> Avvik:
    """Compare the database with the code. Raises OperationalError when the database cannot be asked."""
    return sammenlign(kodens(), databasens(using))
