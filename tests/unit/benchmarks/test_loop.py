"""The loop benchmark: one shot of it, its rivals and its sums."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.film import ShotStatus, Wishes
from agent.policy import routing
from agent.policy.routing import Attempt, Choice, Situation, Stop
from agent.profiles import Material, Profile
from benchmarks import loop, loop_film, loop_inspectors, loop_rivals, loop_sight
from benchmarks.loop_film import Made
from interfaces import accounts
from prompts import defaults, terms
from prompts.blocks import Layer, NegativeBlock, Term
from tools.sandbox.scene import Fault, Key, Look, Scene

PROFILES: tuple[Profile, ...] = tuple(
    profile
    for vendor in accounts.stand_ins(base_url="http://x", transport=None).values()
    for profile in vendor.profiles
)


def situation(*had: str) -> Situation:
    missed: Mapping[Layer, bool] = {Layer.FORMAT: False}
    return Situation(
        features={},
        layers=frozenset(Layer),
        seconds=4,
        ratio="16:9",
        wishes=Wishes(),
        excluded=(),
        first_frame=False,
        references=0,
        attempts=tuple(Attempt(model=model, layers=missed) for model in had),
        closed={},
        left_micro_usd=10**9,
        worth_micro_usd=10**9,
    )


def chosen(name: str, *had: str) -> str:
    choice = loop_rivals.rival(name).choose(situation(*had), profiles=PROFILES, trials=())
    assert isinstance(choice, Choice)
    return choice.model


def made(*, delivered: bool, faults: tuple[str, ...] = (), takes: int = 1) -> Made:
    return Made(
        status=ShotStatus.DELIVERED if delivered else ShotStatus.CHOICE,
        models=("kling-3.0",) * takes,
        cost_micro_usd=takes * 1_000_000,
        faults=faults,
    )


def test_the_cheapest_is_tried_first_and_the_next_on_each_miss() -> None:
    first = chosen("cheapest first")
    second = chosen("cheapest first", first)
    worded = {profile.name: profile.offer(Material.WORDS) for profile in PROFILES}
    price = {name: offer.price_micro_usd(offer.fit(4) or 0) for name, offer in worded.items() if offer}

    assert price[first] == min(price.values())
    assert second != first
    assert price[first] <= price[second]


def test_one_model_is_taken_again_and_again() -> None:
    assert chosen("only veo-3.1", "veo-3.1", "veo-3.1") == "veo-3.1"


def test_a_rival_stops_when_no_model_is_left() -> None:
    everyone = [profile.name for profile in PROFILES]
    choice = loop_rivals.cheapest_first(situation(*everyone), profiles=PROFILES, trials=())

    assert isinstance(choice, Stop)


def test_the_agents_own_choice_is_the_rule_itself() -> None:
    assert loop_rivals.rival(loop_rivals.AGENT).choose is routing.choose


def test_every_term_of_the_default_block_forbids_something_that_can_be_drawn() -> None:
    for term in defaults.negative().terms:
        alone = NegativeBlock(format=(term.text,), version=1)
        assert loop_film.forbidden(alone), f"{term.text} forbids nothing"


def test_a_fault_no_term_names_is_not_held_against_a_take() -> None:
    assert loop_film.forbidden(NegativeBlock(format=("watermark",), version=1)) == {Fault.WATERMARK}


def test_the_terms_of_the_faults_are_in_the_vocabulary() -> None:
    names = [name for names in loop_film.FORBIDDEN_BY.values() for name in names]

    assert [name for name in names if terms.canonical(name) is None] == []


def test_figures_count_takes_and_money_of_all_shots_per_clean_one() -> None:
    figures = loop.figures(
        [
            made(delivered=True, takes=2),
            made(delivered=True, faults=("blur",)),
            made(delivered=False, takes=5),
            made(delivered=False, faults=("blur",), takes=0),
        ]
    )

    assert (figures.delivered, figures.clean, figures.asked_back, figures.clean_asked) == (2, 1, 2, 1)
    assert figures.usd_and_worth == pytest.approx(8.0 + 2 * 6.0)
    assert figures.takes_per_clean == 8
    assert figures.usd_per_clean == pytest.approx(8.0)
    assert figures.clean_share == 0.5


def test_an_agent_that_is_no_better_than_a_rival_is_told_so() -> None:
    same = loop.figures([made(delivered=True)])
    found = loop.missed({"agent": same, "cheapest first": same, "agent, blind": same})

    assert found == [
        "takes per clean shot: cheapest first",
        "cost per clean shot: cheapest first",
        "clean share: agent, blind",
    ]


def test_eyes_that_guess_and_do_no_harm_or_know_all_and_save_nothing_are_told() -> None:
    clean, faulty = loop.figures([made(delivered=True)]), loop.figures([made(delivered=True, faults=("blur",))])

    assert loop.missed({"agent": faulty, "agent, guessing": clean, "agent, all-seeing": faulty}) == [
        "clean share: agent, guessing",
        "cost per clean shot: agent, all-seeing",
    ]
    assert loop.missed({"agent": clean, "agent, guessing": faulty}) == []


def test_a_guess_knows_nothing_of_the_clip_and_sees_one_term_in_twenty() -> None:
    terms_ = [Term(text=f"thing {number}", layer=Layer.QUALITY) for number in range(2000)]
    seen = [loop_inspectors.guess(b"a clip", term) for term in terms_]

    assert seen == [loop_inspectors.guess(b"a clip", term) for term in terms_]
    assert 60 < sum(seen) < 140


def test_all_seeing_eyes_tell_what_was_drawn(tmp_path: Path) -> None:
    drawing = loop_sight.Renderer(tmp_path)
    scene = Scene(
        seed=1,
        width=64,
        height=36,
        seconds=0.5,
        fps=8,
        look=Look.PAINTERLY,
        key=Key.LOW,
        palette=((20, 30, 40), (200, 180, 120)),
        faults=frozenset({Fault.BLUR}),
    )

    clip = drawing(scene)

    assert drawing.faults(clip) == {Fault.BLUR}
    with pytest.raises(FileNotFoundError):
        drawing.faults(b"another clip")


def test_one_shot_is_made_and_the_truth_about_it_is_known(tmp_path: Path) -> None:
    (shot,) = loop_film.make(loop_rivals.BLIND, loop.shots(1, seed=3), seed=3, kept=tmp_path)

    assert shot.status is ShotStatus.DELIVERED
    assert len(shot.models) == 1
    assert shot.cost_micro_usd > 0
    assert shot.faults is not None


def test_shots_are_drawn_by_the_seed() -> None:
    assert loop.shots(5, seed=1) == loop.shots(5, seed=1)
    assert loop.shots(5, seed=1) != loop.shots(5, seed=2)
