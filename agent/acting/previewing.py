"""What would go out for a shot now: the exact words for the model it would go to, and the price. Nothing is spent."""

from agent.acting import finding, pricing
from agent.acting.outcome import Outcome, Turn
from agent.steering import Preview
from agent.studio import Studio


async def preview(studio: Studio, turn: Turn, intent: Preview) -> Outcome:
    """The prompt of a shot as it would leave, with both blocks marked."""
    shot = await finding.shot(studio, turn, intent.shot)
    quote = await pricing.quote(studio, shot)
    choice, written = quote.choice, quote.written
    if choice is None or written is None:
        return Outcome(lines=(f"{str(quote).capitalize()}.",))
    terms = (f"  {each.term} as {each.channel}: {each.wording!r}" for each in written.receipt.terms)
    return Outcome(
        lines=(
            f"Would go out, nothing is spent: {quote}, because {'; '.join(choice.reasons)}.",
            written.rendering.text,
            *((f"negative field: {written.rendering.negative_field}",) if written.rendering.negative_field else ()),
            f"  style block: {written.rendering.style!r}",
            *terms,
            *(f"  note: {note.sentence}" for note in written.rendering.notes),
        )
    )
