"""Reference instructions: what to take from each image and what not, in a model's own way of naming images."""

from collections.abc import Iterator, Sequence

from prompts.dialect import Dialect
from prompts.references import Reference, Role, own_words
from prompts.rendering import Change, Note

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def point(references: Sequence[Reference], dialect: Dialect, *, model: str) -> tuple[str, tuple[Note, ...]]:
    """The instruction sentences, and a note for each image or instruction that had to stay out.

    Image n is the nth look reference, in the prompt's order; frames go their own way and have no number.
    """
    looks = [reference for reference in references if reference.role is Role.LOOK]
    frames = [reference for reference in references if reference.role is not Role.LOOK]
    taken, surplus = looks[: dialect.max_references], looks[dialect.max_references :]
    notes = [*_surplus(surplus, dialect, model=model), *_frames(frames, model=model)]
    if dialect.names_reference is None:
        return "", (*notes, *_unaddressed(taken, model=model))
    sentences = [_instruction(image, dialect.names_reference, number) for number, image in enumerate(taken, start=1)]
    return " ".join(sentences), (*notes, *_unwatched(taken))


def _instruction(reference: Reference, naming: str, number: int) -> str:
    name = naming.replace("$ordinal", _ordinal(number)).replace("$n", str(number))
    if reference.use and reference.ignore:
        return f"Use only the {_listed(reference.use)} of {name}; ignore its {_listed(reference.ignore)}."
    if reference.use:
        return f"Use only the {_listed(reference.use)} of {name}."
    if reference.ignore:
        return f"Take the look of {name}; ignore its {_listed(reference.ignore)}."
    return f"Take the look of {name}."


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _surplus(references: Sequence[Reference], dialect: Dialect, *, model: str) -> Iterator[Note]:
    most = f"takes {dialect.max_references} at most" if dialect.max_references else "takes none"
    for reference in references:
        yield _left_out(reference, f"reference {reference.label!r} is not sent: {model} {most}")


def _unaddressed(references: Sequence[Reference], *, model: str) -> Iterator[Note]:
    for reference in references:
        if reference.use or reference.ignore:
            what = f"what to use and ignore of reference {reference.label!r} cannot be said to {model}"
            yield _left_out(reference, f"{what}: it does not let the text name an image; the image itself is sent")


def _unwatched(references: Sequence[Reference]) -> Iterator[Note]:
    """What is said to the model and looked for by nobody, so that the person looks."""
    for reference in references:
        left = own_words(reference.ignore)
        if left:
            sentence = f"whether the {_listed(left)} of reference {reference.label!r} comes through is not inspectable"
            part = f"reference {reference.label}"
            yield Note(change=Change.ADVISED, part=part, sentence=f"{sentence}: no check looks for it; look yourself")


def _frames(references: Sequence[Reference], *, model: str) -> Iterator[Note]:
    for reference in references:
        if reference.use or reference.ignore:
            does = "starts from" if reference.role is Role.FIRST_FRAME else "ends on"
            what = f"{reference.label!r} is the {reference.role}; {model} {does} all of it"
            yield _left_out(reference, f"{what}, so its use and ignore lists are not sent")


def _left_out(reference: Reference, sentence: str) -> Note:
    return Note(change=Change.LEFT_OUT, part=f"reference {reference.label}", sentence=sentence)
