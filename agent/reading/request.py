"""New shots and edits of a shot, from a whole message."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from agent.intents import Draft, Remark, Revise, Shoot, Unclear
from agent.reading import drafting, figures, machinery, negation, picturing, pointing, shots, talk, vocabulary
from agent.reading.clauses import Clause, join, split
from agent.reading.message import Message, Understood, is_made_of, numbers
from agent.reading.words import Lexicon, plain, words
from prompts.sheet import LONGEST_SECONDS

_BARELY = 2  # words of "givv it", which says nothing once "7 s" has found its part
_NO_SUBJECT = "a new shot: say who or what is in it and what happens"
_EDIT_THE_CURRENT = "an edit: name the shot"
_SHOT_PREFIX = re.compile(r"\s*(?:for |on |in |edit |change |update |do )?(?:shots?|sh)\s?#?\d", re.IGNORECASE)
_LEFT_BEHIND = re.compile(
    r"\b(?:instead of|rather than|not|up from|down from) \d+(?: ?(?:s|secs?|seconds|mm))?\b", re.I
)
_BARE_LENS = re.compile(
    r"\b(?:[a-z]+ )?(?:the )?(?:[a-z]+er )?(?:lens|glass)(?: (?:for|to|with|by|on|at|is))?,?(?: an?)? "
    r"(?P<figure>\d{2,3})\b(?! ?mm)"
    r"|\ba (?P<other>\d{2,3})(?= lens\b)",
    re.IGNORECASE,
)
_LINE_CHANGE = re.compile(
    r"^(?:change|replace) (?:the |her |his )?(?:line|dialogue|words)(?: to| with)?$", re.IGNORECASE
)


def read(message: Message) -> Understood | None:
    """Shots to make, or changes to one; ``None`` where there are no words at all."""
    text, aside = machinery.set_aside(message.text)
    text, held = _held(text)
    remarks = tuple(machinery.told(message.shielded.unveil(said)) for said in aside)
    pointing = vocabulary.wordset("turns", "edit", "pointing")
    if not _figures_alone(text) and is_made_of(text, (("turns", "polite", "openers"),), extra=pointing):
        return (
            Understood((Unclear(readings=(_NO_SUBJECT, _EDIT_THE_CURRENT)),), remarks) if words(message.text) else None
        )
    inner = message.about(text)
    bared = inner.about(talk.bare(text).text or text)
    understood = _edit_of_named(bared) or _edit_of_current(bared) or _no_picture(inner) or _shoot(inner, held)
    return Understood(understood.intents, (*remarks, *understood.remarks))


_ADDS = ("with ", "same ", "like ", "without ")


def opens_edit(text: str) -> bool:
    """Whether the words open like an edit, or compare with what there is."""
    clauses = split(text)
    opens = bool(clauses) and _openers().at(words(clauses[0].text) or words("-x"), 0) is not None
    pictured = split(negation.read(text).rest)
    return opens or (bool(pictured) and all(_comparative(clause.text) for clause in pictured))


def change(message: Message, *, shot: int | None) -> Revise:
    """What the message says, as an addition to a shot that exists."""
    return Revise(change=_change(message.text, message, replaces=False), shot=shot)


def _held(text: str) -> tuple[str, str]:
    """The text without "hold off generating", and those words, which become a note."""
    clauses = split(text) if len(text) < 4_000 else ()
    held = [clause for clause in clauses if vocabulary.phrases("turns", "polite", "hold").whole(clause.text)]
    if not held:
        return text, ""
    kept = [clause for clause in clauses if clause not in held]
    return join(kept), ", ".join(clause.text for clause in held)


def _edit_of_named(message: Message) -> Understood | None:
    """ "shot 3: no rain", "shots 4 to 6: 28mm". A number that no shot has yet is a new shot, unless it is altered."""
    if _SHOT_PREFIX.match(message.text) is None:
        return None
    named, rest = numbers(message.text)
    if not named or len(shots.divide(message.text).parts) > 1:
        return None
    known = {number for number, _ in message.scene.shots}
    if not set(named) <= known and not _alters(rest, message):
        return None
    changed = _change(rest, message, replaces=not plain(rest).startswith(_ADDS))
    return Understood(tuple(Revise(change=changed, shot=number) for number in named))


def _edit_of_current(message: Message) -> Understood | None:
    """A message that opens like an edit, or says nothing but camera, look, length or exclusions."""
    if message.scene.current_shot is None or _SHOT_PREFIX.match(message.text):
        return None
    if pointing.is_whole_picture(message.text) and not _opens_same(message.text):
        return None
    if not _alters(message.text, message) or len(shots.divide(message.text).parts) > 1:
        return None
    changed = _change(message.text, message, replaces=False)
    return Understood((Revise(change=changed),)) if changed != Draft() else None


def _opens_same(text: str) -> bool:
    """ "same but", "make it": a picture however full that is a version of one there is."""
    return bool({word.text for word in words(text)[:3]} & vocabulary.wordset("turns", "edit", "versions"))


def _alters(text: str, message: Message) -> bool:
    """Whether the words open like an edit, or say nothing that could be seen on its own."""
    pointed = opens_edit(text) or pointing.points_back(text, message.scene)
    return pointed or not _draft(text, message, edit=True).action


def _no_picture(message: Message) -> Understood | None:
    """Talk that draws nothing is never a shot: what speaks of the film is asked back, the rest is small talk."""
    if not pointing.is_chatter(message):
        return None
    of_the_film = vocabulary.wordset("turns", "edit", "of_the_film")
    asked = any(word.text in of_the_film for word in words(message.text))
    return Understood((Unclear(),) if asked else (Remark(),))


def _change(text: str, message: Message, *, replaces: bool) -> Draft:
    """A draft of what changes. What fits no part replaces the action of a named shot, or is a note to be added."""
    text = _figured(text)
    compared: list[tuple[str, str]] = []
    kept: list[Clause] = []
    edits = False
    for clause in split(text):
        bare = _without_openers(clause.text)
        edits = edits or bare != clause.text
        part = _comparative(clause.text)
        if part:
            compared.append((part, drafting.without_chat(bare)))
        else:
            said = _comparative(bare) or _figures_alone(bare) or not _says_what(clause.text)
            kept.append(replace(clause, text=bare if said else clause.text))
    draft = _draft(join(kept), message, edit=True) if kept else Draft()
    if _LINE_CHANGE.match(draft.action):
        draft = replace(draft, action="")
    if not replaces or edits:
        notes = (note for note in (draft.action, draft.notes) if note and not _says_nothing(note))
        draft = replace(draft, action="", notes="; ".join(notes))
    return _compared(draft, compared)


def _figured(text: str) -> str:
    """The words with a bare figure beside "lens" as a focal length, and without the figure that is left behind."""
    text = _LEFT_BEHIND.sub(" ", text)
    return _BARE_LENS.sub(lambda match: f"{match.group('figure') or match.group('other')}mm", text)


def _figures_alone(text: str) -> bool:
    """Whether the words name a picture or a length and nothing else: "4:3", "shot 3: 8 s"."""
    _, rest = numbers(text)
    found = figures.read(rest)
    return bool(found.ratio or found.seconds) and not words(found.rest)


def _says_what(text: str) -> bool:
    """Whether an edit names what is to be done ("make her turn around"), so that its opener is needed to read it."""
    found = words(text)
    hit = _openers().at(found, 0) if found else None
    return hit is not None and not hit.meaning.startswith(("same", "but", "also", "now", "and"))


def _says_nothing(note: str) -> bool:
    """Whether what is left of an edit is only its opener: "make it" once "handheld" has found its part."""
    found = words(note)
    opener = _openers().at(found, 0) if found else None
    glue = vocabulary.wordset("turns", "bags", "glue") | vocabulary.wordset("turns", "edit", "degrees")
    pointed = len(found) == _BARELY and found[-1].text in vocabulary.wordset("turns", "edit", "objects")
    return pointed or (opener is not None and all(word.text in glue for word in found[opener.last + 1 :]))


def _compared(draft: Draft, compared: Sequence[tuple[str, str]]) -> Draft:
    for part, text in compared:
        if part in ("shot_size", "angle", "movement"):
            on_camera: dict[str, Any] = {part: _after(getattr(draft.camera, part), text)}
            draft = replace(draft, camera=replace(draft.camera, **on_camera))
        else:
            on_sheet: dict[str, Any] = {part: _after(getattr(draft, part), text)}
            draft = replace(draft, **on_sheet)
    return draft


def _after(before: str, text: str) -> str:
    return f"{before}, {text}" if before else text


def _comparative(text: str) -> str | None:
    text = drafting.without_chat(text)
    return _comparatives().whole(text) or _comparatives().whole(_without_openers(text))


def _without_openers(text: str) -> str:
    while found := words(text):
        hit = _openers().at(found, 0)
        if hit is None or hit.last + 1 == len(found) or _comparatives().whole(text):
            return text
        text = text[found[hit.last + 1].start :]
    return text


def _shoot(message: Message, held: str) -> Understood:
    division = shots.divide(message.text)
    common = _draft(division.shared, message) if division.shared else Draft()
    if {word.text for word in words(common.action)} <= vocabulary.wordset("shots", "shared"):
        common = replace(common, action="")  # what is left of "3 s each"
    drafts = [drafting.share(_draft(_numberless(part.text), message), common) for part in division.parts]
    timed = [
        replace(draft, seconds=part.seconds) if part.seconds is not None and part.seconds <= LONGEST_SECONDS else draft
        for draft, part in zip(drafts, division.parts, strict=True)
    ]
    noted = tuple(_with_note(draft, held) for draft in timed if draft.action)
    if not noted:
        return Understood((Unclear(readings=(_NO_SUBJECT, _EDIT_THE_CURRENT)),))
    return Understood((Shoot(drafts=noted),))


def _with_note(draft: Draft, note: str) -> Draft:
    return replace(draft, notes="; ".join(part for part in (draft.notes, note) if part)) if note else draft


def _numberless(text: str) -> str:
    """A new shot's text without "new shot:" or the number it was given: the film numbers its shots itself."""
    announced = picturing.announcement(text)
    text = text[announced + 1 :] if announced and text[announced:].startswith(":") else text
    return re.sub(r"^\s*(?:shot|sh)\s?#?\d{1,4}[a-z]?\s*[:,–—-]\s*", "", text, flags=re.IGNORECASE)


def _draft(text: str, message: Message, *, edit: bool = False) -> Draft:
    labels = tuple(label for label, _ in message.scene.references)
    return drafting.read(text, shielded=message.shielded, labels=labels, models=message.scene.models, edit=edit)


@cache
def _openers() -> Lexicon[str]:
    return vocabulary.phrases("turns", "edit", "openers")


@cache
def _comparatives() -> Lexicon[str]:
    return vocabulary.meanings("turns", "edit", "comparatives")
