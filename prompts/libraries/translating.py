"""A preset as the two blocks of a film, with a line for everything that was taken out, moved or put together."""

import re
from dataclasses import dataclass, replace

from prompts import entries, lint, pasted
from prompts.libraries.library import HOLE, Preset
from prompts.normal import clean
from prompts.pasted import Pasted
from prompts.remarks import Kind

_HOLE = re.compile(
    rf"""
    (?: \b (?: of | with | featuring | showing | depicting | in | on | for | by | as | a | an | the ) \s+ )*
    ["'(\[]* {re.escape(HOLE)} (?: :[\d.]+ )? ["')\]]* (?: [ \t]* [.,;:] (?=\s|$) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The hole with its own weight and brackets, and the small words before it that say nothing without it."""

_COMMAS = re.compile(r"\s*[,;，、\n\r]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """What a preset means for a film.

    Attributes:
        style: The style block; empty where the preset has no words of its own.
        negative: The negative block, term by term; without terms where the preset has none.
        told: A line for every word that is in neither block as it was written.
    """

    name: str
    style: str
    negative: Pasted
    told: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether the negative block has more terms than keep their pull."""
        return len(self.negative.terms) > lint.LONGEST_BLOCK


def translate(preset: Preset) -> Translated:
    """Both blocks of the preset."""
    style, told = _style(preset.positive)
    forbidden = _without_holes(preset.negative, told)
    negative = pasted.read(forbidden) if forbidden.strip(" ,") else Pasted(terms=(), remarks=())
    return Translated(
        name=preset.name,
        style=style,
        negative=negative,
        told=(
            *told,
            *(remark.sentence for remark in negative.remarks),
        ),
    )


def cut(translated: Translated, most: int) -> Translated:
    """The first so many terms, and a line that names the rest."""
    kept, rest = translated.negative.terms[:most], translated.negative.terms[most:]
    if not rest:
        return translated
    named = ", ".join(repr(term.text) for term in rest)
    line = f"cut as you asked, to the first {most}: {named} {'is' if len(rest) == 1 else 'are'} left out"
    return replace(translated, negative=replace(translated.negative, terms=kept), told=(*translated.told, line))


def _style(positive: str) -> tuple[str, list[str]]:
    """The words of the style, and what was done to them."""
    told: list[str] = []
    hygienic = [clean(line) for line in positive.splitlines()]
    told += [f"the style held {line.report}; they are left out" for line in hygienic if line.strays]
    text = "\n".join(line.text for line in hygienic)
    parts: list[str] = []
    for written in _COMMAS.split(_without_holes(text, told)):
        part, lines = _bare(written)
        parts += [part] if part else []
        told += lines
    return ", ".join(parts), told


def _without_holes(text: str, told: list[str]) -> str:
    holes = list(_HOLE.finditer(text))
    if holes:
        gone = ", ".join(repr(" ".join(hole.group().split())) for hole in holes)
        told.append(f"the place for the shot's own words is taken out ({gone}); they go out beside the style")
    return _HOLE.sub(", ", text)


def _bare(written: str) -> tuple[str, list[str]]:
    """A part of the style without weights and syntax, and a line where it had some."""
    part, kinds = entries.unweighted(written)
    return part, [_TAKEN_OFF[kind].format(written=written.strip(), left=_left(part)) for kind in kinds]


_TAKEN_OFF = {
    Kind.WEIGHT_SYNTAX: "{written!r} carries a weight or brackets; {left}",
    Kind.FOREIGN_SYNTAX: "{written!r} is syntax of an image tool; {left}",
}


def _left(part: str) -> str:
    return f"it is kept as {part!r}" if part else "nothing of it is left"
