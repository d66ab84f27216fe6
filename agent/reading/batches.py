"""The same edit in several shots: by number, by what their sheets say, or in all of them."""

from agent.intents import Draft, Revise
from agent.reading import forms, request, vocabulary
from agent.reading.forms import Form
from agent.reading.message import Message, Understood
from agent.reading.steering import numbered
from agent.reading.words import plain, singular, words
from agent.steering import Group, Which


def read(message: Message) -> Understood | None:
    """One edit of several shots of the film; what would be no edit is left to the other readers."""
    if not message.scene.shots:
        return None
    for name in ("batch_all", "batch_numbers", "batch_trailing", "batch"):
        form = forms.read(message.text, name)
        which = _which(form, message) if form else None
        if form is None or which is None:
            continue
        revise = request.change(message.about(form.slots["rest"]), shot=None)
        if revise.change != Draft():
            return Understood((Revise(change=revise.change, which=which),))
    return None


def ambiguous(message: Message, understood: Understood) -> tuple[str, ...]:
    """What an edit of "it" may have meant where the turn before was about several shots; empty where it is clear."""
    (first, *more) = understood.intents
    recent = message.scene.recent
    if more or not isinstance(first, Revise) or first.shot is not None or first.which is not None or len(recent) < 2:
        return ()
    if not any(word.text in vocabulary.wordset("turns", "edit", "singular") for word in words(message.text)[:4]):
        return ()
    said = message.shielded.unveil(message.text).strip()
    return tuple(f"shot {number}: {said}" for number in recent)


def _which(form: Form, message: Message) -> Which | None:
    if form.name == "batch_all":
        return Which(group=Group.ALL)
    shots = numbered(form.slots.get("shots"))
    if shots:
        return Which(numbers=shots) if len(shots) > 1 else None
    kind = _kind(form.slots["kind"])
    known = " ".join(text for _, text in (*message.scene.shots, *message.scene.looks)).casefold()
    return Which(said=kind) if kind and kind in known else None


def _kind(said: str) -> str:
    """The word a kind of shots goes by: "the night ones" are those of "night"."""
    return singular(plain(said)) if " " not in plain(said) else plain(said)
