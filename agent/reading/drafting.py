"""One shot's text, clause by clause, into a draft. What fits no part stays in the action."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from agent.film import Wishes
from agent.intents import Draft
from agent.reading import camera, figures, look, negation, pictures, quoting, spelling, vocabulary, wishes
from agent.reading.clauses import Clause, join, split
from agent.reading.shield import Shielded
from agent.reading.words import Lexicon, plain, tidy, words
from prompts.sheet import Camera

TEXTS = ("lens", *look.PARTS, "attribution")
"""The parts of a draft that are plain text and filled from the look; named fields, so `Any` only for unpacking them."""

_HINTS = ("same lens", "same setup", "same set up", "last shot", "first shot", "for the last shot")


@dataclass
class _Page:
    """A shot while its clauses are being read: values by part, and the clauses that stay."""

    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict[str, list[str]](list))
    kept: list[Clause] = field(default_factory=list[Clause])
    moved: list[tuple[str, Clause]] = field(default_factory=list[tuple[str, Clause]])
    notes: list[str] = field(default_factory=list[str])
    odd: list[str] = field(default_factory=list[str])
    seconds: float | None = None
    ratio: str | None = None
    told: frozenset[str] = frozenset()


def read(
    text: str,
    *,
    shielded: Shielded,
    labels: Sequence[str] = (),
    models: Sequence[str] = (),
    edit: bool = False,
    told: frozenset[str] = frozenset(),
) -> Draft:
    """A draft of everything the text says of one shot; its action may be empty; an ``edit`` is not given one.

    Parts of the camera that are ``told`` elsewhere are not looked for.
    """
    references, text, notes = pictures.read(spelling.mended(text), labels=labels, unveil=shielded.unveil)
    wished, text = wishes.read(text, models=models)
    on_screen, dialogue, text = quoting.read(text, shielded=shielded)
    exclusions = negation.read(text)
    page = _Page(notes=list(notes), told=told)
    for clause in split(exclusions.rest):
        _read_clause(clause, page, shielded)
    if not edit:
        _return_subject(page)
    action = join(page.kept) if edit else tidy(_without_openers(join(page.kept)))
    texts: dict[str, Any] = {part: _listed(page.values[part]) for part in TEXTS}
    return _unveiled(
        Draft(
            action=action.rstrip("?") or _kept_whole(exclusions, text, page),
            camera=Camera(**{part: _listed(page.values[part]) for part in camera.PARTS}),
            **texts,
            negative=exclusions.terms,
            on_screen_text=on_screen,
            dialogue=dialogue,
            notes="; ".join([*page.notes, *page.odd]),
            seconds=page.seconds,
            aspect_ratio=page.ratio,
            wishes=wished,
            references=references,
        ),
        shielded,
    )


def share(draft: Draft, common: Draft) -> Draft:
    """A draft with what was said of all shots: its own words win, lists add up.

    A shared action becomes a note, or the action of a shot that is all camera ("three angles on the duel: (1) wide").
    """
    if not draft.action and draft != Draft():
        draft, common = replace(draft, action=common.action), replace(common, action="")
    own_camera = Camera(**{part: getattr(draft.camera, part) or getattr(common.camera, part) for part in camera.PARTS})
    said = (*TEXTS, "on_screen_text", "dialogue")
    texts: dict[str, Any] = {part: getattr(draft, part) or getattr(common, part) for part in said}
    return replace(
        draft,
        camera=own_camera,
        **texts,
        negative=tuple(dict.fromkeys((*draft.negative, *common.negative))),
        notes="; ".join(note for note in (draft.notes, common.action, common.notes) if note),
        seconds=draft.seconds if draft.seconds is not None else common.seconds,
        aspect_ratio=draft.aspect_ratio or common.aspect_ratio,
        wishes=_joined(draft.wishes, common.wishes),
        references=tuple(dict.fromkeys((*draft.references, *common.references))),
    )


def without_chat(text: str) -> str:
    """A clause without the "lol" or "pls" it ends with."""
    found = words(text)
    while len(found) > 1 and found[-1].text in vocabulary.wordset("turns", "polite", "closers"):
        text = text[: found[-1].start].rstrip()
        found = found[:-1]
    return text


def _read_clause(clause: Clause, page: _Page, shielded: Shielded) -> None:
    if clause.mark.startswith(":") and vocabulary.phrases("shots", "labels").whole(clause.text):
        return
    if _prohibits(clause.text) or _tolerates(clause.text, shielded) or plain(clause.text) in _HINTS:
        page.notes.append(clause.text)
        return
    typed = clause.text if page.kept else _without_openers(clause.text)
    numbers = figures.read(without_chat(typed))
    page.seconds = page.seconds if numbers.seconds is None else numbers.seconds
    page.ratio = numbers.ratio or page.ratio
    page.values["lens"] += numbers.lens
    page.odd += numbers.odd
    seen = camera.read(tidy(numbers.rest), opens=not page.kept, told=page.told)
    _add(page, seen.values)
    rest = tidy(seen.rest)
    if not rest:
        return
    looked = look.Look((), rest) if _hangs_on(page) else look.read(rest, shielded=shielded)
    _add(page, looked.values)
    left = replace(clause, text=tidy(looked.rest))
    if left.text:
        page.kept.append(left)
    elif looked.values:
        page.moved.append((looked.values[-1][0], replace(clause, text=rest)))


def _prohibits(clause: str) -> bool:
    """Whether a clause says what is not to be done ("don't cut wide"); one that locks the camera is a direction."""
    found = words(clause)
    forbids = bool(found) and vocabulary.phrases("negation", "prohibitions").at(found, 0) is not None
    return forbids and camera.stillness().at(found, 0) is None


def _tolerates(clause: str, shielded: Shielded) -> bool:
    """Whether a clause says what would do no harm: "I don't mind some grain"."""
    found = words(shielded.unspoken(clause))
    return bool(found) and vocabulary.phrases("negation", "tolerating").at(found, 0) is not None


def _hangs_on(page: _Page) -> bool:
    """Whether the words before the comma wait for their noun: "in a warm" before "welcoming light"."""
    last = words(page.kept[-1].text[-40:])[-2:] if page.kept else ()
    waiting = vocabulary.wordset("palette", "beside") | vocabulary.wordset("palette", "colours")
    return len(last) == 2 and last[0].text in ("a", "an", "the") and last[1].text in waiting


def _add(page: _Page, values: Iterable[tuple[str, str]]) -> None:
    for part, text in values:
        value = tidy(text)
        if not any(value in known for known in page.values[part]):
            page.values[part].append(value)


def _return_subject(page: _Page) -> None:
    """A shot with nothing but look words ("rain") is a picture of them: the first becomes its action as well."""
    if not any(words(clause.text) for clause in page.kept) and page.moved:
        page.kept.insert(0, page.moved[0][1])


def _kept_whole(exclusions: negation.Exclusions, text: str, page: _Page) -> str:
    """ "There is no cup on the table" leaves nothing to look at once the cup is cut, so the sentence itself stays."""
    opens = plain(text[:40]).startswith(("there is", "there are", "there's", "he ", "she ", "they "))
    return tidy(text) if exclusions.terms and opens and not page.kept else ""


def _without_openers(text: str) -> str:
    """The action without "gimme", "can you do" and the like, and without what they leave hanging."""
    while found := words(text[:200]):
        hit = _openers().at(found, 0)
        if hit is None or hit.last + 1 == len(found):
            return text
        text = text[found[hit.last + 1].start :]
    return text


@cache
def _openers() -> Lexicon[str]:
    named = (*vocabulary.listed("turns", "polite", "openers"), *vocabulary.listed("shots", "asking"))
    return Lexicon({phrase: phrase for phrase in named})


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values)


def _joined(own: Wishes, common: Wishes) -> Wishes:
    return Wishes(
        models=own.models or common.models,
        exclude=tuple(dict.fromkeys((*own.exclude, *common.exclude))),
        thrift=own.thrift or common.thrift,
        most_micro_usd=own.most_micro_usd if own.most_micro_usd is not None else common.most_micro_usd,
    )


def _unveiled(draft: Draft, shielded: Shielded) -> Draft:
    """The draft with its quotes, titles and idioms back in place."""
    texts: dict[str, Any] = {part: shielded.unveil(getattr(draft, part)) for part in ("action", *TEXTS, "notes")}
    return replace(
        draft,
        **texts,
        negative=tuple(shielded.unveil(term).strip("'\"“”") for term in draft.negative),
    )
