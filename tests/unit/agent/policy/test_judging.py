"""Verdicts, what the ledger and routing learn from them, and the best of several takes."""

import pytest

from agent.film import Decision
from agent.findings import Sight
from agent.policy import judging
from prompts.blocks import Layer
from prompts.dialect import Channel
from prompts.rendering import Placement
from tests.unit.agent.policy.builders import (
    ANATOMY,
    FORMAT,
    QUALITY,
    finding,
    looked,
    opinion,
    reading,
    take,
    term,
    verdict,
)

S, A, U, N = Sight.SEEN, Sight.ABSENT, Sight.UNSURE, Sight.NOT_INSPECTABLE
FLARE, BLUR = term("lens flare"), term("blurry", QUALITY)


def test_a_take_passes_when_all_that_was_looked_at_is_absent() -> None:
    told = judging.decide("take-1", terms=[FLARE, BLUR], looked=looked(reading("lens flare", sight=A)))
    assert told.decision is Decision.PASS
    assert told.nobody_looked == ("blurry",)
    assert told.reason == "not seen: lens flare; nobody could look at: blurry"


def test_a_take_nobody_looked_at_does_not_pass() -> None:
    assert judging.decide("take-1", terms=[FLARE], looked=looked()).decision is Decision.UNSURE


def test_one_unsure_term_keeps_a_take_from_passing() -> None:
    what = looked(reading("lens flare", sight=A), reading("blurry", sight=U))
    assert judging.decide("take-1", terms=[FLARE, BLUR], looked=what).decision is Decision.UNSURE


def test_one_seen_term_is_a_miss_whatever_else_is_unsure() -> None:
    what = looked(reading("lens flare", sight=S), reading("blurry", sight=U))
    told = judging.decide("take-1", terms=[FLARE, BLUR], looked=what)
    assert (told.decision, told.reason) == (Decision.MISS, "seen: lens flare")


def test_a_clip_that_was_not_ordered_is_bad_media_and_teaches_nothing() -> None:
    what = looked(reading("lens flare", sight=A), complaint="2 s instead of 5 s")
    told = judging.decide("take-1", terms=[FLARE], looked=what)
    assert (told.decision, told.reason) == (Decision.BAD_MEDIA, "not the clip that was ordered: 2 s instead of 5 s")
    assert judging.layers(told) == {}
    assert judging.entries(take(), verdict=told, placements=[]) == ()
    assert judging.trial(take(), verdict=told, nth_here=1, features={}) is None


def test_something_noticed_that_no_term_forbids_is_a_hint() -> None:
    told = judging.decide("take-1", terms=[FLARE], looked=looked(reading("blurry", sight=S)))
    assert told.hints == ("sharpness: measured 3, threshold 2",)
    assert told.decision is Decision.UNSURE


def test_a_judge_that_failed_makes_unsure_not_a_pass() -> None:
    told = judging.decide("take-1", terms=[FLARE], looked=looked(opinions=(opinion("lens flare", U, U),)))
    assert told.decision is Decision.UNSURE


def test_a_layer_passes_only_when_all_that_was_looked_at_in_it_is_absent() -> None:
    told = verdict(
        "take-1",
        finding("lens flare", S),
        finding("photorealistic", A),
        finding("extra fingers", A, layer=ANATOMY),
        finding("merged faces", N, layer=ANATOMY),
        finding("blurry", A, layer=QUALITY),
        finding("text", U, layer=QUALITY),
    )
    assert judging.layers(told) == {FORMAT: False, ANATOMY: True}


def test_a_layer_nobody_could_look_at_is_left_out() -> None:
    assert judging.layers(verdict("take-1", finding("lens flare", N))) == {}


class TestBest:
    def test_it_is_the_best_and_not_the_last(self) -> None:
        clean, flawed = verdict("take-1", finding("text", A)), verdict("take-2", finding("text", S))
        assert judging.best([(take(1), clean), (take(2), flawed)]).number == 1

    def test_a_format_fault_weighs_more_than_faults_of_anatomy_and_quality(self) -> None:
        format_fault = verdict("take-1", finding("photorealistic", S))
        two_faults = verdict("take-2", finding("text", S, layer=QUALITY), finding("extra fingers", S, layer=ANATOMY))
        assert judging.best([(take(1), format_fault), (take(2), two_faults)]).number == 2

    def test_fewer_doubts_win_among_equal_faults(self) -> None:
        doubtful, clear = verdict("take-1", finding("text", U)), verdict("take-2", finding("text", A))
        assert judging.best([(take(1), doubtful), (take(2), clear)]).number == 2

    def test_a_clip_that_was_not_ordered_comes_last(self) -> None:
        broken = verdict("take-1", decision=Decision.BAD_MEDIA)
        assert judging.best([(take(1), broken), (take(2), verdict("take-2", finding("text", S)))]).number == 2

    def test_equals_go_by_number_whatever_their_order(self) -> None:
        pair = [(take(n), verdict(f"take-{n}", finding("text", A))) for n in (2, 1)]
        assert judging.best(pair).number == judging.best(pair[::-1]).number == 1

    def test_no_take_is_an_error(self) -> None:
        with pytest.raises(ValueError):
            judging.best([])


class TestLessons:
    def test_a_term_that_was_looked_for_but_not_sent_has_no_channel(self) -> None:
        told = verdict("take-1", finding("Lens Flares", S), finding("text", A, layer=QUALITY))
        sent = Placement(term="Lens Flares", layer=FORMAT, channel=Channel.FIELD, wording="lens flares")
        rows = judging.entries(take(), verdict=told, placements=[sent])
        assert [(row.term, row.layer, row.channel, row.sight) for row in rows] == [
            ("lens flare", Layer.FORMAT, Channel.FIELD, S),
            ("text", Layer.QUALITY, None, A),
        ]

    def test_a_trial_holds_the_layers_that_told_something(self) -> None:
        told = verdict("take-1", finding("lens flare", S), finding("text", U, layer=QUALITY))
        trial = judging.trial(take(model="full"), verdict=told, nth_here=2, features={FORMAT: "painterly"})
        assert trial is not None
        assert (trial.model, trial.nth_here, trial.layers) == ("full", 2, {FORMAT: False})
