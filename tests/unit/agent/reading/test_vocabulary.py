"""Word lists: what a phrase with names in it stands for."""

from agent.reading import vocabulary


def test_a_name_in_a_phrase_stands_for_each_of_its_words() -> None:
    spelled = vocabulary.table("camera", "sure", "movement")["push in"]
    assert isinstance(spelled, list)
    assert {"push in", "pushes in", "pushing in"} <= set(spelled)


def test_every_name_in_a_phrase_of_what_is_forbidden_is_filled() -> None:
    lists = [entry for entry in vocabulary.table("negation").values() if isinstance(entry, list)]
    assert not [phrase for listed in lists for phrase in listed if "{" in phrase]


def test_other_braces_stay_for_those_who_read_them() -> None:
    assert any("{shot}" in form for form in vocabulary.listed("turns", "forms", "move_at"))
