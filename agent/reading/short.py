"""Short turns in any order of words, by bags; and a turn whose one clause is a form while the others are only talk."""

import re
from collections.abc import Callable

from agent.film import Wishes
from agent.intents import (
    ChangeNegatives,
    ExemptTerms,
    Intent,
    Pick,
    Reject,
    Remark,
    Retake,
    SetBudget,
    SetRouting,
    Unclear,
)
from agent.reading import bags, steering, turns, vocabulary, wishes
from agent.reading.clauses import join, split
from agent.reading.message import Message, Understood, numbers
from agent.reading.warrants import ONLY_A_REMARK
from agent.reading.words import cut, plain, words
from agent.steering import Revert, Undo
from prompts.terms import identity

GROUPS = {
    "stale": "generate the stale ones",
    "failed": "generate the failed ones",
    "rest": "generate the rest",
    "everything": "generate all the shots",
}
"""The order by each idea of which shots are meant."""

MOST_TALK = 8
"""Words beside the one clause that says what to do."""

_MONEY = re.compile(r"(?:[$]\s?(\d[\d,]*(?:\.\d\d?)?)|(\d[\d,]*(?:\.\d\d?)?)\s?(?:dollars?|usd|bucks))", re.IGNORECASE)
_TAKE = re.compile(r"\btake\s?#?(\d{1,3}|one|two|three|four|five|six)\b", re.IGNORECASE)
_ASKS = frozenset({"is", "was", "are", "were", "did", "does", "do", "which", "why", "who", "when"})

Builder = Callable[[Message], Intent | None]


def read(message: Message) -> Understood | None:
    """What a short turn says, where its words leave no doubt."""
    for build in _BUILDERS:
        intent = build(message)
        if intent is not None:
            return Understood((intent,))
    return _beside_talk(message)


def _beside_talk(message: Message) -> Understood | None:
    """ "changed my mind, circle the first": one clause is a form, the rest is made of talk."""
    clauses = split(message.text) if len(words(message.text)) <= bags.LONGEST else ()
    for clause in clauses if len(clauses) > 1 and message.scene.shots else ():
        others = [other for other in clauses if other is not clause]
        if not all(bags.holds(other.text, "talk") for other in others):
            continue
        inner = message.about(clause.text)
        understood = steering.read(inner) or turns.read(inner) or _short(inner)
        if understood is not None and understood.intents != (Remark(),):
            return understood
    return None


def _short(message: Message) -> Understood | None:
    intents = (build(message) for build in _BUILDERS)
    found = next((intent for intent in intents if intent is not None), None)
    return Understood((found,)) if found is not None else None


def _shot(message: Message) -> int | None:
    named, _ = numbers(message.text)
    return named[0] if named else None


def _only_which(message: Message) -> Intent | None:
    """ "all of them", "the stale ones", "shots 1 to 3": it names shots and says nothing of what is to be done."""
    named, rest = numbers(message.text)
    listed = len(named) > 1 and not words(rest)
    if not message.scene.shots or not (listed or bags.holds(message.text, "only_which")):
        return None
    said = (name for name in GROUPS if vocabulary.phrases("deeds", "ideas", name).hits(words(message.text)))
    order = f"generate {message.text.strip()}" if listed else GROUPS[next(said, "everything")]
    return Unclear(says=(order, ONLY_A_REMARK))


def _undo(message: Message) -> Intent | None:
    said = bags.holds(message.text, "undo") or bags.holds(message.text, "undo_change")
    return Undo(shot=_shot(message)) if said and message.scene.shots else None


def _revert(message: Message) -> Intent | None:
    if not message.scene.shots or not bags.holds(message.text, "revert"):
        return None
    said = set(message.plain.split())
    first = bool(said & vocabulary.wordset("turns", "bags", "beginnings"))
    return Revert(shot=_shot(message), version=1 if first else None)


def _pick(message: Message) -> Intent | None:
    _, text = numbers(message.text)
    if not message.scene.shots or not bags.holds(text, "pick"):
        return None
    numbered = _TAKE.search(text)
    ordinals = vocabulary.wordset("turns", "bags", "ordinals")
    said = numbered.group(1) if numbered else next((word.text for word in words(text) if word.text in ordinals), None)
    return Pick(take=steering.nth(said), shot=_shot(message)) if said else None


def _reject(message: Message) -> Intent | None:
    """ "her fingers look wrong in take 2, bin it": one clause throws a take away, one says what is wrong."""
    clauses = split(message.text)
    thrown = [clause for clause in clauses if bags.holds(clause.text, "throw")]
    take = _TAKE.search(message.text)
    if not thrown or take is None or not message.scene.shots:
        return None
    rest = join([clause for clause in clauses if clause not in thrown])
    fault = message.shielded.unveil(rest.replace(take.group(), "").strip(" ,.:;"))
    return Reject(take=steering.nth(take.group(1)), shot=_shot(message), terms=(fault,) if fault else ())


def _reroute(message: Message) -> Intent | None:
    named = wishes.families(message.text, models=message.scene.models)
    asks = "?" in message.text and message.plain.partition(" ")[0] in _ASKS
    if asks or not named or not message.scene.shots or not bags.holds(_without(message.text, named), "reroute"):
        return None
    shot = _shot(message)
    return Retake(shots=(shot,) if shot is not None else (), wishes=Wishes(models=named))


def _routing(message: Message) -> Intent | None:
    """A model and the whole film: kept out, let in again, or the only one."""
    named = wishes.families(message.text, models=message.scene.models)
    rest = _without(message.text, named)
    if not named:
        return None
    if bags.holds(rest, "keep_out"):
        return SetRouting(exclude=named)
    return SetRouting(allow=named) if bags.holds(rest, "let_in") else None


def _budget(message: Message) -> Intent | None:
    match = _MONEY.search(message.text)
    if match is None or not bags.holds(cut(message.text, [match.span()]), "budget"):
        return None
    return SetBudget(micro_usd=round(float((match.group(1) or match.group(2)).replace(",", "")) * 1_000_000))


def _held(message: Message) -> Intent | None:
    """A term of the block and words that let it go: out of the block, or out of one shot."""
    terms = {identity(term): term for term in message.scene.negatives}
    found = message.plain
    named = [term for term in terms.values() if re.search(rf"\b{re.escape(plain(term))}\b", found)]
    rest = found
    for term in named:
        rest = re.sub(rf"\b{re.escape(plain(term))}\b", " ", rest)
    if not named:
        return None
    if bags.holds(rest, "let_go_here"):
        return ExemptTerms(terms=tuple(named), shot=_shot(message))
    return ChangeNegatives(remove=tuple(named)) if bags.holds(rest, "let_go") else None


def _remark(message: Message) -> Intent | None:
    talk = bags.holds(message.text, "talk") and not any(sign.isdigit() for sign in message.text)
    return Remark() if talk else None


def _without(text: str, named: tuple[str, ...]) -> str:
    """The text without the names of models, however they are spelled."""
    spelled = (name for family in named for name in (family, *_spellings(family)))
    for name in sorted(spelled, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", " ", text, flags=re.IGNORECASE)
    return text


def _spellings(family: str) -> tuple[str, ...]:
    known = vocabulary.table("families", "families")
    return vocabulary.listed("families", "families", family, "names") if family in known else ()


_BUILDERS: tuple[Builder, ...] = (
    _only_which,
    _undo,
    _revert,
    _held,
    _routing,
    _reroute,
    _budget,
    _pick,
    _reject,
    _remark,
)
