"""Commands that change the project: blocks, budget, routing. Only where they open the message, outside quotes.

Nothing else in the house makes a `ChangeStyle`, a `ChangeNegatives` or an `ExemptTerms`: words further inside a
request, in quotes, in brackets or in somebody's mouth never reach a stored block.
"""

import re
from collections.abc import Callable, Sequence

from agent.intents import ChangeNegatives, ChangeStyle, ExemptTerms, Intent, SetBudget, SetRouting, Unclear
from agent.reading import negation, request, vocabulary, wishes
from agent.reading.message import Message, Understood, numbers
from agent.reading.words import Hit, Word, cut, plain, tidy, words
from prompts import terms
from prompts.blocks import Layer

LONGEST = 2_000  # characters of a command
LONGEST_CLEAR = 10  # words of "project settings: clear the negative block, yes really"

_OWNER_ONLY = "emptying a block is done by the project's owner in the project's settings"
_NOTHING = frozenset({"", "none", "off", "nothing", "no", "null", "empty", "blank", "false", "default", "n a"})
_MONEY = re.compile(
    r"(?:[$]\s?(?P<sign>\d{1,9}(?:[.,]\d{1,2})?)|(?P<plain>\d{1,9}(?:[.,]\d{1,2})?)\s?(?:dollars?|usd|bucks))", re.I
)
_SPLIT = re.compile(r"\s*(?:[,;/]|\band\b|\bor\b)\s*", re.I)
_LAYER = re.compile(r"\b(format|anatomy|quality) layer\b", re.I)
_FOR_SHOT = re.compile(r"\b(?:just |only )?(?:for|on|in) shot \d{1,4}\b", re.I)


def read(message: Message) -> Understood | None:
    """The command a message opens with, and what follows it read as a request."""
    opened = message.about(_opened(message.text))
    if not opened.text or len(opened.text) > LONGEST:
        return None
    readers: tuple[Callable[[Message], Understood | None], ...] = (
        _style,
        _clear,
        _block,
        _budget,
        _from_now_on,
        _routing,
    )
    return next((understood for reader in readers if (understood := reader(opened)) is not None), None)


def _opened(text: str) -> str:
    """The text without "please", "and", "can you" before it."""
    found = words(text[:80])
    at = 0
    while at < len(found) and found[at].text in _COURTESY:
        at += 1
    return text[found[at].start :] if at < len(found) else text


_COURTESY = frozenset(
    {"please", "pls", "and", "ok", "okay", "now", "so", "then", "also", "can", "could", "you", "hey", "hi", "let's"}
)


def _style(message: Message) -> Understood | None:
    """ "style: ink wash", "change the style block to ink wash"."""
    found = words(message.text)
    first = found[0].text if found else ""
    at = 1 if first in vocabulary.wordset("turns", "project", "set") else 0
    name = vocabulary.phrases("turns", "project", "style").at(found, at) if at < len(found) else None
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
    if plain(text) in _NOTHING:
        return Understood((Unclear(readings=(_OWNER_ONLY,)),))
    return Understood((ChangeStyle(text=text),))


def _clear(message: Message) -> Understood | None:
    """ "clear the negative block": told where that is done, never done here."""
    found = words(message.text)
    if len(found) > LONGEST_CLEAR:
        return None
    for at, word in enumerate(found[:-1]):
        if word.text in vocabulary.wordset("turns", "project", "clear") and (
            _block_name(found, at + 1) or _style_name(found, at + 1)
        ):
            return Understood((Unclear(readings=(_OWNER_ONLY,)),))
    return None


def _style_name(found: Sequence[Word], at: int) -> Hit[str] | None:
    return vocabulary.phrases("turns", "project", "style").at(found, at)


def _block_name(found: Sequence[Word], at: int) -> Hit[str] | None:
    return vocabulary.phrases("turns", "project", "blocks").at(found, at)


def _block(message: Message) -> Understood | None:
    """ "add 'lens flare' to the negative block", "remove 'text' from the negatives (just for this shot)"."""
    found = words(message.text)
    if not found:
        return None
    adds = found[0].text in vocabulary.wordset("turns", "project", "add")
    removes = found[0].text in vocabulary.wordset("turns", "project", "remove")
    if not (adds or removes):
        return None
    links = ("to", "in", "into", "on") if adds else ("from", "of", "in")
    place = next(
        (hit for hit in (_linked_block(found, at, links) for at in range(1, min(len(found), 80))) if hit), None
    )
    if place is None:
        return _taken_back(message, found) if removes else None
    named = _named_terms(message.text[found[0].end : found[place.first].start], message)
    tail = message.text[found[place.last].end :]
    return _added(named, message.text, tail, message) if adds else _removed(named, tail, message)


def _linked_block(found: Sequence[Word], at: int, links: tuple[str, ...]) -> Hit[str] | None:
    """A link word and the block's name after it, with "the format layer of" between them if need be."""
    if found[at].text not in links:
        return None
    for start in range(at + 1, min(at + 6, len(found))):
        hit = _block_name(found, start)
        if hit is not None:
            return Hit(hit.meaning, at, hit.last)
        if found[start].text not in ("the", "my", "our", "format", "anatomy", "quality", "layer", "of"):
            return None
    return None


def _named_terms(text: str, message: Message) -> tuple[str, ...]:
    named = (message.shielded.unveil(item).strip(" \"'“”") for item in _SPLIT.split(text))
    bare = (negation.bare(_without_out(item)) for item in named)
    return tuple(dict.fromkeys(item for item in bare if item))


def _without_out(item: str) -> str:
    return item.removesuffix(" out") if item.endswith(" out") else item


def _added(named: tuple[str, ...], text: str, tail: str, message: Message) -> Understood:
    layer = _LAYER.search(text)
    if not named or set(named) & vocabulary.wordset("turns", "project", "everything"):
        return Understood((Unclear(readings=("name the terms to add",)),))
    change = ChangeNegatives(add=named, layer=Layer(layer.group(1).lower()) if layer else None)
    return _followed(change, tail, message)


def _removed(named: tuple[str, ...], tail: str, message: Message) -> Understood:
    shots, _ = numbers(tail) if _FOR_SHOT.search(tail) else ((), tail)
    here = vocabulary.phrases("turns", "project", "this_shot").hits(words(tail))
    if not named or {plain(name) for name in named} & vocabulary.wordset("turns", "project", "everything"):
        return Understood((Unclear(readings=("name the terms one by one", _OWNER_ONLY)),))
    if not shots and not here:
        return _followed(ChangeNegatives(remove=named), tail, message)
    found = words(tail)
    rest = cut(tail, [(found[hit.first].start, found[hit.last].end) for hit in here])
    shot = shots[0] if shots else None
    further = message.about(tidy(_FOR_SHOT.sub(" ", rest)))
    exempt = ExemptTerms(terms=named, shot=shot)
    return Understood((exempt, request.change(further, shot=shot)) if words(further.text) else (exempt,))


def _taken_back(message: Message, found: Sequence[Word]) -> Understood | None:
    """ "take logos out again", where logos are in the block."""
    if len(found) > LONGEST_CLEAR or found[-1].text not in ("again", "out"):
        return None
    last = next((at for at, word in enumerate(found) if word.text == "out"), None)
    if last is None or last < 2:
        return None
    named = _named_terms(message.text[found[0].end : found[last].start], message)
    known = {terms.identity(term) for term in message.scene.negatives}
    held = tuple(name for name in named if terms.identity(name) in known)
    return Understood((ChangeNegatives(remove=held),)) if held else None


def _followed(intent: Intent, tail: str, message: Message) -> Understood:
    """The command, and what is said after it."""
    further = request.read(message.about(tidy(tail))) if len(words(tail)) > 2 else None
    return Understood((intent, *further.intents), further.remarks) if further else Understood((intent,))


def _budget(message: Message) -> Understood | None:
    found = words(message.text)
    at = 1 if found and found[0].text in ("set", "raise", "lower", "change", "make", "increase", "reduce", "cap") else 0
    name = vocabulary.phrases("turns", "project", "budget").at(found, at) if at < len(found) else None
    money = _MONEY.search(message.text)
    if name is None or money is None or len(found) > LONGEST_CLEAR or "?" in message.text:
        return None
    amount = float((money.group("sign") or money.group("plain")).replace(",", "."))
    return Understood((SetBudget(micro_usd=round(amount * 1_000_000)),))


def _from_now_on(message: Message) -> Understood | None:
    """ "from now on no text on screen": the scope opens or closes the message, and the rest is one wish."""
    found = words(message.text)
    scope = next(
        (hit for hit in vocabulary.phrases("turns", "project", "from_now_on").hits(found) if _at_edge(found, hit)), None
    )
    if scope is None:
        return None
    rest = tidy(cut(message.text, [(found[scope.first].start, found[scope.last].end)]))
    wished, left = wishes.read(rest, models=message.scene.models)
    if wished.exclude and not words(left):
        return Understood((SetRouting(exclude=wished.exclude),))
    excluded = negation.read(rest)
    if excluded.terms and not words(excluded.rest):
        return Understood((ChangeNegatives(add=tuple(message.shielded.unveil(term) for term in excluded.terms)),))
    sure = scope.meaning in ("from now on", "from here on", "from here on out", "going forward")
    if sure and scope.first == 0 and message.scene.style and rest:
        return Understood((ChangeStyle(text=f"{message.scene.style.rstrip('. ')}. {message.shielded.unveil(rest)}"),))
    return None


def _at_edge(found: Sequence[Word], hit: Hit[str]) -> bool:
    return hit.first == 0 or hit.last == len(found) - 1


def _routing(message: Message) -> Understood | None:
    """ "allow Runway again"."""
    found = words(message.text)
    lead = vocabulary.phrases("families", "before", "allow").at(found, 0) if found else None
    if lead is None or len(found) > LONGEST_CLEAR:
        return None
    named = wishes.families(message.text, models=message.scene.models)
    return Understood((SetRouting(allow=named),)) if named else None
