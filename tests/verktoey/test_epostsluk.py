"""The mail sink writes what it accepts, and can be asked."""

import smtplib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from verktoey.demo import ledig_port
from verktoey.epostsluk import mottatte
from verktoey.prosess import Prosess


@pytest.fixture
def smtp(tmp_path: Path) -> Iterator[smtplib.SMTP]:
    """A connection to a sink that writes under tmp_path/epost."""
    port = ledig_port()
    argv = [sys.executable, "-m", "verktoey.epostsluk", str(port), str(tmp_path / "epost")]
    sluk = Prosess("epostsluk", argv, tmp_path / "sluk.log")
    sluk.start()
    for _ in range(100):
        try:
            klient = smtplib.SMTP("127.0.0.1", port, timeout=5)
            break
        except OSError:
            time.sleep(0.1)
    yield klient
    klient.close()
    sluk.stopp()


def test_an_accepted_message_is_a_file_and_a_line(smtp: smtplib.SMTP, tmp_path: Path) -> None:
    """The line stands when the sender has its "250 OK" (sikkerhet.md §3)."""
    smtp.sendmail("fra@test.example", ["til@test.example"], "Message-ID: <en@test>\r\nSubject: Hei\r\n\r\nTekst")
    assert mottatte(tmp_path / "epost") == ["<en@test>"]
    (fil,) = (tmp_path / "epost").glob("*.eml")
    assert b"Tekst" in fil.read_bytes()


def test_a_message_nobody_can_ask_about_is_refused(smtp: smtplib.SMTP, tmp_path: Path) -> None:
    """Without a Message-ID a crash would leave the sender in doubt."""
    with pytest.raises(smtplib.SMTPDataError):
        smtp.sendmail("fra@test.example", ["til@test.example"], "Subject: Hei\r\n\r\nTekst")
    assert mottatte(tmp_path / "epost") == []
