"""What would go out for a shot now: the exact words for the model it would go to, and the price. Nothing is spent."""

from agent.acting import finding, pricing
from agent.acting.outcome import Outcome, Turn
from agent.composing import compose
from agent.film import Shot
from agent.policy.routing import Choice
from agent.steering import Preview
from agent.stills import stills
from agent.studio import Studio
from agent.writing import Written, write


async def preview(studio: Studio, turn: Turn, intent: Preview) -> Outcome:
    """The prompt of a shot as it would leave, with both blocks marked."""
    shot = await finding.shot(studio, turn, intent.shot)
    quote = await pricing.quote(studio, shot)
    if quote.choice is None:
        return Outcome(lines=(f"{str(quote).capitalize()}.",))
    written = await as_written(studio, shot, quote.choice)
    terms = (f"  {each.term} as {each.channel}: {each.wording!r}" for each in written.receipt.terms)
    return Outcome(
        lines=(
            f"Would go out, nothing is spent: {quote}, because {'; '.join(quote.choice.reasons)}.",
            written.rendering.text,
            *((f"negative field: {written.rendering.negative_field}",) if written.rendering.negative_field else ()),
            f"  style block: {written.rendering.style!r}",
            *terms,
            *(f"  note: {note.sentence}" for note in written.rendering.notes),
        )
    )


async def as_written(studio: Studio, shot: Shot, choice: Choice) -> Written:
    """A shot's prompt in the form of the chosen model, proved like one that leaves."""
    prompt = await compose(studio, shot)
    return write(
        studio,
        prompt,
        studio.profile(choice.model),
        images=await stills(studio, shot),
        seconds=choice.seconds,
        ratio=prompt.sheet.aspect_ratio or (await studio.store.project(shot.project_id)).ratio,
        key="draft",
    )
