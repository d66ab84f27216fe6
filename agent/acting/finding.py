"""Finding the shots and takes a person means."""

from agent.acting.outcome import Turn
from agent.errors import NotFoundError
from agent.film import Shot, ShotStatus, Take
from agent.steering import Group, Which
from agent.studio import Studio
from prompts.sheet import Sheet

FAILED = frozenset({ShotStatus.REFUSED, ShotStatus.HELD, ShotStatus.CHOICE})
"""Where a shot has no take that passed; an unknown outcome may be paid already and is never among them."""


async def shot(studio: Studio, turn: Turn, number: int | None) -> Shot:
    """The shot of that number, or the current one: the one spoken of last, else the latest of the film.

    Raises:
        NotFoundError: There is none, or it was taken out of the list.
    """
    wanted = number if number is not None else turn.current
    if wanted is None:
        known = await listed(studio, turn)
        if not known:
            raise NotFoundError(what="shot", name="current")
        return known[-1]
    found = await studio.store.shot_numbered(turn.project_id, wanted)
    if found.omitted:
        raise NotFoundError(what="shot", name=f"{wanted} in the list any more (it was taken out; undo brings it back)")
    return found


async def listed(studio: Studio, turn: Turn) -> tuple[Shot, ...]:
    """The shots of the list by number, without those taken out."""
    return tuple(each for each in await studio.store.shots(turn.project_id) if not each.omitted)


async def several(studio: Studio, turn: Turn, which: Which) -> tuple[Shot, ...]:
    """The shots a person means by numbers, by where they stand, or by words of their sheets; by number.

    Raises:
        NotFoundError: A number is none of the list, or no shot is like that.
    """
    if which.numbers:
        return tuple([await shot(studio, turn, number) for number in which.numbers])
    known = await listed(studio, turn)
    if which.group is not None:
        meant = await _group(studio, turn, which.group)
        known = tuple(each for each in known if each.id in meant)
    found = tuple(each for each in known if which.said.casefold() in words_of(each.sheet).casefold())
    if not found:
        raise NotFoundError(what="shot in the list", name=which.said or (which.group or Group.ALL).value)
    return found


async def stale_takes(studio: Studio, project_id: str) -> tuple[tuple[Shot, Take], ...]:
    """The circled takes whose blocks have a newer version, with their shots. They stay usable."""
    style = await studio.store.style(project_id)
    negative = await studio.store.negative(project_id)
    takes = {take.id: take for take in await studio.store.takes(project_id=project_id)}
    found: list[tuple[Shot, Take]] = []
    for each in await studio.store.shots(project_id):
        circled = takes.get(each.picked_take_id or "")
        if circled and (circled.style_version, circled.negative_version) != (style.version, negative.version):
            found.append((each, circled))
    return tuple(found)


async def take(studio: Studio, chosen: Shot, number: int | None, *, model: str = "") -> Take:
    """The take of that number, or the shot's latest; of a model or family where one is named.

    Raises:
        NotFoundError: There is none.
    """
    takes = await studio.store.takes(shot_id=chosen.id)
    wanted = [each for each in takes if number in (None, each.number) and named(studio, each.model, model)]
    if not wanted:
        known = [f"{each.number} by {each.model}" for each in takes]
        raise NotFoundError(what=f"take of shot {chosen.number}", name=str(number or model or "any"), known=known)
    return max(wanted, key=lambda each: each.number)


def named(studio: Studio, model: str, wanted: str) -> bool:
    """Whether a profile is the model, family or vendor a person named."""
    families = {profile.name: (profile.family, profile.vendor) for profile in studio.profiles}
    names = (model, *families.get(model, ()))
    return any(wanted.casefold() in name.casefold() for name in names)


def words_of(sheet: Sheet) -> str:
    """All that a sheet says of the picture, in one text."""
    texts = (
        sheet.action,
        str(sheet.camera),
        sheet.lens,
        sheet.lighting,
        sheet.palette,
        sheet.composition,
        sheet.atmosphere,
        sheet.mood,
        sheet.attribution,
        sheet.on_screen_text,
    )
    return " ; ".join(text for text in texts if text)


async def _group(studio: Studio, turn: Turn, group: Group) -> frozenset[str]:
    """Ids of the shots that stand so."""
    known = await studio.store.shots(turn.project_id)
    match group:
        case Group.ALL:
            return frozenset(each.id for each in known)
        case Group.STALE:
            return frozenset(each.id for each, _ in await stale_takes(studio, turn.project_id))
        case Group.FAILED:
            return frozenset(each.id for each in known if each.status in FAILED)
        case Group.UNSHOT:
            taken = {each.shot_id for each in await studio.store.takes(project_id=turn.project_id)}
            return frozenset(each.id for each in known if each.id not in taken)
