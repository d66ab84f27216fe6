"""Things that one half of a text has and the other has not: "a girl with glasses and a girl without glasses"."""

from collections import defaultdict
from collections.abc import Sequence

from agent.reading import nouns
from agent.reading.words import Word, singular, words

MOST_PLACES = 50  # of one word that are looked at; one that asks for the thing is enough


class Rest:
    """What stays of a text once its exclusions are cut out, indexed for many questions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = words(text)
        self._folded = [singular(word.text) for word in self._found]
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self._folded):
            self._places[word].append(at)

    def asks_for(self, term: str) -> bool:
        """Whether it asks for what a term forbids, the term's own "among people in hats" included.

        A word that only qualifies another asks for nothing: an empty "fish aquarium" has no fish.
        """
        head, tail = _halves(term)
        return self._holds(head) or (bool(tail) and Rest(tail)._holds(head))

    def _holds(self, head: tuple[str, ...]) -> bool:
        places = self._places.get(head[0], ())[:MOST_PLACES] if head else ()
        ends = (at + len(head) for at in places if tuple(self._folded[at : at + len(head)]) == head)
        return any(not _qualifies(self._text, self._found, end - 1) for end in ends)


def _halves(term: str) -> tuple[tuple[str, ...], str]:
    """The folded words of a term before its "on his head", and the rest of it."""
    found = words(term)
    places = (at for at, word in enumerate(found) if at and word.text in nouns.bound("prepositions"))
    end = next(places, len(found))
    tail = term[found[end].start :] if end < len(found) else ""
    return tuple(singular(word.text) for word in found[:end]), tail


def _qualifies(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a singular noun stands before another noun, as far as spelling tells it from a verb."""
    if at + 1 == len(found) or nouns.mark(text, found, at) or singular(found[at].text) != found[at].text:
        return False
    following = found[at + 1].text
    ends = following in nouns.bound("stops") or following in nouns.bound("prepositions")
    return not ends and not following.endswith(("ing", "ed", "s"))
