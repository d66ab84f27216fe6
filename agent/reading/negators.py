"""Which words forbid something at their place, and which only look like it.

A negator of `prompts/vocabulary/negation.toml` is of one `Kind`, by the list it stands in. The kind says what must
stand around it; words in which nothing is forbidden ("no longer") are shielded before anybody looks for negators.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache

from agent.reading import camera, figures, nouns, vocabulary
from agent.reading.words import Hit, Lexicon, Word
from prompts import terms

LONGEST_LEAD = 4  # words of "in the next one" before a command
CANCELS_WITHIN = 6  # words: "it can't be the same picture without the scarf" asks for the scarf


class Kind(Enum):
    """What a negator needs around it."""

    THING = auto()  # a thing after it: "no rain"
    OPENING = auto()  # also the opening of its clause: "not a cartoon"
    FAULT = auto()  # also a registered fault as its thing: "kill the lens flare", but not "kill the engine"
    NEITHER = auto()  # the opening of its clause, and a list that fills it: "neither rain nor wind: a calm lake"
    NOBODY = auto()  # nothing: its thing is people


_LISTS = (
    (Kind.FAULT, "faults"),
    (Kind.OPENING, "opening"),
    (Kind.THING, "things"),
    (Kind.NEITHER, "neither"),
    (Kind.NOBODY, "nobody"),
)


def hits(text: str, found: Sequence[Word]) -> Iterator[Hit[Kind]]:
    """The negators of a text that forbid what follows them."""
    return (hit for hit in lexicon().hits(found) if _counts(text, found, hit))


@cache
def lexicon() -> Lexicon[Kind]:
    """Every negator there is; a phrase in two lists is of the later kind."""
    return Lexicon({phrase: kind for kind, name in _LISTS for phrase in vocabulary.listed("negation", name)})


def opens_clause(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a word is the first of its clause, "and" and the like aside."""
    if at == 0 or found[at - 1].text in nouns.bound("before_commands"):
        return True
    return _opens(text, found, led_from(text, found, at))


def _opens(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether nothing but a mark stands before a word."""
    return at == 0 or bool(text[found[at - 1].end : found[at].start].strip(" '"))


def led_from(text: str, found: Sequence[Word], at: int) -> int:
    """The first word of "this time" or "can we" before a command, where that opens the clause; else the command."""
    leads = vocabulary.phrases("negation", "bounds", "leads")
    for first in range(max(0, at - LONGEST_LEAD), at):
        hit = leads.at(found, first)
        apart = nouns.mark(text, found, at - 1)
        if hit is not None and hit.last == at - 1 and not apart and _opens(text, found, first):
            return first
    return at


def thing_at(found: Sequence[Word], hit: Hit[Kind]) -> int:
    """Where the thing begins that a negator forbids: of "avoid anything that looks like a toy" it is the toy."""
    likenesses = vocabulary.phrases("negation", "bounds", "likenesses")
    for at in (hit.last, hit.last + 1):
        likeness = likenesses.at(found, at) if at < len(found) else None
        if likeness is not None and likeness.last + 1 < len(found):
            return likeness.last + 1
    return hit.last + 1


def opens_sentence(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a word is the first of its sentence."""
    return at == 0 or bool(set(text[found[at - 1].end : found[at].start]) & set(".;!?\n"))


def _counts(text: str, found: Sequence[Word], hit: Hit[Kind]) -> bool:
    if hit.meaning is Kind.NOBODY:
        return True
    if camera.stillness().at(found, hit.first) is not None:
        return False
    leads_itself = found[hit.first].text in nouns.bound("before_commands")  # "but not a squirrel"
    if hit.meaning is not Kind.THING and not leads_itself and not opens_clause(text, found, hit.first):
        return False
    if hit.last + 1 == len(found) or nouns.mark(text, found, hit.last).strip(":("):
        return False
    if _is_cancelled(text, found, hit) or not _names(found, hit):
        return False
    return hit.meaning is not Kind.FAULT or _is_fault(text, found, hit.last + 1)


def _names(found: Sequence[Word], hit: Hit[Kind]) -> bool:
    """Whether a thing follows: no pronoun, number, comparison ("no brighter than"), or act ("without stopping")."""
    at = thing_at(found, hit)
    following = found[at].text
    if following in nouns.bound("not_things") or figures.count(following) is not None:
        return False
    if at + 1 < len(found) and found[at + 1].text == "than":
        return False
    act = found[hit.last].text in nouns.bound("before_acts") and following.endswith("ing")
    return not act or terms.canonical(following) is not None


def _is_cancelled(text: str, found: Sequence[Word], hit: Hit[Kind]) -> bool:
    """Whether a verb of the same clause is negated already: "never shoot her without the scarf"; or it is that verb."""
    if found[hit.first].text.endswith("n't") or found[hit.first].text in nouns.bound("cancelling"):
        return _is_undone(text, found, hit)
    if found[hit.first].text not in nouns.bound("cancelled") | {"with"}:
        return False
    for at in range(hit.first - 1, max(-1, hit.first - 1 - CANCELS_WITHIN), -1):
        if nouns.mark(text, found, at):
            return False
        if found[at].text.endswith("n't") or found[at].text in nouns.bound("cancelling"):
            return True
    return False


def _is_undone(text: str, found: Sequence[Word], hit: Hit[Kind]) -> bool:
    """ "You can't have a wedding with no dancing": a second negation in the clause, so that both are there."""
    undoing = vocabulary.phrases("negation", "bounds", "cancels_having")
    for at in range(hit.last + 1, min(len(found), hit.last + 1 + CANCELS_WITHIN)):
        if nouns.mark(text, found, at - 1):
            return False
        if undoing.at(found, at) is not None:
            return True
    return False


def _is_fault(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether the clause from there on is the name of a fault and nothing else."""
    last = at
    while last + 1 < len(found) and not nouns.mark(text, found, last):
        last += 1
    kept = nouns.trimmed(found[at : last + 1])
    return terms.canonical(text[kept[0].start : kept[-1].end]) is not None
