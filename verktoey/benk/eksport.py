"""Run over one of our databases: the yearly register as CSV and XLSX beside a bare COPY of the same question."""

from __future__ import annotations

import json
import resource
import sys
import time
from tempfile import TemporaryFile

import django


def maal(hva: str) -> dict[str, float]:
    """Seconds, rows and the process's largest memory in MB, for «copy», «csv» or «xlsx»."""
    from django.db import connection, transaction

    from tok.kjerne import klokke
    from tok.kjerne.models import Konto
    from tok.oversikt.eksport import Format, skriv
    from tok.oversikt.sporringer import aarstall

    naa = klokke.naa()
    aar = aarstall.Aar.lag(naa.year, naa.date())
    saker = aarstall.saker(aar, Konto.system(), None)
    with transaction.atomic(), TemporaryFile() as fil:
        antall = saker.count()
        start = time.perf_counter()
        if hva == "copy":
            alle = aarstall.rader(aar, saker, [kolonne.uttrykk for kolonne in aarstall.kolonner(aar)])
            sporsmaal, parametre = alle.query.sql_with_params()
            with connection.cursor() as cursor:
                kopier = cursor.mogrify(f"COPY ({sporsmaal}) TO STDOUT", parametre)
                with cursor.copy(kopier) as ut:
                    for blokk in ut:
                        fil.write(blokk)
        else:
            skriv(Format(hva), aar, saker, fil, laget=naa)
        brukt = time.perf_counter() - start
        stoerrelse = fil.tell()
    minne = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"sekunder": brukt, "rader": antall, "byte": stoerrelse, "minne": minne}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(maal(sys.argv[1])))
