"""The model of the next take: the best by `agent.policy.routing` that can also be told this very prompt."""

from dataclasses import replace

from agent.errors import PromptError, UnsupportedError
from agent.film import Shot
from agent.policy import framing
from agent.policy.routing import Choice, Stop
from agent.policy.situation import Situation
from agent.situations import situation
from agent.stills import Stills, frames, stills
from agent.studio import Studio
from agent.writing import write
from prompts.prompt import Prompt


async def choose(studio: Studio, shot: Shot, prompt: Prompt) -> Choice | Stop:
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
        why = _unsayable(studio, prompt, choice, known, images=images)
        if not why:
            return choice
        known = replace(known, unsayable={**known.unsayable, choice.model: why})


def _unsayable(studio: Studio, prompt: Prompt, choice: Choice, known: Situation, *, images: Stills) -> str:
    """Why this model cannot carry this prompt; nothing where it can."""
    profile = studio.profile(choice.model)
    try:
        write(studio, prompt, profile, images=images, seconds=choice.seconds, ratio=known.ratio, key="draft")
    except (PromptError, UnsupportedError) as error:
        return str(error)
    return ""
