"""What speaks against what over a list of shots."""

from prompts.conflicts import Between, Conflict, Planned, find
from prompts.sheet import Sheet
from tests.unit.prompts import makers


def _shots(*actions: str) -> list[Planned]:
    return [_planned(number, Sheet(action=action)) for number, action in enumerate(actions, start=1)]


def _planned(number: int, sheet: Sheet, *, exempt: tuple[str, ...] = ()) -> Planned:
    """A shot that a list calls A1 and the film 31."""
    return Planned(name=f"A{number}", number=30 + number, sheet=sheet, exempt=exempt)


def _found(shots: list[Planned], *form: str, look: str = makers.PAINTED) -> tuple[Conflict, ...]:
    return find(shots, style=makers.style(look), negative=makers.block(form=form))


def test_a_sound_list_has_no_conflict() -> None:
    assert _found(_shots("A fox crosses the yard"), "live action") == ()


def test_a_term_that_the_style_asks_for_is_told_once_for_the_whole_film() -> None:
    (conflict,) = _found(_shots("A fox", "A hen"), "grain", look="35mm, fine grain")

    assert (conflict.between, conflict.shots, conflict.terms) == (Between.BLOCK_STYLE, (), ("grain",))


def test_all_shots_that_ask_for_a_term_are_one_conflict_with_their_own_words() -> None:
    shots = _shots("A sign that reads HALT", "A fox", "A fox", "A poster 'WANTED'", "A fox")

    (conflict,) = _found(shots, "text")

    assert (conflict.between, conflict.shots, conflict.terms) == (Between.BLOCK_SHOT, ("A1", "A4"), ("text",))
    assert "2 of 5" in conflict.sentence
    assert "exempt 'text' for shot 31" in conflict.advice
    assert not conflict.sure


def test_a_term_that_most_shots_ask_for_is_better_taken_out_of_the_block() -> None:
    (conflict,) = _found(_shots("Rain on the yard", "A downpour", "A fox"), "rain")

    assert conflict.shots == ("A1", "A2")
    assert "out of the block" in conflict.advice


def test_a_shot_that_exempts_the_term_is_left_alone() -> None:
    shot = _planned(1, Sheet(action="A sign that reads HALT"), exempt=("text",))

    assert _found([shot], "text", "anime") == ()


def test_a_shot_s_own_negative_is_held_against_it_too() -> None:
    shot = _planned(1, Sheet(action="Snow falls on the yard", negative=("snow",)))

    (conflict,) = _found([shot], "anime")

    assert conflict.terms == ("snow",)
    assert "out of what the shot itself forbids" in conflict.advice


def test_a_shot_without_any_negative_left_would_surely_fail() -> None:
    shot = _planned(1, Sheet(action="A fox"), exempt=("no anime",))

    (conflict,) = _found([shot, *_shots("A hen")], "anime")

    assert (conflict.shots, conflict.sure) == (("A1",), True)


def test_of_many_shots_only_some_are_quoted() -> None:
    (conflict,) = _found(_shots(*["Fog over the harbour"] * 9, *["A fox"] * 20), "fog")

    assert "9 of 29" in conflict.sentence
    assert "6 more" in conflict.sentence
