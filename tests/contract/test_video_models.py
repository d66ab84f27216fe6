"""What every vendor's adapter promises, asked of everything the registry finds."""

import inspect
import itertools
import re
from dataclasses import replace
from urllib.parse import unquote

import httpx
import pytest

from agent.errors import NotFoundError, UnsupportedError, VendorError
from agent.jobs import Account, Order
from agent.ports import VideoModel
from agent.profiles import Cancel, Material, Profile
from agent.troubles import Trouble
from prompts.blocks import Layer
from prompts.receipt import audit, prove
from tests.support import orders
from tests.wire.line import NOW_US, PNG, Answer, Line
from tools.video import registry
from tools.video.vendor import Vendor

VENDORS = registry.vendors()
VARIANTS = [(vendor, profile) for vendor in VENDORS for profile in vendor.profiles]
CALLBACK = "https://film.example/hooks/job-0001?token=a-b_c"

each_vendor = pytest.mark.parametrize("vendor", VENDORS, ids=[vendor.name for vendor in VENDORS])
each_variant = pytest.mark.parametrize(("vendor", "profile"), VARIANTS, ids=[profile.name for _, profile in VARIANTS])
each_material = pytest.mark.parametrize(("profile", "goes_out"), orders.PAIRS, ids=orders.called)


def account(vendor: Vendor) -> Account:
    return Account(
        base_url=vendor.default_base_url,
        secrets={name: f"{name}-of-{vendor.name}" for name in vendor.secrets},
        ids={},
        options={
            # The one option that a vendor cannot do without.
            name: "given" if name == "project" else ""
            for name in vendor.options
        },
        sandbox=False,
    )


def connect(vendor: Vendor, line: Line, *, settings: Account | None = None) -> VideoModel:
    async def sleep(_: float) -> None:
        return None

    return vendor.make(settings or account(vendor), transport=line, now_us=lambda: NOW_US, sleep=sleep)


def order(profile: Profile, goes_out: Material | None = None, *, looks: int = 1) -> Order:
    return orders.order(profile, goes_out or next(iter(profile.offers)), still=PNG, looks=looks)


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
    assert profile.offers
    assert Material.LAST not in profile.offers
    for offer in profile.offers.values():
        assert offer.durations == tuple(sorted(offer.durations))
        assert offer.price_micro_usd_per_second > 0
    assert (profile.dialect.max_references > 0) == any(goes_out.guided for goes_out in profile.offers)
    assert set(profile.priors) == set(Layer)
    assert all(0 < chance < 1 for chance in profile.priors.values())
    assert profile.sources
    assert all(source.evidence in "SDTU" and source.read == "2026-11-20" for source in profile.sources)


@each_material
def test_both_blocks_are_proved_in_the_composed_body(profile: Profile, goes_out: Material) -> None:
    asked = order(profile, goes_out)
    body = connect(registry.vendor(profile.vendor), Line()).compose(asked)
    receipt = prove(body.content, model=profile.name, path=body.path, rendering=asked.rendering)
    assert audit(receipt, orders.prompt(goes_out)) == ()


@each_material
def test_composing_is_pure(profile: Profile, goes_out: Material) -> None:
    line = Line()
    adapter = connect(registry.vendor(profile.vendor), line)
    assert adapter.compose(order(profile, goes_out)) == adapter.compose(order(profile, goes_out))
    assert line.sent == []


@each_variant
def test_no_secret_stands_in_a_body(vendor: Vendor, profile: Profile) -> None:
    body = connect(vendor, Line()).compose(order(profile))
    assert f"-of-{vendor.name}" not in body.path + body.content.decode()


@each_material
def test_what_an_offer_does_not_hold_is_refused_by_name(profile: Profile, goes_out: Material) -> None:
    adapter, asked = connect(registry.vendor(profile.vendor), Line()), order(profile, goes_out)
    offer, most = profile.offers[goes_out], profile.dialect.max_references
    wrong = [replace(asked, seconds=offer.durations[-1] + 1)]
    wrong += [replace(asked, ratio="5:3")] if offer.ratios else []
    wrong += [replace(asked, references=asked.references * (most + 1))] if asked.references else []
    strangers = tuple(replace(still, known_as={}) for still in asked.references)
    wrong += [replace(asked, references=strangers)] if offer.registered_only else []
    for order_of_the_impossible in wrong:
        with pytest.raises(UnsupportedError, match=re.escape(profile.name)):
            adapter.compose(order_of_the_impossible)


@each_variant
def test_material_that_is_not_on_offer_is_refused_by_name(vendor: Vendor, profile: Profile) -> None:
    adapter, asked = connect(vendor, Line()), order(profile)
    for looks, first, last in itertools.product(((), (PNG,)), (None, PNG), (None, PNG)):
        other = replace(asked, references=looks, first_frame=first, last_frame=last)
        if profile.offer(other.material) is None:
            with pytest.raises(UnsupportedError, match=re.escape(f"{profile.name} cannot take {other.material}")):
                adapter.compose(other)


@pytest.mark.parametrize(("profile", "goes_out"), orders.GUIDED, ids=orders.called)
def test_as_many_references_as_the_profile_says_all_go_out(profile: Profile, goes_out: Material) -> None:
    most = profile.dialect.max_references
    adapter = connect(registry.vendor(profile.vendor), Line())
    bodies = [len(adapter.compose(order(profile, goes_out, looks=looks)).content) for looks in range(1, most + 1)]
    shortest_image = len("8012345678")  # one that goes out by its registered id alone
    assert all(more - fewer >= shortest_image for fewer, more in itertools.pairwise(bodies))


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


@each_variant
def test_a_callback_goes_out_where_the_profile_says_so_and_is_refused_by_name_elsewhere(
    vendor: Vendor, profile: Profile
) -> None:
    adapter, asked = connect(vendor, Line()), replace(order(profile), callback=CALLBACK)
    if profile.calls_back:
        body = adapter.compose(asked)
        assert CALLBACK in unquote(body.path) + body.content.decode()
    else:
        with pytest.raises(UnsupportedError, match="a callback"):
            adapter.compose(asked)


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
    for name in ("compose", "submit", "poll", "fetch", "cancel", "find", "check", "signed"):
        promised = list(inspect.signature(getattr(VideoModel, name)).parameters)[1:]
        assert list(inspect.signature(getattr(adapter, name)).parameters) == promised
