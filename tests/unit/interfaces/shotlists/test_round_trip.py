"""What is exported imports again without loss, and no spreadsheet runs any of it."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import BadSheetError
from agent.film import Project, Shot, ShotStatus, Thrift, Wishes
from agent.intents import Draft
from agent.reading.tables.listing import Listed
from agent.studio import Studio
from interfaces.shotlists import escaping, exact, exporting, guarding, importing, sources
from interfaces.shotlists.opening import UnreadableListError
from interfaces.shotlists.record import TEXTS, of_shot
from prompts.references import Dimension, Reference, Role
from prompts.sheet import Camera, Sheet
from tests.support.house import a_set

SIGNS = "=+-@'\";|\\,\n\r \t〃＝1aé雨"
TEXT = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
SAID = TEXT.filter(lambda text: bool(text.strip()))
TERMS = st.lists(SAID, max_size=3).map(tuple)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Any reference."""
    order = draw(st.permutations(list(Dimension)))
    return Reference(
        id="", label=draw(SAID), use=tuple(order[:2]), ignore=tuple(order[2:4]), role=draw(st.sampled_from(Role))
    )


@st.composite
def shots(draw: st.DrawFn) -> Shot:
    """Any shot as it is stored."""
    return Shot(
        id="shot",
        project_id="film",
        conversation_id="talk",
        number=draw(st.integers(1, 999)),
        revision=1,
        sheet=Sheet(
            action=draw(SAID),
            camera=Camera(shot_size=draw(TEXT), angle=draw(TEXT), movement=draw(TEXT)),
            negative=draw(TERMS),
            seconds=draw(st.none() | st.floats(0.001, 600).map(lambda seconds: round(seconds, 3))),
            aspect_ratio=draw(st.none() | st.sampled_from(["16:9", "2.39:1"])),
            **{name: draw(TEXT) for name in TEXTS},
        ),
        status=ShotStatus.PLANNED,
        wishes=Wishes(
            models=draw(TERMS),
            exclude=draw(TERMS),
            thrift=draw(st.none() | st.sampled_from(Thrift)),
            most_micro_usd=draw(st.none() | st.integers(0, 10**9)),
        ),
        exempt=draw(TERMS),
        references=tuple(draw(st.lists(references(), max_size=2, unique_by=lambda each: each.label))),
    )


def made(listed: Listed, like: Shot) -> Shot:
    """The shot a row would become in a film that has its references."""
    stored = {reference.label: reference for reference in like.references}
    shot = importing.as_shot(listed, shot_id=like.id, project_id=like.project_id, stored=stored)
    return replace(shot, number=int(listed.number), conversation_id=like.conversation_id)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
@settings(max_examples=40, deadline=None)
@given(
    some=st.lists(shots(), min_size=1, max_size=3, unique_by=lambda shot: shot.number),
    notes=st.lists(st.tuples(SAID, TEXT), max_size=2).map(tuple),
)
def test_shots_come_back_from_a_file_as_they_went(
    suffix: str, some: list[Shot], notes: tuple[tuple[str, str], ...]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        exporting.write(path, tuple(of_shot(shot, scene="2", notes=notes) for shot in some), replace=False)
        listing = sources.read(path)

    assert [listed.problem for listed in listing.shots] == ["" for _ in some]
    assert [made(listed, shot) for listed, shot in zip(listing.shots, some, strict=True)] == some
    assert {(listed.scene, listed.aside) for listed in listing.shots} == {("2", notes)}


@given(shot=shots())
@settings(max_examples=40, deadline=None)
def test_no_cell_of_an_export_begins_as_a_formula(shot: Shot) -> None:
    text = exporting.WRITERS[".csv"]([of_shot(shot)])

    for row in csv.reader(StringIO(text, newline="")):
        assert [cell for cell in row if cell[:1] in "=+-@\t\r＝＋－＠" and cell] == []


@given(TEXT)
def test_guarding_a_cell_can_be_undone(text: str) -> None:
    assert guarding.unguarded(guarding.guarded(text)) == text


@given(st.lists(TEXT.filter(bool), max_size=4).map(tuple))
def test_a_list_in_one_cell_comes_apart_as_it_was_joined(items: tuple[str, ...]) -> None:
    assert escaping.split(escaping.join(items)) == items


@pytest.mark.parametrize("name", ["film.csv", "film.json"])
async def test_a_film_that_is_exported_and_imported_has_the_same_shots(tmp_path: Path, name: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(
        "Scene,Shot,Size,Action,Sec,Avoid,Model,Crew\n"
        "1,A1,WS,=2+2 on a blackboard,4,chalk dust,Kling,Bo\n"
        "1,A2,CU,a hand,,,,\n"
    )
    async with a_set(tmp_path / "one") as film:
        await _import(film.house.studio, film.project, listed)
        exporting.write(tmp_path / name, await exporting.records(film.house.studio, film.project), replace=False)
        before = await film.house.studio.store.shots(film.project.id)
    async with a_set(tmp_path / "two") as film:
        await _import(film.house.studio, film.project, tmp_path / name)
        after = await film.house.studio.store.shots(film.project.id)
        again = await exporting.records(film.house.studio, film.project)

    told = [(shot.number, shot.sheet, shot.wishes, shot.references, shot.exempt) for shot in before]
    assert told == [(shot.number, shot.sheet, shot.wishes, shot.references, shot.exempt) for shot in after]
    assert [(record.listed_as, record.scene, record.notes) for record in again] == [
        ("A1", "1", (("Crew", "Bo"),)),
        ("A2", "1", ()),
    ]


@pytest.mark.parametrize("name", ["film.csv", "film.json"])
async def test_two_lists_that_call_their_shots_alike_are_exported_and_read_back(tmp_path: Path, name: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Scene,Shot,Size,Action\n1,12A,WS,a field at dawn\n1,12B,CU,a boot in mud\n")
    async with a_set(tmp_path / "house") as film:
        for _ in range(2):
            await _import(film.house.studio, film.project, listed)
        exporting.write(tmp_path / name, await exporting.records(film.house.studio, film.project), replace=False)

    listing = sources.read(tmp_path / name)
    assert [(shot.number, shot.problem) for shot in listing.shots] == [("12A", ""), ("12B", "")] * 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("film.csv", f"{exact.FIRST},action\n1,a field\n1,a boot\n2,a hat\n"),
        (
            "film.json",
            '{"format": "countersteer shots", "version": 1, "shots": [{"shot": "1", "action": "a field"}, '
            '{"shot": "1", "action": "a boot"}, {"shot": "2", "action": "a hat"}]}',
        ),
    ],
)
def test_a_row_that_was_copied_in_an_export_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert [shot.draft.action for shot in sources.read(tmp_path / name).sound] == ["a hat"]


def test_a_row_that_was_edited_into_nonsense_is_named_and_the_others_stand(tmp_path: Path) -> None:
    path = tmp_path / "film.csv"
    rows = ("1,a field,4,", "2,a boot,soon,", "3,,2,", "4,a hat,9000,", "5,a hen,2,alley|palette|palette|look")
    path.write_text("\n".join((f"{exact.FIRST},action,seconds,references", *rows)))
    listing = sources.read(path)

    assert [shot.number for shot in listing.sound] == ["1"]
    problems = [shot.problem.split(":")[0] for shot in listing.shots]
    assert problems == ["", "seconds", "action", "seconds", "reference alley"]


@pytest.mark.parametrize(("exact_row", "labels"), [(False, ["alley"]), (True, [])])
def test_a_film_s_rule_for_a_reference_holds_for_imported_shots_but_not_for_exported_ones(
    *, exact_row: bool, labels: list[str]
) -> None:
    alley = Reference(id="1", label="alley", use=(Dimension.PALETTE,))
    row = Listed(where="line 2", number="1", scene="", draft=Draft(action="a field"), exact=exact_row)
    shot = importing.as_shot(row, shot_id="shot", project_id="film", stored={"alley": alley}, ruled=(alley,))

    assert [reference.label for reference in shot.references] == labels


def test_a_picture_that_is_no_proportion_is_named() -> None:
    wide = Listed(where="line 2", number="1", scene="", draft=Draft(action="a field", aspect_ratio="wide"), exact=True)

    with pytest.raises(BadSheetError, match="aspect ratio: 'wide' is no picture"):
        importing.as_shot(wide, shot_id="shot", project_id="film", stored={})


def test_an_export_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.csv"
    path.write_text("countersteer shots 2,action\n1,a field\n")

    with pytest.raises(UnreadableListError, match="version 2"):
        sources.read(path)


async def _import(studio: Studio, project: Project, path: Path) -> None:
    listing = sources.read(path, scene=await importing.known(studio, project))
    found = await importing.candidates(studio, project, listing)
    assert [each.problem for each in found] == ["" for _ in found]
    await importing.keep(studio, project, found, source=path.name)
