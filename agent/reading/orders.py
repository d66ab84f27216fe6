"""The intent behind each deed: what a clause asks for, from the shots, takes, models, sums and terms it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from agent.film import Wishes
from agent.intents import (
    ChangeNegatives,
    ChangeStyle,
    Decide,
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
from agent.reading import figures, forms, ideas, negation, vocabulary
from agent.reading.ideas import Told
from agent.reading.message import Message
from agent.reading.words import plain
from agent.standing import ClearNegatives, SetProject
from agent.steering import Group, Omit, Preview, Reorder, Revert, Spot, Undo, Which

MICRO = 1_000_000
PAIR = 2  # shots that change places, or stand one beside the other
_AROUND = frozenset({"ban", "add", "block", "film", "free", "stop", "see", "change", "style", "here", "this"})
"""Ideas whose words are never what a turn is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause that is a deed, with the rest of its turn.

    Attributes:
        clauses: All clauses of the turn, this one first.
    """

    clauses: tuple[Told, ...]
    message: Message

    @property
    def own(self) -> Told:
        """The clause itself."""
        return self.clauses[0]

    @property
    def shot(self) -> int | None:
        """The shot that it names, or some clause of the turn."""
        named = ideas.shots([self.own], self.message) or ideas.shots(self.clauses, self.message, loose=False)
        return named[0] if named else None

    @property
    def models(self) -> tuple[str, ...]:
        """The models it names."""
        return ideas.models(self.own.text, self.message)

    @property
    def strange(self) -> str:
        """The longest run of words in it that no idea knows: what it is about."""
        return _runs(self.own, self.message)


Builder = Callable[[Said], Intent | None]


def of(deed: str, said: Said) -> Intent | None:
    """The intent of a clause that is that deed; ``None`` where the film has nothing that it could be about."""
    return _BUILDERS[deed](said)


def _runs(told: Told, message: Message) -> str:
    """The words of a clause from the first strange one to the last, links between them kept."""
    strange = [
        nth
        for nth, (word, held) in enumerate(zip(told.found, told.at, strict=True))
        if not held & _AROUND and word.text not in vocabulary.wordset("turns", "bags", "glue")
    ]
    if not strange:
        return ""
    ends = [nth for nth, after in pairwise(strange) if any(told.at[m] & _AROUND for m in range(nth + 1, after))]
    last = ends[0] if ends else strange[-1]
    return message.shielded.unveil(told.text[told.found[strange[0]].start : told.found[last].end])


def _preview(said: Said) -> Intent | None:
    return Preview(shot=said.shot) if said.message.scene.shots else None


def _swap(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    return Reorder(shots=(shots[0],), spot=Spot.SWAP, beside=shots[1]) if len(shots) == PAIR else None


def _beside(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    spot = Spot.BEFORE if "before_spot" in said.own.ideas else Spot.AFTER
    return Reorder(shots=(shots[0],), spot=spot, beside=shots[1]) if len(shots) == PAIR else None


def _end(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    spot = Spot.FIRST if "first_spot" in said.own.ideas else Spot.LAST
    return Reorder(shots=shots, spot=spot) if len(shots) == 1 and said.message.scene.shots else None


def _omit(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    return Omit(shots=shots) if shots and said.message.scene.shots else None


def _revert(said: Said) -> Intent | None:
    if not said.message.scene.shots:
        return None
    numbered = [int(digits) for text in said.own.said.get("#version", ()) if (digits := _digits(text))]
    first = 1 if "first_version" in said.own.ideas else None
    return Revert(shot=said.shot, version=numbered[0] if numbered else first)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _undo(said: Said) -> Intent | None:
    return Undo(shot=said.shot)


def _pick(said: Said) -> Intent | None:
    if not said.message.scene.shots:
        return None
    return Pick(take=ideas.take([said.own]), shot=said.shot)


def _reject(said: Said) -> Intent | None:
    if not said.message.scene.shots:
        return None
    named = bool(said.own.said.get("#take"))
    fault = " ".join(clause.text for clause in said.clauses[1:2] if not clause.ideas & {"throw", "scorn"})
    faults = (negation.bare(part) for part in fault.split(" and "))
    terms = tuple(said.message.shielded.unveil(each) for each in faults if each)
    return Reject(take=ideas.take([said.own]) if named else None, shot=said.shot, terms=terms)


def _again(said: Said) -> Intent | None:
    return Retake(shots=ideas.shots(said.clauses[:1], said.message)) if said.message.scene.shots else None


def _elsewhere(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    return Retake(shots=shots[:1], elsewhere=True) if said.message.scene.shots else None


def _reroute(said: Said) -> Intent | None:
    if not said.models or not said.message.scene.shots:
        return None
    shots = ideas.shots([said.own], said.message)
    return Retake(shots=shots[:1], wishes=Wishes(models=said.models))


def _let_back(said: Said) -> Intent | None:
    return SetRouting(allow=said.models) if said.models else None


def _keep_out(said: Said) -> Intent | None:
    return SetRouting(exclude=said.models) if said.models else None


def _only_on(said: Said) -> Intent | None:
    return SetRouting(only=said.models) if said.models else None


def _terms(said: Said) -> tuple[str, ...]:
    """The terms of the block that it names, as the block has them or as they were said."""
    named = (said.message.shielded.unveil(text).strip("'\"“”") for text in said.own.said.get("#term", ()))
    return tuple(dict.fromkeys(named))


def _exempt(said: Said) -> Intent | None:
    return ExemptTerms(terms=_terms(said), shot=said.shot)


def _unban(said: Said) -> Intent | None:
    return ChangeNegatives(remove=_terms(said))


def _ban(said: Said) -> Intent | None:
    """What it forbids, or what the clause before it complained of."""
    named = said.strange or next((_runs(clause, said.message) for clause in said.clauses[1:]), "")
    items = [negation.bare(item.strip(" '\"“”")) for item in forms.LIST.split(named)]
    barred = vocabulary.wordset("turns", "project", "blocks") | vocabulary.wordset("turns", "project", "everything")
    terms = tuple(dict.fromkeys(item for item in items if item))
    return ChangeNegatives(add=terms) if terms and not {plain(term) for term in terms} & barred else None


def _style(said: Said) -> Intent | None:
    """The look from the first word that no idea but a medium knows, to the end of the turn."""
    own = said.own
    at = next((nth for nth, held in enumerate(own.at) if "medium" in held), None)
    if at is None:
        return None
    glue = vocabulary.wordset("turns", "bags", "glue")
    while at and not own.at[at - 1] and own.found[at - 1].text not in glue:
        at -= 1
    if any(not held and word.text not in glue for word, held in zip(own.found[:at], own.at[:at], strict=True)):
        return None  # somebody else is spoken of before it
    text = said.message.shielded.unveil(said.message.text)
    start = text.casefold().find(own.text[own.found[at].start :].casefold())
    wanted = text[start:] if start >= 0 else own.text[own.found[at].start :]
    return ChangeStyle(text=wanted.strip(" .,;:!?"))


def _setting(said: Said) -> Intent | None:
    ratio = figures.read(said.own.text).ratio
    return SetProject(aspect_ratio=ratio) if ratio else None


def _budget(said: Said) -> Intent | None:
    amount = ideas.money([said.own])
    if amount is None:
        return None
    held = said.own.ideas
    by = "more" in held and "raise" in held
    less = "cut_down" in held and "by" in plain(said.own.text).split()
    sign = -1 if less else 1
    return SetBudget(micro_usd=sign * round(amount * MICRO), change=by or less)


def _group(group: Group) -> Builder:
    def build(said: Said) -> Intent | None:
        return Retake(which=Which(group=group)) if said.message.scene.shots else None

    return build


def _some(said: Said) -> Intent | None:
    shots = ideas.shots([said.own], said.message)
    return Retake(shots=shots) if shots and said.message.scene.shots else None


def _decide(*, approve: bool) -> Builder:
    def build(said: Said) -> Intent | None:
        return Decide(approve=approve, shot=said.shot)

    return build


def _scorn(said: Said) -> Intent | None:
    """ "that's not working" throws the take away; "not a fan" alone does not say what it is about."""
    pointed = said.own.ideas & {"this", "this_take"}
    return Reject(shot=said.shot) if pointed and said.message.scene.shots else Unclear()


def _always(intent: Intent) -> Builder:
    """Of a deed that names nothing."""

    def build(said: Said) -> Intent | None:
        return intent

    return build


_BUILDERS: Mapping[str, Builder] = {
    "preview": _preview,
    "clear": _always(ClearNegatives()),
    "swap": _swap,
    "beside": _beside,
    "end": _end,
    "omit": _omit,
    "revert": _revert,
    "undo": _undo,
    "pick": _pick,
    "reject": _reject,
    "again": _again,
    "elsewhere": _elsewhere,
    "let_back": _let_back,
    "keep_out": _keep_out,
    "only_on": _only_on,
    "reroute": _reroute,
    "exempt": _exempt,
    "unban": _unban,
    "ban": _ban,
    "style": _style,
    "setting": _setting,
    "budget": _budget,
    "rest": _group(Group.UNSHOT),
    "stale": _group(Group.STALE),
    "failed": _group(Group.FAILED),
    "everything": _group(Group.ALL),
    "some": _some,
    "stop": _decide(approve=False),
    "scorn": _scorn,
    "vague": _always(Unclear()),
    "which": _always(Unclear()),
    "talk": _always(Remark()),
    "yes": _decide(approve=True),
}
