"""The intent behind deeds that hold for the whole film: its models, its negatives, its look, its format, its money."""

from collections.abc import Callable, Mapping

from agent.intents import ChangeNegatives, ChangeStyle, ExemptTerms, Intent, SetBudget, SetRouting
from agent.reading import figures, forms, ideas, negation, vocabulary
from agent.reading.said import Said, runs
from agent.reading.words import plain
from agent.standing import ClearNegatives, SetProject

MICRO = 1_000_000

Builder = Callable[[Said], Intent | None]


def _clear(said: Said) -> Intent | None:
    return ClearNegatives()


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
    named = said.strange or next((runs(clause, said.message) for clause in said.clauses[1:]), "")
    items = [negation.bare(item.strip(" '\"“”")) for item in forms.LIST.split(named)]
    named_so = (("project", "blocks"), ("project", "everything"), ("machinery", "verbs"))
    barred = frozenset[str]().union(*(vocabulary.wordset("turns", *path) for path in named_so))
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
    amount = ideas.money(said.clauses)
    if amount is None:
        return None
    held = said.own.ideas
    by = {"more", "raise"} <= held and not held & {"spend_word", "under_word"}
    less = "cut_down" in held and "by" in plain(said.own.text).split()
    sign = -1 if less else 1
    return SetBudget(micro_usd=sign * round(amount * MICRO), change=by or less)


BUILDERS: Mapping[str, Builder] = {
    "clear": _clear,
    "let_back": _let_back,
    "keep_out": _keep_out,
    "only_on": _only_on,
    "exempt": _exempt,
    "unban": _unban,
    "ban": _ban,
    "style": _style,
    "setting": _setting,
    "budget": _budget,
}
"""By the names of the deeds."""
