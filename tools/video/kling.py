"""Kling in both of its API standards: the new one takes negatives as a clause, the legacy one in a field.

The same model behind the other standard is a route of its own. Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import httpx

from agent.errors import VendorError
from agent.jobs import Account, Body, Checkup, Order, Progress
from agent.troubles import Trouble
from tools.http import Reply, trouble_of
from tools.video import kling_wire
from tools.video.kling_variants import VARIANTS, Kind, Variant
from tools.video.vendor import (
    Clock,
    Sleep,
    Vendor,
    connect,
    encode,
    going_of,
    missing,
    pick,
    refuse_field,
    refuse_unsupported,
    unsendable,
    with_ids,
)

MEDIA_HOSTS = (".klingai.com", ".kechuangai.com")
LEGACY_PATH = "/v1/videos/text2video"
LISTING_PAUSES_S = (0.0, 1.0, 3.0)
"""A refused duplicate may not be listed at once."""


class Kling:
    """The wire of Kling, old and new."""

    vendor = "kling"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Offer the variants whose credentials the account holds."""
        usable = tuple(variant for variant in VARIANTS if _signable(variant, account))
        self._variants = {variant.profile.name: variant for variant in usable}
        self.profiles = with_ids([variant.profile for variant in usable], account)
        self._secrets = account.secrets
        self._now_us = now_us
        self._sleep = sleep
        self._http, self._downloads = connect(
            self.vendor, account, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us
        )

    def compose(self, order: Order) -> Body:
        """The request of the standard that the model belongs to; the order's key goes out as the external task id."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        variant = self._variants[profile.name]
        if variant.kind is Kind.LEGACY:
            legacy = kling_wire.legacy_text_to_video(order, model_name=profile.upstream_id, switches=variant.switches)
            return Body(method="POST", path=LEGACY_PATH, content=encode(legacy))
        refuse_field(order, profile)
        path = f"/{variant.kind.value}/{quote(profile.upstream_id, safe='')}"
        if variant.kind is Kind.OMNI:
            omni = kling_wire.omni_video(order, resolution=profile.offers[order.material].resolution)
            return Body(method="POST", path=path, content=encode(omni))
        text = kling_wire.text_to_video(
            order, resolution=profile.offers[order.material].resolution, switches=variant.switches
        )
        return Body(method="POST", path=path, content=encode(text))

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the task. A refused duplicate was accepted before, so it is looked up and adopted."""
        legacy = body.path == LEGACY_PATH
        headers = self._headers(legacy=legacy)
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=headers)
        said = self._http.peek(reply, kling_wire.Said)
        if said is not None and said.code == kling_wire.DUPLICATE:
            return await self._adopt(key, legacy=legacy, refusal=self._refusal(reply, sending=True))
        if not reply.ok or (said is not None and said.code != 0):
            raise self._refusal(reply, sending=True)
        if legacy:
            return self._http.read(reply, kling_wire.LegacyAnswer, sending=True).data.task_id
        return self._http.read(reply, kling_wire.Created, sending=True).data.id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the task the way its standard wants it."""
        if self._is_legacy(model):
            legacy = await self._legacy_task(vendor_id)
            if legacy is None:
                raise self._http.error(Trouble.NOT_FOUND, f"no task {vendor_id}")
            going = going_of(legacy.task_status, kling_wire.LEGACY_STATUS, http=self._http)
            outputs = legacy.task_result.videos if legacy.task_result else ()
            return kling_wire.progress(going, message=legacy.task_status_msg, outputs=outputs, tidy=self._http.tidy)
        tasks = [task for task in await self._tasks(task_ids=vendor_id) if task.id == vendor_id]
        if not tasks:
            raise self._http.error(Trouble.NOT_FOUND, f"no task {vendor_id}")
        going = going_of(tasks[0].status, kling_wire.STATUS, http=self._http)
        return kling_wire.progress(
            going, message=tasks[0].message, outputs=tasks[0].outputs or (), tidy=self._http.tidy
        )

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its signed link."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Never: Kling documents no cancellation."""
        return False

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """The task whose external id is the key; Kling keeps these unique per account."""
        return await self._find(key, legacy=self._is_legacy(model))

    async def check(self) -> Checkup:
        """Nothing is asked."""
        return Checkup(signed_in=None, remarks=(f"{self.vendor} was not asked: no free request is known to us",))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: no signature of this vendor is checked."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    def _is_legacy(self, model: str) -> bool:
        return self._variants[pick(self.profiles, model).name].kind is Kind.LEGACY

    async def _find(self, key: str, *, legacy: bool) -> str | None:
        if legacy:
            task = await self._legacy_task(key)
            return task.task_id if task else None
        return next((task.id for task in await self._tasks(external_task_ids=key) if task.external_id == key), None)

    async def _adopt(self, key: str, *, legacy: bool, refusal: VendorError) -> str:
        """The id of the task that already has this key; otherwise the refusal was about something else."""
        # 1201 also names keys and values that are not taken. Only a text about the id is worth waiting for.
        about_id = "external" in refusal.message.lower() or "duplicate" in refusal.message.lower()
        try:
            for pause_s in LISTING_PAUSES_S if about_id else LISTING_PAUSES_S[:1]:
                await self._sleep(pause_s)
                found = await self._find(key, legacy=legacy)
                if found is not None:
                    return found
        except VendorError as error:
            message = f"refused as possibly sent before, and the look-up failed: {error.message}"
            raise self._http.error(Trouble.UNKNOWN_OUTCOME, message) from error
        if about_id:
            raise self._http.error(Trouble.UNKNOWN_OUTCOME, f"sent before but not listed: {refusal.message}")
        raise refusal

    async def _tasks(self, **params: str) -> tuple[kling_wire.Task, ...]:
        reply = await self._http.ask("GET", "/tasks", params=params, headers=self._headers(legacy=False))
        self._check(reply)
        return self._http.read(reply, kling_wire.Tasks).data or ()

    async def _legacy_task(self, name: str) -> kling_wire.LegacyTask | None:
        """A legacy task by the vendor's id or by ours; both go into the path."""
        path = f"{LEGACY_PATH}/{quote(name, safe='')}"
        reply = await self._http.ask("GET", path, headers=self._headers(legacy=True))
        said = self._http.peek(reply, kling_wire.Said)
        if said is not None and said.code == kling_wire.NO_SUCH_THING:
            return None
        self._check(reply)
        return self._http.read(reply, kling_wire.LegacyAnswer).data

    def _check(self, reply: Reply) -> None:
        said = self._http.peek(reply, kling_wire.Said)
        if not reply.ok or (said is not None and said.code != 0):
            raise self._refusal(reply, sending=False)

    def _headers(self, *, legacy: bool) -> dict[str, str]:
        if not legacy:
            return {"authorization": f"Bearer {self._secrets['api_key']}"}
        # A token per request costs microseconds and cannot have run out.
        token = kling_wire.sign(
            access_key=self._secrets["access_key"],
            secret_key=self._secrets["secret_key"],
            now_s=self._now_us() // 1_000_000,
        )
        return {"authorization": f"Bearer {token}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, kling_wire.Said)
        if said is None:
            trouble = trouble_of(reply.status, sending=sending, spoke=False)
            return self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        status = kling_wire.STATUS_OF_CODE.get(said.code, reply.status)
        trouble = kling_wire.BY_CODE.get(said.code) or trouble_of(status, sending=sending, spoke=True)
        return self._http.error(trouble, f"{said.message} (code {said.code})", retry_after_s=reply.retry_after_s)


def _signable(variant: Variant, account: Account) -> bool:
    names = ("access_key", "secret_key") if variant.kind is Kind.LEGACY else ("api_key",)
    return not missing(account, secrets=names)


def _complaint(account: Account) -> str | None:
    pair = missing(account, secrets=("access_key", "secret_key"))
    if len(pair) == 1:
        return f"kling needs {pair[0]} as well: the legacy standard is signed with both keys"
    if pair and missing(account, secrets=("api_key",)):
        return "kling needs secret 'api_key' (new standard), or 'access_key' and 'secret_key' (legacy standard)"
    return unsendable(account)


VENDOR = Vendor(
    name="kling",
    families=("Kling",),
    profiles=tuple(variant.profile for variant in VARIANTS),
    secrets=("api_key", "access_key", "secret_key"),
    options=("media_hosts",),
    default_base_url="https://api-singapore.klingai.com",
    make=Kling,
    complaint=_complaint,
)
