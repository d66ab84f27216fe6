"""The model of the next take: the best by `agent.policy.routing` that can also be told this very prompt."""

from dataclasses import dataclass, replace

from agent.errors import PromptError, UnsupportedError
from agent.film import Shot
from agent.policy import framing
from agent.policy.routing import Choice, Situation, Stop
from agent.situations import situation
from agent.stills import frames, stills
from agent.studio import Studio
from agent.writing import Written, write
from prompts.prompt import Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choice, what was known when it was made, and the prompt as this model would be told it."""

    known: Situation
    choice: Choice
    written: Written


async def choose(studio: Studio, shot: Shot, prompt: Prompt) -> Chosen | Stop:
    """The choice, or the advice to stop and ask.

    A model that cannot carry the prompt is found by writing it, so that this is known before spending; the next best is
    then looked at. What nobody would choose is not written. Frames that do not fit the shot stop it for every model.

    Raises:
        NoRouteLeftError: No model may take the shot, and none was tried.
    """
    images = await stills(studio, shot)
    known = await situation(studio, shot, prompt, images=images)
    offers = [offer for profile in studio.profiles if (offer := profile.offer(images.material))]
    unfit = framing.mismatch(await frames(studio, shot), ratio=known.ratio, offers=offers, shot=shot.number)
    if unfit:
        return Stop(reason=unfit, passed_over=())
    trials = await studio.store.trials(shot.project_id)
    while True:
        choice = studio.choose(known, profiles=studio.profiles, trials=trials)
        if isinstance(choice, Stop):
            return choice
        profile, seconds = studio.profile(choice.model), choice.seconds
        try:
            written = await write(
                studio, prompt, profile, images=images, seconds=seconds, ratio=known.ratio, key="draft"
            )
        except (PromptError, UnsupportedError) as error:
            known = replace(known, unsayable={**known.unsayable, choice.model: str(error)})
        else:
            return Chosen(known=known, choice=choice, written=written)
