"""The film and the conversation that a program means, by whatever it calls them."""

from agent.errors import CountersteerError, NotFoundError
from agent.film import Project
from agent.store import Store
from agent.talks import Talk

NO_FILM = "there is no film yet; make one on the page, with `countersteer project new NAME`, or where this door can"


async def film(store: Store, name: str) -> Project:
    """The film of that name or id; without a name the only one there is.

    Raises:
        NotFoundError: There is none of that name; the message names those there are.
        CountersteerError: There is no film at all, or none was named and there are several.
    """
    known = await store.projects()
    names = [project.name for project in known]
    if not known:
        raise CountersteerError(NO_FILM)
    if not name and len(known) > 1:
        raise CountersteerError(f"there are several films ({', '.join(names)}); say which; nothing was done")
    found = next((project for project in known if name in ("", project.name, project.id)), None)
    if found is None:
        raise NotFoundError(what="film", name=name, known=names)
    return found


async def latest(store: Store) -> Project:
    """The film that was made last.

    Raises:
        CountersteerError: There is no film at all.
    """
    known = await store.projects()
    if not known:
        raise CountersteerError(NO_FILM)
    return known[-1]


async def talk(store: Store, project: Project, conversation_id: str) -> Talk:
    """That conversation of the film.

    Raises:
        NotFoundError: The film has none of that id; of another film's not even its being there is told.
    """
    found = next((talk for talk in await store.talks(project.id) if talk.id == conversation_id), None)
    if found is None:
        raise NotFoundError(what="conversation", name=conversation_id)
    return found
