"""How close, from where and how the camera moves, and through what lens, read from one clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.reading import vocabulary
from agent.reading.words import Hit, Lexicon, Word, words

PARTS = ("shot_size", "angle", "movement")
NEGATED_WITHIN = 3  # words: "never seen from behind"
LONGEST_DIRECTION = 20  # words of a clause that is nothing but camera
_SURENESS = ("sure", "letters", "opening", "alone")
_SPEAKS = frozenset({"camera", "cam"})
_WE = frozenset({"we", "we're", "we'll", "drone"})
_STILL = "static camera"
_OWNER, _ANYBODYS = "'s", "his"


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


@lru_cache(maxsize=256)  # a clause is looked at as a change of a shot, as a shot, and for what it sets up
def read(clause: str, *, opens: bool = False, told: frozenset[str] = frozenset()) -> Seen:
    """The camera of one clause. Words at its edges move out; words inside a sentence stay there as well.

    Args:
        clause: What stands between two marks.
        opens: Whether nothing was pictured before it, so that "following Vi" and "push through the crowd" are camera.
        told: Parts that are known from elsewhere, so that words for them are words of the picture.
    """
    found = words(clause)
    hits = tuple(
        hit
        for hit in _hits(found)
        if hit.meaning.part not in told
        and _counts(clause, found, hit, opens=opens)
        and not _negated(found, hit.first)
        and not _acted(found, hit)
    )
    values = [(hit.meaning.part, _paced(found, hit)) for hit in hits]
    leaving = [hit for hit in hits if hit.meaning.sureness != "opening" or _directs(found, hit, opens=opens)]
    rest = _without_edges(clause, found, leaving)
    return Seen((*values, *_camera_verbs(found, told | {hit.meaning.part for hit in hits})), rest)


@cache
def stillness() -> Lexicon[str]:
    """The ways to say that the camera does not move, many of which begin like a negation."""
    spelled = vocabulary.table("camera", "sure", "movement").get(_STILL)
    return Lexicon({phrase: _STILL for phrase in spelled} if isinstance(spelled, list) else {})


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


def _hits(found: Sequence[Word]) -> list[Hit[Direction]]:
    """Camera phrases, with words of pace ("pans slowly left") and names ("over Vi's shoulder") in them."""
    pace = vocabulary.wordset("camera", "pace") | vocabulary.wordset("camera", "idle")
    places = [at for at, word in enumerate(found) if word.text not in pace]
    owned = any(word.text.endswith(_OWNER) for word in found)
    hits = list(_lexicon().hits(found))
    if len(places) < len(found) or owned:
        loose = _lexicon().hits([_anybody(found[at]) for at in places])
        hits += [Hit(hit.meaning, places[hit.first], places[hit.last]) for hit in loose]
    kept: list[Hit[Direction]] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept


def _anybody(word: Word) -> Word:
    """A word, or "his" for somebody's by name."""
    return word._replace(text=_ANYBODYS, bare=_ANYBODYS) if word.text.endswith(_OWNER) else word


def _counts(clause: str, found: Sequence[Word], hit: Hit[Direction], *, opens: bool) -> bool:
    typed = clause[found[hit.first].start : found[hit.last].end]
    if hit.meaning.text in vocabulary.wordset("camera", "singular") and typed.lower().endswith("shots"):
        return False
    match hit.meaning.sureness:
        case "sure":
            return True
        case "letters":
            return typed.isupper() or _is_alone(found, hit)
        case "opening" if opens and _only_camera(found, hit.first):
            return True
        case _:
            return _directs(found, hit, opens=opens)


def _directs(found: Sequence[Word], hit: Hit[Direction], *, opens: bool) -> bool:
    """Whether what stands around an everyday word makes it the camera and nothing else."""
    return _is_alone(found, hit) or _opens_picture(found, hit, opens=opens) or _has_anchor(found, hit)


def _acted(found: Sequence[Word], hit: Hit[Direction]) -> bool:
    """Whether a movement is what somebody does to something: "she pulls back the curtain"."""
    if hit.meaning.part != "movement" or not 0 < hit.first <= hit.last < len(found) - 1:
        return False
    if {word.text for word in found[: hit.first]} & (_SPEAKS | _WE | {"shot"}):
        return False
    does = found[hit.first].bare != found[hit.first].text
    return does and found[hit.last + 1].text in vocabulary.wordset("camera", "objects")


def _negated(found: Sequence[Word], at: int) -> bool:
    """Whether the words before a phrase rule it out; a phrase that negates by itself ("no camera move") does not."""
    before = found[max(0, at - NEGATED_WITHIN) : at]
    return any(word.text in vocabulary.wordset("camera", "negating") or word.text.endswith("n't") for word in before)


def _is_alone(found: Sequence[Word], hit: Hit[Direction]) -> bool:
    """Whether everything else in the clause speaks of the camera, too."""
    if len(found) > LONGEST_DIRECTION:
        return False
    others = {word.text for at, word in enumerate(found) if not hit.first <= at <= hit.last}
    camera = {word for other in _hits(found) for word in _texts(found, other)}
    return others <= camera.union(*(vocabulary.wordset("camera", name) for name in ("pace", "anchors", "glue_alone")))


def _opens_picture(found: Sequence[Word], hit: Hit[Direction], *, opens: bool) -> bool:
    """Whether a clause begins with the phrase and goes on to what is seen: "wide of the well"."""
    before = {word.text for word in found[: min(hit.first, LONGEST_DIRECTION)]}
    begins = before <= vocabulary.wordset("camera", "pace") | {"a", "the", "then"}
    if not begins and not (opens and _only_camera(found, hit.first)):
        return False
    at = hit.last + 1
    until = min(len(found), at + LONGEST_DIRECTION)
    while at < until and (other := _lexicon().at(found, at)) is not None:
        at = other.last + 1
    goes_on = at > hit.last + 1
    return goes_on or (at < len(found) and found[at].text in vocabulary.wordset("camera", "openers"))


def _only_camera(found: Sequence[Word], until: int) -> bool:
    """Whether all words before one are camera, pace or glue: "handheld, low" before "following the porter"."""
    if until > LONGEST_DIRECTION:
        return False
    camera = {at for hit in _lexicon().hits(found[:until]) for at in range(hit.first, hit.last + 1)}
    glue = vocabulary.wordset("camera", "pace") | vocabulary.wordset("camera", "glue_before")
    return all(at in camera or found[at].text in glue for at in range(until))


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


def _camera_verbs(found: Sequence[Word], told: frozenset[str]) -> list[tuple[str, str]]:
    """What "camera", or "we" before it, makes a clause do ("the camera walks behind"), in parts not told of yet."""
    camera = any(word.text in _SPEAKS and not _is_faced(found, at) for at, word in enumerate(found))
    if not camera and not any(word.text in _WE for word in found):
        return []
    verbs = [(part, hit) for part in ("angle", "movement") if part not in told for hit in _verbs(part).hits(found)]
    return [(part, hit.meaning) for part, hit in verbs if camera or (hit.first and found[hit.first - 1].text in _WE)]


def _is_faced(found: Sequence[Word], at: int) -> bool:
    """ "He turns to the camera": somebody does something to it, and it does nothing."""
    before = [word.text for word in found[max(0, at - 2) : at]]
    return bool(set(before) & vocabulary.wordset("camera", "facing"))


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
