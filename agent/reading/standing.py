"""Turns about what stands for the whole film besides single terms of its blocks: money, models, references."""

import re
from collections.abc import Callable, Mapping

from agent.intents import ChangeNegatives, Intent, SetBudget, SetRouting
from agent.reading import figures, forms, negation, pictures, vocabulary, wishes
from agent.reading.forms import Form
from agent.reading.message import Message, Understood, is_made_of
from agent.reading.words import cut, plain, tidy, words
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Which

_SPLIT = re.compile(r"\s*(?:[,;/\n]|\band\b)\s*", re.IGNORECASE)
_SUM = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d{1,2})?)(?P<thousand>k)?", re.IGNORECASE)
_PER = {"shot": "shot", "take": "shot", "clip": "shot", "day": "day", "daily": "day"}

Builder = Callable[[Form, Message], Intent | None]


def read(message: Message) -> Understood | None:
    """A setting of the film, if the turn is one."""
    for name, build in _BUILDERS.items():
        form = forms.read(message.text, name)
        intent = build(form, message) if form else None
        if intent is not None:
            return Understood((intent,))
    intent = _lasting(message)
    return Understood((intent,)) if intent else None


def _lasting(message: Message) -> Intent | None:
    """Figures or references said of every shot: "16:9 for the whole film", "for every shot ref 2 for palette"."""
    found = words(message.text)
    scope = vocabulary.phrases("turns", "project", "for_the_film").hits(found)
    if not scope or len(found) > forms.LONGEST:
        return None
    spans = [(found[hit.first].start, found[hit.last].end) for hit in scope]
    rest = tidy(cut(message.text, spans))
    labels = tuple(label for label, _ in message.scene.references)
    references, left, _ = pictures.read(rest, labels=labels, unveil=message.shielded.unveil)
    loose = vocabulary.wordset("turns", "project", "setting_words")
    if references and is_made_of(left, (), extra=loose):
        return SetReferenceRule(references=references)
    set_to = figures.read(rest)
    if (set_to.ratio or set_to.seconds) and is_made_of(set_to.rest, (), extra=loose):
        return SetProject(aspect_ratio=set_to.ratio, seconds=set_to.seconds)
    return None


def _budget(of_sign: int, *, change: bool) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        match = _SUM.search(form.slots["money"])
        named = any(name in message.plain for name in ("budget", "ceiling", "limit", "cap", "spend"))
        if match is None or not (named or re.search(r"[$]|dollars?|usd|bucks", form.slots["money"], re.IGNORECASE)):
            return None
        amount = float(match.group("figure").replace(",", "")) * (1_000 if match.group("thousand") else 1)
        return SetBudget(micro_usd=of_sign * round(amount * 1_000_000), change=change)

    return build


def _plan_first(*, first: bool) -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        return SetProject(plan_first=first)

    return build


def _only(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return SetRouting(only=named) if named else None


def _only_some(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return SetRouting(only=named, which=Which(said=form.slots["kind"])) if named else None


def _not(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return SetRouting(exclude=named) if named else None


def _allow(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return SetRouting(allow=named) if named else None


def _replace(form: Form, message: Message) -> Intent | None:
    terms = _terms(form.slots["rest"], message)
    nothing = vocabulary.wordset("turns", "project", "nothing") | vocabulary.wordset("turns", "project", "everything")
    if not terms or {plain(term) for term in terms} <= nothing:
        return (
            ClearNegatives() if terms and plain(terms[0]) in vocabulary.wordset("turns", "project", "nothing") else None
        )
    return ReplaceNegatives(terms=terms)


def _swap(form: Form, message: Message) -> Intent | None:
    return ChangeNegatives(add=_terms(form.slots["rest"], message), remove=_terms(form.slots["kind"], message))


def _clear(form: Form, message: Message) -> Intent | None:
    return ClearNegatives()


def _terms(text: str, message: Message) -> tuple[str, ...]:
    """Terms of a list as bare nouns."""
    bare = (negation.bare(message.shielded.unveil(item).strip(" \"'“”.")) for item in _SPLIT.split(text))
    return tuple(dict.fromkeys(item for item in bare if item))


_BUILDERS: Mapping[str, Builder] = {
    "clear_negatives": _clear,
    "swap_negative": _swap,
    "replace_negatives": _replace,
    "budget": _budget(1, change=False),
    "budget_up": _budget(1, change=True),
    "budget_down": _budget(-1, change=True),
    "plan_first": _plan_first(first=True),
    "make_right_away": _plan_first(first=False),
    "only_model_some": _only_some,
    "only_model": _only,
    "not_model": _not,
    "allow_model": _allow,
}
