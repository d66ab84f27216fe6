"""The intent behind deeds done to shots and takes, or that answer a question; `rulings` has those of the whole film."""

from collections.abc import Mapping

from agent.film import Wishes
from agent.intents import Decide, Intent, Pick, Reject, Remark, Retake, Unclear
from agent.reading import ideas, negation, rulings
from agent.reading.rulings import Builder
from agent.reading.said import Said
from agent.steering import Group, Omit, Preview, Reorder, Revert, Spot, Undo, Which

PAIR = 2  # shots that change places, or stand one beside the other


def of(deed: str, said: Said) -> Intent | None:
    """The intent of a clause that is that deed; ``None`` where the film has nothing that it could be about."""
    return _BUILDERS[deed](said)


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
    **rulings.BUILDERS,
    "preview": _preview,
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
    "reroute": _reroute,
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
