"""Orders to the whole film in another language, said again as the English command.

Every language puts what is ruled, the act and the value in an order of its own ("ネガティブに X を追加して", "X aus dem
Negativblock streichen"). So the first two are looked up, and what neither covers is the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from agent.reading.tongues import retelling, tongue
from agent.reading.tongues.phrasebook import MODELS, Match, Way
from agent.reading.tongues.splitting import Piece, pieces
from agent.reading.tongues.tokens import Script, Token, tokens
from agent.reading.tongues.tongue import Tongue
from agent.reading.tongues.veil import Veil

LONGEST = 60  # tokens of such an order; more describes shots
MOST_BESIDE = 1  # words beside a model that is never to be used again
_BLOCKS = ("negatives", "style")
_HERE, _LASTING = "just for this shot", "from now on"


@dataclass(frozen=True, slots=True)
class _Order:
    """A turn taken apart.

    Attributes:
        ruled: What of the film it is about, in English.
        leads: Whether nothing but small words and an act stands before that.
        closes: Whether nothing else stands behind it.
        acts: What is done, in English, where the verb stands before it, right behind it, or last.
        scope: "just for this shot" or "from now on".
        value: The runs of words that are left, without small words at their edges.
    """

    ruled: str
    leads: bool
    closes: bool
    acts: frozenset[str]
    scope: str
    value: tuple[Piece, ...]


def said_again(text: str, language: Tongue, veil: Veil) -> str | None:
    """The English command; ``None`` where the turn is no such order, asks something, or says more."""
    parted, found = pieces(text), tokens(text)
    if len(found) > LONGEST or not parted or any(piece.ends_sentence for piece in parted[:-1]):
        return None
    if "?" in parted[-1].mark or language.whole.whole(found) is not None:
        return None
    ruled = next(iter(tongue.turns(language.code, "ruled").matches(found)), None)
    if ruled is None:
        return None
    order = _taken_apart(text, found, ruled, language)
    opened = ":" in parted[0].mark and len(parted[0].found) <= ruled.last + 1
    return _command(replace(order, acts=order.acts | {"set"}) if opened else order, language, veil)


def _taken_apart(text: str, found: Sequence[Token], ruled: Match, language: Tongue) -> _Order:
    acts = tongue.turns(language.code, "ruling").matches(found)
    said = language.phrases.matches(found)
    scopes = [match for match in said if match.english in (_HERE, _LASTING)]
    told = (ruled, *acts, *scopes, *(match for match in said if match.entry.way is Way.DROPPED))
    gone = {at for match in told for at in range(match.first, match.last + 1)}
    small = language.glue | language.determiners
    idle = [at in gone or token.text in small for at, token in enumerate(found)]
    runs = (tuple(found[at] for at in run) for taken, run in groupby(range(len(found)), gone.__contains__) if not taken)
    return _Order(
        ruled=ruled.english,
        leads=all(idle[: ruled.first]),
        closes=all(idle[ruled.last :]),
        acts=frozenset(
            act.english
            for act in acts
            if act.first < ruled.first or all(idle[ruled.last : act.first]) or all(idle[act.last :])
        ),
        scope=next((match.english for match in scopes), ""),
        value=tuple(_piece(text, kept) for run in runs if (kept := _trimmed(run, small))),
    )


def _trimmed(run: Sequence[Token], small: frozenset[str]) -> Sequence[Token]:
    """The run without small words at its edges."""
    begun = list(dropwhile(lambda token: token.text in small, run))
    return list(dropwhile(lambda token: token.text in small, begun[::-1]))[::-1]


def _piece(text: str, run: Sequence[Token]) -> Piece:
    typed = text[run[0].start : run[-1].end]
    return Piece(typed, tokens(typed))


def _command(order: _Order, language: Tongue, veil: Veil) -> str | None:
    """The command; an order on a block that names no value is left to those who guard the blocks."""
    if order.ruled in _BLOCKS and _sets_up(order, language):
        return None
    match order.ruled.partition(" ")[0]:
        case "negatives":
            return _of_negatives(order, language, veil)
        case "style":
            ordered = order.leads and ("set" in order.acts or order.scope == _LASTING)
            style = " ".join(veil.hide(piece.text) for piece in order.value)
            return f"style: {style}" if ordered and style else None
        case "never":
            beside = sum(len(piece.found) for piece in order.value)
            return order.ruled if "never" in order.acts and beside <= MOST_BESIDE else None
        case "budget":
            sums = [token.text for piece in order.value for token in piece.found if token.script is Script.NUMBER]
            return f"budget {sums[0]} dollars" if len(sums) == 1 else None
        case _:
            told = ", ".join(retelling.retell(piece, language, veil).text for piece in order.value)
            return f"{order.ruled}: {told}" if order.leads and told else None


def _of_negatives(order: _Order, language: Tongue, veil: Veil) -> str | None:
    if "clear" in order.acts and not order.value:
        return "clear the negative block"
    act, link = ("remove", "from") if "remove" in order.acts else ("add", "to")
    terms = ", ".join(term for piece in order.value for term in _terms(piece, language, veil))
    scope = f" {_HERE}" if order.scope == _HERE else ""
    told = act in order.acts and (order.leads or order.closes)
    return f"{act} {terms} {link} the negative block{scope}" if told and terms else None


def _terms(listed: Piece, language: Tongue, veil: Veil) -> list[str]:
    """The terms of a list, by their English names where they have one."""
    items: list[Piece] = []
    for piece in pieces(listed.text):
        for joins, run in groupby(piece.found, lambda token: token.text in language.joiners):
            items += [] if joins else [_piece(piece.text, tuple(run))]
    named = [(item, language.names.whole(item.found)) for item in items]
    return [name.english if name is not None else _open(item, veil) for item, name in named]


def _open(item: Piece, veil: Veil) -> str:
    """A quoted term stays the placeholder that it is."""
    return item.text if any(token.script is Script.VEIL for token in item.found) else veil.hide(item.text)


def _sets_up(order: _Order, language: Tongue) -> bool:
    """Whether the value speaks of a camera or a model, as a request does and no block."""
    heard = (match for piece in order.value for match in language.phrases.matches(piece.found))
    named = any(token.text in MODELS for piece in order.value for token in piece.found)
    return named or any(match.entry.way in (Way.CAMERA, Way.MOVE) for match in heard)
