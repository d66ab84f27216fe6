"""Things that one half of a text has and the other has not: "a girl with glasses and a girl without glasses"."""

from collections.abc import Sequence

from agent.reading import nouns
from agent.reading.words import Word, singular, words


def asked_for(term: str, *, rest: str) -> bool:
    """Whether the rest of the text asks for what a term forbids, the term's own "among people in hats" included.

    A word that only qualifies another asks for nothing: an empty "fish aquarium" has no fish.
    """
    length = _length_of_head(term)
    head = [singular(word.text) for word in words(term)[:length]]
    rest = f"{rest}. {' '.join(word.text for word in words(term)[length:])}"
    found = words(rest)
    folded = [singular(word.text) for word in found]
    places = (at for at in range(len(found) - len(head) + 1) if folded[at : at + len(head)] == head)
    return bool(head) and any(not _qualifies(rest, found, at + len(head) - 1) for at in places)


def _length_of_head(term: str) -> int:
    """How many words a term has before its "on his head"."""
    found = words(term)
    ends = (at for at, word in enumerate(found) if at and word.text in nouns.bound("prepositions"))
    return next(ends, len(found))


def _qualifies(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a singular noun stands before another noun, as far as spelling tells it from a verb."""
    if at + 1 == len(found) or nouns.mark(text, found, at) or singular(found[at].text) != found[at].text:
        return False
    following = found[at + 1].text
    ends = following in nouns.bound("stops") or following in nouns.bound("prepositions")
    return not ends and not following.endswith(("ing", "ed", "s"))
