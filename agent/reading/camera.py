"""How close, from where and how the camera moves, and through what lens, read from one clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agent.reading import vocabulary
from agent.reading.words import Hit, Lexicon, Word, words

PARTS = ("shot_size", "angle", "movement")
NEGATED_WITHIN = 3  # words: "never seen from behind"
LONGEST_DIRECTION = 20  # words of a clause that is nothing but camera
_SURENESS = ("sure", "letters", "alone")


@dataclass(frozen=True, slots=True)
class Direction:
    """A camera phrase of the vocabulary: what part it fills, with what, and how sure it is by itself."""

    part: str
    text: str
    sureness: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Values found in a clause by part, and the clause without those that stood at its edges."""

    values: tuple[tuple[str, str], ...]
    rest: str


def read(clause: str) -> Seen:
    """The camera of one clause. Words at its edges move out; words inside a sentence stay there as well."""
    found = words(clause)
    hits = tuple(
        hit for hit in _lexicon().hits(found) if _counts(clause, found, hit) and not _negated(found, hit.first)
    )
    values = [(hit.meaning.part, _paced(found, hit)) for hit in hits]
    rest = _without_edges(clause, found, hits)
    return Seen((*values, *_camera_verbs(found)), rest)


@cache
def _lexicon() -> Lexicon[Direction]:
    entries: dict[str, Direction] = {}
    for sureness in _SURENESS:
        for part in PARTS:
            for text, spelled in vocabulary.table("camera", sureness, part).items():
                for phrase in spelled if isinstance(spelled, list) else ():
                    entries.setdefault(phrase, Direction(part, text, sureness))
    return Lexicon(
        entries | {phrase: Direction("lens", phrase, "sure") for phrase in vocabulary.listed("lens", "terms")}
    )


def _counts(clause: str, found: Sequence[Word], hit: Hit[Direction]) -> bool:
    typed = clause[found[hit.first].start : found[hit.last].end]
    if hit.meaning.text in vocabulary.wordset("camera", "singular") and typed.lower().endswith("shots"):
        return False
    match hit.meaning.sureness:
        case "sure":
            return True
        case "letters":
            return typed.isupper() or _is_alone(found, hit)
        case _:
            return _is_alone(found, hit) or _opens_picture(found, hit) or _has_anchor(found, hit)


def _negated(found: Sequence[Word], at: int) -> bool:
    """Whether the words before a phrase rule it out; a phrase that negates by itself ("no camera move") does not."""
    before = found[max(0, at - NEGATED_WITHIN) : at]
    return any(word.text in vocabulary.wordset("camera", "negating") or word.text.endswith("n't") for word in before)


def _is_alone(found: Sequence[Word], hit: Hit[Direction]) -> bool:
    """Whether everything else in the clause speaks of the camera, too."""
    if len(found) > LONGEST_DIRECTION:
        return False
    others = {word.text for at, word in enumerate(found) if not hit.first <= at <= hit.last}
    camera = {word for other in _lexicon().hits(found) for word in _texts(found, other)}
    return others <= camera.union(*(vocabulary.wordset("camera", name) for name in ("pace", "anchors", "glue_alone")))


def _opens_picture(found: Sequence[Word], hit: Hit[Direction]) -> bool:
    before = {word.text for word in found[: min(hit.first, LONGEST_DIRECTION)]}
    opens = before <= vocabulary.wordset("camera", "pace") | {"a", "the", "then"}
    following = found[hit.last + 1].text if hit.last + 1 < len(found) else ""
    return opens and following in vocabulary.wordset("camera", "openers")


def _has_anchor(found: Sequence[Word], hit: Hit[Direction]) -> bool:
    following = found[hit.last + 1].text if hit.last + 1 < len(found) else ""
    before = {word.text for word in found[max(0, hit.first - 2) : hit.first]}
    return following in vocabulary.wordset("camera", "anchors") or bool(before & {"camera", "cam"})


def _paced(found: Sequence[Word], hit: Hit[Direction]) -> str:
    """A movement with its pace ("super slow push in"); other parts as they are."""
    if hit.meaning.part != "movement":
        return hit.meaning.text
    pace = vocabulary.wordset("camera", "pace")
    first, last = hit.first, hit.last
    while first > 0 and found[first - 1].text in pace:
        first -= 1
    while last + 1 < len(found) and found[last + 1].text in pace:
        last += 1
    around = [*found[first : hit.first], *found[hit.last + 1 : last + 1]]
    inside = [word for word in found[hit.first : hit.last + 1] if word.text in pace]
    said = [word.text for word in (*around, *inside) if word.text not in hit.meaning.text.split()]
    return " ".join([*said, hit.meaning.text])


def _camera_verbs(found: Sequence[Word]) -> list[tuple[str, str]]:
    """What a clause that says "camera" makes it do ("the camera walks behind the girl")."""
    if not {"camera", "cam"} & {word.text for word in found}:
        return []
    return [(part, hit.meaning) for part in ("angle", "movement") for hit in _verbs(part).hits(found)]


@cache
def _verbs(part: str) -> Lexicon[str]:
    return vocabulary.meanings("camera", "camera", part)


def _without_edges(clause: str, found: Sequence[Word], hits: Sequence[Hit[Direction]]) -> str:
    camera = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    if not camera:
        return clause
    around = vocabulary.wordset("camera", "pace") | vocabulary.wordset("camera", "anchors")
    first = _run(found, range(len(found)), camera, around | vocabulary.wordset("camera", "glue_before"))
    after = vocabulary.wordset("camera", "glue_after") | vocabulary.wordset("camera", "pace")
    while 0 < first < len(found) and found[first].text in after:
        first += 1
    backwards = range(len(found) - 1, first - 1, -1)
    last = len(found) - 1 - _run(found, backwards, camera, around | vocabulary.wordset("camera", "glue_before"))
    start = found[first - 1].end if first else 0
    if last < first:
        return _unworded(clause, found)
    hangs = found[last].text in vocabulary.wordset("camera", "hanging") and last < len(found) - 1
    return clause[start:] if hangs or last == len(found) - 1 else clause[start : found[last].end]


def _run(found: Sequence[Word], order: range, camera: set[int], glue: frozenset[str]) -> int:
    """How many words from that edge belong to the camera; glue counts only between and before camera words."""
    count = 0
    for n, at in enumerate(order, start=1):
        if at in camera:
            count = n
        elif found[at].text not in glue:
            break
    return count


def _unworded(clause: str, found: Sequence[Word]) -> str:
    """What is left of a clause without words: an emoji stays, punctuation goes with the rest."""
    left = clause[found[-1].end :] if found else clause
    return "".join(char for char in clause[: found[0].start] + left if not char.isascii()).strip(" →—–…")


def _texts(found: Sequence[Word], hit: Hit[Direction]) -> tuple[str, ...]:
    return tuple(word.text for word in found[hit.first : hit.last + 1])
