"""``countersteer models``: what is in reach, what keeps the rest off, and what the vendors themselves say."""

from collections.abc import Iterable, Iterator

from agent.acting.answers import model_line
from agent.errors import VendorError
from agent.jobs import Checkup
from agent.money import usd
from agent.ports import VideoModel
from interfaces import accounts
from interfaces.command.terminal import console, write
from interfaces.settings import Settings
from interfaces.story import SANDBOX, Line, Tone
from interfaces.wiring import open_house
from tools.video import registry

DONE, FAILED = 0, 1


async def models(settings: Settings, *, sources: bool = False) -> None:
    """A line per model in reach, and what keeps the other vendors off."""
    async with open_house(settings) as house:
        out = console()
        if house.studio.sandbox and not settings.live:
            write(out, "No vendor is configured: stand-ins answer for all of these (sandbox).")
        for profile in house.studio.profiles:
            mark = SANDBOX if profile.vendor in house.studio.sandbox else ""
            write(out, f"{model_line(profile)}{mark}")
            for source in profile.sources if sources else ():
                text = f"{source.fact}: {source.where} [{source.evidence}], read {source.read}"
                write(out, Line(text=text, tone=Tone.QUIET, under=True))
        for told in _closed(house.studio.vendors.values()):
            write(out, Line(text=told, tone=Tone.QUIET))
        for complaint in accounts.off(settings):
            write(out, Line(text=f"off: {complaint}", tone=Tone.QUIET))


def _closed(vendors: Iterable[VideoModel]) -> Iterator[str]:
    """The models of a vendor that its account does not open."""
    for vendor in vendors:
        declared, known = registry.vendor(vendor.vendor), {profile.name for profile in vendor.profiles}
        rest = [profile.name for profile in declared.profiles if profile.name not in known]
        if rest:
            yield f"off: {', '.join(rest)}; other secrets of {declared.name} open them ({', '.join(declared.secrets)})"


async def check(settings: Settings) -> int:
    """What each vendor says of its account, held against the profiles; 1 when a vendor turned the keys away."""
    async with open_house(settings) as house:
        out, turned_away = console(), False
        for name, vendor in sorted(house.studio.vendors.items()):
            mark = SANDBOX if name in house.studio.sandbox else ""
            try:
                checkup = await vendor.check()
            except VendorError as error:
                checkup = Checkup(signed_in=None, remarks=(f"could not be asked: {error}",))
            turned_away |= checkup.signed_in is False
            write(out, Line(text=f"{name}: {_signed_in(checkup)}{mark}", tone=Tone.PERSON))
            for told in _differences(vendor, checkup):
                write(out, Line(text=told, under=True))
        return FAILED if turned_away else DONE


def _signed_in(checkup: Checkup) -> str:
    words = {True: "the keys are taken", False: "the keys are NOT taken; check them", None: "the keys were not tried"}
    credit = checkup.credit_micro_usd
    return words[checkup.signed_in] + (f", {usd(credit)} left" if credit is not None else "")


def _differences(vendor: VideoModel, checkup: Checkup) -> Iterator[str]:
    """Where vendor and profiles do not agree, and what could not be asked."""
    for profile in vendor.profiles:
        if profile.name in checkup.gone:
            yield f"{profile.name}: the vendor does not know {profile.upstream_id}; set another id or leave it out"
    yield from _slots(vendor, checkup)
    yield from checkup.remarks


def _slots(vendor: VideoModel, checkup: Checkup) -> Iterator[str]:
    """Jobs at once, where the vendor allows another number; models of which that is equally true on one line."""
    differing: dict[tuple[int, int], list[str]] = {}
    for profile in vendor.profiles:
        told = checkup.slots.get(profile.name, profile.slots)
        if told != profile.slots:
            differing.setdefault((told, profile.slots), []).append(profile.name)
    for (told, ours), names in differing.items():
        yield f"{told} jobs at once by the vendor, {ours} by our profiles: {', '.join(names)}"
