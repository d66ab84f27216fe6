"""The director's desk: every door says its messages here and reads the same story from here."""

from langchain_core.runnables import RunnableConfig

from agent.events import Event, What
from agent.graphs.conversation import STEP_LIMIT, Graph
from agent.studio import Studio
from interfaces.worker import Worker
from prompts.normal import clean

LONGEST_MESSAGE = 100_000
EMPTY = "That was empty. Describe a shot, or type help."


class Desk:
    """One per process: turns in, events out."""

    def __init__(self, studio: Studio, graph: Graph, worker: Worker) -> None:
        self.studio = studio
        self.worker = worker
        self._graph = graph

    async def say(self, conversation_id: str, *, project_id: str, text: str) -> str | None:
        """Act on one message; the answer and the clips follow as events. Turns of a conversation keep their order.

        A message that cannot be taken as a turn is not stored; then the reason is returned.
        """
        if len(text) > LONGEST_MESSAGE:
            return (
                f"That message has {len(text):,} characters and {LONGEST_MESSAGE:,} is the most; nothing was done. "
                "Send long shot lists in parts."
            )
        message = "\n".join(clean(line).text for line in text.splitlines())
        if not message.strip():
            return EMPTY
        store = self.studio.store
        async with self.studio.lease(f"conversation:{conversation_id}"):
            turn_id = await store.add_turn(conversation_id, message)
            await store.tell(
                What.REQUEST,
                {"text": message},
                project_id=project_id,
                conversation_id=conversation_id,
                turn_id=turn_id,
            )
            config: RunnableConfig = {
                "configurable": {"thread_id": conversation_id},
                "recursion_limit": STEP_LIMIT,
                "metadata": {"turn_id": turn_id},
            }
            done = await self._graph.ainvoke(
                {"turn_id": turn_id, "project_id": project_id, "conversation_id": conversation_id},
                config,
                context=self.studio,
                durability="sync",
            )
        for shot_id in done["start"]:
            self.worker.start(shot_id)
        for shot_id in done["answered"]:
            self.worker.go_on(shot_id)
        return None

    async def story(self, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        """What happened since an event, in order."""
        return await self.studio.store.events(conversation_id=conversation_id, after=after)
