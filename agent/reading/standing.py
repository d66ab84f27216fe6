"""Turns about what stands for the whole film besides single terms of its blocks: money, models, references."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from agent.film import Ceiling
from agent.intents import (
    ChangeNegatives,
    ChangeStyle,
    Draft,
    ExemptTerms,
    Intent,
    Revise,
    SetBudget,
    SetRouting,
)
from agent.reading import camera, figures, forms, negation, pictures, request, vocabulary, wishes
from agent.reading.clauses import join, sentences, split
from agent.reading.forms import Form
from agent.reading.message import Message, Understood, is_made_of
from agent.reading.steering import one
from agent.reading.words import cut, plain, tidy, words
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Group, Which
from prompts.terms import identity

_SUM = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d{1,2})?)(?P<thousand>k)?", re.IGNORECASE)
_BRACKETED = re.compile(r"[\w ]*\((ref(?:erence)?\s?#?\w+)\)", re.IGNORECASE)

Builder = Callable[[Form, Message], Intent | None]


def read(message: Message) -> Understood | None:
    """A setting of the film, if the turn is one."""
    lasting = _lasting(message)
    if lasting is not None:
        return Understood(lasting)
    near = forms.near(message.text)
    for name, build in _BUILDERS.items():
        form = forms.read(message.text, name) if name in near else None
        intent = build(form, message) if form else None
        if intent is not None:
            return Understood((intent,))
    return _exempt_beside(message)


def _exempt_beside(message: Message) -> Understood | None:
    """ "just for this shot allow text, the label must be legible": one clause exempts, the others edit the shot."""
    clauses = split(message.text) if len(words(message.text)) <= forms.LONGEST else ()
    for clause in clauses if len(clauses) > 1 else ():
        form = forms.read(clause.text, "exempt")
        intent = _exempt(form, message) if form else None
        if isinstance(intent, ExemptTerms):
            rest = message.about(join([other for other in clauses if other is not clause]))
            return Understood((intent, request.change(rest, shot=intent.shot)))
    return None


def _lasting(message: Message) -> tuple[Intent, ...] | None:
    """Figures or references said of every shot: "16:9 for the whole film", "for every shot ref 2 for palette"."""
    found = words(message.text)
    scope = vocabulary.phrases("turns", "project", "for_the_film").hits(found)
    if not scope or len(found) > forms.LONGEST:
        return None
    spans = [(found[hit.first].start, found[hit.last].end) for hit in scope]
    rest = tidy(cut(message.text, spans))
    labels = tuple(label for label, _ in message.scene.references)
    references, left, _ = pictures.read(_as_rule(rest), labels=labels, unveil=message.shielded.unveil)
    loose = vocabulary.wordset("turns", "project", "setting_words")
    if references and (any(each.use or each.ignore for each in references) or is_made_of(left, (), extra=loose)):
        return (SetReferenceRule(references=references),)
    set_to = figures.read(rest)
    if (set_to.ratio or set_to.seconds) and is_made_of(set_to.rest, (), extra=loose):
        setting = SetProject(aspect_ratio=set_to.ratio, seconds=set_to.seconds)
        return (setting, *_in_every_shot(setting, [hit.meaning for hit in scope], message))
    return None


def _as_rule(text: str) -> str:
    """What is said of an image in the words of a request: "the board (ref 1) counts for colour, never for faces"."""
    text = _BRACKETED.sub(r"\1", text)
    for said, otherwise in _rule_words():
        text = said.sub(otherwise, text)
    return text


@cache
def _rule_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    words_of = vocabulary.table("turns", "project", "rule_words")
    return tuple(
        (
            re.compile(
                rf"\b(?:{'|'.join(map(re.escape, vocabulary.listed('turns', 'project', 'rule_words', each)))})\b", re.I
            ),
            each,
        )
        for each in words_of
    )


def _in_every_shot(setting: SetProject, scopes: list[str], message: Message) -> tuple[Intent, ...]:
    """The same as an edit of the shots there are, where the words speak of shots."""
    if not message.scene.shots or not any("shot" in scope for scope in scopes):
        return ()
    change = Draft(seconds=setting.seconds, aspect_ratio=setting.aspect_ratio)
    return (Revise(change=change, which=Which(group=Group.ALL)),)


def _limit_each(form: Form, message: Message) -> Intent | None:
    """A ceiling per shot or day, whichever is named."""
    daily = not {"day", "daily", "days"}.isdisjoint(plain(message.text).split())
    return _budget(1, change=False, of="day" if daily else "shot")(form, message)


def _budget(of_sign: int, *, change: bool, of: Ceiling = "project") -> Builder:
    def build(form: Form, message: Message) -> Intent | None:
        match = _SUM.search(form.slots["money"])
        named = of != "project" or any(name in message.plain for name in ("budget", "ceiling", "limit", "cap", "spend"))
        if match is None or not (named or re.search(r"[$]|dollars?|usd|bucks", form.slots["money"], re.IGNORECASE)):
            return None
        amount = float(match.group("figure").replace(",", "")) * (1_000 if match.group("thousand") else 1)
        return SetBudget(micro_usd=of_sign * round(amount * 1_000_000), of=of, change=change)

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
    further = sentences(form.slots["rest"])[1:]
    if any(camera.read(clause.text).values for sentence in further for clause in split(sentence)):
        return None  # "negative prompt: blurry. MS of a dancer" is a shot and what is not to be seen in it
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


def _style(form: Form, message: Message) -> Intent | None:
    words_of_it = [
        message.shielded.unveil(form.slots[slot]).strip(" :\"'“”\n") for slot in ("rest", "more") if slot in form.slots
    ]
    text = ", ".join(words_of_it)
    if plain(text) in vocabulary.wordset("turns", "project", "nothing"):
        return None
    return ChangeStyle(text=text)


def _style_more(form: Form, message: Message) -> Intent | None:
    style = message.scene.style.rstrip(". ")
    return ChangeStyle(text=f"{style}, {message.shielded.unveil(form.slots['rest'])}") if style else None


def _prefer(form: Form, message: Message) -> Intent | None:
    named = wishes.families(form.slots["model"], models=message.scene.models)
    return SetRouting(only=named, which=Which(group=Group.ALL)) if named and message.scene.shots else None


def _add(form: Form, message: Message) -> Intent | None:
    """Terms for the block; "no Runway on this film" is about models."""
    terms = _terms(form.slots["rest"], message)
    named = wishes.families(form.slots["rest"], models=message.scene.models)
    if named and all(wishes.families(term, models=message.scene.models) for term in terms):
        return SetRouting(exclude=named)
    barred = _barred()
    if not terms or any(plain(term) in barred for term in terms):
        return None
    return ChangeNegatives(add=terms)


def _drop(form: Form, message: Message) -> Intent | None:
    held = _held(form, message)
    return ChangeNegatives(remove=held) if held else None


def _exempt(form: Form, message: Message) -> Intent | None:
    held = _held(form, message)
    return ExemptTerms(terms=held, shot=one(form, message)) if held else None


def _shot_negatives(form: Form, message: Message) -> Intent | None:
    terms = _terms(form.slots["rest"], message)
    shot = one(form, message)
    known = {number for number, _ in message.scene.shots}
    if not terms or not known or (shot is not None and shot not in known) or set(map(plain, terms)) & _barred():
        return None
    return Revise(change=Draft(negative=terms), shot=shot)


def _held(form: Form, message: Message) -> tuple[str, ...]:
    """The terms of a slot, if every one of them is in the block."""
    known = {identity(term) for term in message.scene.negatives}
    terms = _terms(form.slots["rest"], message)
    return terms if terms and all(identity(term) in known for term in terms) else ()


def _barred() -> frozenset[str]:
    """What is no term: the block itself, and all of it."""
    names = vocabulary.wordset("turns", "project", "blocks") | vocabulary.wordset("turns", "project", "style")
    return names | vocabulary.wordset("turns", "project", "everything")


def _terms(text: str, message: Message) -> tuple[str, ...]:
    """Terms of a list as bare nouns."""
    bare = (negation.bare(message.shielded.unveil(item).strip(" \"'“”.")) for item in forms.LIST.split(text))
    return tuple(dict.fromkeys(item for item in bare if item))


_BUILDERS: Mapping[str, Builder] = {
    "clear_negatives": _clear,
    "swap_negative": _swap,
    "style_more": _style_more,
    "style": _style,
    "exempt": _exempt,
    "drop_negatives": _drop,
    "add_negatives": _add,
    "shot_negatives": _shot_negatives,
    "replace_negatives": _replace,
    "limit_each": _limit_each,
    "ask_above": _budget(1, change=False, of="ask"),
    "budget": _budget(1, change=False),
    "budget_up": _budget(1, change=True),
    "budget_down": _budget(-1, change=True),
    "plan_first": _plan_first(first=True),
    "make_right_away": _plan_first(first=False),
    "prefer_model": _prefer,
    "only_model_some": _only_some,
    "only_model": _only,
    "not_model": _not,
    "allow_model": _allow,
}
