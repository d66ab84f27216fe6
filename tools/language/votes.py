"""One vote of a vision judge on one term, taken from its answer only as far as it can be checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.findings import Evidence, Opinion, Sight
from tools.language import orders
from tools.language.judge_wire import Seen, WireResult

_SIGHTS: Mapping[Seen, Sight] = {"present": Sight.SEEN, "absent": Sight.ABSENT, "cannot_tell": Sight.UNSURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one question gave about one term."""

    sight: Sight
    reason: str
    evidence: tuple[Evidence, ...] = ()


def unsure(reason: str) -> Vote:
    """A vote that decides nothing, and why."""
    return Vote(sight=Sight.UNSURE, reason=reason)


def read(term: str, results: Sequence[WireResult], *, shown: Mapping[int, float]) -> Vote:
    """The vote on a term; ``shown`` holds the frames the judge was given, with their times in seconds."""
    about = [result for result in results if result.term == term]
    if not about:
        return unsure("left out of the answer")
    if len({result.verdict for result in about}) > 1:
        return unsure("the answer contradicts itself")
    result = about[0]
    if result.verdict == "absent" and orders.speaks_to_the_judge(result.observation):
        # Whether it obeyed nobody knows, so this all-clear counts for nothing.
        return unsure(f"something in the picture tells the judge what to say: {result.observation}")
    if result.verdict != "present":
        return Vote(sight=_SIGHTS[result.verdict], reason=result.observation)
    strange = [frame for frame in result.frames if frame not in shown]
    if strange or not result.frames:
        return unsure(
            f"said to be in {_frames(strange)} that it was not shown" if strange else "said to be in no frame"
        )
    return Vote(sight=Sight.SEEN, reason=result.observation, evidence=_evidence(result, shown))


def opinion(term: str, votes: Sequence[Vote], *, judge: str) -> Opinion:
    """The votes on a term together."""
    return Opinion(
        term=term,
        judge=judge,
        sights=tuple(vote.sight for vote in votes),
        reason="; asked again: ".join(dict.fromkeys(vote.reason for vote in votes)),
        evidence=tuple(evidence for vote in votes for evidence in vote.evidence),
    )


def _evidence(result: WireResult, shown: Mapping[int, float]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(frame=frame, at_s=shown[frame], sentence=result.observation, box=result.box) for frame in result.frames
    )


def _frames(numbers: Sequence[int]) -> str:
    return "frame " + ", ".join(map(str, numbers))
