"""What is left on a Kling account, as it tells for free. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import Iterator

from tools.video.kling_wire import Exchange
from tools.video.vendor import Received

PATH = "/account/costs"
IN_USE = "online"
LOOKED_BACK_S = 365 * 86_400
"""Packs run for months; the page names no longest stretch [U]."""


class Pack(Received):
    """A pack of units that was bought."""

    resource_pack_name: str
    total_quantity: float
    remaining_quantity: float
    status: str


class Packs(Received):
    """All packs of an account."""

    resource_pack_subscribe_infos: tuple[Pack, ...] = ()


class Costs(Received):
    """Answer to the question."""

    data: Packs


async def left(exchange: Exchange, *, now_s: int) -> tuple[str, ...]:
    """A sentence per pack in use. Kling counts in units, which have no fixed price, so this is no sum of money.

    Raises:
        VendorError: It is refused, or no whole answer came.
    """
    params = {"start_time": str((now_s - LOOKED_BACK_S) * 1000), "end_time": str(now_s * 1000)}
    reply = await exchange.ask(PATH, params=params)
    return () if reply is None else tuple(_told(exchange.http.read(reply, Costs).data))


def _told(packs: Packs) -> Iterator[str]:
    for pack in packs.resource_pack_subscribe_infos:
        if pack.status == IN_USE:
            name = pack.resource_pack_name
            units = f"{pack.remaining_quantity:g} of {pack.total_quantity:g} units"
            yield f"pack {name!r}: {units} left, as Kling counted them up to 12 hours ago"
