"""Whether a call to an address of ours was signed by fal. Private to `tools.video.fal`.

Facts, sources and dates: `docs/wire/fal.md`.
"""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tools.http import Http, trouble_of
from tools.video.vendor import Received

MOST_SKEW_S = 300
KEYS_LAST_S = 3600
"""A day at most is asked for; within the hour a new key of the vendor's is known here."""

KEY_BYTES = 32


class Jwk(Received):
    """One public key."""

    kty: str = ""
    crv: str = ""
    x: str = ""


class Jwks(Received):
    """The vendor's public keys."""

    keys: tuple[Jwk, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a call says of itself, and the text that its signature is of."""

    sent_s: int
    signature: bytes
    text: bytes

    @classmethod
    def read(cls, headers: Mapping[str, str], body: bytes) -> Self | None:
        """From a call's headers and its exact bytes; ``None`` where it is not signed as fal signs."""
        given = {name.lower(): value for name, value in headers.items()}
        try:
            request_id, user_id, sent, signature = (
                given[f"x-fal-webhook-{name}"] for name in ("request-id", "user-id", "timestamp", "signature")
            )
            text = "\n".join((request_id, user_id, sent, hashlib.sha256(body).hexdigest()))
            return cls(sent_s=int(sent), signature=bytes.fromhex(signature), text=text.encode())
        except (KeyError, ValueError):
            return None


class Signatures:
    """Checks signatures with keys that are fetched when they are first needed, and again after an hour."""

    def __init__(self, http: Http) -> None:
        """Fetch the keys from the connection's address itself."""
        self._http = http
        self._keys: tuple[Ed25519PublicKey, ...] = ()
        self._fetched_us: int | None = None

    async def valid(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the vendor signed this within the last five minutes.

        Raises:
            VendorError: The keys could not be had.
        """
        signed = Signed.read(headers, body)
        if signed is None or abs(self._http.now_us() / 1e6 - signed.sent_s) > MOST_SKEW_S:
            return False
        return any(_fits(key, signed) for key in await self._known())

    async def close(self) -> None:
        """Let go of the connection."""
        await self._http.close()

    async def _known(self) -> tuple[Ed25519PublicKey, ...]:
        now_us = self._http.now_us()
        if self._fetched_us is None or now_us - self._fetched_us > KEYS_LAST_S * 1_000_000:
            self._keys, self._fetched_us = await self._fetch(), now_us
        return self._keys

    async def _fetch(self) -> tuple[Ed25519PublicKey, ...]:
        reply = await self._http.ask("GET", "", headers={})
        if not reply.ok:
            trouble = trouble_of(reply.status, sending=False, spoke=False)
            raise self._http.error(trouble, f"the keys that calls are checked with answer HTTP {reply.status}")
        return tuple(key for key in map(_public, self._http.read(reply, Jwks).keys) if key is not None)


def _public(jwk: Jwk) -> Ed25519PublicKey | None:
    """The key, if it is one for these signatures; a set may hold others."""
    if (jwk.kty, jwk.crv) != ("OKP", "Ed25519"):
        return None
    try:
        raw = urlsafe_b64decode(jwk.x + "=" * (-len(jwk.x) % 4))
    except ValueError:
        return None
    return Ed25519PublicKey.from_public_bytes(raw) if len(raw) == KEY_BYTES else None


def _fits(key: Ed25519PublicKey, signed: Signed) -> bool:
    try:
        key.verify(signed.signature, signed.text)
    except InvalidSignature:
        return False
    return True
