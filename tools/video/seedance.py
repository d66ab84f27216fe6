"""Seedance on Ark, at BytePlus and at Volcengine: frames or numbered references, and no negative field.

Facts, sources and dates: `docs/wire/seedance.md`.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from urllib.parse import quote

import httpx

from agent.errors import UnsupportedError, VendorError
from agent.jobs import Account, Body, Checkup, Going, Order, Progress
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.http import Reply, trouble_of
from tools.video import seedance_variants, seedance_wire
from tools.video.seedance_variants import DEFAULT_PLATFORM, PLATFORMS, PROFILES
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

TASKS = "/contents/generations/tasks"
MEDIA_HOSTS = (
    "ark-content-generation-ap-southeast-1.tos-ap-southeast-1.volces.com",
    "ark-content-generation-v2-ap-southeast-1.tos-ap-southeast-1.volces.com",
    "ark-content-generation-ap-southeast-1.tos-ap-southeast-1.bytepluses.com",
    "ark-content-generation-cn-beijing.tos-cn-beijing.volces.com",
    "ark-acg-cn-beijing.tos-cn-beijing.volces.com",
)
MOST_BODY_BYTES = 64 * 1024 * 1024
RECORDS_LAST_S = 7 * 24 * 3600
CANNOT_CANCEL = (400, 404, 409)
"""Which of these refuses a running task is not documented."""

UNTOLD = "Ark does not tell a key which models are activated, how many tasks may run at once, or what is left to spend"
PAGE_SIZE = 500
MOST_PAGES = 40


class Seedance:
    """The wire of Seedance on Ark."""

    vendor = "seedance"

    def __init__(
        self, account: Account, *, transport: httpx.AsyncBaseTransport | None, now_us: Clock, sleep: Sleep
    ) -> None:
        """Take an account that `complaint` accepts; ``sleep`` is not needed on this wire."""
        platform = _platform(account)
        self.profiles = with_ids(seedance_variants.profiles(platform), account)
        self._secrets = account.secrets
        self._now_us = now_us
        there = replace(account, base_url=account.base_url.replace("{platform}", PLATFORMS[platform].host))
        self._http, self._downloads = connect(self.vendor, there, hosts=MEDIA_HOSTS, transport=transport, now_us=now_us)

    def compose(self, order: Order) -> Body:
        """The task: the words first, then the images in the order the words number them."""
        profile = pick(self.profiles, order.model)
        refuse_unsupported(order, profile)
        refuse_field(order, profile)
        _refuse_strange_ids(order, profile)
        body = seedance_wire.create(
            order,
            model=profile.upstream_id,
            resolution=profile.offers[order.material].resolution,
            expires_after_s=round(profile.longest_wait_s),
        )
        content = encode(body)
        if len(content) > MOST_BODY_BYTES:
            raise UnsupportedError(model=profile.name, what="images of more than 64 MB in all")
        return Body(method="POST", path=TASKS, content=content)

    async def submit(self, body: Body, *, key: str) -> str:
        """Start the task."""
        reply = await self._http.submit(body.method, body.path, content=body.content, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=True)
        return self._http.read(reply, seedance_wire.Created, sending=True).id

    async def poll(self, vendor_id: str, *, model: str) -> Progress:
        """Ask for the task."""
        reply = await self._http.ask("GET", _path(vendor_id), headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        task = self._http.read(reply, seedance_wire.Task)
        going = going_of(task.status, seedance_wire.STATUS, http=self._http)
        return seedance_wire.progress(task, going=going, tidy=self._http.tidy)

    async def fetch(self, media: str) -> AsyncIterator[bytes]:
        """The clip behind its signed link, good for 24 hours."""
        async for piece in self._downloads.stream(media):
            yield piece

    async def cancel(self, vendor_id: str, *, model: str) -> bool:
        """Call back a queued task. A running one is refused, and a finished one is never touched."""
        # DELETE removes a finished task with its clip, so it goes out only after a look.
        if (await self.poll(vendor_id, model=model)).going is not Going.WAITING:
            return False
        reply = await self._http.ask("DELETE", _path(vendor_id), headers=self._headers())
        if reply.ok or reply.status in CANNOT_CANCEL:
            return reply.ok
        raise self._refusal(reply, sending=False)

    async def find(self, key: str, *, model: str, sent_us: int) -> str | None:
        """The task that carries our mark, from the account's list of the last seven days."""
        if self._now_us() - sent_us > RECORDS_LAST_S * 1_000_000:
            message = "tasks older than seven days are not listed, so nobody can tell whether it was accepted"
            raise self._http.error(Trouble.NOT_FOUND, message)
        mark, seen = seedance_wire.mark(key), set[str]()
        for number in range(1, MOST_PAGES + 1):
            page = await self._page(number, size=PAGE_SIZE)
            found = next((task.id for task in page.items if task.safety_identifier == mark), None)
            # By id: while the pages are read, new tasks push known ones on to the next page.
            seen.update(task.id for task in page.items)
            if found is not None or len(seen) >= page.total:
                return found
            if not page.items:
                break
        # Not found in a part of the list is no answer.
        raise self._http.error(Trouble.PROVIDER_TRANSIENT, f"only {len(seen)} tasks of a longer list could be read")

    async def check(self) -> Checkup:
        """Whether the key is taken, by a look at the list of tasks."""
        try:
            await self._page(1, size=1)
        except VendorError as error:
            if not error.trouble.closes_vendor:
                raise
            return Checkup(signed_in=error.trouble is Trouble.PAYMENT, remarks=(error.message, UNTOLD))
        return Checkup(signed_in=True, remarks=(UNTOLD,))

    async def signed(self, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Never: Ark signs no callback, so the task is asked for again before anything is believed."""
        return None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.close()

    async def _page(self, number: int, *, size: int) -> seedance_wire.Page:
        params = {"page_num": str(number), "page_size": str(size)}
        reply = await self._http.ask("GET", TASKS, params=params, headers=self._headers())
        if not reply.ok:
            raise self._refusal(reply, sending=False)
        return self._http.read(reply, seedance_wire.Page)

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._secrets['api_key']}"}

    def _refusal(self, reply: Reply, *, sending: bool) -> VendorError:
        said = self._http.peek(reply, seedance_wire.ErrorReply)
        if said is None:
            trouble = trouble_of(reply.status, sending=sending, spoke=False)
            return self._http.error(trouble, f"HTTP {reply.status}", retry_after_s=reply.retry_after_s)
        trouble = seedance_wire.trouble_of_code(said.error.code) or trouble_of(
            reply.status, sending=sending, spoke=True
        )
        message = f"{said.error.message} ({said.error.code})"
        return self._http.error(trouble, message, retry_after_s=reply.retry_after_s)


def _path(vendor_id: str) -> str:
    return f"{TASKS}/{quote(vendor_id, safe='')}"


def _refuse_strange_ids(order: Order, profile: Profile) -> None:
    """An asset of the account goes out by its address; let no other id pass for one."""
    for still in order.stills:
        registered = seedance_wire.asset(still)
        if registered is not None and not registered.startswith("asset://"):
            raise UnsupportedError(model=profile.name, what=f"image {still.label} under an id that is no asset://...")


def _platform(account: Account) -> str:
    return account.options.get("platform", "").strip().lower() or DEFAULT_PLATFORM


def _complaint(account: Account) -> str | None:
    if missing(account, secrets=("api_key",)):
        return "seedance needs secret 'api_key' (an Ark API key)"
    platform = _platform(account)
    if platform not in PLATFORMS:
        return f"seedance knows no platform {platform!r}; option 'platform' is {' or '.join(PLATFORMS)}"
    # Each platform has model ids of its own, which the other answers with "no such model".
    there = next((name for name, other in PLATFORMS.items() if other.host in account.base_url), platform)
    if there != platform:
        return f"seedance's address is {there}'s, so option 'platform' must be {there}, not {platform}"
    return unsendable(account)


VENDOR = Vendor(
    name="seedance",
    families=("Seedance",),
    profiles=PROFILES,
    secrets=("api_key",),
    options=("platform", "media_hosts"),
    default_base_url="https://{platform}/api/v3",
    make=Seedance,
    complaint=_complaint,
)
