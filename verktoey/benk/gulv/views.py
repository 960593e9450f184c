"""The floor's one page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KONTOR = 1


@login_required
def liste(request: HttpRequest) -> HttpResponse:
    """25 rows of five columns by one index, as tuples."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nummer, navn, koordinator, enhet, aapnet FROM benk_rad"
            " WHERE kontor = %s AND tilstand = 'aapen' ORDER BY aapnet DESC, id DESC LIMIT 25",
            [KONTOR],
        )
        rader = cursor.fetchall()
    return render(request, "liste.html", {"rader": rader})
