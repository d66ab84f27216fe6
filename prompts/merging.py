"""Several lists of negatives as one: bare noun phrases, each thing once."""

from collections.abc import Iterable

from prompts import entries, terms
from prompts.blocks import Term


def merge(given: Iterable[Term]) -> tuple[Term, ...]:
    """The terms cleaned, in order of first mention.

    Of several names for one thing the vocabulary's own stays, because that is the one vendors and viewers know best;
    else the first. The layer is the first one's.
    """
    merged: dict[str, Term] = {}
    for term in given:
        for part in entries.split(term.text):
            text = entries.read(part).text
            thing = terms.identity(text)
            first = merged.get(thing)
            if text and first is None:
                merged[thing] = Term(text=text, layer=term.layer)
            elif first is not None and text.casefold() == thing:
                merged[thing] = Term(text=text, layer=first.layer)
    return tuple(merged.values())
