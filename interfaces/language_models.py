"""The language models that a house asks: one that plans a turn, and the judges. Loading their client takes a while."""

from contextlib import AsyncExitStack

import httpx2
from starlette.types import ASGIApp

from agent.ports import Judge, Planner
from agent.reading.planner import RulePlanner
from interfaces.settings import ModelSettings, Settings
from tools.language.client import LanguageModel
from tools.language.judge import ModelJudge
from tools.language.metering import Price
from tools.language.planner import FallbackPlanner, ModelPlanner
from tools.sandbox import app as sandbox


class LanguageModels:
    """Opens them as the settings say; the stack closes them."""

    def __init__(self, settings: Settings, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._stack = stack

    def planner(self) -> Planner:
        """The model that plans turns, with the rules behind it."""
        return FallbackPlanner(ModelPlanner(self._named(self._settings.llm)), RulePlanner())

    def judge(self) -> Judge:
        """The vision model."""
        return ModelJudge(self._named(self._settings.vlm))

    def sandbox_judge(self, url: str, app: ASGIApp | None, *, name: str) -> Judge:
        """The stand-ins' own judge, at their address or, where ``app`` is given, in this process."""
        transport = httpx2.ASGITransport(app=app) if app is not None else None
        model = LanguageModel(
            base_url=f"{url}/judge/v1", api_key=sandbox.JUDGE_KEY, model=sandbox.JUDGE_MODEL, transport=transport
        )
        return ModelJudge(self._closed_at_last(model), name=name)

    def _named(self, chosen: ModelSettings) -> LanguageModel:
        """A server without a key still wants some value for it."""
        key = self._settings.openai_api_key
        model = LanguageModel(
            base_url=self._settings.openai_base_url or "https://api.openai.com/v1",
            api_key=key.get_secret_value() if key else "none",
            model=chosen.model,
            price=_price(chosen),
        )
        return self._closed_at_last(model)

    def _closed_at_last(self, model: LanguageModel) -> LanguageModel:
        self._stack.push_async_callback(model.close)
        return model


def _price(chosen: ModelSettings) -> Price | None:
    """What the model's tokens cost, where the settings say both."""
    read, written = chosen.usd_per_million_read, chosen.usd_per_million_written
    return None if read is None or written is None else Price(read=read, written=written)
