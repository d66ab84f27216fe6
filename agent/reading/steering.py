"""Turns that steer: history, the list of shots, takes, previews, and many shots at once. Each is a form."""

import re
from collections.abc import Callable, Mapping

from agent.film import Wishes
from agent.intents import Ask, Draft, Intent, Pick, Reject, Retake, Revise, Topic
from agent.reading import figures, forms, negation, vocabulary, wishes
from agent.reading.forms import Form
from agent.reading.message import Message, Understood, numbers
from agent.reading.words import plain, words
from agent.steering import (
    Act,
    Borrow,
    Group,
    Narrow,
    Omit,
    Pace,
    Part,
    Preview,
    Redo,
    Reorder,
    Revert,
    Spot,
    Undo,
    Which,
)

_AND = re.compile(r"\s*,\s*and\s|\splus\s", re.IGNORECASE)
_TO = re.compile(r"\s(?:thru|till|until)\s", re.IGNORECASE)
_LAST = frozenset({"last", "latest", "newest"})
_NTH: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}

_QUOTES = frozenset('"“”„«»')

MOST_UNDONE = 20
"""Changes that one turn takes back."""

Builder = Callable[[Form, Message], Intent | None]


def read(message: Message) -> Understood | None:
    """The turn as one of the forms, if it is one and the film has what it is about."""
    said = message.shielded.unveil(message.text)
    bare = message.about(said) if said != message.text and not set(said) & _QUOTES else None
    return _as_typed(message) or (_as_typed(bare) if bare else None)


def _as_typed(message: Message) -> Understood | None:
    near = forms.near(message.text)
    for name, build in _BUILDERS.items():
        form = forms.read(message.text, name) if name in near else None
        intent = build(form, message) if form else None
        if intent is not None:
            return Understood((intent,))
    return None


def numbered(said: str | None) -> tuple[int, ...]:
    """The shot numbers of a slot: ``"shots 2 to 4"``, ``"2, 3 and 5"``."""
    return numbers(f"shots {_without_shot(said)}")[0] if said else ()


def nth(said: str) -> int | None:
    """The number of ``"second"``, ``"2nd"``, ``"two"``; ``None`` for the last."""
    plainly = said.casefold()
    if plainly in _LAST:
        return None
    digits = "".join(each for each in plainly if each.isdigit())
    return int(digits) if digits else _NTH.get(plainly) or figures.count(plainly)


def _without_shot(said: str) -> str:
    bare = " ".join(word for word in said.replace("#", " ").split() if plain(word) not in _SHOT_WORDS)
    return _TO.sub(" to ", _AND.sub(" and ", bare))


_SHOT_WORDS = frozenset({"shot", "shots", "sh", "number", "no", "the"})


def shots_of(form: Form, message: Message, slot: str = "shots") -> tuple[int, ...]:
    """The shots of a slot; "the last shot" is that of the film's list."""
    said = form.slots.get(slot, "")
    ends = _ENDS & set(plain(said).split())
    if ends and message.scene.shots:
        known = [number for number, _ in message.scene.shots]
        return (known[0] if ends & _OPENING else known[-1],)
    return numbered(said)


def one(form: Form, message: Message, slot: str = "shot") -> int | None:
    """The one shot of a slot."""
    found = shots_of(form, message, slot)
    return found[0] if found else None


_OPENING = frozenset({"first", "opening"})
_ENDS = _OPENING | {"last", "final", "closing"}


def _undo(form: Form, message: Message) -> Intent | None:
    return Undo(shot=one(form, message))


def _undo_several(form: Form, message: Message) -> Intent | None:
    """ "Undo the last three", "undo it twice"."""
    return Undo(shot=one(form, message), times=min(nth(form.slots.get("n", "two")) or 1, MOST_UNDONE))


def _redo(form: Form, message: Message) -> Intent | None:
    return Redo()


def _redo_undone(form: Form, message: Message) -> Intent | None:
    return Redo() if message.scene.undone else None


def _bring_back(form: Form, message: Message) -> Intent | None:
    """What is gone was undone, or taken out by the last change."""
    if message.scene.undone and "shot" not in form.slots:
        return Redo()
    return Undo(shot=one(form, message))


def _revert(form: Form, message: Message) -> Intent | None:
    said = form.slots.get("n") or form.slots.get("nth")
    if form.name == "revert" and not form.slots:
        return Undo()  # "revert" alone takes back what was just done
    return Revert(shot=one(form, message), version=nth(said) if said else None)


def _revert_first(form: Form, message: Message) -> Intent | None:
    return Revert(shot=one(form, message), version=1)


def _preview(form: Form, message: Message) -> Intent | None:
    return Preview(shot=one(form, message)) if message.scene.shots else None


def _pace(act: Act) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        return Pace(act=act)

    return build


def _show(form: Form, message: Message) -> Intent | None:
    return Ask(topic=Topic.SHOT, shot=one(form, message))


def _omit(form: Form, message: Message) -> Intent | None:
    return Omit(shots=shots_of(form, message)) if message.scene.shots else None


def _move(spot: Spot) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        shot = one(form, message)
        return Reorder(shots=(shot,), spot=spot, beside=one(form, message, "other")) if shot is not None else None

    return build


def _order(form: Form, message: Message) -> Intent | None:
    shots = shots_of(form, message)
    return Reorder(shots=shots) if len(shots) > 1 else None


def _pick(form: Form, message: Message) -> Intent | None:
    return Pick(take=nth(form.slots["nth"]), shot=one(form, message)) if message.scene.shots else None


def _pick_model(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return Pick(shot=one(form, message), model=named[0]) if named and message.scene.shots else None


def _reject(form: Form, message: Message) -> Intent | None:
    if not message.scene.shots:
        return None
    said = form.slots.get("nth")
    faults = [negation.bare(part) for part in form.slots.get("rest", "").replace(" and ", ",").split(",")]
    terms = tuple(message.shielded.unveil(fault) for fault in faults if fault)
    return Reject(take=nth(said) if said else None, shot=one(form, message), terms=terms)


def _borrow(form: Form, message: Message) -> Intent | None:
    source = one(form, message, "other")
    named = [vocabulary.meanings("turns", "forms_parts").hits(words(form.slots["parts"]))]
    parts = tuple(dict.fromkeys(Part(hit.meaning) for hits in named for hit in hits))
    if source is None or not parts:
        return None
    shots = shots_of(form, message)
    return Borrow(source=source, parts=parts, which=Which(numbers=shots) if shots else None)


def _narrow(form: Form, message: Message) -> Intent | None:
    shots = shots_of(form, message)
    return Narrow(shots=shots) if shots and set(shots) < set(message.scene.changed) else None


def _generate(form: Form, message: Message) -> Intent | None:
    if not message.scene.shots:
        return None
    shots = shots_of(form, message)
    return Retake(shots=shots) if shots else Retake(which=Which(group=Group.ALL))


def _retake(form: Form, message: Message) -> Intent | None:
    return Retake(shots=shots_of(form, message)) if message.scene.shots else None


def _reroute(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    shot = one(form, message)
    if not named or not message.scene.shots:
        return None
    return Retake(shots=(shot,) if shot is not None else (), wishes=Wishes(models=named))


def _not_here(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return Retake(wishes=Wishes(exclude=named)) if named and message.scene.shots else None


def _elsewhere(form: Form, message: Message) -> Intent | None:
    shot = one(form, message)
    return Retake(shots=(shot,) if shot is not None else (), elsewhere=True) if message.scene.shots else None


def _sign_out(form: Form, message: Message) -> Intent | None:
    return Revise(change=Draft(negative=("text",)), shot=one(form, message), erase=("on_screen_text",))


def _group(group: Group) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        return Retake(which=Which(group=group)) if message.scene.shots else None

    return build


def _revert_block(of: str) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        return Revert(of="style" if of == "style" else "negatives")

    return build


_BUILDERS: Mapping[str, Builder] = {
    "reroute": _reroute,
    "elsewhere": _elsewhere,
    "not_here": _not_here,
    "undo_several": _undo_several,
    "undo": _undo,
    "redo": _redo,
    "redo_undone": _redo_undone,
    "bring_back": _bring_back,
    "revert_style": _revert_block("style"),
    "revert_negatives": _revert_block("negatives"),
    "revert_first": _revert_first,
    "revert": _revert,
    "revert_previous": _revert,
    "preview": _preview,
    "pause": _pace("pause"),
    "unpause": _pace("go on"),
    "cancel_rest": _pace("cancel"),
    "omit": _omit,
    "move_before": _move(Spot.BEFORE),
    "move_after": _move(Spot.AFTER),
    "move_first": _move(Spot.FIRST),
    "move_last": _move(Spot.LAST),
    "move_swap": _move(Spot.SWAP),
    "move_at": _move(Spot.AT),
    "order": _order,
    "narrow": _narrow,
    "borrow": _borrow,
    "retake": _retake,
    "bare_retake": _retake,
    "generate_stale": _group(Group.STALE),
    "generate_failed": _group(Group.FAILED),
    "generate_unshot": _group(Group.UNSHOT),
    "generate": _generate,
    "sign_out": _sign_out,
    "pick": _pick,
    "pick_model": _pick_model,
    "reject": _reject,
    "show_shot": _show,
}
