"""Tools that direct: each is a turn of the conversation like any other, under the same rules about money."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from pydantic import Field

from agent.acting import by_hand, dispatch
from agent.acting.outcome import Outcome, Turn
from agent.errors import ConflictError, NotFoundError
from agent.events import What
from agent.film import Project
from agent.intents import Decide
from agent.talks import Talk
from interfaces import finding, story
from interfaces.api.forms import NegativeForm, Short, StyleForm
from interfaces.board import gathering
from interfaces.mcp_door import showing
from interfaces.mcp_door.values import AFilm, FilmName, Told, WaitSeconds
from interfaces.unfolding import Unfolding
from interfaces.wiring import House, new_project
from prompts.blocks import NegativeBlock

DOOR = "mcp"
WAITS_S = 45  # many clients give up on a tool after a minute

Message = Annotated[str, Field(max_length=100_000, description="What the director says, in plain words.")]
TalkId = Annotated[
    str, Field(max_length=100, description="As an earlier answer gave it; left out, the film's latest conversation.")
]
Key = Annotated[
    str, Field(max_length=64, description="Names the message: sent again with the same key it is heard once.")
]
DecisionId = Annotated[str, Field(min_length=1, max_length=100, description="From the answer that asked.")]
TurnId = Annotated[str, Field(min_length=1, max_length=100, description="From the answer that said what is going.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directing:
    """What changes something.

    Attributes:
        left: Says when the server stops; a tool that waits then answers with what it knows.
    """

    house: House
    left: Callable[[], bool]

    async def new_film(self, name: Short) -> AFilm:
        """Make a film with the default style and negative block. Costs nothing."""
        project = await new_project(self.house.studio.store, name)
        return (await showing.board(self.house.studio, project.id)).film

    async def direct_shot(
        self,
        message: Message,
        *,
        ctx: Context[Any, Any],
        film: FilmName = "",
        conversation_id: TalkId = "",
        key: Key = "",
        wait_seconds: WaitSeconds = WAITS_S,
    ) -> Told:
        """CAN COST MONEY. Say something to the director's agent: describe shots, change or retake one, ask anything.

        Describing, changing or retaking a shot buys a clip at once where its price is at most the film's
        `ask_above_micro_usd`; a dearer one waits among `decisions` for the tool `decide`. Say "plan only" to have
        it priced and nothing bought. Questions ("what did I spend?") cost nothing. Never say yes for the person.
        """
        talk = await self._talk(await finding.film(self.house.studio.store, film), conversation_id)
        turn_id = await self.house.desk.hear(talk.id, project_id=talk.project_id, text=message, key=key)
        return await self._told(turn_id, ctx, wait_seconds)

    async def follow(self, turn_id: TurnId, *, ctx: Context[Any, Any], wait_seconds: WaitSeconds = WAITS_S) -> Told:
        """Wait for what an earlier turn set going, and tell its story from the beginning. Costs nothing."""
        return await self._told(turn_id, ctx, wait_seconds)

    async def decide(
        self, decision_id: DecisionId, *, approve: bool, ctx: Context[Any, Any], wait_seconds: WaitSeconds = WAITS_S
    ) -> Told:
        """COSTS MONEY WHEN APPROVED. Give the person's yes or no to one decision; ask them first, with its price.

        A yes to a price covers that price per take for the shot. A no buys nothing. Each decision is answered once.
        """
        talk, number = await self._asked(decision_id)
        work = partial(self._decide, decision_id, intent=Decide(approve=approve, shot=number))
        said = "yes" if approve else "no"
        text = said if number is None else f"{said} to shot {number}"
        done = await self.house.desk.do(talk.id, project_id=talk.project_id, text=text, work=work)
        return await self._told(done.turn_id, ctx, wait_seconds)

    async def change_block(
        self, block: StyleForm | NegativeForm, *, ctx: Context[Any, Any], film: FilmName = ""
    ) -> Told:
        """Replace the style block (`text`) or the negative block (`format`, `anatomy`, `quality`). Costs nothing.

        The block stands on every later prompt; takes that exist become stale and are not made again by it. `based_on`
        is the version that `blocks` gave: an older one is refused with the difference. A block is never emptied.
        """
        talk = await self._talk(await finding.film(self.house.studio.store, film), "")
        kind = "style" if isinstance(block, StyleForm) else "negative"
        work = partial(self._change, block)
        done = await self.house.desk.do(talk.id, project_id=talk.project_id, text=f"change the {kind} block", work=work)
        return await self._told(done.turn_id, ctx, wait_seconds=0)

    async def _talk(self, project: Project, conversation_id: str) -> Talk:
        store = self.house.studio.store
        if conversation_id:
            return await finding.talk(store, project, conversation_id)
        talks = await store.talks(project.id)
        return talks[-1] if talks else await store.conversation(await store.open_conversation(project.id, door=DOOR))

    async def _told(self, turn_id: str, ctx: Context[Any, Any], wait_seconds: int) -> Told:
        """What came of a turn until it is over or the wait is; each line is told as progress meanwhile."""
        studio = self.house.studio
        unfolding = Unfolding(house=self.house, said=await studio.store.turn(turn_id), left=self.left)
        lines: list[str] = []
        async for each in unfolding.follow(until_us=studio.now_us() + wait_seconds * 1_000_000):
            if each is None:
                continue
            new = [str(line) for line in story.tell(each.event, shot=each.shot)]
            lines += new if each.event.what is not What.REPLY else ()
            await ctx.report_progress(each.event.number, message="\n".join(new) or each.event.what.value)
        talk = await studio.store.conversation(unfolding.said.conversation_id)
        gathered = await gathering.board(studio, talk.project_id)
        return Told(
            film=gathered.name,
            conversation_id=talk.id,
            turn_id=turn_id,
            reply=unfolding.reply or "",
            story=tuple(lines),
            going=tuple(sorted(unfolding.going.values())),
            decisions=await showing.decisions(studio, gathered),
            spent_micro_usd=gathered.spent_micro_usd,
        )

    async def _asked(self, decision_id: str) -> tuple[Talk, int | None]:
        """The conversation that a decision belongs to, and the number of its shot."""
        store = self.house.studio.store
        for project in await store.projects():
            for open_id, shot_id, _ in await store.open_questions(project.id):
                if open_id == decision_id:
                    shot = await store.shot(shot_id)
                    return await store.conversation(shot.conversation_id), shot.number
            for talk in await store.talks(project.id):
                inquiry = await store.inquiry(talk.id)
                if inquiry is not None and inquiry.id == decision_id:
                    return talk, None
        raise NotFoundError(what="open decision", name=decision_id)

    async def _decide(self, decision_id: str, turn: Turn, *, intent: Decide) -> Sequence[Outcome]:
        """Only if it still is what waits: a yes never goes to another price than the one that was shown."""
        _, number = await self._asked(decision_id)
        if number != intent.shot:
            raise ConflictError("the shots were numbered anew meanwhile; look at the board and decide again")
        return (await dispatch.act(self.house.studio, turn, intent),)

    async def _change(self, block: StyleForm | NegativeForm, turn: Turn) -> Sequence[Outcome]:
        studio, seen = self.house.studio, block.based_on
        if isinstance(block, StyleForm):
            return (await by_hand.style(studio, turn, text=block.text, motion=block.motion, seen=seen),)
        wanted = NegativeBlock(format=block.format, anatomy=block.anatomy, quality=block.quality, version=seen + 1)
        return (await by_hand.negative(studio, turn, wanted, seen=seen),)
