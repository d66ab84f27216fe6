"""Which channel each negative takes to a model, and the words it takes there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Template

from prompts import stripping, terms
from prompts.blocks import Term
from prompts.dialect import Channel, Dialect, Unit
from prompts.errors import EmptyBlockError, NoInversionError, TooLongError
from prompts.fitting import measure
from prompts.prompt import Prompt
from prompts.rendering import Change, Note, Placement

INVERTED_LEAD = "Throughout: "
"""Opens the sentence of positive counterparts; without it a list of noun phrases reads as one more subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """All negatives of a prompt with the words that carry them.

    Attributes:
        field: Content of the negative field; ``None`` if nothing goes there.
        tail: The last line of the text; empty if nothing goes there.
    """

    placements: tuple[Placement, ...]
    field: str | None
    tail: str
    notes: tuple[Note, ...]


def place(prompt: Prompt, dialect: Dialect, *, model: str) -> Placed:
    """Every term of the prompt in its channel.

    Raises:
        NoInversionError: The model takes no negative wording and a term has no positive counterpart.
        TooLongError: The negative field would exceed its limit; it is never cut.
    """
    placements = tuple(_place(term, prompt, dialect) for term in prompt.terms)
    _refuse_unsayable(placements, dialect, model=model)
    carried = _carried(prompt, dialect) if _of(placements, Channel.FIELD) else ()
    field = ", ".join((*_of(placements, Channel.FIELD), *carried)) or None
    _refuse_overlong(field, dialect, model=model)
    return Placed(
        placements=placements,
        field=field,
        tail=" ".join(_sentences(placements, dialect)),
        notes=(*_notes(placements, dialect, model=model), *_carried_notes(carried, model=model)),
    )


def _place(term: Term, prompt: Prompt, dialect: Dialect) -> Placement:
    wished = dialect.channels.get(term.layer, dialect.channel)
    positive = terms.inversion(term.text, style=prompt.style.text)
    channel = _channel(term, wished, dialect, invertible=positive is not None)
    if channel is Channel.INVERTED and positive is not None:
        return Placement(term=term.text, layer=term.layer, channel=channel, wording=positive)
    wording = term.text if channel is Channel.FIELD else stripping.strip(term.text, dialect.drops)
    if not wording:
        raise EmptyBlockError(
            block="negative", what=f"holds {term.text!r}, of which this model's syntax leaves nothing"
        )
    return Placement(term=term.text, layer=term.layer, channel=channel, wording=wording)


def _channel(term: Term, wished: Channel, dialect: Dialect, *, invertible: bool) -> Channel:
    """The dialect's channel, or the clause where the vendor words it there or nothing says it positively."""
    if wished is Channel.FIELD:
        return wished
    if dialect.forbids_negative:
        return Channel.INVERTED if invertible else Channel.CLAUSE
    if wished is Channel.INVERTED and invertible and terms.canonical(term.text) not in dialect.always_clause:
        return Channel.INVERTED
    return Channel.CLAUSE


def _refuse_unsayable(placements: Sequence[Placement], dialect: Dialect, *, model: str) -> None:
    unsayable = [placement.term for placement in placements if placement.channel is Channel.CLAUSE]
    if dialect.forbids_negative and unsayable:
        raise NoInversionError(terms=unsayable, model=model)


def _refuse_overlong(field: str | None, dialect: Dialect, *, model: str) -> None:
    if field is None or dialect.field_limit is None:
        return
    unit = Unit.UTF16 if dialect.unit is Unit.UTF16 else Unit.CHARACTERS
    needed = measure(field, unit)
    if needed > dialect.field_limit:
        raise TooLongError(
            model=model, limit=dialect.field_limit, needed=needed, unit=unit, part="terms of the negative field"
        )


def _of(placements: Sequence[Placement], channel: Channel) -> tuple[str, ...]:
    """The wordings in one channel, each once: several terms may share a positive counterpart."""
    return tuple(dict.fromkeys(placement.wording for placement in placements if placement.channel is channel))


def _carried(prompt: Prompt, dialect: Dialect) -> tuple[str, ...]:
    """The vendor's own default negatives that neither the prompt names nor the shot exempts."""
    settled = {terms.identity(text) for text in (*(term.text for term in prompt.terms), *prompt.exempt)}
    return tuple(text for text in dialect.carried if terms.identity(text) not in settled)


def _sentences(placements: Sequence[Placement], dialect: Dialect) -> Iterator[str]:
    if positives := _of(placements, Channel.INVERTED):
        yield f"{INVERTED_LEAD}{'; '.join(positives)}."
    named = _of(placements, Channel.CLAUSE)
    if dialect.each:
        yield from (Template(dialect.clause).substitute(terms=wording) for wording in named)
    elif named:
        yield Template(dialect.clause).substitute(terms=", ".join(named))


def _notes(placements: Sequence[Placement], dialect: Dialect, *, model: str) -> Iterator[Note]:
    for placement in placements:
        sentence = _moved(placement, dialect, model=model)
        if sentence:
            yield Note(change=Change.MOVED, part=placement.term, sentence=sentence)


def _moved(placement: Placement, dialect: Dialect, *, model: str) -> str:
    term = repr(placement.term)
    match placement.channel:
        case Channel.FIELD:
            return ""
        case Channel.INVERTED:
            return f"{model} is told {placement.wording!r} for {term}"
        case Channel.CLAUSE if dialect.channels.get(placement.layer, dialect.channel) is Channel.INVERTED:
            return f"{term} goes to {model} in a sentence of the prompt: {_why_named(placement, dialect)}"
        case Channel.CLAUSE:
            return f"{term} goes to {model} in a sentence of the prompt: it has no negative field"


def _why_named(placement: Placement, dialect: Dialect) -> str:
    if terms.canonical(placement.term) in dialect.always_clause:
        return "the vendor documents one for it"
    return "nothing registered says it positively, and naming it may call it up"


def _carried_notes(carried: Sequence[str], *, model: str) -> Iterator[Note]:
    for text in carried:
        sentence = f"{text!r} is {model}'s own default, which our field would replace; it is kept beside ours"
        yield Note(change=Change.CARRIED, part=text, sentence=sentence)
