"""From a shot's row to its Prompt: project defaults filled in, both blocks added."""

from dataclasses import replace

from agent.film import Shot
from agent.studio import Studio
from prompts.assemble import assemble
from prompts.prompt import Prompt


async def compose(studio: Studio, shot: Shot) -> Prompt:
    """The shot's Prompt with the project's blocks as they stand now.

    Raises:
        EmptyBlockError: Exemptions would leave no negative in force.
    """
    project = await studio.store.project(shot.project_id)
    sheet = replace(
        shot.sheet,
        seconds=shot.sheet.seconds or project.seconds,
        aspect_ratio=shot.sheet.aspect_ratio or project.ratio,
    )
    return assemble(
        sheet,
        style=await studio.store.style(project.id),
        negative=await studio.store.negative(project.id),
        exempt=shot.exempt,
        references=shot.references,
    )
