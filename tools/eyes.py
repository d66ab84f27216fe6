"""The inspector: has a take examined in a process of its own, and asks the judge about what the checks leave open."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial

import anyio

from agent.findings import Footage, Looked, Opinion, Sight
from agent.learning import LOOK_KIND
from agent.ports import Judge
from agent.screening import Screening
from prompts import terms as vocabulary
from prompts.blocks import Layer, Term
from tools import confined, examining
from tools.confined import Bounds, BrokenOffError
from tools.examining import Examined, Task
from tools.viewing import Check

TERMS_PER_CALL = 6
"""A judge answers a short list better than a long one."""

MOST_JUDGED = 36
"""Terms of one clip that a judge is asked about: three times the default block. Each list of six costs two votes."""

MOST_BESIDE = 4
"""References shown to a judge beside the frames; each costs as much as a frame, and two tell a look."""

AT_ONCE = 2
"""Clips examined at the same time: each takes a core and up to 200 MiB."""

UNKNOWN = Footage(frames=0, seconds=0.0, width=0, height=0, fps=0.0)
"""Of a clip whose examination broke off: nothing is said about it, for or against."""

_log = logging.getLogger(__name__)


class Inspector:
    """Looks at takes. Implements `agent.ports.Eyes`."""

    def __init__(
        self,
        checks: Sequence[Check],
        *,
        judge: Judge | None = None,
        sandbox_judge: Judge | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        """`judge` is asked about real clips, `sandbox_judge` about a stand-in's; neither ever sees the other's."""
        self._checks = tuple(checks)
        self._judge = judge
        self._sandbox_judge = sandbox_judge
        self._bounds = bounds or Bounds()
        self._room = anyio.CapacityLimiter(AT_ONCE)

    async def look(self, screening: Screening) -> Looked:
        """Readings, opinions and what the file is; a file that is not the ordered clip gives its complaint only.

        An examination that breaks off leaves every check unsure, with the reason. Cancelled, it ends at once.
        """
        judge = self._sandbox_judge if screening.sandbox else self._judge
        examined = await self._examined(self._task(screening, judged=judge is not None))
        opinions = await _opinions(judge, examined, screening) if judge else ()
        return Looked(
            footage=examined.footage,
            readings=examined.readings,
            opinions=opinions,
            kind=LOOK_KIND,
            look=examined.look,
            besides=screening.besides,
        )

    def _task(self, screening: Screening, *, judged: bool) -> Task:
        prompt = screening.prompt
        return Task(
            clip=screening.clip,
            terms=prompt.terms,
            checks=examining.chosen(self._checks, (*prompt.terms, *screening.besides)),
            references=screening.references,
            told=prompt.references,
            ordered=screening.ordered,
            judged=judged,
            calibration=screening.calibration,
            besides=screening.besides,
            handmade=vocabulary.handmade(prompt.style.text),
        )

    async def _examined(self, task: Task) -> Examined:
        try:
            async with self._room:
                examined = await confined.run(examining.examine, task, bounds=self._bounds)
        except BrokenOffError as error:
            _log.error("the examination of %s broke off: %s", task.clip.name, error)
            reason = f"the examination of the clip broke off: {error}"
            return Examined(footage=UNKNOWN, readings=tuple(examining.doubted(each, reason) for each in task.checks))
        for told in examined.broken:
            _log.error(told)
        return examined


async def _opinions(judge: Judge, examined: Examined, screening: Screening) -> tuple[Opinion, ...]:
    """What the judge says of the open terms, asked layer by layer."""
    found: list[Opinion] = []
    for layer, texts in _calls(examined.left_open[:MOST_JUDGED]):
        beside = screening.references[:MOST_BESIDE] if layer is Layer.FORMAT else ()
        ask = partial(judge.judge, examined.shown[layer], terms=texts, references=beside, people=screening.people)
        found.extend(await _answered(judge, texts, ask))
    why = f"a judge is asked about {MOST_JUDGED} terms of one clip at most; shorten the block"
    return (*found, *(_no_opinion(judge, term.text, why) for term in examined.left_open[MOST_JUDGED:]))


def _calls(terms: Sequence[Term]) -> Iterator[tuple[Layer, tuple[str, ...]]]:
    for layer in Layer:
        texts = [term.text for term in terms if term.layer is layer]
        for start in range(0, len(texts), TERMS_PER_CALL):
            yield layer, tuple(texts[start : start + TERMS_PER_CALL])


async def _answered(
    judge: Judge, texts: tuple[str, ...], ask: Callable[[], Awaitable[tuple[Opinion, ...]]]
) -> tuple[Opinion, ...]:
    """One opinion per term, whatever happens."""
    try:
        answers = await ask()
    except Exception as error:  # a judge promises not to raise; one that does must not turn into a pass
        _log.exception("judge %s broke", judge.name)
        return tuple(_no_opinion(judge, text, f"the judge broke ({type(error).__name__})") for text in texts)
    answered = {answer.term for answer in answers}
    left_out = [_no_opinion(judge, text, "the judge left this term out") for text in texts if text not in answered]
    return (*(answer for answer in answers if answer.term in texts), *left_out)


def _no_opinion(judge: Judge, text: str, reason: str) -> Opinion:
    return Opinion(term=text, judge=judge.name, sights=(Sight.UNSURE,), reason=reason)
