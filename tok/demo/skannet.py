"""A one-page PDF that stands for a signed form that was scanned."""

from __future__ import annotations

TEKST = ("Samtykke til samarbeid i ansvarsgruppe", "Underskrevet. Oppdiktet skjema i demokommunen Fjordvik.")


def skannet_skjema() -> bytes:
    """The smallest PDF that opens everywhere, written by hand so that the demo carries no file."""
    linjer = " ".join(f"1 0 0 1 72 {760 - 28 * nr} Tm ({tekst}) Tj" for nr, tekst in enumerate(TEKST))
    strek = "72 600 m 300 600 l S 80 606 m 120 640 140 590 170 622 c 190 640 210 596 240 618 c S"
    side = f"BT /F1 14 Tf {linjer} ET {strek}".encode("latin-1")
    objekter = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(side), side),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    ut, plasser = b"%PDF-1.4\n", []
    for nr, objekt in enumerate(objekter, start=1):
        plasser.append(len(ut))
        ut += b"%d 0 obj\n%b\nendobj\n" % (nr, objekt)
    tabell = b"".join(b"%010d 00000 n \n" % plass for plass in plasser)
    hode = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objekter) + 1)
    hale = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objekter) + 1, len(ut))
    return ut + hode + tabell + hale
