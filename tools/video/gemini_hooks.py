"""Whether a callback of the Gemini Developer API is the vendor's own: its token against the vendor's public keys.

A call to a request's own address carries, in ``Webhook-Signature``, a token signed with RS256 [D]. What the token says
is not believed, only that the vendor signed it and that it has not run out: the job is asked for again all the same.
Whom the token is for is not checked, because the vendor does not say what a request's own calls have there [D].

Private to `tools.video.gemini`. Facts, sources and dates: `docs/wire/gemini.md`.
"""

import hashlib
import json
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.troubles import Trouble
from tools.http import Http
from tools.video.vendor import Received

KEYS_PATH = "/.well-known/jwks.json"
HEADER = "webhook-signature"
LEAST_BITS = 2048  # RFC 7518, 3.3: a shorter key must not be used with RS256
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2: DigestInfo of SHA-256


class Key(Received):
    """One public key; others than RSA have no numbers here."""

    kid: str = ""
    kty: str = ""
    n: str = ""
    e: str = ""


class KeySet(Received):
    """All keys that the vendor signs with at the moment."""

    keys: tuple[Key, ...] = ()


class _Head(BaseModel):
    """The token's first part."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    alg: str
    kid: str


class _Claims(BaseModel):
    """The token's second part."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    exp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token taken apart, not yet believed.

    Attributes:
        key_id: Which key it says it was signed with.
        ends_s: When it runs out, Unix seconds.
        signed: The bytes that the signature is over.
    """

    key_id: str
    ends_s: float
    signed: bytes
    signature: bytes


class Signatures:
    """Checks calls against the vendor's public keys, which are asked for when a token names one that is not known."""

    def __init__(self, http: Http, *, now_us: Callable[[], int]) -> None:
        """Ask over this connection, and tell the time by this clock."""
        self._http = http
        self._now_us = now_us
        self._keys: tuple[Key, ...] = ()

    async def valid(self, headers: Mapping[str, str]) -> bool:
        """Whether the call carries a token that one of the keys signed and that has not run out.

        Raises:
            VendorError: The keys could not be had, so nobody can tell.
        """
        token = token_of(headers)
        if token is None or token.ends_s * 1e6 < self._now_us():
            return False
        if token.key_id not in {key.kid for key in self._keys}:
            self._keys = await self._known()
        return any(key.kid == token.key_id and fits(token, key) for key in self._keys)

    async def _known(self) -> tuple[Key, ...]:
        reply = await self._http.ask("GET", KEYS_PATH, headers={})
        if not reply.ok:
            message = f"its public keys cannot be had: HTTP {reply.status}"
            raise self._http.error(Trouble.PROVIDER_TRANSIENT, message, retry_after_s=reply.retry_after_s)
        return self._http.read(reply, KeySet).keys


def token_of(headers: Mapping[str, str]) -> Token | None:
    """The call's token; ``None`` where there is none of the right form."""
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    parts = given.split(".")
    if len(parts) != 3 or not given.isascii():
        return None
    try:
        head = _Head.model_validate(json.loads(_bytes(parts[0])))
        claims = _Claims.model_validate(json.loads(_bytes(parts[1])))
        signature = _bytes(parts[2])
    except (Base64Error, ValueError, ValidationError):
        return None
    if head.alg != "RS256":
        return None
    signed = f"{parts[0]}.{parts[1]}".encode()
    return Token(key_id=head.kid, ends_s=claims.exp, signed=signed, signature=signature)


def fits(token: Token, key: Key) -> bool:
    """Whether that key made the token's signature (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017, 8.2.2)."""
    try:
        modulus, exponent = (int.from_bytes(_bytes(number), "big") for number in (key.n, key.e))
    except Base64Error:
        return False
    size = (modulus.bit_length() + 7) // 8
    if key.kty != "RSA" or modulus.bit_length() < LEAST_BITS or exponent < 3 or len(token.signature) != size:
        return False
    digest = SHA256_PREFIX + hashlib.sha256(token.signed).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    made = int.from_bytes(token.signature, "big")
    return made < modulus and pow(made, exponent, modulus).to_bytes(size, "big") == expected


def _bytes(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
