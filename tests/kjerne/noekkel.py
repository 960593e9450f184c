"""A passkey in software, for tests that must answer the server wrongly on purpose; browsers are used in the stories."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import int2bytes, sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tok.kjerne.models import Konto

FLAGG = AuthenticatorData.FLAG
BEGYNN = "/konto/2fa/webauthn/login/"


@dataclass
class Programnoekkel:
    """What is in the key, and what it says of itself: the site, whether it knew its owner, how often it has signed."""

    konto: Konto
    nettsted: str = "localhost"
    opphav: str = "http://localhost:8000"
    kjente_eieren: bool = True
    teller: int = 1
    id: bytes = b"en noekkel-------"
    hemmelig: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def _data(self, *, ny: bool = False) -> AuthenticatorData:
        flagg = FLAGG.UP | (FLAGG.UV if self.kjente_eieren else FLAGG(0)) | (FLAGG.AT if ny else FLAGG(0))
        tall = self.hemmelig.public_key().public_numbers()
        offentlig = ES256({1: 2, 3: -7, -1: 1, -2: int2bytes(tall.x, 32), -3: int2bytes(tall.y, 32)})  # RFC 9053
        vedlegg = AttestedCredentialData.create(Aaguid.NONE, self.id, offentlig) if ny else b""
        return AuthenticatorData.create(sha256(self.nettsted.encode()), flagg, self.teller, vedlegg)

    def _klient(self, type_: str, utfordring: str) -> bytes:
        return json.dumps({"type": type_, "challenge": utfordring, "origin": self.opphav}).encode()

    def _svar(self, **deler: bytes) -> dict[str, Any]:
        kode = websafe_encode(self.id)
        return {
            "id": kode,
            "rawId": kode,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {navn: websafe_encode(verdi) for navn, verdi in deler.items()},
        }

    def registrering(self, utfordring: str) -> dict[str, Any]:
        """What the browser sends when the key is made."""
        objekt = AttestationObject.create("none", self._data(ny=True), {})
        return self._svar(clientDataJSON=self._klient("webauthn.create", utfordring), attestationObject=objekt)

    def svar(self, utfordring: str) -> dict[str, Any]:
        """What the browser sends when the key is used."""
        klient, data = self._klient("webauthn.get", utfordring), self._data()
        return self._svar(
            clientDataJSON=klient,
            authenticatorData=data,
            signature=self.hemmelig.sign(data + sha256(klient), ec.ECDSA(SHA256())),
            userHandle=user_pk_to_url_str(self.konto).encode(),
        )

    def legg_inn(self) -> Authenticator:
        """Put the key on the account, as if it had been made on its page."""
        rad: Authenticator = Authenticator.objects.create(
            user=self.konto,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Nøkkel", "credential": self.registrering("utfordring")},
        )
        return rad

    def logg_inn(self, client: Client, neste: str = "") -> Any:
        """Ask for a challenge, answer it, and send the answer."""
        utfordring = client.get(BEGYNN, headers={"Accept": "application/json"}).json()
        svar = self.svar(utfordring["request_options"]["publicKey"]["challenge"])
        return client.post(BEGYNN, {"credential": json.dumps(svar), "next": neste})
