"""A film that uses every variant from every material it takes: both blocks stand in every body that left."""

from pathlib import Path

from agent.auditing import audit
from agent.film import Wishes
from agent.intents import Draft
from agent.profiles import Material, Profile, Status
from interfaces.references import add_reference
from prompts.references import Dimension, Reference, Role
from tests.support import images, orders
from tests.support.house import Set, Shooting, a_set, limit

REGISTERED = {"kling": "8012345678"}
LEAVING = [(profile, goes_out) for profile, goes_out in orders.PAIRS if profile.status is not Status.RETIRED]


def draft(profile: Profile, goes_out: Material) -> Draft:
    """The shot for this variant, naming the images that this material is made of."""
    named = (
        *((Reference(id="", label="1", use=(Dimension.PALETTE,)),) if goes_out.guided else ()),
        *((Reference(id="", label="2", role=Role.FIRST_FRAME),) if goes_out.framed else ()),
        *((Reference(id="", label="3", role=Role.LAST_FRAME),) if goes_out.ended else ()),
    )
    return Draft(action="a fox runs over wet roofs", wishes=Wishes(models=(profile.name,)), references=named)


async def hang(film: Set) -> None:
    """Put the film's images up."""
    picture = images.file(images.halves(size=(640, 360)))
    for label, role in (("1", Role.LOOK), ("2", Role.FIRST_FRAME), ("3", Role.LAST_FRAME)):
        known_as = REGISTERED if role is Role.LOOK else {}
        await add_reference(film.house.studio, film.project.id, data=picture, label=label, role=role, known_as=known_as)


async def test_every_variant_is_sent_every_material_and_every_body_holds_both_blocks(tmp_path: Path) -> None:
    drafts = tuple(draft(profile, goes_out) for profile, goes_out in LEAVING)
    async with a_set(tmp_path, planner=Shooting(drafts)) as film:
        await limit(film, project_micro_usd=10**12, day_micro_usd=10**12, ask_above_micro_usd=10**12)
        await hang(film)
        await film.say("all of it")

        checked = await audit(film.house.studio, film.project.id)
        takes = await film.house.studio.store.takes(project_id=film.project.id)
        assert sorted(take.model for take in takes) == sorted(profile.name for profile, _ in LEAVING)
        assert checked.receipts == len(LEAVING)
        assert checked.coverage == 1.0
