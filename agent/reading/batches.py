"""The same edit in several shots: by number, by what their sheets say, or in all of them."""

from agent.intents import Draft, Revise
from agent.reading import forms, request, shots
from agent.reading.forms import Form
from agent.reading.message import Message, Understood
from agent.reading.steering import shots_of
from agent.reading.words import plain, singular
from agent.steering import Group, Which


def read(message: Message) -> Understood | None:
    """One edit of several shots of the film; what would be no edit is left to the other readers."""
    if not message.scene.shots:
        return None
    for name in ("batch_all", "batch_numbers", "batch_trailing", "batch"):
        form = forms.read(message.text, name)
        which = _which(form, message) if form else None
        if form is None or which is None or len(shots.divide(message.text).parts) > 1:
            continue
        revise = request.change(message.about(form.slots["rest"]), shot=None)
        if revise.change != Draft():
            return Understood((_of(which, revise.change),))
    return None


def _of(which: Which, change: Draft) -> Revise:
    return (
        Revise(change=change, shot=which.numbers[0]) if len(which.numbers) == 1 else Revise(change=change, which=which)
    )


def _which(form: Form, message: Message) -> Which | None:
    if form.name == "batch_all":
        return Which(group=Group.ALL)
    named = shots_of(form, message)
    if named:
        known = {number for number, _ in message.scene.shots}
        return Which(numbers=named) if known.issuperset(named) else None
    kind = _kind(form.slots["kind"])
    told = " ".join(text for _, text in (*message.scene.shots, *message.scene.looks)).casefold()
    return Which(said=kind) if kind and kind in told else None


def _kind(said: str) -> str:
    """The word a kind of shots goes by: "the night ones" are those of "night"."""
    return singular(plain(said)) if " " not in plain(said) else plain(said)
