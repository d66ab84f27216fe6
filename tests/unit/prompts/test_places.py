"""Finding words in a body."""

from prompts import places


def test_a_wording_is_found_as_whole_words_of_the_last_line_only() -> None:
    text = "A pic of a pic.\nKeep the picture free of anime, pic."

    assert places.in_tail(text, ["pic", "anime", "fog"]) == (text.rindex("pic"), text.index("anime"), None)


def test_a_text_of_one_line_has_no_place_for_a_negative() -> None:
    assert places.in_tail("Avoid: pic.", ["pic"]) == (None,)


def test_two_of_the_same_wording_get_two_places() -> None:
    assert places.in_tail("x\na; a.", ["a", "a", "a"]) == (2, 5, None)


def test_an_entry_of_a_field_is_found_whole() -> None:
    assert places.in_field("text overlay, text", "text") == 14
    assert places.in_field("text overlay", "text") is None


def test_strings_are_named_by_pointer() -> None:
    assert places.leaves('{"a/b": [1, {"~": "x"}], "c": null}') == {"/a~1b/1/~0": "x"}
