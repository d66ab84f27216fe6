"""How the film and its shots stand, as plain data: what a script's expectations are held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from agent.events import Event, What
from agent.film import ShotStatus

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The film at one moment.

    Attributes:
        shots: By number.
    """

    film: Data
    shots: Mapping[int, Data]


def of(board: Data, *, coverage: float, events: Iterable[Event]) -> Standing:
    """The film as its board and its story tell it, whichever door they came through."""
    channels: dict[str | None, Any] = {
        event.shot_id: event.data["channels"] for event in events if event.what is What.RENDERING
    }
    shots = {shot["number"]: _shot(shot, channels.get(shot["id"], {})) for shot in board["shots"]}
    listed = [shot for shot in shots.values() if not shot["omitted"]]
    film = {
        "name": board["name"],
        "shots": len(listed),
        "delivered": sum(shot["status"] == ShotStatus.DELIVERED for shot in listed),
        "takes": sum(shot["takes"] for shot in shots.values()),
        "spent_usd": board["spent_micro_usd"] / 1e6,
        "terms": [term for term, _ in board["terms"]],
        "coverage": coverage,
        "sandbox": board["sandbox"],
    }
    return Standing(film=film, shots=shots)


def _shot(shot: Data, channels: Data) -> Data:
    takes = shot["takes"]
    shown = next((take for take in takes if take["picked"]), takes[-1] if takes else None)
    return {
        **{name: shot[name] for name in ("number", "action", "status", "because", "revision", "exempt", "omitted")},
        "question": shot["question"]["kind"] if shot["question"] else None,
        "says": dict(shot["fields"]),
        "takes": len(takes),
        "models": [take["model"] for take in takes],
        "verdicts": [take["decision"] for take in takes],
        "reroutes": sum(take["reroute"] for take in takes),
        "channels": channels,
        "spent_usd": shot["spent_micro_usd"] / 1e6,
        **(_take(shown) if shown else {}),
    }


def _take(take: Data) -> Data:
    return {
        "take": take["number"],
        "verdict": take["decision"],
        "findings": {chip["term"]: chip["sight"] for chip in take["chips"]},
        **{name: take[name] for name in ("model", "seconds", "stale", "sandbox")},
    }
