"""What the frames of a clip show about one term, as far as the house's conventions let it be seen."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tools.sandbox.scene import Look
from tools.sandbox.sights import lens, people, surface
from tools.sandbox.sights.view import View

FRAMES_NEEDED = 0.5  # share of the frames a thing could be seen in that must show it


class Verdict(StrEnum):
    """The three answers of the wire's schema."""

    PRESENT = "present"
    ABSENT = "absent"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One answer, with the frames that show it when it is present.

    Attributes:
        count: Of people, where the term is about their number; the frames are then those that show so many.
    """

    verdict: Verdict
    observation: str
    frames: tuple[int, ...] = ()
    count: int | None = None


@dataclass(frozen=True)
class Glance:
    """A picture and what has been made out in it, each worked out once however many terms ask."""

    view: View

    @cached_property
    def look(self) -> Look | None:
        """The look its surfaces are drawn in."""
        return surface.look(self.view)

    @cached_property
    def flooded(self) -> bool:
        """Whether no figure can be made out in it."""
        return people.flooded(self.view)

    @cached_property
    def marks(self) -> tuple[people.Mark, ...]:
        """Its patches of the marker colour."""
        return () if self.flooded else people.marks(self.view)

    @cached_property
    def heads(self) -> tuple[people.Head, ...]:
        """The faces in it."""
        return people.heads(self.view, self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One thing that can be looked for.

    Attributes:
        seen_in: Whether a picture shows it; ``None`` where that cannot be told.
        words: What is said when it is there.
        counted: How many people a picture shows, where that is the question; ``None`` where it cannot be told.
    """

    seen_in: Callable[[Glance], bool | None]
    words: str
    counted: Callable[[Glance], int | None] = lambda _: None


def about(term: str, glances: Sequence[Glance]) -> Opinion:
    """What the frames show about a term; CANNOT_TELL for a term that is not among the known ones."""
    sight = _known().get(_plain(term))
    if sight is None:
        return Opinion(verdict=Verdict.CANNOT_TELL, observation="not a thing this judge knows how to look for")
    answers = _told(sight, glances, whole=True) or _told(sight, glances, whole=False)
    if not answers:
        return Opinion(verdict=Verdict.CANNOT_TELL, observation="not to be made out in these pictures")
    shown = [frame for frame, answer in answers if answer]
    if len(shown) >= FRAMES_NEEDED * len(answers):
        return Opinion(verdict=Verdict.PRESENT, observation=sight.words, frames=tuple(sorted(set(shown))))
    counts = {glance.view.frame: count for glance in glances if (count := sight.counted(glance))}
    most = max(counts.values(), default=None)
    full = tuple(sorted(frame for frame, count in counts.items() if count == most))
    return Opinion(verdict=Verdict.ABSENT, observation="looked for and not there", frames=full, count=most)


def _told(sight: Sight, glances: Sequence[Glance], *, whole: bool) -> list[tuple[int, bool]]:
    """The frames in which it can be told, and what they show. Crops cut hands and faces, so whole frames go first."""
    answers = ((glance.view.frame, sight.seen_in(glance)) for glance in glances if glance.view.whole is whole)
    return [(frame, answer) for frame, answer in answers if answer is not None]


def _plain(term: str) -> str:
    """A term without case, hyphens and a leading negation."""
    words = re.sub(r"[-_\s]+", " ", term.strip().lower())
    return re.sub(r"^(?:no|without|avoid) ", "", words)


def _known() -> Mapping[str, Sight]:
    return {term: sight for terms, sight in _SIGHTS for term in terms}


def _drawn_as(look: Look) -> Callable[[Glance], bool | None]:
    def seen_in(glance: Glance) -> bool | None:
        return None if glance.look is None else glance.look is look

    return seen_in


def _extra_fingers(glance: Glance) -> bool | None:
    """None when somebody is there whose fingers cannot be counted, and for a crop without a hand."""
    if glance.flooded:
        return None
    counts = people.hands(glance.view, glance.marks, glance.heads)
    if any(count > 5 for count in counts):
        return True
    return False if counts or (glance.view.whole and not glance.heads) else None


def _merged_faces(glance: Glance) -> bool | None:
    if glance.flooded or (not glance.heads and not glance.view.whole):
        return None
    return any(head.skin > people.MERGED_WIDTH for head in glance.heads)


def _doubled(glance: Glance) -> bool | None:
    return people.copied(glance.view, glance.heads) if glance.view.whole and not glance.flooded else None


def _heads(glance: Glance) -> int | None:
    return len(glance.heads) if glance.view.whole and not glance.flooded else None


def _caption(glance: Glance) -> bool | None:
    return lens.caption(glance.view)


def _watermark(glance: Glance) -> bool | None:
    return lens.watermark(glance.view)


def _lettering(glance: Glance) -> bool | None:
    """Burnt-in lettering of any kind; a sign that belongs to the scene is not meant."""
    return lens.caption(glance.view) or lens.watermark(glance.view)


def _evenly_lit(glance: Glance) -> bool | None:
    return lens.evenly_lit(glance.view)


def _flare(glance: Glance) -> bool | None:
    return lens.flare(glance.view)


_SIGHTS: tuple[tuple[tuple[str, ...], Sight], ...] = (
    (
        (
            "photorealistic",
            "photorealism",
            "photoreal",
            "photo realistic",
            "live action",
            "live action footage",
            "photograph",
            "photography",
            "photo",
        ),
        Sight(seen_in=_drawn_as(Look.PHOTOREAL), words="photograph-like grain and no brushwork on the surfaces"),
    ),
    (
        ("3d render", "3d", "3d rendering", "3d animation", "cgi", "cg render", "computer generated"),
        Sight(seen_in=_drawn_as(Look.RENDER_3D), words="smooth inflated shapes with plastic highlights"),
    ),
    (
        ("cartoon", "anime", "cel shading", "cel shaded", "flat colors", "flat colours", "2d animation"),
        Sight(seen_in=_drawn_as(Look.FLAT), words="even cel colours with hard steps"),
    ),
    (
        ("painting", "painterly", "hand painted", "illustration", "oil painting", "brush strokes"),
        Sight(seen_in=_drawn_as(Look.PAINTERLY), words="brush strokes and canvas on every surface"),
    ),
    (
        ("extra fingers", "extra finger", "six fingers", "too many fingers", "additional fingers"),
        Sight(seen_in=_extra_fingers, words="thumb and then five fingers in a row on one hand"),
    ),
    (
        ("merged faces", "merged face", "fused faces", "blended faces"),
        Sight(seen_in=_merged_faces, words="two faces grown together over one collar"),
    ),
    (
        (
            "wrong number of people",
            "extra people",
            "duplicate characters",
            "duplicate subject",
            "duplicate subjects",
            "duplicate character",
            "duplicated characters",
            "cloned characters",
            "clones",
            "twin characters",
            "duplicates",
        ),
        Sight(seen_in=_doubled, words="the same person stands there twice", counted=_heads),
    ),
    (
        ("subtitles", "subtitle", "caption", "captions", "burned in captions", "burnt in captions"),
        Sight(seen_in=_caption, words="a line of subtitle low in the middle"),
    ),
    (
        ("watermark", "watermarks", "logo", "logos"),
        Sight(seen_in=_watermark, words="a maker's mark in a lower corner"),
    ),
    (
        ("text", "lettering", "text overlay", "on screen text", "overlaid text"),
        Sight(seen_in=_lettering, words="lettering burnt into the picture"),
    ),
    (
        ("lens flare", "lens flares", "flare", "anamorphic flare"),
        Sight(seen_in=_flare, words="a blue streak across the width with a burst on it"),
    ),
    (
        ("studio lighting", "studio light", "bright even lighting", "flat lighting", "even lighting"),
        Sight(seen_in=_evenly_lit, words="light from all sides and nothing dark in the picture"),
    ),
)
