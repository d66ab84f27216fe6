"""Whether a clause tells what happened, or what something known does: "she fell asleep", "his beard flickers".

Nobody says an order in the past tense, and of what is there a sentence in the present is as likely a complaint as a
wish. Such a clause warrants nothing by itself; said of a shot by its number and a colon it is that shot's action.
"""

from collections.abc import Sequence

from agent.reading import nouns, vocabulary
from agent.reading.words import Word, words
from prompts import terms

LONGEST_SUBJECT = 8  # words before the verb: "the lighthouse keeper we met in June"


def tells(clause: str) -> bool:
    """Whether it is a sentence about something known, or about what is past; pictures bring in "a ..." and name."""
    found = words(clause)
    if len(found) < 2 or found[0].text in ("a", "an"):
        return False
    verbs = range(1, min(len(found), LONGEST_SUBJECT + 1))
    return any(_is_past(clause, found, at) for at in verbs) or (
        _is_known(found) and any(_is_present(clause, found, at) for at in verbs)
    )


def _is_known(found: Sequence[Word]) -> bool:
    """Whether a subject begins that was spoken of before: "his hat", "Nora's face", "two of the gulls"."""
    parted = found[0].text in _list("parts") and any(word.text in _list("known") for word in found[1:3])
    return parted or found[0].text in _list("known") or found[0].text.endswith("'s")


def _is_past(text: str, found: Sequence[Word], at: int) -> bool:
    """A simple past: one that is spelled like nothing else, or "-ed" with a subject before and an object behind."""
    word, before = found[at].text, found[at - 1].text
    if before in nouns.bound("determiners"):
        return False
    if word in _list("pasts"):
        return True
    if not word.endswith("ed") or not (_is_known(found) or before.endswith("ly")):
        return False
    following = "" if nouns.ends(text, found, at) else found[at + 1].text
    describes = nouns.bound("prepositions") | _list("beside_participles") | vocabulary.wordset("palette", "terms")
    return following not in describes


def _is_present(text: str, found: Sequence[Word], at: int) -> bool:
    """What one thing does, by its "-s" behind a singular ("the bench drifts off"), or many, by what follows."""
    word, before = found[at].text, found[at - 1].text
    spoken_of = before in _list("pronouns")
    if nouns.mark(text, found, at - 1) or (before in nouns.bound("determiners") and not spoken_of):
        return False
    if _is_verb(word):
        return True
    single = word.endswith("s") and not word.endswith(("ss", "'s")) and not before.endswith("s")
    many = before.endswith("s") and at + 1 < len(found) and found[at + 1].text in nouns.bound("pointers") | {"a", "an"}
    return many or (single and (spoken_of or nouns.ends(text, found, at) or _goes_on(found[at + 1])))


def _is_verb(word: str) -> bool:
    acts = vocabulary.wordset("moods", "acts")
    known = {word, f"{word}s"} & nouns.bound("acts") or word in nouns.bound("having")
    return bool(known) or (word.endswith("s") and word[:-1] in acts) or _fails(word)


def _fails(word: str) -> bool:
    return word in nouns.bound("failures") or terms.canonical(word) is not None


def _goes_on(word: Word) -> bool:
    """Whether a verb may stand before it: a place, an article, a way of doing."""
    after = ("prepositions", "after_a_verb", "articles", "ways")
    return word.text.endswith("ly") or any(word.text in nouns.bound(name) for name in after)


def _list(name: str) -> frozenset[str]:
    return vocabulary.wordset("moods", "events", name)
