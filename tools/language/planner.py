"""Planners: a language model's understanding of a turn, and the rules taking over where it fails."""

from dataclasses import asdict, replace

from openai.types.chat import ChatCompletionMessageParam

from agent.errors import PlannerError
from agent.intents import Intent, Plan, Scene, Unclear
from agent.ports import Planner
from prompts import templates
from tools.language import own_words
from tools.language.client import LanguageModel, as_data
from tools.language.plan_wire import WirePlan
from tools.language.schemas import schema_of


class ModelPlanner:
    """Understands a turn by asking a language model."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """What the message means. A change the message does not literally ask for is left out, and said to be.

        Raises:
            PlannerError: The model gave no usable answer.
        """
        understood = await self._model.ask(_messages(message, scene), schema=schema_of(WirePlan), parse=_read)
        return _in_own_words(understood, message=message, planner=self._model.name)


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
            return replace(plan, remarks=(f"{error}; the built-in rules read this message instead", *plan.remarks))


def _messages(message: str, scene: Scene) -> list[ChatCompletionMessageParam]:
    """Film and message go as JSON strings in a turn of their own, so that no text in them ends the data."""
    turn = templates.fill("planner_turn", scene=as_data(asdict(scene)), message=as_data(message))
    return [{"role": "system", "content": templates.fill("planner")}, {"role": "user", "content": turn}]


def _read(answer: str) -> tuple[Intent, ...]:
    return WirePlan.model_validate_json(answer).read()


def _in_own_words(intents: tuple[Intent, ...], *, message: str, planner: str) -> Plan:
    objections = [own_words.unsaid(intent, message=message) for intent in intents]
    kept = tuple(intent for intent, objection in zip(intents, objections, strict=True) if objection is None)
    remarks = tuple(
        f"{planner} wanted to {objection}; your message does not say that, so nothing was changed. "
        "If you mean it, say it in those words"
        for objection in objections
        if objection is not None
    )
    return Plan(intents=kept or (Unclear(),), planner=planner, remarks=remarks)
