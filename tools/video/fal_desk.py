"""What fal tells of its models and of an account without charge. Private to `tools.video.fal`.

Facts, sources and dates: `docs/wire/fal.md`.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from agent.errors import VendorError
from agent.jobs import Checkup
from agent.profiles import Profile
from tools.http import Http, Reply, trouble_of
from tools.video.fal_variants import ENDPOINTS
from tools.video.vendor import Received

ADMINS_ONLY = "fal tells the balance to an admin's key only, and this key is none"
NOT_IN_DOLLARS = "fal tells no balance in US dollars for this account"


class Metadata(Received):
    """What is known of an endpoint."""

    status: str = ""


class Endpoint(Received):
    """An app's endpoint."""

    endpoint_id: str
    metadata: Metadata = Metadata()


class Endpoints(Received):
    """The asked endpoints as far as they exist."""

    models: tuple[Endpoint, ...] = ()


class Credits(Received):
    """What is left to spend."""

    current_balance: float
    currency: str = ""


class Billing(Received):
    """The account's money."""

    credits: Credits | None = None


class Desk:
    """The vendor's platform API, which lies beside the queue."""

    def __init__(self, http: Http) -> None:
        """Ask by a connection of its own."""
        self._http = http

    async def checkup(
        self, profiles: Sequence[Profile], *, headers: Mapping[str, str], remarks: tuple[str, ...]
    ) -> Checkup:
        """What there is to tell of an account whose key the queue takes; what cannot be had becomes a remark."""
        gone: tuple[str, ...] = ()
        credit_micro_usd = None
        try:
            gone = tuple([profile.name for profile in profiles if await self._lacks(profile)])
            credit_micro_usd, told = await self._credit(headers)
            remarks = (*remarks, *told)
        except VendorError as error:
            remarks = (*remarks, f"fal's platform told nothing more: {error.message}")
        return Checkup(signed_in=True, gone=gone, credit_micro_usd=credit_micro_usd, remarks=remarks)

    async def close(self) -> None:
        """Let go of the connection."""
        await self._http.close()

    async def _lacks(self, profile: Profile) -> bool:
        """Whether an endpoint of the variant does not exist, or is deprecated."""
        wanted = tuple(dict.fromkeys(profile.upstream_id + end for end in ENDPOINTS[profile.name].values()))
        # No key is needed here, so none is sent.
        query = urlencode([("endpoint_id", endpoint) for endpoint in wanted])
        reply = await self._http.ask("GET", f"/models?{query}", headers={})
        if reply.status == 404:
            return True
        found = self._http.read(self._good(reply), Endpoints).models
        return not {one.endpoint_id for one in found if one.metadata.status != "deprecated"}.issuperset(wanted)

    async def _credit(self, headers: Mapping[str, str]) -> tuple[int | None, tuple[str, ...]]:
        """What is left to spend, or a remark why that is not known."""
        reply = await self._http.ask("GET", "/account/billing?expand=credits", headers=headers)
        if reply.status in (401, 403):
            return None, (ADMINS_ONLY,)
        money = self._http.read(self._good(reply), Billing).credits
        if money is None or money.currency != "USD":
            return None, (NOT_IN_DOLLARS,)
        return round(money.current_balance * 1e6), ()

    def _good(self, reply: Reply) -> Reply:
        if reply.ok:
            return reply
        trouble = trouble_of(reply.status, sending=False, spoke=False)
        raise self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
