"""Commands that change the project: blocks, budget, routing. Only where they open the message, outside quotes.

No reader but this and `agent.reading.block` makes a `ChangeStyle`, a `ChangeNegatives` or an `ExemptTerms`: words
further inside a request, in quotes, in brackets or in somebody's mouth never reach a stored block.
"""

import re
from collections.abc import Callable, Sequence

from agent.intents import ChangeNegatives, ChangeStyle, SetBudget, SetRouting, Unclear
from agent.reading import block, moods, negation, talk, vocabulary, wishes
from agent.reading.message import Message, Understood
from agent.reading.words import Hit, Word, cut, plain, tidy, words

LONGEST = 2_000  # characters of a command
LONGEST_SETTING = 10  # words of "set the budget to 40 dollars", "allow Runway again"

_MONEY = re.compile(
    r"(?:[$]\s?(?P<sign>\d{1,9}(?:[.,]\d{1,2})?)|(?P<plain>\d{1,9}(?:[.,]\d{1,2})?)\s?(?:dollars?|usd|bucks))", re.I
)

_REFERENCE = re.compile(r"\b(?:ref|reference|image|picture|mood board|moodboard)s?\b", re.I)
"""What is said of an image is a rule about it, never a part of the style."""

Reader = Callable[[Message], Understood | None]


def read(message: Message) -> Understood | None:
    """The command a message opens with, and what follows it read as a request."""
    opened = message.about(_opened(message.text))
    if not opened.text or len(opened.text) > LONGEST:
        return None
    return _first((_lasting, *_BLOCKS, _budget, _from_now_on, _routing), opened)


def _first(readers: Sequence[Reader], message: Message) -> Understood | None:
    return next((understood for reader in readers if (understood := reader(message)) is not None), None)


def _opened(text: str) -> str:
    """The text without "please", "and", "can you" before it."""
    found = words(text[:80])
    at = 0
    while at < len(found) and found[at].text in vocabulary.wordset("turns", "project", "courtesy"):
        at += 1
    return text[found[at].start :] if at < len(found) else text


def _style(message: Message) -> Understood | None:
    """ "style: ink wash", "change the style block to ink wash"."""
    found = words(message.text)
    first = found[0].text if found else ""
    at = 1 if first in vocabulary.wordset("turns", "project", "set") else 0
    name = block.style_name(found, at) if at < len(found) else None
    if name is None or name.last + 1 >= len(found):
        return None
    gap = message.text[found[name.last].end : found[name.last + 1].start].strip()
    following = found[name.last + 1]
    if at == 1 and following.text in ("to", "as", "into"):
        start = following.end
    elif gap == ":" or (at == 0 and following.text == "is" and gap == ""):
        start = following.start if gap == ":" else following.end
    else:
        return None
    text = message.shielded.unveil(message.text[start:]).strip(" :\"'“”\n")
    if plain(text) in vocabulary.wordset("turns", "project", "nothing"):
        return Understood((Unclear(readings=(block.OWNER_ONLY,)),))
    return Understood((ChangeStyle(text=text),))


_BLOCKS: tuple[Reader, ...] = (_style, block.clear, block.exempt, block.change)


def _lasting(message: Message) -> Understood | None:
    """ "from now on, the style is: gouache": a command about a block lasts anyway, so the scope says nothing more."""
    scope, rest = _scoped(message)
    return _first(_BLOCKS, message.about(rest)) if scope is not None and _is_sure(scope) else None


def _budget(message: Message) -> Understood | None:
    found = words(message.text)
    at = 1 if found and found[0].text in vocabulary.wordset("turns", "project", "set_budget") else 0
    name = vocabulary.phrases("turns", "project", "budget").at(found, at) if at < len(found) else None
    money = _MONEY.search(message.text)
    if name is None or money is None or len(found) > LONGEST_SETTING or "?" in message.text:
        return None
    amount = float((money.group("sign") or money.group("plain")).replace(",", "."))
    return Understood((SetBudget(micro_usd=round(amount * 1_000_000)),))


def _from_now_on(message: Message) -> Understood | None:
    """ "from now on no text on screen": the scope opens or closes the message, and the rest is one wish."""
    scope, rest = _scoped(message)
    if scope is None:
        return None
    _, rest = _scoped(message.about(rest))  # "from now on, in every shot"
    spoken = any(each.mood is not moods.Mood.NAME for each in moods.of(rest))
    rest = talk.bare(rest).text
    if plain(rest) in vocabulary.wordset("turns", "project", "nothing"):
        return None
    wished, left = wishes.read(rest, models=message.scene.models)
    if wished.exclude and not words(left):
        return Understood((SetRouting(exclude=wished.exclude),))
    excluded = negation.read(rest)
    if excluded.terms and not words(excluded.rest):
        return Understood((ChangeNegatives(add=tuple(message.shielded.unveil(term) for term in excluded.terms)),))
    spoken = any(each.mood is not moods.Mood.NAME for each in moods.of(rest))
    if (
        _is_sure(scope)
        and scope.first == 0
        and message.scene.style
        and rest
        and not (spoken or _REFERENCE.search(rest))
    ):
        return Understood((ChangeStyle(text=f"{message.scene.style.rstrip('. ')}. {message.shielded.unveil(rest)}"),))
    return None


def _scoped(message: Message) -> tuple[Hit[str] | None, str]:
    """The "from now on" or "in every shot" that opens or closes a message, and the message without it."""
    found = words(message.text)
    lasting = vocabulary.phrases("turns", "project", "from_now_on")
    scope = next((hit for hit in lasting.hits(found) if _at_edge(found, hit)), None)
    if scope is None:
        return None, message.text
    return scope, tidy(cut(message.text, [(found[scope.first].start, found[scope.last].end)]))


def _is_sure(scope: Hit[str]) -> bool:
    """Whether it speaks of the film; "always" and "everywhere" may stand in a shot as well."""
    return scope.meaning in vocabulary.wordset("turns", "project", "surely_from_now_on")


def _at_edge(found: Sequence[Word], hit: Hit[str]) -> bool:
    return hit.first == 0 or hit.last == len(found) - 1


def _routing(message: Message) -> Understood | None:
    """ "allow Runway again"."""
    found = words(message.text)
    lead = vocabulary.phrases("families", "before", "allow").at(found, 0) if found else None
    if lead is None or len(found) > LONGEST_SETTING:
        return None
    named = wishes.families(message.text, models=message.scene.models)
    return Understood((SetRouting(allow=named),)) if named else None
