"""Whole requests: the open cases, and plain public prompts that must come through whole."""

import json
import sys
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.film import Thrift
from agent.intents import Ask, Draft, Scene, Shoot
from agent.reading import request
from agent.reading.message import receive
from agent.reading.planner import RulePlanner, understand
from agent.reading.words import words
from benchmarks import cases_requests
from tests.support import cases

VBENCH = (cases.DATA / "vbench" / "all_dimension.txt").read_text(encoding="utf-8").splitlines()

# Words of a camera direction that the sheet keeps in its own wording ("racking focus" as "rack focus"), function words
# that stood between a direction and the picture, and the "not" of an exclusion.
REWORDED = frozenset(
    plain.text
    for plain in words("still frame racking front facing drone view shot a an in of the with and at on camera not")
)

# What the planner reached on each set of English requests on 2026-11-21; a change may raise it, not lower it.
FLOOR = {
    "n_shots": 0.97,
    "has_question": 1.0,
    "negatives_add": 0.97,
    "must_not_be_negative": 1.0,
    "negative not in positive": 1.0,
    "kept verbatim/concept": 1.0,
    "shot_size (own field)": 0.95,
    "angle (own field)": 0.95,
    "movement (own field)": 0.95,
    "lens (own field)": 0.95,
    "duration_s": 0.95,
    "lighting (anywhere)": 0.95,
    "action (own field)": 0.95,
}


def drafts(text: str, *, scene: Scene | None = None) -> tuple[Draft, ...]:
    plan = understand(text, scene=scene or Scene())
    return tuple(draft for intent in plan.intents if isinstance(intent, Shoot) for draft in intent.drafts)


def only(text: str) -> Draft:
    (draft,) = drafts(text)
    return draft


def said(draft: Draft) -> set[str]:
    texts = (draft.action, str(draft.camera), draft.lens, draft.lighting, draft.palette, draft.composition)
    more = (draft.atmosphere, draft.mood, draft.attribution, draft.on_screen_text, draft.dialogue, draft.notes)
    return {word.text for word in words(" ".join((*texts, *more, *draft.negative)))}


async def reached(path: Path) -> dict[str, tuple[float | None, float | None]]:
    """Precision and recall by field on the English cases of a file, as the published scorer gives them."""
    scorer = cases.scorer()
    english = cases.english(cases.lines(path))
    predictions = {
        prediction["id"]: json.loads(json.dumps(prediction))
        async for prediction in cases_requests.predict(english, planner=RulePlanner(), folder=path.parent)
    }
    tally = scorer.Tally()
    scorer.run_requests(english, predictions, tally)
    return {row["field"]: (row["precision"], row["recall"]) for row in tally.rows()}


@pytest.mark.parametrize(
    "file", ["requests/requests.jsonl", "requests_heldout/tuning.jsonl", "requests_heldout/final.jsonl"]
)
async def test_requests_are_read_as_well_as_they_were(file: str) -> None:
    found = await reached(cases.DATA / file)
    low = {name: found[name] for name, floor in FLOOR.items() if min(rate or 0 for rate in found[name]) < floor}
    assert low == {}


def test_every_plain_prompt_becomes_one_shot_with_all_its_words() -> None:
    assert len(VBENCH) == 946
    lost: dict[str, object] = {}
    for prompt in VBENCH:
        plan = understand(prompt, scene=Scene())
        (intent,) = plan.intents
        assert isinstance(intent, Shoot), prompt
        (draft,) = intent.drafts
        assert draft.action, prompt
        missing = {word.text for word in words(prompt)} - said(draft) - REWORDED
        if {part for part in missing if part not in {"close", "up", "closeup"}}:
            lost[prompt] = missing
    assert lost == {}


def test_the_parts_of_a_terse_line_go_to_their_fields() -> None:
    draft = only("CU Mara, rain, 35mm f/2, slow dolly in, low angle, neon, teal and orange, tense, 5s, 9:16")
    assert draft.action == "Mara"
    assert (draft.camera.shot_size, draft.camera.angle, draft.camera.movement) == (
        "close-up",
        "low angle",
        "slow push in",
    )
    assert (draft.lens, draft.lighting, draft.atmosphere, draft.mood) == ("35mm, f/2", "neon", "rain", "tense")
    assert (draft.palette, draft.seconds, draft.aspect_ratio) == ("teal and orange", 5.0, "9:16")


def test_everyday_words_are_no_camera_inside_a_sentence() -> None:
    draft = only("a train track beside a wide river, a dog close to the still water")
    assert str(draft.camera) == ""


@pytest.mark.parametrize(
    ("typed", "movement"),
    [
        ("slow pan right", "slow pan right"),
        ("slow pan to the left", "slow pan left"),
        ("slow push in", "slow push in"),
        ("slow pan", "slow pan"),
        ("slow orbit", "slow orbit"),
    ],
)
def test_a_slow_move_keeps_its_direction(typed: str, movement: str) -> None:
    draft = only(f"a girl walks, {typed}, 5s")
    assert (draft.action, draft.camera.movement) == ("a girl walks", movement)


def test_a_slow_move_that_opens_a_shot_leaves_the_picture() -> None:
    draft = only("slow push in on a girl at a window")
    assert (draft.action, draft.camera.movement) == ("a girl at a window", "slow push in")


def test_film_stock_is_no_lens() -> None:
    assert only("a diner, 16mm grain").lens == ""


@pytest.mark.parametrize("text", ["two seconds later she turns", "after 3 seconds he leaves the room"])
def test_time_inside_a_story_is_no_length(text: str) -> None:
    draft = only(text)
    assert draft.seconds is None
    assert draft.action == text


def test_a_length_no_shot_can_have_becomes_a_note() -> None:
    draft = only("pier, 3600s")
    assert (draft.action, draft.seconds, draft.notes) == ("pier", None, "3600s")


def test_dialogue_and_lettering_go_to_their_fields() -> None:
    draft = only('CU the foreman shouting "Stop! No more!" under a sign that reads EXIT ONLY')
    assert (draft.dialogue, draft.on_screen_text, draft.negative) == ("Stop! No more!", "EXIT ONLY", ())


def test_wishes_for_the_route_leave_the_picture() -> None:
    draft = only("cheapest model under 50 cents: WS paper boat in a gutter, not Runway, use Kling")
    assert (draft.wishes.models, draft.wishes.exclude) == (("Kling",), ("Runway",))
    assert (draft.wishes.thrift, draft.wishes.most_micro_usd) == (Thrift.CHEAPEST, 500_000)
    assert draft.action == "paper boat in a gutter"
    assert draft.negative == ()


@pytest.mark.parametrize(
    ("text", "models", "exclude", "action"),
    [
        ("Veo or Runway, just not the fast one, not lite. A boat", ("Veo", "Runway"), ("fast", "lite"), "A boat"),
        ("Kling but no turbo: a red mini drives past", ("Kling",), ("turbo",), "a red mini drives past"),
        ("a boat, whatever's cheapest that isn't Kling", (), ("Kling",), "a boat"),
        ("not the fastest model, a boat", (), (), "a boat"),
    ],
)
def test_a_refused_variant_of_a_model_is_no_wish_and_no_negative(
    text: str, models: tuple[str, ...], exclude: tuple[str, ...], action: str
) -> None:
    draft = only(text)
    assert (draft.wishes.models, draft.wishes.exclude) == (models, exclude)
    assert (draft.action, draft.negative, draft.wishes.thrift is Thrift.FAST) == (action, (), False)


def test_words_of_order_part_as_many_shots_as_were_promised() -> None:
    text = "need 3 shots. first, a door at night. then a hand on the handle. lastly overhead of the spilled ink"
    (shoot,) = understand(text, scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert [draft.action.rstrip(".") for draft in shoot.drafts] == [
        "a door at night",
        "a hand on the handle",
        "the spilled ink",
    ]


def test_what_is_said_of_either_shot_is_said_of_both() -> None:
    text = "Shot 1: an acrobat, 5s / Shot 2: her feet, 3s / no safety net in either"
    (shoot,) = understand(text, scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert [draft.negative for draft in shoot.drafts] == [("safety net",), ("safety net",)]


def test_then_makes_two_shots_where_something_is_said_of_each() -> None:
    plan = understand("high angle on the bed, then push in to her hand. 4s each", scene=Scene())
    assert [draft.seconds for intent in plan.intents if isinstance(intent, Shoot) for draft in intent.drafts] == [4, 4]


@pytest.mark.parametrize(
    "text", ["fast draft: a girl walks", "a fast draft of a girl walks", "a girl walks, fast draft"]
)
def test_a_draft_is_a_wish_for_a_fast_model(text: str) -> None:
    draft = only(text)
    assert (draft.action, draft.wishes.thrift) == ("a girl walks", Thrift.FAST)


def test_please_goes_with_the_wish_it_follows() -> None:
    assert only("a girl walks, fast draft please").action == "a girl walks"


def test_a_runway_with_planes_is_no_model() -> None:
    draft = only("a jet lands on the runway at dusk")
    assert draft.wishes.models == ()
    assert "runway" in draft.action


def test_timed_beats_become_shots_of_their_length() -> None:
    shots = drafts("0-5s: a match in darkness, ECU. 5-9s: wide, he lights the bonfire.")
    assert [shot.seconds for shot in shots] == [5.0, 4.0]
    assert [shot.camera.shot_size for shot in shots] == ["extreme close-up", "wide shot"]


def test_shots_told_in_turn_are_shots_where_each_has_its_length() -> None:
    typed = "first a wide of the diner, static, 5s. then we're inside on Cleo, MCU, 4s"
    assert [(draft.camera.shot_size, draft.seconds) for draft in drafts(typed)] == [
        ("wide shot", 5),
        ("medium close-up", 4),
    ]
    assert len(drafts("Cleo sits, then stands, then leaves, 6s")) == 1


def test_a_shot_that_is_all_camera_takes_the_action_they_share() -> None:
    wide, _ = drafts("two angles on the duel: (1) extreme wide, static (2) profile of the older man")
    assert "the duel" in wide.action
    assert wide.camera.shot_size == "extreme wide shot"


def test_a_length_for_each_holds_for_each() -> None:
    assert [draft.seconds for draft in drafts("1) CU a horse's eye 2) WS the stable burns, 6s each. No people.")] == [
        6,
        6,
    ]


def test_a_brief_that_is_passed_on_in_quotes_is_read_and_speech_is_not() -> None:
    brief = only('from the DP: "OTS Halima onto the guard, 50mm, overcast, no badge"')
    assert (brief.camera.angle, brief.lens, brief.negative) == ("over the shoulder", "50mm", ("badge",))
    spoken = only('Teo yells, "Not today, not tomorrow, no way, leave the boat here!" CU')
    assert spoken.negative == ()
    assert spoken.dialogue.startswith("Not today")


def test_what_is_said_after_a_list_holds_for_every_shot() -> None:
    shots = drafts(
        "1) hands on the dial 2) the guard's shoes 3) a laser grid. All handheld, blue-green, no text, 3s/3s/2s"
    )
    assert [shot.seconds for shot in shots] == [3.0, 3.0, 2.0]
    assert {shot.camera.movement for shot in shots} == {"handheld"}
    assert {shot.negative for shot in shots} == {("text",)}


def test_a_reference_carries_what_to_use_and_ignore() -> None:
    draft = only("palette and lighting from ref 2, ignore its background. WS swimmer on the block")
    (reference,) = draft.references
    assert reference.label == "2"
    assert [str(item) for item in reference.use] == ["palette", "lighting"]
    assert [str(item) for item in reference.ignore] == ["background"]
    assert draft.action == "swimmer on the block"


def test_a_question_beside_a_request_is_both() -> None:
    plan = understand("how long can Seedance go? I need 12s of the kite over the dunes", scene=Scene())
    assert [type(intent) for intent in plan.intents] == [Ask, Shoot]


# Words the readers look for, in any order: what breaks a reader is rarely random letters.
_SIGNALS = """
no not without don't show remove 'text' from the negatives just for this shot : ; , . ? ! ( ) " “ ' 3 again with Veo
ref 1 palette ignore @Image2 CU wide 35mm 5s 16:9 style: take 2 circle from now on budget $40 a of neon Mara 🔥 {x}
[INST] 1) 2) 2 versions one day one night cut to a sign reads OPEN camera follows nobody else or and but in it f/2
http://a.b/c negative: --no x-free keep out every shot the style block
"""


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(_SIGNALS.split()), max_size=14).map(" ".join))
def test_no_order_of_words_the_readers_look_for_raises(text: str) -> None:
    film = Scene(
        shots=((1, "a"), (3, "b")), current_shot=3, style="ink", negatives=("text",), references=(("alley", ""),)
    )
    assert understand(text, scene=film).intents
    assert understand(text, scene=Scene()).intents


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_raises(text: str) -> None:
    scene = Scene(shots=((1, "a"),), current_shot=1, negatives=("text",), references=(("the alley", ""),))
    assert understand(text, scene=scene).intents


@pytest.mark.parametrize(
    "piece",
    ["no ", "snow falls, ", '"', 'a "b, c, d" ', "cut to a ", "wide ", "- x\n", "use veo, ", "5s ", "(", "one a "],
)
def test_four_times_the_words_are_about_four_times_the_work(piece: str) -> None:
    film = Scene(shots=((1, "a"),), current_shot=1)
    short, long = (piece * (length // len(piece)) for length in (1_400, 5_600))
    work(long, scene=film)  # fills what is kept of single words
    grown = work(f"{long} a", scene=film) / work(f"{short} a", scene=film)
    assert grown < 7  # a quadratic reader needs sixteen times the work


def test_what_is_beyond_the_longest_message_is_told() -> None:
    plan = understand("snow falls, " * 1_000, scene=Scene())
    assert any("characters were read" in remark for remark in plan.remarks)


def work(text: str, *, scene: Scene) -> int:
    """How many calls it takes to read a text as shots: the size of the work, whatever the machine is busy with."""
    made = count()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, argument: next(made) if event.endswith("call") else None)
    try:
        request.read(receive(text, scene=scene)[0])
    finally:
        sys.setprofile(before)
    return next(made)


def test_models_named_side_by_side_leave_no_word_of_the_wish_in_the_action() -> None:
    for said, models in (
        ("a fox runs and jumps, with Kling or Seedance, 5 s", ("Kling", "Seedance")),
        ("a fox runs and jumps, use Kling and Seedance", ("Kling", "Seedance")),
    ):
        (shoot,) = understand(said, scene=Scene()).intents
        assert isinstance(shoot, Shoot)
        assert shoot.drafts[0].action == "a fox runs and jumps"
        assert shoot.drafts[0].wishes.models == models


@pytest.mark.parametrize(
    ("text", "sizes", "seconds"),
    [
        ("a) Medium of the mayor. b) The scissors, insert. c) High angle on the crowd.", ["medium shot", "", ""], None),
        ("Cut 1: wide of the mill. Cut 2: close-up of the miller.", ["wide shot", "close-up"], None),
        ("coverage of the toast: 1/ wide of the table 2/ close-up of a glass", ["wide shot", "close-up"], None),
        ("opens on rain on a drum, 3s, and after the cut a full shot of a boy, 3s", ["", "full shot"], 3),
        (
            "Two shots: wide of the rock; MCU of the keeper. 3 s each, no lightning.",
            ["wide shot", "medium close-up"],
            3,
        ),
    ],
)
def test_a_list_is_read_as_its_shots_however_it_is_marked(text: str, sizes: list[str], seconds: float | None) -> None:
    (shoot,) = understand(text, scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert [draft.camera.shot_size for draft in shoot.drafts] == sizes
    assert {draft.seconds for draft in shoot.drafts} == {seconds}
    assert not any("each" in draft.notes for draft in shoot.drafts)


def test_a_reference_goes_by_any_letter_also_where_only_the_letter_is_said() -> None:
    text = (
        "Reference X just for colour grading; reference Y just for the pose, discard the people in Y. Teodor walks in"
    )
    (shoot,) = understand(text, scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert [(each.label, bool(each.ignore)) for each in shoot.drafts[0].references] == [
        ("Reference X", False),
        ("reference Y", True),
    ]
    assert shoot.drafts[0].action == "Teodor walks in"


def test_the_model_to_fall_back_on_is_wanted_too() -> None:
    (shoot,) = understand("Veo if it's free, otherwise Runway. Sledge dogs run", scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert shoot.drafts[0].wishes.models == ("Veo", "Runway")
    assert shoot.drafts[0].action == "Sledge dogs run"
