"""Kling in both of its API standards: the new one takes negatives as a clause, the legacy one in a field.

The same model behind the other standard is a route of its own. Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

import httpx

from agent.errors import VendorError
from agent.jobs import Account, Body, Checkup, Order, Progress
from agent.troubles import Trouble
from tools.http import Reply
from tools.video import kling_keys, kling_packs
from tools.video.kling_current import Current
from tools.video.kling_kinds import Api, Kind, Variant, api_of
from tools.video.kling_legacy import Legacy
from tools.video.kling_variants import VARIANTS
from tools.video.kling_wire import DUPLICATE, Exchange
from tools.video.vendor import Clock, Sleep, Vendor, connect, pick, refuse_field, refuse_unsupported, with_ids

MEDIA_HOSTS = (".klingai.com", ".kechuangai.com")
LISTING_PAUSES_S = (0.0, 1.0, 3.0)
"""A refused duplicate may not be listed at once."""

NOT_ASKED = "Kling tells of no model and no limit without an order: ids and slots are taken from our profiles"
NO_API_KEY = "without secret 'api_key' only Kling's legacy standard is open: the new one takes no access key pair"
BAD_WEBHOOK_SECRET = "secret 'webhook_secret' is not the whsec_... of Kling's console: no callback can be verified"


class Standard(Protocol):
    """One of the two API standards: how requests look, and what answers mean."""

    @property
    def exchange(self) -> Exchange:
        """Where its requests go out, signed."""
        ...

    def compose(self, order: Order, variant: Variant) -> Body:
        """The request for an order that the variant takes."""
        ...

    def accepted(self, reply: Reply, body: Body) -> str:
        """The id to keep, from the answer to a submit."""
        ...

    async def poll(self, vendor_id: str) -> Progress:
        """Where a task stands."""
        ...

    async def find(self, key: str, *, kinds: Iterable[Kind]) -> str | None:
        """The id to keep of the task that carries our key."""
        ...

    async def probe(self) -> None:
        """Ask something free, to see whether the keys are taken."""
        ...


class Kling:
    """The wire of Kling, old and new."""

    vendor = "kling"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Offer the variants of each standard that the account's keys open."""
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )
        self._standards: dict[Api, Standard] = {}
        if signer := kling_keys.current_signer(account):
            self._standards[Api.CURRENT] = Current(Exchange(self._http, signer=signer))
        if signer := kling_keys.legacy_signer(account, now_us=now_us):
            self._standards[Api.LEGACY] = Legacy(Exchange(self._http, signer=signer))
        usable = [variant for variant in VARIANTS if variant.api in self._standards]
        self.profiles = with_ids([variant.profile for variant in usable], account)
        named = zip(usable, self.profiles, strict=True)
        self._variants = {profile.name: replace(variant, profile=profile) for variant, profile in named}
        self._secrets = account.secrets
        self._now_us = now_us
        self._sleep = sleep

    def compose(self, order: Order) -> Body:
        """The request of the standard that the model belongs to; the order's key goes out as the external task id."""
        variant = self._variant(order.model)
        refuse_unsupported(order, variant.profile)
        if variant.profile.dialect.field_limit is None:
            refuse_field(order, variant.profile)
        return self._standards[variant.api].compose(order, variant)

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the task. A refused duplicate was accepted before, so it is looked up and adopted."""
        standard = self._standards[api_of(body.path)]
        reply = await standard.exchange.submit(body)
        if standard.exchange.code(reply) == DUPLICATE:
            refusal = standard.exchange.refusal(reply, sending=True)
            kinds = [kind for kind in Kind if body.path == f"/{kind.value}"]
            return await self._adopt(key, standard=standard, kinds=kinds, refusal=refusal)
        standard.exchange.check(reply, sending=True)
        return standard.accepted(reply, body)

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the task the way its standard wants it."""
        return await self._standards[self._variant(model).api].poll(vendor_id)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its signed link."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Never: Kling documents no cancellation."""
        return False

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """The task whose external id is the key; Kling keeps these unique per account."""
        variant = self._variant(model)
        kinds = dict.fromkeys(variant.kinds[material] for material in variant.profile.offers)
        return await self._standards[variant.api].find(key, kinds=kinds)

    async def check(self) -> Checkup:
        """Whether the keys are taken, asked once in each standard that they are for, and what is left of packs."""
        signed_in, remarks = True, [NOT_ASKED, *self._unsaid()]
        for api, standard in self._standards.items():
            try:
                await standard.probe()
            except VendorError as error:
                if not error.trouble.closes_vendor:
                    raise
                signed_in = signed_in and error.trouble is not Trouble.AUTH
                remarks.append(f"{api}: {error.message}")
        return Checkup(signed_in=signed_in, remarks=(*remarks, *await self._left()))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether a callback is signed with the account's webhook secret; ``None`` where none is set.

        Raises:
            VendorError: The secret is none.
        """
        secret = self._secrets.get("webhook_secret", "").strip()
        if not secret:
            return None
        key = kling_keys.webhook_key(secret)
        if key is None:
            raise self._http.error(Trouble.AUTH, BAD_WEBHOOK_SECRET)
        return kling_keys.carries_signature(headers, body, key=key, now_s=self._now_us() // 1_000_000)

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _variant(self, model: str) -> Variant:
        return self._variants[pick(self.profiles, model).name]

    async def _adopt(self, key: str, *, standard: Standard, kinds: Iterable[Kind], refusal: VendorError) -> str:
        """The id of the task that already has this key; otherwise the refusal was about something else."""
        # 1201 also names keys and values that are not taken. Only a text about the id is worth waiting for.
        about_id = "external" in refusal.message.lower() or "duplicate" in refusal.message.lower()
        try:
            for pause_s in LISTING_PAUSES_S if about_id else LISTING_PAUSES_S[:1]:
                await self._sleep(pause_s)
                found = await standard.find(key, kinds=kinds)
                if found is not None:
                    return found
        except VendorError as error:
            message = f"refused as possibly sent before, and the look-up failed: {error.message}"
            raise self._http.error(Trouble.UNKNOWN_OUTCOME, message) from error
        if about_id:
            raise self._http.error(Trouble.UNKNOWN_OUTCOME, f"sent before but not listed: {refusal.message}")
        raise refusal

    async def _left(self) -> tuple[str, ...]:
        """What is left on the account; in words, so that a checkup without it is still one."""
        # Either kind of key opens it.
        exchange = next(iter(self._standards.values())).exchange
        try:
            return await kling_packs.left(exchange, now_s=self._now_us() // 1_000_000)
        except VendorError as error:
            return (f"what is left on the account could not be asked: {error.message}",)

    def _unsaid(self) -> Iterator[str]:
        """What the settings keep closed, without an error that would say so."""
        if Api.CURRENT not in self._standards:
            yield NO_API_KEY
        secret = self._secrets.get("webhook_secret", "").strip()
        if secret and kling_keys.webhook_key(secret) is None:
            yield BAD_WEBHOOK_SECRET


VENDOR = Vendor(
    name="kling",
    families=("Kling",),
    profiles=tuple(variant.profile for variant in VARIANTS),
    secrets=("api_key", "access_key", "secret_key", "webhook_secret"),
    options=("media_hosts",),
    default_base_url="https://api-singapore.klingai.com",
    make=Kling,
    complaint=kling_keys.complaint,
)
