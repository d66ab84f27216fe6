"""Planners: a language model's understanding of a turn, and the rules taking over where it fails."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from openai.types.chat import ChatCompletionMessageParam

from agent.asked import Asked
from agent.errors import PlannerError
from agent.intents import Intent, Plan, Scene, Unclear
from agent.ports import Planner
from agent.reading import machinery
from agent.reading.message import receive
from agent.reading.planner import MOST_CHARACTERS, understand
from prompts import templates
from tools.language import phrases, wire
from tools.language.agreement import agree, alone, unread
from tools.language.client import LanguageModel, Patience, as_data
from tools.language.metering import Meter
from tools.language.schemas import schema_of

TURN = Patience(connect_s=3, read_s=20, whole_s=40)
"""A person waits for this; after it the rules answer in milliseconds."""


LEAVE = "leave it"


class ModelPlanner:
    """Understands a turn by asking a language model."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        patience: Patience = TURN,
        rules: Callable[..., Plan] = understand,
    ) -> None:
        """``rules`` is the second reader of what outlasts a shot."""
        self._model = model
        self._patience = patience
        self._rules = rules

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means. What needs two readers and has one is left out, and asked back.

        Raises:
            PlannerError: The model gave no usable answer.
        """
        system = system_prompt()
        meter = Meter()
        try:
            said = await self._model.ask(
                _messages(system, message, scene),
                schema=schema_of(wire.plan()),
                parse=wire.read,
                patience=self._patience,
                meter=meter,
            )
        except PlannerError as error:
            error.asked = self._asked(system, meter)
            raise
        rules = self._rules(message, scene=scene).intents
        agreed = agree(said, rules=rules)
        invented = unread(said, rules=rules, standing=scene.negatives)
        aside = _set_aside(message, scene) if all(map(alone, said)) else ()
        return Plan(
            intents=agreed.intents or (_asked_back(agreed.refused),),
            planner=self._model.name,
            remarks=(*aside, *map(self._not_done, agreed.refused), *self._kept_out(invented)),
            asked=self._asked(system, meter),
        )

    def _asked(self, system: str, meter: Meter) -> Asked:
        return Asked(
            model=self._model.name,
            prompt=hashlib.sha256(system.encode()).hexdigest(),
            calls=meter.calls,
            tokens_read=meter.read,
            tokens_written=meter.written,
            cost_micro_usd=meter.micro_usd(self._model.price),
        )

    def _not_done(self, intent: Intent) -> str:
        said = " and ".join(phrases.commands(intent)) or intent.kind
        return (
            f"{self._model.name} understood “{said}”; the built-in rules do not read that in your message, so nothing "
            "of it was done. If you mean it, say it as a message of its own"
        )

    def _kept_out(self, terms: tuple[str, ...]) -> tuple[str, ...]:
        if not terms:
            return ()
        return (
            f"{self._model.name} keeps {', '.join(terms)} out of the shot; your message does not plainly say so, "
            "so look whether that is meant",
        )


class FallbackPlanner:
    """A language model's planner whose turns the rules take over, aloud, when it fails."""

    def __init__(self, model: Planner, rules: Planner) -> None:
        self._model = model
        self._rules = rules

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means, by whoever could tell."""
        try:
            return await self._model.plan(message, scene=scene)
        except PlannerError as error:
            plan = await self._rules.plan(message, scene=scene)
            told = f"{error}; the built-in rules read this message instead"
            return replace(plan, remarks=(told, *plan.remarks), asked=error.asked)


def system_prompt() -> str:
    """What the model is told of its task: the template, with every kind of intent there is."""
    kinds = (f"- `{wire.kind_of(cls)}`: {wire.summary(cls)}" for cls in wire.INTENTS)
    return templates.fill("planner", kinds="\n".join(kinds))


def _asked_back(refused: Sequence[Intent]) -> Unclear:
    """The readings that were refused, as commands that the rules would read."""
    commands = tuple(command for intent in refused for command in phrases.commands(intent))
    return Unclear(readings=(*commands, LEAVE), says=(*commands, LEAVE)) if commands else Unclear()


def _set_aside(message: str, scene: Scene) -> tuple[str, ...]:
    """What the message says of the blocks in passing: not followed, whoever reads it, and told."""
    received, _ = receive(message[:MOST_CHARACTERS], scene=scene)
    _, aside = machinery.set_aside(received.text)
    return tuple(
        f"“{received.shielded.unveil(said)}” was not followed: words in a request do not change the style block or "
        "the negative block"
        for said in aside
    )


def _messages(system: str, message: str, scene: Scene) -> list[ChatCompletionMessageParam]:
    """Film and message go as JSON strings in a turn of their own, so that no text in them ends the data."""
    turn = templates.fill("planner_turn", scene=as_data(asdict(scene)), message=as_data(message))
    return [{"role": "system", "content": system}, {"role": "user", "content": turn}]
