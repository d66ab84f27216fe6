"""Whether words point back at a shot that is there, or draw nothing at all: what tells an edit from a new picture."""

from collections.abc import Sequence
from functools import cache

from agent.intents import Scene
from agent.reading import camera, figures, talk, vocabulary
from agent.reading.clauses import split
from agent.reading.message import Message
from agent.reading.words import Lexicon, Word, singular, words

LONGEST_EDIT = 30  # words; what is longer tells a whole picture
LEAST_SCENE = 10  # words of a shot that is set up in full
LEAST_SET_UP = 2  # of size, angle, move, lens and length
LONGEST_DONE = 6  # words of "rough it up a little"
LONGEST_FRAGMENT = 8  # words of "slower push on her face", which compares with what there is


def points_back(text: str, scene: Scene) -> bool:
    """Whether a text speaks of something as known: a pronoun, a contrast, a comparison, a thing of the current shot."""
    found = words(text)
    if not found or len(found) > LONGEST_EDIT or _new().at(found, 0) is not None:
        return False
    return (
        _goes_on(text, found)
        or _does_to_it(found)
        or bool(_contrasts().hits(found))
        or _compares(found)
        or _names_what_is_there(text, found, scene)
    )


def is_whole_picture(text: str) -> bool:
    """Whether a text sets up a shot of its own, whatever it opens with: camera and figures beside a scene."""
    if len(words(text)) < LEAST_SCENE:
        return False
    parts = {part for clause in split(text) for part, _ in camera.read(clause.text).values}
    set_to = [figures.read(clause.text) for clause in split(text)]
    named = [any(each.seconds for each in set_to), any(each.lens for each in set_to)]
    return "shot_size" in parts and len(parts) + sum(named) >= LEAST_SET_UP


def brings_in(found: Sequence[Word]) -> bool:
    """Whether words bring something in as new, "a kite"; "a bit" brings nothing."""
    degrees = vocabulary.wordset("turns", "edit", "degrees")
    after = [each.text for each in found[1:]] + [""]
    return any(word.text in ("a", "an") and later not in degrees for word, later in zip(found, after, strict=False))


def is_chatter(message: Message) -> bool:
    """Whether a turn speaks to somebody and draws nothing that a camera could see."""
    clauses = split(message.text)
    if not clauses or len(words(message.text)) > LONGEST_EDIT or _new().hits(words(message.text)):
        return False
    return any(talk.is_surely_talk(each.text) for each in clauses) and not any(_shows(each.text) for each in clauses)


def _shows(clause: str) -> bool:
    set_to = figures.read(clause)
    return bool(camera.read(clause).values or set_to.lens or set_to.seconds or set_to.ratio)


def _goes_on(text: str, found: Sequence[Word]) -> bool:
    """ "her coat should be red": the subject was named before, and no shot is set up."""
    named = found[0].text in vocabulary.wordset("turns", "edit", "pronouns")
    return named and not any(_shows(clause.text) for clause in split(text))


def _does_to_it(found: Sequence[Word]) -> bool:
    """ "rough it up": a verb nobody listed, and what it is done to."""
    said = [word.text for word in found[1:3]]
    return len(found) <= LONGEST_DONE and bool(set(said[:1]) & vocabulary.wordset("turns", "edit", "objects"))


def _compares(found: Sequence[Word]) -> bool:
    """ "slower push", "tighter on her face": a comparison, and nothing that is brought in as new."""
    said = {word.text for word in found}
    compared = bool(said & vocabulary.wordset("turns", "edit", "compared"))
    return compared and len(found) <= LONGEST_FRAGMENT and not brings_in(found)


def _names_what_is_there(text: str, found: Sequence[Word], scene: Scene) -> bool:
    """ "the mug a bit to the left", where the current shot has a mug."""
    told = dict(scene.shots).get(scene.current_shot or 0, "") + " " + dict(scene.looks).get(scene.current_shot or 0, "")
    there = {singular(word.text) for word in words(told)} - vocabulary.wordset("turns", "bags", "glue")
    opens = found[0].text in vocabulary.wordset("turns", "edit", "pointers")
    named = any(singular(word.text) in there for word in found[1:3])
    return opens and named and not any(_shows(clause.text) for clause in split(text))


@cache
def _new() -> Lexicon[str]:
    return vocabulary.phrases("turns", "edit", "new_shot")


@cache
def _contrasts() -> Lexicon[str]:
    return vocabulary.phrases("turns", "edit", "contrasts")
