"""A vision judge: a language model that is shown frames and asked what is in them, twice."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from openai.types.chat import ChatCompletionMessageParam

from agent.errors import PlannerError
from agent.findings import Opinion, Picture
from agent.jobs import Still
from prompts import templates
from tools.language import answers, headcount, showing, votes
from tools.language.answers import Answers
from tools.language.client import LanguageModel, Patience, as_data
from tools.language.judge_wire import WireResults, schema_for
from tools.language.metering import Meter
from tools.language.votes import Vote

MOST_TERMS = 6  # of one call; answers about the later ones get thin beyond

MOST_TOKENS = 150_000
"""For one list of terms about one clip. Two votes on 18 pictures and 4 references take some 50 000, two more on the
halves and an answer to mend each time not quite twice that."""

MOST_CALLS = 6
"""Likewise, where a server does not say how many tokens a call took: four votes, half of which had to be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What the votes on one list of terms share.

    Attributes:
        people: How many were asked for; the judge counts without being told.
        meter: What they have taken up to now, together.
    """

    terms: tuple[str, ...]
    references: Sequence[Still]
    people: int | None
    meter: Meter = field(default_factory=Meter)

    @property
    def spent(self) -> str:
        """Why no further vote is paid for, as a sentence; empty while there is room."""
        tokens = self.meter.tokens
        if tokens is None:
            return f"{MOST_CALLS} calls are allowed for it" if self.meter.calls >= MOST_CALLS else ""
        return f"{MOST_TOKENS} tokens are allowed for it, {tokens} were taken" if tokens >= MOST_TOKENS else ""


class ModelJudge:
    """Asks a vision model about terms that no check can measure.

    Two votes, the second with the frames in another order and the question in other words: a judge that only follows
    the order or the wording contradicts itself. The prompt and the wish are never shown to it. A stand-in's judge is
    this class over a `LanguageModel` whose transport is the stand-in. What was answered once about the same pictures is
    not asked again.

    Attributes:
        meter: What all its calls took.
    """

    def __init__(self, model: LanguageModel, *, name: str = "", patience: Patience | None = None) -> None:
        """``name`` is what its opinions go by where the model's own would mislead, as with a stand-in."""
        self.meter = Meter()
        self._model = model
        self._name = name or model.name
        self._patience = patience or Patience()
        self._answers = Answers()

    @property
    def name(self) -> str:
        """Stays with every opinion."""
        return self._name

    @property
    def micro_usd(self) -> int | None:
        """What all its calls cost; ``None`` where the price or a count is unknown."""
        return self.meter.micro_usd(self._model.price)

    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        """One opinion per term, two votes each and two more where they differ.

        Whatever goes wrong is a vote of UNSURE with the reason.
        """
        groups = [tuple(terms[start : start + MOST_TERMS]) for start in range(0, len(terms), MOST_TERMS)]
        opinions = await asyncio.gather(
            *(self._group(_Question(terms=group, references=references, people=people), pictures) for group in groups)
        )
        return tuple(opinion for group in opinions for opinion in group)

    async def _group(self, question: _Question, pictures: Sequence[Picture]) -> list[Opinion]:
        try:
            first, second = await asyncio.gather(
                self._vote("judge_question", question, pictures),
                self._vote("judge_question_again", question, pictures[::-1]),
            )
            doubtful = tuple(term for term in question.terms if _doubtful(first[term], second[term]))
            more = await self._look_again(replace(question, terms=doubtful), pictures)
        finally:
            self.meter.join(question.meter)  # a call that was given up is paid for as well
        return [
            votes.opinion(
                term, (first[term], second[term], *(vote[term] for vote in more if term in vote)), judge=self.name
            )
            for term in question.terms
        ]

    async def _look_again(self, question: _Question, pictures: Sequence[Picture]) -> tuple[Mapping[str, Vote], ...]:
        """Two more votes on what the first two did not agree about, each on other frames than its neighbour."""
        if not question.terms or len(pictures) < 2:
            return ()
        return tuple(
            await asyncio.gather(
                self._vote("judge_question", question, pictures[::2]),
                self._vote("judge_question_again", question, pictures[1::2]),
            )
        )

    async def _vote(self, words: str, question: _Question, pictures: Sequence[Picture]) -> Mapping[str, Vote]:
        if not pictures:
            return dict.fromkeys(question.terms, votes.unsure("there is no frame to look at"))
        messages = _messages(templates.fill(words, terms=as_data(question.terms)), pictures, question.references)
        key = answers.key(self._model.name, question.terms, messages)
        known = self._answers.get(key)
        if known is None and question.spent:
            return dict.fromkeys(question.terms, votes.unsure(f"the judge was not asked again: {question.spent}"))
        try:
            answer = known or await self._ask(question, messages)
        except PlannerError as error:
            return dict.fromkeys(question.terms, votes.unsure(str(error)))
        self._answers.keep(key, answer)
        shown = {picture.frame: picture.at_s for picture in pictures}
        counted = [headcount.held_against(question.people, result) for result in answer.results]
        return {term: votes.read(term, counted, shown=shown) for term in question.terms}

    async def _ask(self, question: _Question, messages: list[ChatCompletionMessageParam]) -> WireResults:
        return await self._model.ask(
            messages,
            schema=schema_for(question.terms),
            parse=WireResults.model_validate_json,
            temperature=0.0,
            patience=self._patience,
            meter=question.meter,
        )


def _doubtful(first: Vote, second: Vote) -> bool:
    """Whether two votes leave the term open; two that told nothing are not asked a third time."""
    return first.sight is not second.sight


def _messages(words: str, pictures: Sequence[Picture], references: Sequence[Still]) -> list[ChatCompletionMessageParam]:
    parts = [*showing.references(references), *showing.frames(pictures), showing.text(words)]
    return [{"role": "system", "content": templates.fill("judge")}, {"role": "user", "content": parts}]
