"""What each button and form does: a turn like any other, in the words that it stands for."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from agent.acting import by_hand, confirming, dispatch, takes
from agent.acting.outcome import Outcome, Turn
from agent.events import Json
from agent.intents import Intent, Pick, Retake
from agent.studio import Studio
from agent.threads import Heard
from interfaces.desk import Work
from interfaces.slack import modals
from prompts.blocks import NegativeBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is done, and the same in words."""

    text: str
    work: Work


Act = Callable[[Studio, Heard], Awaitable[Deed]]


async def approve(studio: Studio, heard: Heard) -> Deed:
    """Yes to the question on the card, and to no other."""
    return await _decide(studio, heard, approve=True)


async def cancel(studio: Studio, heard: Heard) -> Deed:
    """No to it."""
    return await _decide(studio, heard, approve=False)


async def other(studio: Studio, heard: Heard) -> Deed:
    """No to this model, and the shot to another one; only for who was first to answer."""
    decision_id, shot_id = str(heard.data["value"]).split()
    number = (await studio.store.shot(shot_id)).number

    async def work(turn: Turn) -> Sequence[Outcome]:
        because: dict[str, Json] = {"approve": False, "by": heard.user, "because": "another model was asked for"}
        if not await studio.store.answer(decision_id, because):
            return [Outcome(lines=(takes.ALREADY,))]
        return [await dispatch.act(studio, turn, Retake(shots=(number,), elsewhere=True))]

    return Deed(text=by(heard, f"shot {number} on another model"), work=work)


async def another(studio: Studio, heard: Heard) -> Deed:
    """Another take on another model, after nobody could tell which of those there are is good."""
    number = (await studio.store.shot(str(heard.data["value"]))).number
    return _intent(studio, heard, f"shot {number} on another model", Retake(shots=(number,), elsewhere=True))


async def pick(studio: Studio, heard: Heard) -> Deed:
    """Circle a take."""
    number, take = (await studio.store.shot(str(heard.data["value"]))).number, int(str(heard.data["nth"]))
    return _intent(studio, heard, f"circle take {take} of shot {number}", Pick(take=take, shot=number))


async def yes(studio: Studio, heard: Heard) -> Deed:
    """Yes to what was asked back."""
    return _confirm(studio, heard, approve=True)


async def no(studio: Studio, heard: Heard) -> Deed:
    """No to it."""
    return _confirm(studio, heard, approve=False)


async def style(studio: Studio, heard: Heard) -> Deed:
    """The style block as it was filled in."""
    text, motion = str(heard.data["style"]), str(heard.data["motion"])

    async def work(turn: Turn) -> Sequence[Outcome]:
        return [await by_hand.style(studio, turn, text=text, motion=motion, seen=_seen(heard, "style"))]

    return Deed(text=by(heard, "the style block, written by hand"), work=work)


async def negative(studio: Studio, heard: Heard) -> Deed:
    """The negative block as it was filled in, a term per line."""
    layers = {layer: tuple(str(heard.data[layer]).splitlines()) for layer in modals.LAYERS}

    async def work(turn: Turn) -> Sequence[Outcome]:
        block = NegativeBlock(**layers, version=1)
        return [await by_hand.negative(studio, turn, block, seen=_seen(heard, "negative"))]

    return Deed(text=by(heard, "the negative block, written by hand"), work=work)


def by(heard: Heard, text: str) -> str:
    """The turn in words, with who meant it."""
    return f"{text} ({heard.data.get('name') or heard.user}, in Slack)"


ACTS: Mapping[str, Act] = {
    "approve": approve,
    "cancel": cancel,
    "other": other,
    "another": another,
    "pick": pick,
    "yes": yes,
    "no": no,
    "style": style,
    "negative": negative,
}
"""By a button's action, or the block that a form changed."""


async def _decide(studio: Studio, heard: Heard, *, approve: bool) -> Deed:
    decision_id, shot_id = str(heard.data["value"]).split()
    number = (await studio.store.shot(shot_id)).number

    async def work(turn: Turn) -> Sequence[Outcome]:
        return [await takes.settle(studio, decision_id, shot_id=shot_id, approve=approve, by=heard.user)]

    return Deed(text=by(heard, f"{'approve' if approve else 'no to'} shot {number}"), work=work)


def _confirm(studio: Studio, heard: Heard, *, approve: bool) -> Deed:
    async def work(turn: Turn) -> Sequence[Outcome]:
        inquiry = await studio.store.inquiry(turn.conversation_id)
        if inquiry is None or inquiry.id != heard.data["value"]:
            return [Outcome(lines=(takes.ALREADY,))]
        return [await confirming.decide(studio, turn, inquiry, approve=approve)]

    return Deed(text=by(heard, "yes" if approve else "no"), work=work)


def _intent(studio: Studio, heard: Heard, text: str, intent: Intent) -> Deed:
    async def work(turn: Turn) -> Sequence[Outcome]:
        return [await dispatch.act(studio, turn, intent)]

    return Deed(text=by(heard, text), work=work)


def _seen(heard: Heard, block: str) -> int:
    seen = heard.data["seen"]
    return int(str(seen[block])) if isinstance(seen, dict) else 0
