import json
from functools import partial
from pathlib import Path

import anyio
import pytest

from agent.findings import Sight
from benchmarks import inspection, inspection_cases, inspection_figures
from benchmarks.inspection_cases import Case, Outcome
from prompts import defaults
from tests.support import clips

READ_LETTERS = ("subtitles", "text", "watermark")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sound takes, two soft ones, one file that is no clip; and a manifest of them."""
    folder = tmp_path_factory.mktemp("set")
    lines: list[dict[str, object]] = []
    for seed in range(2):
        sound = clips.film(clips.leaves(seed), frames=4)
        for name, frames in ((f"sound-{seed}", sound), (f"soft-{seed}", clips.blurred(sound, 3.0))):
            (folder / f"{name}.mp4").write_bytes(clips.encode(frames))
            truth = "seen" if "soft" in name else "absent"
            fault = {"fault": "blur 3"} if truth == "seen" else {}
            expect = {"blurry": truth, "extra fingers": "absent"}
            lines.append({"id": name, "clip": f"{name}.mp4", "expect": expect, "source": "leaves", **fault})
    (folder / "torn.mp4").write_bytes(b"no clip")
    lines.append({"clip": "torn.mp4", "references": ["nowhere.png"], "expect": {"blurry": "seen"}, "noticed": False})
    (folder / "manifest.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    return folder


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> list[Outcome]:
    cases = inspection_cases.read(folder / "manifest.jsonl")
    looked_for = partial(inspection.run, folder=folder, out=folder / "findings.jsonl", without=READ_LETTERS)
    return anyio.run(looked_for, cases)


def test_each_case_leaves_a_line_with_each_terms_answer_and_number(outcomes: list[Outcome]) -> None:
    lines = {line["id"]: line for line in (json.loads(outcome.as_line()) for outcome in outcomes)}

    soft = lines["soft-0"]["terms"]["blurry"]
    assert (soft["sight"], soft["expected"], soft["by"]) == ("seen", "seen", ["blur"])
    assert soft["value"] < soft["threshold"]
    assert soft["frames"]
    assert lines["soft-0"]["terms"]["extra fingers"]["sight"] == "not inspectable"
    assert "not an MP4" in lines["torn.mp4"]["complaint"] or "cut short" in lines["torn.mp4"]["complaint"]


def test_terms_are_counted_over_all_cases_that_expect_something_of_them(outcomes: list[Outcome]) -> None:
    rows = {row.name: row for row in inspection_figures.by_term(outcomes)}

    blurry = rows["blurry"]
    assert (blurry.faulty, blurry.sound, blurry.auc) == (3, 2, 1.0)
    assert (blurry.precision, blurry.missed) == (1.0, 0.0)
    assert blurry.recall == pytest.approx(2 / 3, abs=1e-3)
    assert blurry.unsure == pytest.approx(1 / 3, abs=1e-3)  # the torn file: nobody could tell, which is no pass
    assert (blurry.false_seen, blurry.doubted) == (0.0, 0.0)
    assert rows["extra fingers"].blind == 1.0


def test_a_fault_is_counted_beside_all_sound_clips_of_its_term(outcomes: list[Outcome]) -> None:
    rows = {row.name: row for row in inspection_figures.by_fault(outcomes)}

    soft = rows["blur 3: blurry"]
    assert (soft.faulty, soft.sound, soft.recall, soft.unsure, soft.missed) == (2, 2, 1.0, 0.0, 0.0)
    assert set(rows) == {"blur 3: blurry"}  # of extra fingers nothing was put in


def test_checks_rank_faults_on_their_own_scale_whichever_side_is_bad(outcomes: list[Outcome]) -> None:
    (row,) = [row for row in inspection_figures.by_check(outcomes) if row.name == "blur: blur 3"]

    assert (row.auc, row.recall, row.false_seen) == (1.0, 1.0, 0.0)  # small values are the fault here


def _outcome(case: Case, sight: Sight, base: Outcome) -> Outcome:
    findings = tuple(
        type(finding)(term=finding.term, layer=finding.layer, sight=sight, method="measured", reason="told")
        for finding in base.findings
    )
    return Outcome(case=case, looked=base.looked, findings=findings, cpu_s=1.0, plain_s=0.5)


def test_a_sound_take_with_any_term_seen_is_one_false_alarm_of_the_family(outcomes: list[Outcome]) -> None:
    given = defaults.negative()
    block = (*given.format, *given.anatomy, *given.quality)
    expect = dict.fromkeys(block, Sight.ABSENT)
    sound = outcomes[0].case.model_copy(update={"terms": (*block, "text"), "expect": expect})  # a sign may be in it

    good, accused = (
        _outcome(sound.model_copy(update={"id": name}), sight, outcomes[0])
        for name, sight in (("good", Sight.ABSENT), ("accused", Sight.SEEN))
    )

    figures = inspection_figures.overall([good, accused])
    assert figures["family_wise_false_alarms"] == 0.5
    assert figures["cpu_over_decode"] == 2.0
    assert list(inspection_figures.accused([good, accused])) == ["accused"]


def test_a_fault_that_nobody_notices_does_not_count_among_the_noticed(
    outcomes: list[Outcome],
) -> None:
    figures = inspection_figures.overall(outcomes)

    assert (figures["noticed_seen"], figures["noticed_absent"], figures["false_absent"]) == (1.0, 0.0, 0.0)
