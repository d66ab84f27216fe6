"""What every vendor's adapter promises, asked of everything the registry finds."""

import inspect
from dataclasses import replace
from functools import cache

import httpx
import pytest

from agent.errors import NotFoundError, UnsupportedError, VendorError
from agent.jobs import Account, Order, Still
from agent.ports import VideoModel
from agent.profiles import Cancel, FirstFrame, Profile
from agent.troubles import Trouble
from prompts import defaults
from prompts.assemble import assemble
from prompts.blocks import Layer
from prompts.receipt import audit, prove
from prompts.render import render
from prompts.rendering import Rendering
from prompts.sheet import Sheet
from tests.wire.line import NOW_US, PNG, Answer, Line
from tools.video import registry
from tools.video.vendor import Vendor

VENDORS = registry.vendors()
VARIANTS = [(vendor, profile) for vendor in VENDORS for profile in vendor.profiles]
PROMPT = assemble(Sheet(action="a fox runs over wet roofs"), style=defaults.style(), negative=defaults.negative())

each_vendor = pytest.mark.parametrize("vendor", VENDORS, ids=[vendor.name for vendor in VENDORS])
each_variant = pytest.mark.parametrize(("vendor", "profile"), VARIANTS, ids=[profile.name for _, profile in VARIANTS])


def account(vendor: Vendor) -> Account:
    return Account(
        base_url=vendor.default_base_url,
        secrets={name: f"{name}-of-{vendor.name}" for name in vendor.secrets},
        ids={},
        options={
            name: "" if name in ("media_hosts", "storage_uri", "location") else "given" for name in vendor.options
        },
        sandbox=False,
    )


def connect(vendor: Vendor, line: Line, *, settings: Account | None = None) -> VideoModel:
    async def sleep(_: float) -> None:
        return None

    return vendor.make(settings or account(vendor), transport=line, now_us=lambda: NOW_US, sleep=sleep)


@cache
def rendering(name: str) -> Rendering:
    profile = next(profile for _, profile in VARIANTS if profile.name == name)
    return render(PROMPT, profile.dialect, model=name)


def order(profile: Profile) -> Order:
    return Order(
        key="job-0001",
        model=profile.name,
        rendering=rendering(profile.name),
        seconds=profile.durations[0],
        ratio=profile.ratios[0],
        first_frame=PNG if profile.first_frame is FirstFrame.REQUIRED else None,
        seed=7 if profile.seed else None,
    )


def test_the_registry_finds_the_four_families() -> None:
    families = {family for vendor in VENDORS for family in vendor.families}
    assert families >= {"Veo", "Kling", "Seedance", "Runway"}
    assert registry.vendor("kling").name == "kling"
    with pytest.raises(NotFoundError, match="kling"):
        registry.vendor("nobody")


def test_no_two_variants_share_a_name() -> None:
    names = [profile.name for _, profile in VARIANTS]
    assert len(names) == len(set(names))


@each_vendor
def test_a_complete_account_has_no_complaint_and_an_empty_one_has(vendor: Vendor) -> None:
    assert vendor.complaint(account(vendor)) is None
    complaint = vendor.complaint(replace(account(vendor), secrets={}))
    assert complaint is not None
    assert vendor.name in complaint


@each_vendor
def test_the_adapter_offers_all_declared_variants_with_the_settings_ids(vendor: Vendor) -> None:
    name = vendor.profiles[0].name
    adapter = connect(vendor, Line(), settings=replace(account(vendor), ids={name: "other-id"}))
    assert adapter.vendor == vendor.name
    assert [profile.name for profile in adapter.profiles] == [profile.name for profile in vendor.profiles]
    assert adapter.profiles[0].upstream_id == "other-id"
    body = adapter.compose(order(vendor.profiles[0]))
    assert "other-id" in body.path + body.content.decode()


@each_variant
def test_a_profile_is_whole(vendor: Vendor, profile: Profile) -> None:
    assert profile.vendor == vendor.name
    assert profile.family in vendor.families
    assert profile.durations == tuple(sorted(profile.durations))
    assert set(profile.reference_durations) <= set(profile.durations)
    assert profile.price_micro_usd_per_second > 0
    assert set(profile.priors) == set(Layer)
    assert all(0 < chance < 1 for chance in profile.priors.values())
    assert profile.sources
    assert all(source.evidence in "SDTU" and source.read == "2026-11-20" for source in profile.sources)


@each_variant
def test_both_blocks_are_proved_in_the_composed_body(vendor: Vendor, profile: Profile) -> None:
    asked = order(profile)
    body = connect(vendor, Line()).compose(asked)
    receipt = prove(body.content, model=profile.name, path=body.path, rendering=asked.rendering)
    assert audit(receipt, PROMPT) == ()


@each_variant
def test_composing_is_pure(vendor: Vendor, profile: Profile) -> None:
    line = Line()
    adapter = connect(vendor, line)
    assert adapter.compose(order(profile)) == adapter.compose(order(profile))
    assert line.sent == []


@each_variant
def test_no_secret_stands_in_a_body(vendor: Vendor, profile: Profile) -> None:
    body = connect(vendor, Line()).compose(order(profile))
    assert f"-of-{vendor.name}" not in body.path + body.content.decode()


@each_variant
def test_what_the_profile_does_not_offer_is_refused_by_name(vendor: Vendor, profile: Profile) -> None:
    adapter, asked = connect(vendor, Line()), order(profile)
    most = profile.dialect.max_references
    looks = tuple(Still(label=str(n), data=b"x", media_type="image/png") for n in range(most + 1))
    wrong = [
        replace(asked, seconds=profile.durations[-1] + 1),
        replace(asked, ratio="5:3"),
        replace(asked, references=looks, first_frame=None),
        replace(asked, first_frame=None if profile.first_frame is FirstFrame.REQUIRED else PNG, references=looks[:1]),
    ]
    for order_of_the_impossible in wrong:
        with pytest.raises(UnsupportedError, match=profile.name):
            adapter.compose(order_of_the_impossible)


@each_variant
def test_as_many_references_as_the_profile_says_all_go_out(vendor: Vendor, profile: Profile) -> None:
    most = profile.dialect.max_references
    if most == 0:
        return
    looks = tuple(Still(label=str(n), data=bytes([n]) * 30, media_type="image/png") for n in range(most))
    seconds = profile.lengths(references=most)[0]
    body = connect(vendor, Line()).compose(replace(order(profile), references=looks, seconds=seconds))
    plain = connect(vendor, Line()).compose(order(profile))
    assert len(body.content) > len(plain.content) + most * 40


@each_variant
@pytest.mark.parametrize(
    ("broken", "trouble"),
    [
        (httpx.ConnectError("refused"), Trouble.PROVIDER_TRANSIENT),
        (httpx.ReadTimeout("slow"), Trouble.UNKNOWN_OUTCOME),
        (httpx.RemoteProtocolError("dropped"), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=500, pieces=(b"oops",)), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=504, pieces=(b"<html>",)), Trouble.UNKNOWN_OUTCOME),
        (Answer(status=200, pieces=(b"<html>",)), Trouble.UNKNOWN_OUTCOME),
    ],
)
async def test_a_submit_is_sent_once_whatever_comes_back(
    vendor: Vendor, profile: Profile, broken: Answer | Exception, trouble: Trouble
) -> None:
    line = Line(broken)
    adapter = connect(vendor, line)
    body = adapter.compose(order(profile))
    with pytest.raises(VendorError) as caught:
        await adapter.submit(body, key="job-0001")
    assert caught.value.trouble is trouble
    assert line.bodies == [body.content]


@each_variant
async def test_no_key_gets_into_an_error(vendor: Vendor, profile: Profile) -> None:
    secrets = account(vendor).secrets
    line = Line(Answer(status=401, pieces=(str(dict(secrets)).encode(),)))
    adapter = connect(vendor, line)
    with pytest.raises(VendorError) as caught:
        await adapter.submit(adapter.compose(order(profile)), key="job-0001")
    assert caught.value.trouble is Trouble.AUTH
    assert not any(secret in str(caught.value) for secret in secrets.values())


@each_variant
async def test_what_the_profile_says_of_look_up_and_cancelling_is_what_the_adapter_does(
    vendor: Vendor, profile: Profile
) -> None:
    if not profile.findable:
        with pytest.raises(UnsupportedError):
            await connect(vendor, Line()).find("job-0001", model=profile.name, sent_us=NOW_US)
    if profile.cancel is Cancel.NEVER:
        assert await connect(vendor, Line()).cancel("1", model=profile.name) is False


@each_vendor
async def test_an_unknown_model_is_not_found(vendor: Vendor) -> None:
    with pytest.raises(NotFoundError):
        connect(vendor, Line()).compose(replace(order(vendor.profiles[0]), model="nobody"))


@each_vendor
async def test_a_clip_is_fetched_from_the_vendors_own_address_in_the_sandbox(vendor: Vendor) -> None:
    settings = replace(account(vendor), base_url="http://stand-in.example/api", sandbox=True)
    line = Line(Answer(pieces=(b"mp4",)))
    adapter = connect(vendor, line, settings=settings)
    assert [piece async for piece in adapter.fetch("http://stand-in.example/clips/1.mp4")] == [b"mp4"]
    assert "authorization" not in line.sent[0].headers
    with pytest.raises(VendorError, match="not a listed media host"):
        _ = [piece async for piece in adapter.fetch("https://storage.googleapis.com/clips/1.mp4")]


@each_vendor
def test_an_adapter_has_every_method_of_the_port_with_its_parameters(vendor: Vendor) -> None:
    adapter = connect(vendor, Line())
    for name in ("compose", "submit", "poll", "fetch", "cancel", "find"):
        promised = list(inspect.signature(getattr(VideoModel, name)).parameters)[1:]
        assert list(inspect.signature(getattr(adapter, name)).parameters) == promised
