"""The inspector: decodes a take, runs the checks its block asks for, and asks the judge about what they leave open."""

import logging
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from anyio import to_thread

from agent.errors import BadClipError
from agent.findings import Grade, Looked, Opinion, Picture, Reading, Sight
from agent.jobs import Still
from agent.ports import Judge
from prompts import terms as vocabulary
from prompts.blocks import Layer, Term
from prompts.prompt import Prompt
from prompts.references import Reference
from tools import media, pictures, showing, soundness, stills
from tools.viewing import Check, Measure, Viewing

TERMS_PER_CALL = 6
"""A judge answers a short list better than a long one."""

SETTLED = frozenset({Sight.SEEN, Sight.ABSENT})

_log = logging.getLogger(__name__)


class Inspector:
    """Looks at takes. Implements `agent.ports.Eyes`."""

    def __init__(
        self, checks: Sequence[Check], *, judge: Judge | None = None, sandbox_judge: Judge | None = None
    ) -> None:
        """`judge` is asked about real clips, `sandbox_judge` about a stand-in's; neither ever sees the other's."""
        self._checks = tuple(checks)
        self._judge = judge
        self._sandbox_judge = sandbox_judge

    async def look(
        self, clip: Path, *, prompt: Prompt, seconds: int, ratio: str, references: Sequence[Still], sandbox: bool
    ) -> Looked:
        """Readings, opinions and what the file is; a file that is not the ordered clip gives its complaint only."""
        try:
            viewing = await to_thread.run_sync(_open, clip, references, prompt.references)
        except BadClipError as error:
            return Looked(footage=soundness.unusable(f"{seconds} s in {ratio} were ordered: {error}"))
        footage = soundness.footage(viewing.reel, seconds=seconds, ratio=ratio)
        if footage.complaint:
            return Looked(footage=footage)
        readings = await to_thread.run_sync(self._readings, viewing, prompt.terms)
        judge = self._sandbox_judge if sandbox else self._judge
        open_terms = [term for term in prompt.terms if _is_open(term, readings)]
        opinions = await _opinions(judge, open_terms, viewing=viewing, references=references) if judge else ()
        return Looked(footage=footage, readings=readings, opinions=opinions)

    def _readings(self, viewing: Viewing, terms: Sequence[Term]) -> tuple[Reading, ...]:
        """One reading of every check that can speak for a term, and of those that always run."""
        asked = {vocabulary.identity(term.text) for term in terms}
        chosen = [check for check in self._checks if check.always or asked.intersection(check.terms)]
        return tuple(_read(check, viewing) for check in chosen)


def _open(clip: Path, references: Sequence[Still], told: Sequence[Reference]) -> Viewing:
    decoded, unreadable = stills.read(references, references=told)
    return Viewing(reel=media.decode(clip), stills=decoded, unreadable=unreadable)


def _read(check: Check, viewing: Viewing) -> Reading:
    """The check's reading; a check that breaks could not tell, which is never a pass."""
    try:
        return showing.illustrated(check.look(viewing), viewing)
    except Exception as error:  # one broken check must not lose the other readings
        _log.exception("check %s broke", check.name)
        told = f"the check broke ({type(error).__name__}: {str(error)[:120]}); the take is to be looked at by a person"
        return check.reading(Measure(sight=Sight.UNSURE, told=told))


def _is_open(term: Term, readings: Collection[Reading]) -> bool:
    """Whether no measure that may stand alone has told about the term."""
    about = [reading for reading in readings if vocabulary.identity(term.text) in reading.terms]
    return not any(reading.sight in SETTLED and reading.grade is not Grade.C for reading in about)


async def _opinions(
    judge: Judge, terms: Sequence[Term], *, viewing: Viewing, references: Sequence[Still]
) -> tuple[Opinion, ...]:
    """What the judge says of the open terms, asked layer by layer."""
    found: list[Opinion] = []
    for layer, texts in _calls(terms):
        shown = await to_thread.run_sync(_shown, layer, viewing)
        beside = references if layer is Layer.FORMAT else ()
        found.extend(await _ask(judge, shown, texts=texts, references=beside))
    return tuple(found)


def _calls(terms: Sequence[Term]) -> Iterator[tuple[Layer, tuple[str, ...]]]:
    for layer in Layer:
        texts = [term.text for term in terms if term.layer is layer]
        for start in range(0, len(texts), TERMS_PER_CALL):
            yield layer, tuple(texts[start : start + TERMS_PER_CALL])


def _shown(layer: Layer, viewing: Viewing) -> tuple[Picture, ...]:
    """Whole frames; for anatomy enlarged quarters besides."""
    whole = pictures.whole(viewing.reel)
    return whole + pictures.quarters(viewing.reel) if layer is Layer.ANATOMY else whole


async def _ask(
    judge: Judge, shown: Sequence[Picture], *, texts: tuple[str, ...], references: Sequence[Still]
) -> tuple[Opinion, ...]:
    """One opinion per term, whatever happens."""
    try:
        answers = await judge.judge(shown, terms=texts, references=references)
    except Exception as error:  # a judge promises not to raise; one that does must not turn into a pass
        _log.exception("judge %s broke", judge.name)
        return tuple(_no_opinion(judge, text, f"the judge broke ({type(error).__name__})") for text in texts)
    answered = {answer.term for answer in answers}
    left_out = [_no_opinion(judge, text, "the judge left this term out") for text in texts if text not in answered]
    return (*(answer for answer in answers if answer.term in texts), *left_out)


def _no_opinion(judge: Judge, text: str, reason: str) -> Opinion:
    return Opinion(term=text, judge=judge.name, sights=(Sight.UNSURE,), reason=reason)
