"""``countersteer project reference``: an image of the film, with what to take of it or which frame it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.errors import BadSheetError
from agent.images import Image
from interfaces.command.terminal import console, write
from interfaces.references import add_reference, fetcher, named_by, read_image
from interfaces.settings import Settings
from interfaces.wiring import open_house
from prompts.references import Reference, Role, aspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of an image, as typed.

    Attributes:
        use: Parts of the image, comma separated, like ``ignore``.
        role: ``look``, ``first-frame`` or ``last-frame``.
        known_as: ``VENDOR=ID`` each.
    """

    label: str
    use: str = ""
    ignore: str = ""
    role: str = "look"
    known_as: tuple[str, ...] = ()


async def add(settings: Settings, name: str | None, source: str, *, said: Said) -> None:
    """A reference image from a file, or from an address that begins with ``https:``; and what was changed of it."""
    from_address = source.lower().startswith("https:")
    data = await (fetcher(settings)(source) if from_address else read_image(Path(source)))
    async with open_house(settings) as house:
        project = await house.project(name)
        added = await add_reference(
            house.studio,
            project.id,
            data=data,
            label=said.label,
            use=_aspects(said.use),
            ignore=_aspects(said.ignore),
            role=_role(said.role),
            known_as=_ids(said.known_as),
            note=named_by(source) if from_address else Path(source).name,
        )
        for sentence in added.told:
            write(console(), f"note: {sentence}")
        write(
            console(), f"Reference {added.reference.label} is stored; name it in a request: {_example(added.reference)}"
        )


def told(reference: Reference, image: Image) -> str:
    """A stored reference in one line."""
    used, ignored = ", ".join(reference.use) or "everything", ", ".join(reference.ignore) or "nothing"
    lists = f"use {used}; ignore {ignored}" if reference.role is Role.LOOK else f"a {reference.role}"
    size = f"{image.width}x{image.height}" if image.width else "of unknown size"
    known = "".join(f"; at {vendor} it is {given}" for vendor, given in image.known_as.items())
    return f"reference {reference.label}: {lists}; {size}{known}"


def _example(reference: Reference) -> str:
    match reference.role:
        case Role.LOOK:
            return f"use ref {reference.label} ..."
        case Role.FIRST_FRAME:
            return f"start on ref {reference.label}"
        case Role.LAST_FRAME:
            return f"end on ref {reference.label}"


def _role(text: str) -> Role:
    known = {role.replace(" ", "-"): role for role in Role}
    if text not in known:
        raise BadSheetError(f"{text}: no such role of an image; there is {', '.join(known)}")
    return known[text]


def _ids(pairs: Sequence[str]) -> Mapping[str, str]:
    """Vendor to id; an id may hold further equals signs."""
    ids: dict[str, str] = {}
    for pair in pairs:
        vendor, sign, given = pair.partition("=")
        if not sign or vendor in ids:
            raise BadSheetError(f"{pair}: say VENDOR=ID, once per vendor, such as kling=893605946402811985")
        ids[vendor] = given
    return ids


def _aspects(text: str) -> tuple[str, ...]:
    return tuple(aspect(name) for name in text.split(",") if name.strip())
