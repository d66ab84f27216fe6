"""What a person would have to say for the rules to read an intent: asked back where only the model reads it."""

from agent.intents import ChangeNegatives, ChangeStyle, Decide, ExemptTerms, Intent, SetBudget, SetRouting
from agent.steering import Redo, Undo


def commands(intent: Intent) -> tuple[str, ...]:  # noqa: C901 - one line per intent
    """The intent as messages of their own; none for a kind that has no short wording."""
    match intent:
        case ChangeStyle(text=text):
            return (f"style: {text}",)
        case ChangeNegatives(add=add, remove=remove):
            return (*_listed(add, "add", "to"), *_listed(remove, "remove", "from"))
        case ExemptTerms(terms=terms, shot=shot):
            return (f"exempt {_quoted(terms)} for {'this shot' if shot is None else f'shot {shot}'}",)
        case SetBudget(micro_usd=micro_usd, of="project", change=False):
            return (f"set the budget to ${micro_usd / 1e6:.15g}",)
        case SetRouting(exclude=exclude, allow=allow, which=None):
            return (*(f"no {name} on this film" for name in exclude), *(f"allow {name} again" for name in allow))
        case Decide(approve=True, shot=shot):
            return ("approve" if shot is None else f"approve shot {shot}",)
        case Undo(shot=None):
            return ("undo",)
        case Redo():
            return ("redo",)
        case _:
            return ()


def _listed(terms: tuple[str, ...], verb: str, link: str) -> tuple[str, ...]:
    return (f"{verb} {_quoted(terms)} {link} the negative block",) if terms else ()


def _quoted(terms: tuple[str, ...]) -> str:
    return ", ".join(f"'{term}'" for term in terms)
