"""Where a noun phrase ends and whether another follows: the little grammar that `agent.reading.negation` needs."""

from collections.abc import Sequence

from agent.reading import camera, vocabulary
from agent.reading.words import Word
from prompts import terms

LONGEST_NOUN = 6  # words of a thing before its "of ..." or "on ..."; more is a sentence, not a noun phrase
LONGEST_TAIL = 7  # words of that "of ..." or "on ..."
LONGEST_ITEM = 4  # words of an item in an open list ("no cars, street signs or people")

PRONOUNS = frozenset({"it", "them", "him", "her", "me", "us"})
JOINING = frozenset({"and", "or", "nor"})
_CLOSERS = frozenset({"or", "nor"})
_NEGATORS = frozenset({"no", "without", "not", "avoid"})


def end(text: str, found: Sequence[Word], at: int, *, tail: bool = True, told: bool = False) -> int:
    """The last word of the noun phrase that begins at ``at``, its "on ..." or "of ..." included unless not wanted.

    Args:
        text: What is read.
        found: Its words.
        at: The first word of the phrase.
        tail: Whether "on ..." and "of ..." belong to it.
        told: Whether something was named before of which more is told: "a knight without armour kneels".
    """
    last = _noun_end(text, found, at, told=told)
    act = (
        next((place for place in range(at + 1, last + 1) if found[place].text in bound("acts")), None) if told else None
    )
    if act is not None:
        return act - 1
    if (about := _goes_about(text, found, last)) and not told:
        return about
    if not tail:
        return last
    if last + 1 == len(found) or mark(text, found, last) or found[last + 1].text not in bound("prepositions"):
        return last
    until = _tail_end(text, found, last + 1)
    if vocabulary.phrases("negation", "bounds", "fillers").at(found, last + 1):
        return last
    directs = bool(camera.read(text[found[at].start : found[last].end]).values)
    return last if directs or _is_setting(found[last + 2 : until + 1]) else until


def trimmed(found: Sequence[Word]) -> list[Word]:
    """The words without articles before them and loose ends after them."""
    kept = list(found)
    while len(kept) > 1 and kept[0].text in bound("determiners"):
        kept.pop(0)
    while len(kept) > 1 and kept[-1].text in bound("trailing") | PRONOUNS:
        kept.pop()
    return kept


def led_in(text: str, found: Sequence[Word], at: int) -> int:
    """The first word of "with", "but there are", "make sure" and the like before a place; without them the place."""
    while at > 0 and _leads(found, at - 1) and not mark(text, found, at - 1).strip("–—"):
        at -= 1
    return at


def _leads(found: Sequence[Word], at: int) -> bool:
    """Whether a word leads to a negator; "in" only does in "in which", or a "push in" would lose its half."""
    return found[at].text in bound("lead_ins") or (found[at].text == "in" and found[at + 1].text == "which")


def next_item(text: str, found: Sequence[Word], last: int, *, opens: bool, commanded: bool = False) -> int | None:
    """Where the next thing of a list begins; ``None`` if there is none.

    Commas go on with it where "or" comes before the last thing. "and" goes on with it only where the negator opened its
    clause: "no text and watermarks", but not "a man with no hat and brown shoes". With a command it goes on with an
    article as well: "lose the flare and that tint".
    """
    following = last + 1
    if following >= len(found):
        return None
    word, between = found[following].text, mark(text, found, last)
    if "/" in between and word not in _NEGATORS:
        return following
    if word in _CLOSERS and between in ("", ",") and following + 1 < len(found):
        return following + 1
    if word == "and" and opens and not between and _is_short(text, found, following + 1, articles=commanded):
        return following + 1
    closers = _CLOSERS | {"and"} if opens or runs_bare(text, found, following) else _CLOSERS
    listed = between == "," and word not in bound("stops") and not _is_a_look(found, following)
    return following if listed and _closes(text, found, following, closers=closers) else None


def does_something(text: str, found: Sequence[Word], last: int) -> bool:
    """Whether a verb follows: "no audience is sleeping" tells what the audience does, and it is there."""
    if last + 2 >= len(found) or mark(text, found, last) or mark(text, found, last + 1):
        return False
    return found[last + 1].text in bound("being") and found[last + 2].text.endswith("ing")


def has_something(text: str, found: Sequence[Word], last: int) -> bool:
    """Whether "has" or "wears" follows: "none of the horses has a rider" speaks of horses that are there."""
    return last + 1 < len(found) and not mark(text, found, last) and found[last + 1].text in bound("having")


def is_plain(found: Sequence[Word]) -> bool:
    """Whether words are a bare item of a list: short, no article, no figure."""
    if len(found) > LONGEST_ITEM or found[0].text in bound("articles"):
        return False
    return not any(word.text[0].isdigit() for word in found)


def is_seen(term: str) -> bool:
    """Whether a single word is surely a thing: many of one kind, weather, or a fault known by name."""
    weather = term in vocabulary.wordset("atmosphere", "terms") or term in bound("weather")
    many = term.endswith("s") and term not in bound("acts")
    return weather or many or terms.canonical(term) is not None


def runs_bare(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether single words follow up to "and" and a last one: "without people, cars and dogs."."""
    while at < len(found) and mark(text, found, at) == ",":
        at += 1
    ends = at + 3 == len(found) or (at + 3 < len(found) and bool(mark(text, found, at + 2)))
    return ends and found[at + 1].text == "and" and is_plain(found[at + 2 : at + 3])


def mark(text: str, found: Sequence[Word], at: int) -> str:
    """The punctuation between a word and the next; apostrophes and hyphens inside a word are none."""
    until = found[at + 1].start if at + 1 < len(found) else len(text)
    between = text[found[at].end : until]
    return between.strip(" '") if " - " in between else between.strip(" '-")


def ends(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a word is the last before a mark."""
    return at + 1 == len(found) or bool(mark(text, found, at))


def bound(name: str) -> frozenset[str]:
    """A list of words that ends, opens or fills a noun phrase."""
    return vocabulary.wordset("negation", "bounds", name)


def _noun_end(text: str, found: Sequence[Word], at: int, *, told: bool) -> int:
    last, begun = at, False
    for place in range(at, min(at + LONGEST_NOUN, len(found))):
        word = found[place].text
        if place > at and mark(text, found, place - 1):
            break
        if begun and (
            word in bound("stops") or word in bound("prepositions") or _tells_on(text, found, place, told=told)
        ):
            break
        begun = begun or word not in bound("determiners")
        last = place
    return last


def _tells_on(text: str, found: Sequence[Word], place: int, *, told: bool) -> bool:
    """Whether an -ing word goes on about the subject: "a harp with no strings leaning against a wall"."""
    if not found[place].text.endswith("ing") or place + 1 == len(found):
        return False
    if not told and _goes_about(text, found, place):
        return False
    about_it = place + 2 < len(found) and found[place + 2].text in PRONOUNS
    return not about_it and found[place + 1].text in bound("after_a_verb")


def _goes_about(text: str, found: Sequence[Word], at: int) -> int | None:
    """The last word of "in or out" where it ends what a thing does: "no pieces popping in or out"."""
    if not found[at].text.endswith("ing") or at + 1 == len(found) or mark(text, found, at):
        return None
    hit = vocabulary.phrases("negation", "bounds", "ways").at(found, at + 1)
    return hit.last if hit is not None and ends(text, found, hit.last) else None


def _tail_end(text: str, found: Sequence[Word], at: int) -> int:
    """The last word of "on the wall of the hall": a second preposition ends it unless it is "of"."""
    last = at
    for place in range(at + 1, min(at + 1 + LONGEST_TAIL, len(found))):
        word = found[place].text
        if mark(text, found, place - 1):
            break
        if word in PRONOUNS and _stands_for_itself(text, found, place):
            return place
        second = word in bound("prepositions") and word != "of" and found[place - 1].text not in bound("prepositions")
        if second or word in bound("stops"):
            break
        last = place
    return last


def _stands_for_itself(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether "her" is nobody's: "no ring on her" and not "no ring on her finger"."""
    if found[at].text != "her" or at + 1 == len(found) or mark(text, found, at):
        return True
    return found[at + 1].text in bound("stops") or found[at + 1].text in bound("prepositions")


def _is_setting(found: Sequence[Word]) -> bool:
    """Whether the words name weather, air or light, which belong to the shot: "no umbrella in the drizzle"."""
    kept = " ".join(word.text for word in trimmed(found)) if found else ""
    known = ("atmosphere", "terms"), ("lighting", "terms"), ("negation", "bounds", "weather")
    return any(kept in vocabulary.wordset(*path) for path in known)


def _is_a_look(found: Sequence[Word], at: int) -> bool:
    """Whether "and" belongs to a colour: "no color, black and white only"."""
    hit = vocabulary.phrases("palette", "terms").at(found, at)
    return hit is not None and hit.last > hit.first


def _is_short(text: str, found: Sequence[Word], at: int, *, articles: bool) -> bool:
    """Whether one or two plain words stand there before the next mark; an article before them where it is allowed."""
    if articles and at + 1 < len(found) and found[at].text in bound("pointers"):
        at += 1
    if at >= len(found) or found[at].text in bound("articles"):
        return False
    return any(place == len(found) - 1 or mark(text, found, place) for place in range(at, min(at + 2, len(found))))


def _closes(text: str, found: Sequence[Word], at: int, *, closers: frozenset[str]) -> bool:
    """Whether a run of short items joined by commas ends with "or" before the last."""
    room = LONGEST_ITEM
    for place in range(at, min(at + 10 * LONGEST_ITEM, len(found) - 1)):
        if found[place].text in closers:
            return True
        between = mark(text, found, place)
        if between not in ("", ",") or room == 0:
            return False
        room = LONGEST_ITEM if between else room - 1
    return False
