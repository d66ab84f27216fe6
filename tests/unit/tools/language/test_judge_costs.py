"""What asking a vision judge costs: counted, capped, and not paid for twice."""

import pytest

from agent.findings import Picture, Sight
from tests.support.fake_openai import Asked, FakeOpenAI, Reply, fails, model_over, says
from tools.language import answers, judge
from tools.language.judge import ModelJudge
from tools.language.metering import Price

PICTURES = tuple(Picture(frame=at, at_s=at / 24, jpeg=bytes([at])) for at in (3, 40))


def _absent(asked: Asked, *, tokens: tuple[int, int] | None = (1000, 50), verdict: str = "absent") -> Reply:
    fields = asked["response_format"]["json_schema"]["schema"]["properties"]["results"]["items"]["properties"]
    told = [
        {"term": term, "observation": "looked", "verdict": verdict, "frames": list[int](), "count": None, "cell": None}
        for term in fields["term"]["enum"]
    ]
    return says({"results": told}, tokens=tokens)


def _wavering(*, tokens: tuple[int, int] | None) -> FakeOpenAI:
    """A server whose votes differ, so that it is asked again."""

    def answer(asked: Asked) -> Reply:
        second = "one at a time" in str(asked["messages"][1]["content"][-1])
        return _absent(asked, tokens=tokens, verdict="cannot_tell" if second else "absent")

    return FakeOpenAI(answer)


async def test_every_call_is_counted_and_priced() -> None:
    model = model_over(FakeOpenAI(_absent))
    model.price = Price(read=2.0, written=10.0)
    asking = ModelJudge(model)

    await asking.judge(PICTURES, terms=["logo"])

    assert (asking.meter.calls, asking.meter.tokens) == (2, 2100)
    assert asking.micro_usd == 2 * (1000 * 2 + 50 * 10)


async def test_what_a_failed_answer_took_is_counted_as_well() -> None:
    asking = ModelJudge(model_over(FakeOpenAI(lambda _: says("no idea", tokens=(500, 5)))))

    await asking.judge(PICTURES, terms=["logo"])

    assert (asking.meter.calls, asking.meter.tokens) == (4, 2020)  # each vote had a chance to mend its answer


@pytest.mark.parametrize("tokens", [(judge.MOST_TOKENS, 0), None])
async def test_past_its_allowance_no_further_vote_is_paid_for(
    tokens: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "MOST_CALLS", 2)
    server = _wavering(tokens=tokens)

    (opinion,) = await ModelJudge(model_over(server)).judge(PICTURES, terms=["logo"])

    assert len(server.asked) == 2
    assert opinion.sights[2:] == (Sight.UNSURE, Sight.UNSURE)
    assert "are allowed for it" in opinion.reason


async def test_within_its_allowance_votes_that_differ_are_followed_by_two_more() -> None:
    server = _wavering(tokens=(1000, 50))

    await ModelJudge(model_over(server)).judge(PICTURES, terms=["logo"])

    assert len(server.asked) == 4


async def test_the_same_question_about_the_same_pictures_is_paid_for_once() -> None:
    server = FakeOpenAI(_absent)
    asking = ModelJudge(model_over(server))

    first = await asking.judge(PICTURES, terms=["logo"])
    again = await asking.judge(PICTURES, terms=["logo"])

    assert again == first
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("pictures", "terms"),
    [
        ((Picture(frame=3, at_s=0.125, jpeg=b"another clip"), PICTURES[1]), ("logo",)),
        (PICTURES, ("caption",)),
        (PICTURES, ("logo", "caption")),
    ],
    ids=["clip", "term", "terms"],
)
async def test_another_clip_or_another_term_is_asked_about_anew(
    pictures: tuple[Picture, ...], terms: tuple[str, ...]
) -> None:
    server = FakeOpenAI(_absent)
    asking = ModelJudge(model_over(server))

    await asking.judge(PICTURES, terms=["logo"])
    await asking.judge(pictures, terms=terms)

    assert len(server.asked) == 4


def test_another_model_is_another_question() -> None:
    assert answers.key("one", ["logo"], []) != answers.key("other", ["logo"], [])


async def test_a_failure_is_not_remembered() -> None:
    down = [True]
    server = FakeOpenAI(lambda asked: fails(500) if down[0] else _absent(asked))
    asking = ModelJudge(model_over(server))

    (failed,) = await asking.judge(PICTURES, terms=["logo"])
    down[0] = False
    (heard,) = await asking.judge(PICTURES, terms=["logo"])

    assert set(failed.sights) == {Sight.UNSURE}
    assert set(heard.sights) == {Sight.ABSENT}


async def test_the_answer_nobody_asked_for_for_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "REMEMBERED", 4)
    server = FakeOpenAI(_absent)
    asking = ModelJudge(model_over(server))

    for term in ("logo", "caption", "logo", "border", "logo"):
        await asking.judge(PICTURES, terms=[term])

    assert len(server.asked) == 6
