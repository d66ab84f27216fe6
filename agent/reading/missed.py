"""What a turn orders that the readers took for a picture or for nothing: an edit, or what its act alone means.

They know edits by how English opens them. Here a turn is read by its grammar, in any language: an act, the shot it is
done to, and the value, in whatever order. What only tells something stands aside.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.intents import Ask, Draft, Remark, Retake, Revise, Scene, Shoot, Topic, Unclear
from agent.reading import forbidding, moods, picturing, places, pointing, questions, request, vocabulary
from agent.reading.message import Message, Understood, receive
from agent.reading.moods import Heard, Mood
from agent.reading.places import Placed
from agent.reading.tongues.tokens import tokens
from agent.reading.words import words

POINTED = 4  # words from an act to what it is done to: "slow the push", "dial the neon"
Reader = Callable[[Message], Understood]


def found(heard: Sequence[Heard], message: Message, understood: Understood, *, read: Reader) -> Understood | None:
    """The turn of a film with shots read again; ``None`` where the first reading stands."""
    return (
        forbidding.read(heard, message)
        or _apart(heard, message, understood, read=read)
        or _question(heard, message, understood)
        or _announced(heard, message, understood, read=read)
        or _without_remarks(heard, message, understood, read=read)
        or _each(heard, message, understood)
        or _again(heard, message, understood, read=read)
    )


def _again(heard: Sequence[Heard], message: Message, understood: Understood, *, read: Reader) -> Understood | None:
    unplaced = _is_unplaced(understood)
    if not (unplaced or _is_doubtful(understood)) or pointing.is_whole_picture(message.text):
        return None
    if any(picturing.announces(each.text) for each in heard):
        return None
    said = [each for each in heard if each.mood is not Mood.TELL]
    placed = places.placed(said, message.scene)
    if placed is not None:
        return _of_shot(placed, said, message, read=read)
    foreign = unplaced and any(each.language is not None for each in said)
    vague = unplaced or isinstance(next(iter(understood.intents)), Unclear | Remark)
    if not foreign and (vague or not any(map(_is_of_what_is_there, said))):
        return None
    change = _change(", ".join(each.text for each in said), said, message.scene)
    return Understood((Revise(change=change),), understood.remarks) if change != Draft() else None


def _is_unplaced(understood: Understood) -> bool:
    """Whether it is an edit of the current shot, since the readers saw none named."""
    return [(each.shot, each.which) for each in understood.intents if isinstance(each, Revise)] == [(None, None)]


def _is_doubtful(understood: Understood) -> bool:
    """Whether it is one picture, or not understood and no question was put."""
    (first, *more) = understood.intents
    vague = isinstance(first, Unclear) and not first.because and not first.says
    pictured = isinstance(first, Shoot) and len(first.drafts) == 1 and not first.drafts[0].references
    return not more and (vague or isinstance(first, Remark) or pictured)


def _of_shot(placed: Placed, said: Sequence[Heard], message: Message, *, read: Reader) -> Understood | None:
    """The act and its value done to that shot; an act alone is what it means by itself."""
    alone = _alone(placed, said)
    if alone:
        return read(message.about(alone.replace("#", str(placed.shot))))
    if not any(each.mood in (Mood.ORDER, Mood.NAME) and not _is_of_history(each) for each in said):
        return None
    change = _change(placed.rest, said, message.scene)
    return Understood((Revise(change=change, shot=placed.shot),)) if change != Draft() else None


def _alone(placed: Placed, said: Sequence[Heard]) -> str:
    """What the act of another language means where nothing but small words stands beside it."""
    meant = [(each.language, moods.meaning(each, "meant")) for each in said if each.language is not None]
    language, english = next(((spoken, means) for spoken, means in meant if means), (None, ""))
    if language is None:
        return ""
    small = language.glue | language.determiners | language.marks
    left = tokens(moods.without(placed.rest, language, "meant"))
    return english if all(token.text in small for token in left) else ""


def _each(heard: Sequence[Heard], message: Message, understood: Understood) -> Understood | None:
    """Several shots, each with an edit of its own: "shot 2 needs 9 secs, and shot 1 should be on a 75"."""
    (first, *more) = understood.intents
    if more or not isinstance(first, Revise) or first.which is not None:
        return None
    edits = places.each(heard, message.scene)
    if len({edit.shot for edit in edits}) <= 1:
        return None
    revised = [Revise(change=_change(edit.rest, heard, message.scene), shot=edit.shot) for edit in edits]
    if any(each.change == Draft() for each in revised):
        return None
    return Understood(tuple(revised), understood.remarks)


def _question(heard: Sequence[Heard], message: Message, understood: Understood) -> Understood | None:
    """ "is lens flare doing anything on Kling", typed without its mark or in another language."""
    asked = [each for each in heard if each.mood is Mood.ASK]
    if not asked or not (_is_doubtful(understood) or _is_unplaced(understood) or _retakes(understood)):
        return None
    if any(each.mood in (Mood.ORDER, Mood.NAME) and len(tokens(each.text)) > 1 for each in heard):
        return None
    english = [moods.meaning(each, "asked") if each.language else each.text for each in asked]
    answered = questions.read_doubtful(message.about(" ".join(f"{each.rstrip('?')}?" for each in english if each)))
    known = answered is not None and all(
        isinstance(each, Ask) and each.topic != Topic.HELP for each in answered.intents
    )
    return answered if known else None


def _retakes(understood: Understood) -> bool:
    return all(isinstance(each, Retake) for each in understood.intents)


def _announced(heard: Sequence[Heard], message: Message, understood: Understood, *, read: Reader) -> Understood | None:
    """ "add a shot: a barrel": what "add" would have changed is a shot of its own."""
    start = picturing.announcement(heard[0].text) if heard else 0
    if not start or not _is_unplaced(understood):
        return None
    return _unannounced(read(message.about(f"new shot: {message.text[start:].lstrip(' :,')}")))


def _unannounced(understood: Understood) -> Understood:
    """New shots without the words that announce them."""
    intents = (
        replace(each, drafts=tuple(replace(draft, action=_bare(draft.action)) for draft in each.drafts))
        if isinstance(each, Shoot)
        else each
        for each in understood.intents
    )
    return replace(understood, intents=tuple(intents))


def _bare(action: str) -> str:
    return action[picturing.announcement(action) :].lstrip(" :,").removeprefix("of ") or action


def _without_remarks(
    heard: Sequence[Heard], message: Message, understood: Understood, *, read: Reader
) -> Understood | None:
    """ "The foam keeps going rubbery. Wonder how Runway would do": the remark said why, and is no part of it."""
    kept = [each.text for each in heard if each.mood is not Mood.TELL]
    if not kept or len(kept) == len(heard) or not (_is_unplaced(understood) or _is_doubtful(understood)):
        return None
    again = read(message.about(", ".join(kept)))
    return None if any(isinstance(each, Shoot | Revise | Unclear | Remark) for each in again.intents) else again


def _apart(heard: Sequence[Heard], message: Message, understood: Understood, *, read: Reader) -> Understood | None:
    """ "That's the one, approved. Then a new shot: ...": what stands before a new shot is no part of its picture."""
    if not any(isinstance(intent, Shoot) for intent in understood.intents):
        return None
    at = next((nth for nth, each in enumerate(heard) if nth and picturing.announces(each.text)), None)
    if at is None or not all(each.mood is Mood.TELL or _is_assent(each, message, read) for each in heard[:at]):
        return None
    start = message.text.find(heard[at].text)
    if start <= 0:
        return None
    before = [
        intent
        for intent in read(message.about(message.text[:start])).intents
        if not isinstance(intent, Shoot | Unclear | Remark)
    ]
    after = _unannounced(read(message.about(message.text[start:])))
    return Understood((*before, *after.intents), after.remarks) if before else None


def _is_assent(each: Heard, message: Message, read: Reader) -> bool:
    return not any(isinstance(intent, Shoot | Revise) for intent in read(message.about(each.text)).intents)


def _is_of_history(each: Heard) -> bool:
    """Whether it speaks of what was, which no edit of a sheet brings back."""
    return bool(vocabulary.phrases("moods", "history").hits(words(each.text)))


def _is_of_what_is_there(each: Heard) -> bool:
    """Whether an order is about something known: "dial the neon back", "lid should be matte", not "I want a heron"."""
    if each.mood is not Mood.ORDER or _is_of_history(each):
        return False
    if each.language is not None:
        return True
    said = words(each.text)
    compared = vocabulary.wordset("turns", "edit", "compared")
    if pointing.brings_in(said) and not any(word.text in compared for word in said):
        return False
    if vocabulary.phrases("moods", "duties").hits(said):
        return said[0].text not in vocabulary.wordset("moods", "persons")
    acts = vocabulary.wordset("moods", "sure_acts")
    at = next((nth for nth, word in enumerate(said) if word.text in acts), None)
    pointed = compared.union(*(vocabulary.wordset("turns", "edit", name) for name in ("pointers", "objects")))
    return at is not None and any(word.text in pointed for word in said[at + 1 : at + 1 + POINTED])


def _change(rest: str, heard: Sequence[Heard], scene: Scene) -> Draft:
    """What the words change; an act of another language that says nothing besides goes."""
    change = _read(rest, scene)
    language = next((each.language for each in heard if each.language is not None), None)
    if language is None or not change.notes:
        return change
    for draft in (_read(moods.without(rest, language), scene), change):
        left = {token.text for token in tokens(moods.without(draft.notes, language))} - language.glue
        if left <= language.determiners and replace(draft, notes="") != Draft():
            return replace(draft, notes="")
    return change


def _read(text: str, scene: Scene) -> Draft:
    message, _ = receive(text, scene=scene)
    return request.change(message, shot=None).change
