"""What a list was understood as, row by row, before anything is made of it."""

from collections.abc import Iterator, Sequence

from agent.acting import pricing
from agent.acting.pricing import Quote
from agent.money import usd
from agent.reading.tables.listing import Listed, Listing
from agent.reading.tables.meanings import Column
from interfaces.shotlists.importing import Candidate
from interfaces.story import Line, Tone

KNOWN = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution")


def lines(listing: Listing, found: Sequence[Candidate], *, source: str) -> Iterator[Line]:
    """The list as a whole, then each row: what was understood, what was not, and why it cannot be made."""
    ready = sum(each.shot is not None for each in found)
    yield Line(text=f"{source}: {len(found)} shots, {ready} of them ready", tone=Tone.PERSON)
    columns = [f"{head.heading} = {head.column}" for head in listing.heads if head.heading and _told(head.column)]
    if columns:
        yield Line(text=f"columns: {', '.join(columns)}", tone=Tone.QUIET)
    for told in listing.told:
        yield Line(text=f"note: {told}", tone=Tone.OPEN)
    for row in listing.left_out:
        yield Line(text=f"no shot: {row.where}, {row.kind}: {row.text}", tone=Tone.QUIET)
    for each in found:
        yield from _row(each)


def prices(quotes: Sequence[Quote]) -> Iterator[Line]:
    """What a first take of every shot would come to, and what no model can shoot."""
    able = [quote for quote in quotes if quote.choice is not None]
    yield Line(text=f"A first take of {len(able)} of them would come to {usd(pricing.total(able))}; none is ordered.")
    reasons = list(dict.fromkeys(quote.why for quote in quotes if quote.choice is None))
    for why in reasons:
        count = sum(quote.why == why for quote in quotes)
        yield Line(text=f"{count} cannot be shot as things stand: {why}", tone=Tone.BAD)


def _told(column: Column) -> bool:
    return column not in (Column.UNKNOWN, Column.PRODUCTION)


def _row(each: Candidate) -> Iterator[Line]:
    listed = each.listed
    scene = f", scene {listed.scene}" if listed.scene else ""
    yield Line(text=f"{listed.number or '-':>5}  {listed.where}{scene}: {_picture(listed)}", tone=Tone.PLAIN)
    understood = "; ".join(_understood(listed))
    if understood:
        yield Line(text=f"       {understood}", tone=Tone.QUIET)
    for doubt in listed.doubts:
        yield Line(text=f"       ? {doubt}", tone=Tone.OPEN)
    if listed.exempt:
        yield Line(text=f"       ? sets aside of the film's negatives: {', '.join(listed.exempt)}", tone=Tone.OPEN)
    if each.problem:
        yield Line(text=f"       ! not ready: {each.problem}", tone=Tone.BAD)


def _picture(listed: Listed) -> str:
    draft = listed.draft
    return "; ".join(part for part in (draft.action, draft.notes) if part) or "(nothing)"


def _understood(listed: Listed) -> Iterator[str]:
    """What besides the action was found, in a few words each."""
    draft = listed.draft
    yield from filter(None, (str(draft.camera), *(getattr(draft, part) for part in KNOWN)))
    if draft.seconds is not None:
        yield f"{draft.seconds:g} s"
    if draft.aspect_ratio:
        yield draft.aspect_ratio
    labelled = (("no", draft.negative), ("models", draft.wishes.models), ("not", draft.wishes.exclude))
    yield from (f"{label} {', '.join(words)}" for label, words in labelled if words)
    yield from (f"ref {reference.label}" for reference in draft.references)
    yield from (
        f"{label}: {text}" for label, text in (("reads", draft.on_screen_text), ("says", draft.dialogue)) if text
    )
