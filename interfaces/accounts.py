"""Vendors as configured: real accounts where there are keys, stand-ins where there are none at all."""

from collections.abc import Mapping

import httpx
from pydantic import SecretStr

from agent.errors import CountersteerError
from agent.jobs import Account
from agent.ports import VideoModel
from interfaces.settings import Settings, VendorSettings
from interfaces.times import now_us, sleep
from tools.sandbox.registry import sandbox_keys
from tools.video import registry
from tools.video.vendor import Vendor

SANDBOX_OPTIONS = {"google": {"project": "sandbox", "location": "us-central1"}}


class HalfConfiguredError(CountersteerError):
    """A vendor's account lacks something; the message names the setting."""


def real(settings: Settings) -> Mapping[str, VideoModel]:
    """The adapters of every configured vendor.

    Raises:
        HalfConfiguredError: An account cannot be used as it is.
        NotFoundError: There is no vendor of that name.
    """
    return {name: _adapter(registry.vendor(name), _account(name, settings), None) for name in sorted(settings.live)}


def stand_ins(*, base_url: str, transport: httpx.AsyncBaseTransport | None) -> Mapping[str, VideoModel]:
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
        )
        for vendor in registry.vendors()
    }


def _adapter(vendor: Vendor, account: Account, transport: httpx.AsyncBaseTransport | None) -> VideoModel:
    complaint = vendor.complaint(account)
    if complaint is not None:
        prefix = f"COUNTERSTEER_VENDORS__{vendor.name.upper()}__"
        raise HalfConfiguredError(f"{vendor.name} is only half configured: {complaint} (settings begin with {prefix})")
    return vendor.make(account, transport=transport, now_us=now_us, sleep=sleep)


def _account(name: str, settings: Settings) -> Account:
    given: VendorSettings = settings.vendors[name]
    return Account(
        base_url=given.base_url or registry.vendor(name).default_base_url,
        secrets={key: _plain(value) for key, value in given.secrets.items()},
        ids=given.ids,
        options=given.options,
        sandbox=False,
    )


def _plain(value: SecretStr) -> str:
    return value.get_secret_value()
