"""The stand-in of Nova, a vendor that does not exist: one file, put into `tools/sandbox/` by a test."""

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import wire
from tools.sandbox.bite import Heed, Temper
from tools.sandbox.records import Standing
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, StrictSnake, json_answer

VENDOR = "nova"
KEYS = {"api_key": "sandbox-nova-api-key"}
STATES = {Standing.HELD: "waiting", Standing.QUEUED: "waiting", Standing.RUNNING: "drawing", Standing.OVER: "ready"}


class Create(StrictSnake):
    """What a submit holds."""

    model: str
    prompt: str
    seconds: int
    ratio: str


class Nova:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def create(self, asked: Asked) -> Response:
        """Start a clip."""
        if not wire.same(asked.bearer, KEYS["api_key"]):
            raise Refusal(json_answer({"error": "no such key"}, status=401))
        wanted = wire.parsed(
            Create, asked.body, wrong=lambda error: Refusal(json_answer({"error": str(error)}, status=400))
        )
        order = Order(
            vendor=VENDOR,
            model=wanted.model,
            temper=Temper(heed=Heed.CLAUSE),
            route=asked.route,
            body=asked.body,
            text=wanted.prompt,
            seconds=wanted.seconds,
            ratio=wire.proportion(wanted.ratio),
            price_micro_usd=50_000 * wanted.seconds,
        )
        return json_answer({"id": self._stage.accept(order).id})

    def get(self, asked: Asked) -> Response:
        """Where a clip stands."""
        job = self._stage.records.get(asked.path["id"])
        if job is None:
            raise Refusal(json_answer({"error": "no such clip"}, status=404))
        state = STATES[job.standing(self._stage.clock.now_s())]
        link = wire.link(self._stage, job, base=asked.base, lives_s=3600) if state == "ready" else None
        return json_answer({"state": state, "link": link})


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire."""
    nova = Nova(stage)
    return [
        wire.route("/v1/clips", nova.create, method="POST"),
        wire.route("/v1/clips/{id}", nova.get),
        wire.media(stage),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)
