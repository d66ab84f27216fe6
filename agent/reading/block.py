"""Commands on the negative block: add to it, take from it, or set its terms aside for one shot."""

import re
from collections.abc import Sequence

from agent.intents import ChangeNegatives, ExemptTerms, Intent, Unclear
from agent.reading import camera, negation, request, vocabulary
from agent.reading.clauses import split
from agent.reading.message import Message, Understood, numbers
from agent.reading.words import Hit, Lexicon, Word, cut, plain, tidy, words
from prompts import terms
from prompts.blocks import Layer

OWNER_ONLY = "emptying a block is done by the project's owner in the project's settings"
LONGEST_CLEAR = 10  # words of "project settings: clear the negative block, yes really"
FARTHEST_PLACE = 80  # words before the block is named

_SPLIT = re.compile(r"\s*(?:[,;/]|\band\b|\bor\b)\s*", re.I)
_LAYER = re.compile(r"\b(format|anatomy|quality) layer\b", re.I)
_FOR_SHOT = re.compile(r"\b(?:just |only )?(?:for|on|in) shot \d{1,4}\b(?: only\b)?", re.I)
_LIMITING = frozenset({"just", "only", "once"})


def clear(message: Message) -> Understood | None:
    """ "clear the negative block": told where that is done, never done here."""
    found = words(message.text)
    if len(found) > LONGEST_CLEAR or any(camera.read(clause.text).values for clause in split(message.text)[1:]):
        return None
    for at, word in enumerate(found[:-1]):
        if word.text in _project("clear") and (_block_name(found, at + 1) or style_name(found, at + 1)):
            return Understood((Unclear(readings=(OWNER_ONLY,)),))
    return None


def exempt(message: Message) -> Understood | None:
    """ "exempt 'text' for this shot", "remove 'text' just for this shot: ...".

    "Remove the text in this shot" may speak of the picture, so other verbs than "exempt" count for terms of the block
    only, and "remove" only where the words limit it to the shot.
    """
    found = words(message.text)
    verb = found[0].text if found else ""
    scope = _one_shot(message.text, found)
    if scope is None or verb not in _project("exempt") | _project("allow") | _project("remove"):
        return None
    start, limited = scope
    place = _place(found, ("from", "of", "in"))
    until = min(start, found[place.first].start) if place else start
    named = _named_terms(message.text[found[0].end : until], message)
    sure = verb in _project("exempt") or (_held(named, message) == named and (limited or verb in _project("allow")))
    return _removed(named, message.text[start:], message) if named and sure else None


def change(message: Message) -> Understood | None:
    """ "add 'lens flare' to the negative block", "remove 'text' from the negatives"."""
    found = words(message.text)
    verb = found[0].text if found else ""
    adds, removes = verb in _project("add"), verb in _project("remove")
    if not (adds or removes):
        return None
    place = _place(found, ("to", "in", "into", "on") if adds else ("from", "of", "in"))
    if place is None:
        return _taken_back(message, found) if removes else None
    named = _named_terms(message.text[found[0].end : found[place.first].start], message)
    tail = message.text[found[place.last].end :]
    if adds and set(named) <= vocabulary.wordset("turns", "project", "announced"):
        named, tail = _named_terms(tail.strip(" :.\n"), message), ""
    return _added(named, message.text, tail, message) if adds else _removed(named, tail, message)


def style_name(found: Sequence[Word], at: int) -> Hit[str] | None:
    """The style block by one of its names."""
    return vocabulary.phrases("turns", "project", "style").at(found, at)


def _block_name(found: Sequence[Word], at: int) -> Hit[str] | None:
    return vocabulary.phrases("turns", "project", "blocks").at(found, at)


def _one_shot(text: str, found: Sequence[Word]) -> tuple[int, bool] | None:
    """Where a message begins to speak of one shot, and whether it says "just" or "only"; ``None`` if nowhere."""
    phrases = ((found[hit.first].start, found[hit.last].end) for hit in _this_shot().hits(found))
    numbered = (match.span() for match in _FOR_SHOT.finditer(text))
    span = min((*phrases, *numbered), default=None)
    return None if span is None else (span[0], bool(_LIMITING & set(plain(text[slice(*span)]).split())))


def _this_shot() -> Lexicon[str]:
    return vocabulary.phrases("turns", "project", "this_shot")


def _place(found: Sequence[Word], links: tuple[str, ...]) -> Hit[str] | None:
    """Where the block is named: "to the negative block", from the link word on."""
    places = (_linked_block(found, at, links) for at in range(1, min(len(found), FARTHEST_PLACE)))
    return next((hit for hit in places if hit), None)


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
    if not named or set(named) & _project("everything"):
        return Understood((Unclear(readings=("name the terms to add",)),))
    change = ChangeNegatives(add=named, layer=Layer(layer.group(1).lower()) if layer else None)
    return _followed(change, tail, message)


def _removed(named: tuple[str, ...], tail: str, message: Message) -> Understood:
    shots, _ = numbers(tail) if _FOR_SHOT.search(tail) else ((), tail)
    here = _this_shot().hits(words(tail))
    if not named or {plain(name) for name in named} & _project("everything"):
        return Understood((Unclear(readings=("name the terms one by one", OWNER_ONLY)),))
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
    held = _held(named, message)
    return Understood((ChangeNegatives(remove=held),)) if held else None


def _held(named: tuple[str, ...], message: Message) -> tuple[str, ...]:
    """Those of the names that are in the block."""
    known = {terms.identity(term) for term in message.scene.negatives}
    return tuple(name for name in named if terms.identity(name) in known)


def _followed(intent: Intent, tail: str, message: Message) -> Understood:
    """The command, and what is said after it."""
    further = request.read(message.about(tidy(tail))) if len(words(tail)) > 2 else None
    return Understood((intent, *further.intents), further.remarks) if further else Understood((intent,))


def _project(name: str) -> frozenset[str]:
    return vocabulary.wordset("turns", "project", name)
