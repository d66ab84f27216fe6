"""A vision judge: a language model that is shown frames and asked what is in them, twice."""

import asyncio
from collections.abc import Mapping, Sequence

from openai.types.chat import ChatCompletionMessageParam

from agent.errors import PlannerError
from agent.findings import Opinion, Picture
from agent.jobs import Still
from prompts import templates
from tools.language import showing, votes
from tools.language.client import LanguageModel, as_data
from tools.language.judge_wire import WireResults, schema_for
from tools.language.votes import Vote

MOST_TERMS = 6  # of one call; answers about the later ones get thin beyond


class ModelJudge:
    """Asks a vision model about terms that no check can measure.

    Two votes, the second with the frames in another order and the question in other words: a judge that only follows
    the order or the wording contradicts itself. The prompt and the wish are never shown to it. A stand-in's judge is
    this class over a `LanguageModel` whose transport is the stand-in.
    """

    def __init__(self, model: LanguageModel, *, name: str = "") -> None:
        """``name`` is what its opinions go by where the model's own would mislead, as with a stand-in."""
        self._model = model
        self._name = name or model.name

    @property
    def name(self) -> str:
        """Stays with every opinion."""
        return self._name

    async def judge(
        self, pictures: Sequence[Picture], *, terms: Sequence[str], references: Sequence[Still] = ()
    ) -> tuple[Opinion, ...]:
        """One opinion per term, two votes each and two more where they differ.

        Whatever goes wrong is a vote of UNSURE with the reason.
        """
        groups = [tuple(terms[start : start + MOST_TERMS]) for start in range(0, len(terms), MOST_TERMS)]
        opinions = await asyncio.gather(*(self._group(group, pictures, references) for group in groups))
        return tuple(opinion for group in opinions for opinion in group)

    async def _group(
        self, terms: tuple[str, ...], pictures: Sequence[Picture], references: Sequence[Still]
    ) -> list[Opinion]:
        first, second = await asyncio.gather(
            self._vote("judge_question", pictures, terms=terms, references=references),
            self._vote("judge_question_again", pictures[::-1], terms=terms, references=references),
        )
        more = await self._look_again(
            [term for term in terms if _doubtful(first[term], second[term])], pictures, references
        )
        return [
            votes.opinion(
                term, (first[term], second[term], *(vote[term] for vote in more if term in vote)), judge=self.name
            )
            for term in terms
        ]

    async def _look_again(
        self, terms: Sequence[str], pictures: Sequence[Picture], references: Sequence[Still]
    ) -> tuple[Mapping[str, Vote], ...]:
        """Two more votes on what the first two did not agree about, each on other frames than its neighbour."""
        if not terms or len(pictures) < 2:
            return ()
        asked = tuple(terms)
        return tuple(
            await asyncio.gather(
                self._vote("judge_question", pictures[::2], terms=asked, references=references),
                self._vote("judge_question_again", pictures[1::2], terms=asked, references=references),
            )
        )

    async def _vote(
        self, question: str, pictures: Sequence[Picture], *, terms: tuple[str, ...], references: Sequence[Still]
    ) -> Mapping[str, Vote]:
        if not pictures:
            return dict.fromkeys(terms, votes.unsure("there is no frame to look at"))
        words = templates.fill(question, terms=as_data(terms))
        try:
            answer = await self._model.ask(
                _messages(words, pictures, references),
                schema=schema_for(terms),
                parse=WireResults.model_validate_json,
                temperature=0.0,
            )
        except PlannerError as error:
            return dict.fromkeys(terms, votes.unsure(str(error)))
        shown = {picture.frame: picture.at_s for picture in pictures}
        return {term: votes.read(term, answer.results, shown=shown) for term in terms}


def _doubtful(first: Vote, second: Vote) -> bool:
    """Whether two votes leave the term open; two that told nothing are not asked a third time."""
    return first.sight is not second.sight


def _messages(words: str, pictures: Sequence[Picture], references: Sequence[Still]) -> list[ChatCompletionMessageParam]:
    parts = [*showing.references(references), *showing.frames(pictures), showing.text(words)]
    return [{"role": "system", "content": templates.fill("judge")}, {"role": "user", "content": parts}]
