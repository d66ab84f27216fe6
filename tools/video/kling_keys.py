"""How Kling is signed in to, and how its callbacks are signed. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from agent.jobs import Account
from tools.video.vendor import Clock, missing, unsendable

TOKEN_LIVES_S = 1800
TOKEN_STARTS_EARLIER_S = 5

LONGEST_SKEW_S = 300
"""Between a callback's time and ours: the Standard Webhooks rule that Kling's page repeats [D]."""

_WEBHOOK_PREFIX = "whsec_"
_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
_STAMP = re.compile(r"[0-9]{1,12}")
_ACCESS_KEY = re.compile(r"ak[-_].+", re.IGNORECASE)


class Signer(Protocol):
    """Signs requests of one API standard."""

    def headers(self) -> dict[str, str]:
        """What proves who asks."""
        ...

    def advice(self, code: int) -> str | None:
        """What to check after a refusal with this code; ``None`` where the vendor's words have to do."""
        ...


class ApiKey:
    """The one key that opens both standards [D; T: users measured reads and writes on the legacy one, 2026-09]."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Read the key from the secrets whenever it is needed."""
        self._secrets = secrets

    def headers(self) -> dict[str, str]:
        """The key itself."""
        return {"authorization": f"Bearer {self._secrets['api_key']}"}

    def advice(self, code: int) -> str | None:
        """Which setting holds the wrong key."""
        return _KEY_ADVICE.get(code) or _ADVICE.get(code)


class KeyPair:
    """Access and secret key, which sign short-lived tokens for the legacy standard alone [D]."""

    def __init__(self, secrets: Mapping[str, str], *, now_us: Clock) -> None:
        """Read the keys from the secrets whenever they are needed."""
        self._secrets = secrets
        self._now_us = now_us

    def headers(self) -> dict[str, str]:
        """A fresh token: signing costs microseconds, and what is new cannot have run out."""
        access_key, secret_key = self._secrets["access_key"], self._secrets["secret_key"]
        return {"authorization": f"Bearer {sign(access_key=access_key, secret_key=secret_key, now_s=self._now_s())}"}

    def advice(self, code: int) -> str | None:
        """Which setting is wrong, or how this machine's clock differs from Kling's."""
        clock = f"this machine's clock says {datetime.fromtimestamp(self._now_s(), tz=UTC):%Y-%m-%d %H:%M:%S} UTC"
        match code:
            case 1003:
                return f"{clock}, ahead of Kling's by more than the {TOKEN_STARTS_EARLIER_S} s a token allows: set it"
            case 1004:
                return f"{clock}, behind Kling's by more than the {TOKEN_LIVES_S // 60} min a token lives: set it"
            case _:
                return _PAIR_ADVICE.get(code) or _ADVICE.get(code)

    def _now_s(self) -> int:
        return self._now_us() // 1_000_000


_ADVICE = {
    1001: "no key arrived at Kling: see whether a proxy takes the authorization header away",
    1103: "this account has no access to that model: open it in Kling's console",
    1304: "this machine's address is not on the account's IP whitelist: add it in Kling's console",
}
_KEY_ADVICE = {
    1000: "check secret 'api_key'",
    1002: "check secret 'api_key': it is an API key of this region's console, not an access key",
    1003: "secret 'api_key' is not valid yet: see Kling's console",
    1004: "secret 'api_key' has expired: make a new one in Kling's console",
}
_PAIR_ADVICE = {
    1000: "check that secret 'secret_key' belongs to 'access_key'",
    1002: "check secrets 'access_key' and 'secret_key', and that they are of this region's console",
}


def legacy_signer(account: Account, *, now_us: Clock) -> Signer | None:
    """Who signs for the legacy standard: the pair made for it, or else the API key."""
    if not missing(account, secrets=("access_key", "secret_key")):
        return KeyPair(account.secrets, now_us=now_us)
    return current_signer(account)


def current_signer(account: Account) -> Signer | None:
    """Who signs for the new standard: the API key alone."""
    return None if missing(account, secrets=("api_key",)) else ApiKey(account.secrets)


def complaint(account: Account) -> str | None:
    """What is wrong with an account's keys, in a sentence that names the setting."""
    pair = missing(account, secrets=("access_key", "secret_key"))
    if len(pair) == 1:
        return f"kling needs {pair[0]} as well: tokens of the legacy standard are signed with both keys"
    if pair and missing(account, secrets=("api_key",)):
        return "kling needs secret 'api_key' (both standards), or 'access_key' and 'secret_key' (legacy standard only)"
    return unsendable(account) or _misplaced(account)


def sign(*, access_key: str, secret_key: str, now_s: int) -> str:
    """A fresh HS256 token for the legacy standard, good for half an hour."""
    header = {"alg": "HS256", "typ": "JWT"}
    claims = {"iss": access_key, "exp": now_s + TOKEN_LIVES_S, "nbf": now_s - TOKEN_STARTS_EARLIER_S}
    signed = ".".join(_part(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    signature = hmac.new(secret_key.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_part(signature)}"


def webhook_key(secret: str) -> bytes | None:
    """The key in a webhook secret as Kling's console shows it; ``None`` when it is of another form."""
    bare = secret.removeprefix(_WEBHOOK_PREFIX)
    if bare == secret:
        return None
    try:
        return base64.b64decode(bare, validate=True) or None
    except binascii.Error:
        return None


def carries_signature(headers: Mapping[str, str], body: bytes, *, key: bytes, now_s: int) -> bool:
    """Whether a callback is signed with this key and not older or younger than five minutes."""
    sent = {name.lower(): value for name, value in headers.items()}
    stamp = sent.get("webhook-timestamp", "")
    if not _STAMP.fullmatch(stamp) or abs(int(stamp) - now_s) > LONGEST_SKEW_S:
        return False
    signed = f"{sent.get('webhook-id', '')}.{stamp}.".encode() + body
    right = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # Several signatures stand side by side while a secret is being replaced.
    return any(hmac.compare_digest(right, one.encode()) for one in sent.get("webhook-signature", "").split())


def _misplaced(account: Account) -> str | None:
    """A key in the place of another: found here, because Kling would only say that it is invalid."""
    key = account.secrets.get("api_key", "")
    if _TOKEN.fullmatch(key):
        return "kling: secret 'api_key' holds a signed token, which lives half an hour; put the API key itself there"
    pair = (account.secrets.get("access_key"), account.secrets.get("secret_key"))
    if key and (_ACCESS_KEY.fullmatch(key) or key in pair):
        return (
            "kling: secret 'api_key' holds one key of an access key pair; put the pair into 'access_key' and "
            "'secret_key', and an API key of its own, from the page for API keys, into 'api_key'"
        )
    return None


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
