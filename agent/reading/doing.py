"""Turns that do something to the film, in whatever words: each clause is a deed, an edit beside one, or talk.

A deed that a picture might speak of as well counts only where the other clauses are talk. One that changes a block
counts only where nothing before it draws a picture, so words inside a request never reach a stored block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.intents import (
    ChangeNegatives,
    ChangeStyle,
    Decide,
    Draft,
    ExemptTerms,
    Intent,
    Remark,
    Retake,
    Revise,
    Unclear,
)
from agent.reading import batches, deeds, drafting, forms, ideas, orders, questions, request, talk, vocabulary
from agent.reading.clauses import sentences, split
from agent.reading.ideas import Told
from agent.reading.message import Message, Understood
from agent.reading.said import Said
from agent.reading.words import words
from agent.standing import ClearNegatives

QUOTES = frozenset('"“”„«»')
_BLOCKS = (ChangeStyle, ChangeNegatives, ClearNegatives)
_ASKED = frozenset({"preview"})
"""Deeds that a question may be."""
_ALL_TALK = (Decide, Remark, Unclear)
"""What is meant only where the whole turn says it."""
_LONGEST_POINTED = 4
_LEAST_DRAWN = 2  # strange words of a clause that could be a picture


@dataclass(frozen=True, slots=True)
class _Done:
    """A clause, and the deed and intent it is; a clause that is none has neither."""

    told: Told
    typed: str
    deed: deeds.Deed | None = None
    intent: Intent | None = None


def read(message: Message) -> Understood | None:
    """What a turn does; ``None`` where it draws a picture, edits one, or says nothing that is known."""
    said = message.shielded.unspoken(message.text)
    if len(words(said)) > forms.LONGEST:
        return None
    message = message if set(said) & QUOTES else message.about(said)
    bared = talk.bare(message.text)
    if not bared.clauses:
        return Understood((Remark(),)) if words(message.text) else None
    told = tuple(ideas.of(clause.text, message) for clause in bared.clauses)
    asides = tuple(ideas.of(clause.text, message) for clause in split(message.text))
    beside = (*told, *asides)
    done = [_done(clause, typed, beside, message) for clause, typed in zip(told, bared.typed, strict=True)]
    return _together(done, bared, message)


def _done(clause: Told, typed: str, beside: Sequence[Told], message: Message) -> _Done:
    """The first deed that the clause fits and that its builder can make something of."""
    fitting = deeds.of(clause, beside=frozenset[str]().union(*(other.ideas for other in beside)))
    if fitting and any(typed in sentence and questions.is_sure(sentence) for sentence in sentences(message.text)):
        fitting = tuple(deed for deed in fitting if deed.name in _ASKED)
    for deed in fitting:
        intent = orders.of(deed.name, Said((clause, *(other for other in beside if other is not clause)), message))
        if intent is not None:
            return _Done(clause, typed, deed, intent)
    return _Done(clause, typed)


def _together(done: Sequence[_Done], bared: talk.Bared, message: Message) -> Understood | None:
    acts = _without_doubles([each for each in done if each.deed is not None and each.intent is not None])
    rest = [each for each in done if each.intent is None and not _belongs(each, done, acts)]
    if not acts or any(questions.is_sure(sentence) for sentence in _further(message, acts)):
        return None
    if not all(_holds(act, done, rest, message) for act in acts):
        return _beside_edits(acts, rest, message)
    intents = [act.intent for act in acts if act.intent is not None]
    edits = [each.told.text for each in rest if request.opens_edit(each.told.text)]
    exempt = next((intent for intent in intents if isinstance(intent, ExemptTerms)), None)
    if exempt is not None:
        edits = [*(each.told.text for each in rest), *bared.reasons]
    if edits:
        change = request.change(message.about(", ".join(edits)), shot=exempt.shot if exempt else None)
        if change.change != Draft():
            intents = [*(intent for intent in intents if not _is_plain_retake(intent)), change]
    return Understood(tuple(intents))


def _further(message: Message, acts: Sequence[_Done]) -> Iterator[str]:
    """The sentences of a turn that hold none of its acts."""
    for sentence in sentences(message.text):
        if not any(act.typed in sentence for act in acts):
            yield sentence


def _beside_edits(acts: Sequence[_Done], rest: Sequence[_Done], message: Message) -> Understood | None:
    """ "on 2 go tighter, a close-up, and kill shot 1": sure deeds beside what is surely an edit."""
    if not all(act.deed is not None and act.deed.sure for act in acts):
        return None
    about = message.about(", ".join(each.told.text for each in rest))
    edits = batches.read(about) or request.read(about)
    if edits is None or not all(isinstance(intent, Revise) for intent in edits.intents):
        return None
    return Understood((*edits.intents, *(act.intent for act in acts if act.intent is not None)), edits.remarks)


def _belongs(each: _Done, done: Sequence[_Done], acts: Sequence[_Done]) -> bool:
    """Whether a clause is part of a style that an earlier one begins to say."""
    before = done[: done.index(each)]
    return any(isinstance(act.intent, ChangeStyle) for act in acts if act in before)


def _is_plain_retake(intent: Intent) -> bool:
    """Whether it only asks for one more: an edited shot is made again anyway."""
    return intent == Retake()


def _without_doubles(acts: Sequence[_Done]) -> list[_Done]:
    """The acts without those that only say the first again, and without small talk beside anything else."""
    weighty = [act for act in acts if not isinstance(act.intent, _ALL_TALK)] or list(acts)
    kept: list[_Done] = []
    for act in weighty:
        if not any(type(act.intent) is type(other.intent) for other in kept):
            kept.append(act)
    return kept


def _holds(act: _Done, done: Sequence[_Done], rest: Sequence[_Done], message: Message) -> bool:
    """Whether a deed counts beside the other clauses of its turn."""
    assert act.deed is not None
    before = [each for each in done[: done.index(act)] if each.intent is None]
    if isinstance(act.intent, _BLOCKS) and not all(talk.is_talk(each.typed) or _points(each) for each in before):
        return False
    if isinstance(act.intent, ExemptTerms):
        return True
    quiet = _pictured if act.deed.sure else _draws
    return not any(quiet(each, message) for each in rest)


def _points(each: _Done) -> bool:
    """Whether a clause only does something to what was said: "cap it there"."""
    found = each.told.found
    return 1 < len(found) <= _LONGEST_POINTED and found[1].text in vocabulary.wordset("turns", "edit", "objects")


def _pictured(each: _Done, message: Message) -> bool:
    """Whether a clause speaks of camera, lens, length or frame, as only shots do."""
    if request.opens_edit(each.told.text):
        return False
    labels = tuple(label for label, _ in message.scene.references)
    models = message.scene.models
    draft = drafting.read(each.told.text, shielded=message.shielded, labels=labels, models=models, edit=True)
    return draft.camera != Draft().camera or bool(draft.lens or draft.seconds or draft.aspect_ratio or draft.references)


def _draws(each: _Done, message: Message) -> bool:
    """Whether a clause may be a picture: it speaks to nobody, points at nothing, and holds strange words."""
    if _pictured(each, message):
        return True
    found = each.told.found
    pointing = bool(found) and found[0].text in vocabulary.wordset("turns", "edit", "pronouns")
    strange = len(each.told.spare(each.told.ideas))
    return not (talk.is_talk(each.typed) or pointing or request.opens_edit(each.told.text)) and strange >= _LEAST_DRAWN
