"""A take's chips, its route and a shot's question as the board shows them."""

from agent.events import Json
from agent.film import Decision, Verdict
from agent.findings import Evidence, Finding, Footage, Sight
from interfaces.board.cards import chips, question
from prompts.blocks import Layer

FOOTAGE = Footage(frames=48, seconds=2, width=64, height=36, fps=24)
BOX = (0.1, 0.2, 0.3, 0.4)


def a_verdict(*findings: Finding) -> Verdict:
    return Verdict(take_id="take", decision=Decision.MISS, findings=findings, footage=FOOTAGE, reason="")


def a_finding(term: str, sight: Sight, *, evidence: tuple[Evidence, ...] = ()) -> Finding:
    return Finding(
        term=term,
        layer=Layer.QUALITY.value,
        sight=sight,
        method="measured",
        reason="bright",
        by=("flare",),
        evidence=evidence,
    )


def test_a_chip_says_what_was_seen_where_and_by_whom() -> None:
    shown = Evidence(frame=3, at_s=0.125, sentence="a flare at the top", box=BOX)

    (chip,) = chips(
        a_verdict(a_finding("lens flare", Sight.SEEN, evidence=(shown,))), model="veo", provoked=frozenset()
    )

    assert chip.sentence == "a flare at the top; bright (flare)"
    assert (chip.evidence, chip.frame, chip.at_s, chip.box, chip.place) == (True, 3, 0.125, BOX, 0)


def test_an_all_clear_shows_no_picture_though_it_was_measured() -> None:
    shown = Evidence(frame=3, at_s=0.125, sentence="nothing there")

    (chip,) = chips(
        a_verdict(a_finding("lens flare", Sight.ABSENT, evidence=(shown,))), model="veo", provoked=frozenset()
    )

    assert (chip.evidence, chip.frame, chip.sentence) == (False, None, "bright (flare)")


def test_a_term_is_marked_provoked_only_where_it_is_seen_and_on_the_model_of_the_figures() -> None:
    verdict = a_verdict(a_finding("lens flares", Sight.SEEN), a_finding("smoke", Sight.ABSENT))
    figures = frozenset({("lens flare", "veo"), ("smoke", "veo")})

    assert [chip.provoked for chip in chips(verdict, model="veo", provoked=figures)] == [True, False]
    assert [chip.provoked for chip in chips(verdict, model="kling", provoked=figures)] == [False, False]


def test_a_take_that_nobody_has_inspected_has_no_chips() -> None:
    assert chips(None, model="veo", provoked=frozenset()) == ()


def test_a_question_is_asked_in_the_words_of_the_story() -> None:
    content: dict[str, Json] = {"kind": "spend", "model": "veo-3.1", "cost_micro_usd": 2_400_000, "seconds": 6}

    asked = question("decision", content)

    assert asked.sentence == "YOUR YES: veo-3.1 would cost $2.40 for 6 s. Say yes or no."
    assert (asked.kind, asked.model, asked.cost_micro_usd) == ("spend", "veo-3.1", 2_400_000)
