"""What is odd about the blocks of a shot, told before any money is spent. Nothing is changed here."""

from collections.abc import Callable, Collection, Iterator, Sequence

from prompts import entries, lettering, normal, phrases, terms
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.remarks import Kind, Remark
from prompts.sheet import Sheet

LONGEST_BLOCK = 12
"""Terms up to which a block keeps its pull.

The public style libraries that carry negatives have a median of 6 terms and at most 13 (sdxl_prompt_styler, 89 styles)
and 3 and 6 (InvokeAI presets, 18), counted 2026-11-20; longer lists dilute each term.
"""

_TEXT = "text"


def lint(
    sheet: Sheet, *, style: StyleBlock, negative: NegativeBlock, exempt: Collection[str] = ()
) -> tuple[Remark, ...]:
    """All remarks on one shot: its entries one by one, then the list as a whole, then what speaks against it."""
    set_aside = {terms.identity(name) for name in exempt}
    block = tuple(term.text for term in negative.terms)
    known = {terms.identity(text) for text in block}
    # A shot that repeats what the film forbids anyway is no oddity.
    stored = (*block, *(text for text in sheet.negative if terms.identity(text) not in known))
    in_force = tuple(text for text in stored if terms.identity(text) not in set_aside)
    return (
        *lint_entries(in_force),
        *_invisible(sheet, style),
        *against_style(in_force, style),
        *against_shot(in_force, sheet),
    )


def lint_entries(texts: Sequence[str]) -> tuple[Remark, ...]:
    """Remarks on a list of entries by themselves, before any style or shot: what `prompts.pasted` tells as well."""
    read = [entries.read(part) for text in texts for part in entries.split(text)]
    written = [entry.text for entry in read if entry.text]
    return (
        *(remark for entry in read for remark in entry.remarks),
        *_praise(written),
        *_duplicates(written),
        *_overlong(written),
    )


def against_style(texts: Sequence[str], style: StyleBlock) -> tuple[Remark, ...]:
    """One remark per term that the film's own style asks for."""
    whole = f"{style.text}. {style.motion}"
    return tuple(
        _contradictions(texts, Kind.CONTRADICTION_STYLE, lambda text: terms.asked_for_by_style(text, style=whole))
    )


def against_shot(texts: Sequence[str], sheet: Sheet) -> tuple[Remark, ...]:
    """One remark per term that the shot itself asks for."""
    return tuple(_contradictions(texts, Kind.CONTRADICTION_SHOT, lambda text: asked_for(text, sheet)))


def asked_for(text: str, sheet: Sheet) -> str | None:
    """The words of the shot that ask for what a term forbids; ``None`` if there are none."""
    if terms.canonical(text) == _TEXT and (shown := lettering.shown(sheet)):
        return shown
    return terms.asked_for_by_shot(text, shot=_described(sheet))


def _praise(texts: Sequence[str]) -> Iterator[Remark]:
    for text in texts:
        if terms.is_praise(text):
            yield Remark(
                kind=Kind.INVERTED,
                terms=(text,),
                sentence=f"{text!r} is praise; in a negative block it asks for the opposite",
                advice="take it out of the block, or name the fault it stands against",
            )


def _duplicates(texts: Sequence[str]) -> Iterator[Remark]:
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(terms.identity(text), []).append(text)
    for same in groups.values():
        if len(same) > 1:
            yield Remark(
                kind=Kind.DUPLICATE,
                terms=tuple(same),
                sentence=f"{', '.join(map(repr, same))} are one thing; it is sent once",
                advice="keep one of them",
            )


def _overlong(texts: Sequence[str]) -> Iterator[Remark]:
    count = len({terms.identity(text) for text in texts})
    if count > LONGEST_BLOCK:
        yield Remark(
            kind=Kind.OVERLONG,
            terms=(),
            sentence=f"the block has {count} terms; beyond {LONGEST_BLOCK} each one pulls less",
            advice="keep the faults you have really seen in takes",
        )


def _invisible(sheet: Sheet, style: StyleBlock) -> Iterator[Remark]:
    parts = [
        ("style block", style.text),
        ("motion text", style.motion),
        ("action", sheet.action),
        ("shot", _described(sheet)),
    ]
    parts += [("lettering", sheet.on_screen_text), ("dialogue", sheet.dialogue)]
    told: set[str] = set()
    for name, text in parts:
        report = normal.clean(text).report
        if report and report not in told:
            told.add(report)
            yield Remark(
                kind=Kind.INVISIBLE_TEXT,
                terms=(name,),
                sentence=f"the {name} held {report}; they are left out of every prompt",
                advice="look at where the text was copied from",
            )


def _contradictions(texts: Sequence[str], kind: Kind, against: Callable[[str], str | None]) -> Iterator[Remark]:
    whose = "style" if kind is Kind.CONTRADICTION_STYLE else "shot"
    for text in dict.fromkeys(filter(None, (entries.read(text).text for text in texts))):
        words = against(text)
        if words is not None:
            yield Remark(
                kind=kind,
                terms=(text,),
                sentence=f"the block forbids {text!r} and the {whose} asks for {words!r}",
                advice=f"exempt {text!r} for this shot, or reword the {whose}",
            )


def _described(sheet: Sheet) -> str:
    """Everything the shot says about the picture, sentence by sentence; what is spoken in it is not picture."""
    looks = (sheet.lens, sheet.lighting, sheet.palette, sheet.composition, sheet.atmosphere, sheet.mood)
    parts = (sheet.action, str(sheet.camera), *looks, sheet.attribution)
    return ". ".join(phrases.unquoted(part) for part in parts if part)
