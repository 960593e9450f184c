"""Uploads: checked by what they are and not by what they are called, kept encrypted (ASVS 5.2, 5.3)."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import PurePath
from typing import Any

import pikepdf
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from tok.kjerne.kryptering import dekrypter, krypter, rad_aad
from tok.kjerne.models import Fil, Konto

STOERST = 10 * 1024 * 1024  # bytes
STOERST_BILDE = 60_000_000  # pixels; a bomb unpacks to more
BILDETYPER = {"PNG": Fil.Type.PNG, "JPEG": Fil.Type.JPEG}


def finn_type(innhold: bytes) -> Fil.Type | None:
    """What the bytes really are: a PDF that opens without running anything, a PNG or a JPEG; None for all else."""
    if innhold[:5] == b"%PDF-":
        try:
            with pikepdf.open(io.BytesIO(innhold)) as dokument:
                return Fil.Type.PDF if len(dokument.pages) else None
        except pikepdf.PdfError:
            return None
    try:
        with Image.open(io.BytesIO(innhold), formats=list(BILDETYPER)) as bilde:
            if bilde.width * bilde.height > STOERST_BILDE:
                return None
            bilde.verify()
            return BILDETYPER[bilde.format or ""]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError):
        return None


class Filfelt(forms.FileField):
    """A scan: PDF, PNG or JPEG of at most 10 MB."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        fil = super().clean(data, initial)
        if isinstance(fil, UploadedFile):
            if (fil.size or 0) > STOERST:
                raise ValidationError(_("Fila er for stor. Den kan være høyst 10 MB."), code="for_stor")
            if finn_type(fil.read()) is None:
                raise ValidationError(_("Fila må være en PDF eller et bilde (PNG eller JPEG)."), code="feil_type")
            fil.seek(0)
        return fil


def ta_imot(opplastet: UploadedFile[Any], *, av: Konto, naa: datetime) -> Fil:
    """Keep a checked upload, encrypted and bound to its row.

    Raises:
        ValueError: when the field's check was left out and the bytes are not of an allowed type.
    """
    innhold = opplastet.read()
    type_ = finn_type(innhold)
    if type_ is None or len(innhold) > STOERST:
        raise ValueError("ta_imot takes only what Filfelt has let through")
    endelse = PurePath(opplastet.name or "").suffix.lower() or ".pdf"
    fil = Fil(
        navn=f"skannet-skjema{endelse}"[:150],
        type=type_,
        stoerrelse=len(innhold),
        sha256=hashlib.sha256(innhold).hexdigest(),
        lastet_opp_tid=naa,
        lastet_opp_av=av,
    )
    fil.innhold = krypter(innhold, noekkel="fil", aad=rad_aad("kjerne_fil", "innhold", fil.pk))
    fil.save()
    return fil


def les(fil: Fil) -> bytes:
    """The upload as it came."""
    return dekrypter(bytes(fil.innhold), noekkel="fil", aad=rad_aad("kjerne_fil", "innhold", fil.pk))
