"""Vendors as configured: real accounts where there are keys, stand-ins where there are none at all."""

from collections.abc import Mapping

import httpx
from pydantic import SecretStr

from agent.errors import CountersteerError
from agent.jobs import Account
from agent.ports import VideoModel
from interfaces.settings import PREFIX, Settings, VendorSettings
from interfaces.times import Clock
from tools.sandbox.registry import sandbox_keys
from tools.video import registry
from tools.video.vendor import Vendor

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SANDBOX_OPTIONS = {"google": {"project": "sandbox", "location": "us-central1"}}


class HalfConfiguredError(CountersteerError):
    """A vendor's account lacks something; the message names the setting."""


def real(settings: Settings) -> Mapping[str, VideoModel]:
    """The adapters of every configured vendor.

    Raises:
        HalfConfiguredError: An account cannot be used as it is.
        NotFoundError: There is no vendor of that name.
    """
    return {
        name: _adapter(registry.vendor(name), _account(name, settings), None, clock=Clock())
        for name in sorted(settings.live)
    }


def stand_ins(
    *, base_url: str, transport: httpx.AsyncBaseTransport | None, clock: Clock | None = None
) -> Mapping[str, VideoModel]:
    """The same adapters, pointed at the sandbox: only address and transport differ."""
    return {
        vendor.name: _adapter(
            vendor,
            Account(
                base_url=f"{base_url}/{vendor.name}",
                secrets=sandbox_keys()[vendor.name],
                ids={},
                options=SANDBOX_OPTIONS.get(vendor.name, {}),
                sandbox=True,
            ),
            transport,
            clock=clock or Clock(),
        )
        for vendor in registry.vendors()
    }


def rehearsed(settings: Settings) -> frozenset[str]:
    """The configured vendors at whose address a stand-in answers; their clips are shown as sandbox."""
    return frozenset(name for name in settings.live if settings.vendors[name].sandbox)


def off(settings: Settings) -> tuple[str, ...]:
    """What the vendors that no shot goes to would need, a sentence each; none while the stand-ins answer for all."""
    nothing = Account(base_url="", secrets={}, ids={}, options={}, sandbox=False)
    rest = [vendor for vendor in registry.vendors() if settings.live and vendor.name not in settings.live]
    return tuple(vendor.complaint(nothing) or f"{vendor.name} is not configured" for vendor in rest)


def _adapter(
    vendor: Vendor, account: Account, transport: httpx.AsyncBaseTransport | None, *, clock: Clock
) -> VideoModel:
    complaint = vendor.complaint(account)
    if complaint is not None:
        raise HalfConfiguredError(f"{vendor.name} is only half configured: {complaint} ({_begin(vendor.name)})")
    return vendor.make(account, transport=transport, now_us=clock.now_us, sleep=clock.sleep)


def _account(name: str, settings: Settings) -> Account:
    vendor, given = registry.vendor(name), settings.vendors[name]
    _refuse_strangers(vendor, given)
    return Account(
        base_url=given.base_url or vendor.default_base_url,
        secrets={key: _plain(value) for key, value in given.secrets.items()},
        ids=given.ids,
        options=given.options,
        sandbox=bool(given.sandbox),
    )


def _refuse_strangers(vendor: Vendor, given: VendorSettings) -> None:
    """Let no misspelt name pass as if it had been understood, and no stand-in as a vendor."""
    models = tuple(profile.name for profile in vendor.profiles)
    for kind, names, known in (
        ("secret", given.secrets, vendor.secrets),
        ("option", given.options, vendor.options),
        ("model id for", given.ids, models),
    ):
        strangers = sorted(set(names) - set(known))
        if strangers:
            told = f"{vendor.name} has no {kind} {', '.join(map(repr, strangers))}; there is {', '.join(known)}"
            raise HalfConfiguredError(f"{told} ({_begin(vendor.name)})")
    if given.sandbox is None and httpx.URL(given.base_url or "").host in LOOPBACK:
        raise HalfConfiguredError(
            f"{vendor.name}'s address is on this machine: set {_prefix(vendor.name)}SANDBOX=true where a stand-in "
            "answers there, or =false where it is a gateway to the vendor itself"
        )


def _begin(name: str) -> str:
    return f"its settings begin with {_prefix(name)}"


def _prefix(name: str) -> str:
    return f"{PREFIX}VENDORS__{name.upper()}__"


def _plain(value: SecretStr) -> str:
    return value.get_secret_value()
