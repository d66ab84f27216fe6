"""Which film a channel is about: asked once, by buttons, in the first thread of the channel."""

from agent.store import Store
from agent.threads import Thread, Threads
from interfaces.slack import kit
from interfaces.slack.posting import Piece
from interfaces.slack.wording import escaped

KEY = "film"
MOST = 20
"""Films that have a button; Slack holds 25 in a row."""

NEW = "new"
ASKS = "Which film is this channel about? What you wrote waits until it is chosen."


async def asked(store: Store) -> Piece:
    """The question, the latest films first."""
    films = (await store.projects())[::-1]
    rest = f"\n_{len(films) - MOST} older films are not shown; open one of them on the page._" if films[MOST:] else ""
    buttons = [kit.button(film.name, f"film:{film.id}", film.id) for film in films[:MOST]]
    new = kit.button("New film, named as the channel", f"film:{NEW}", NEW, style="primary")
    blocks = (*kit.section(f"{ASKS}{rest}"), kit.actions(*buttons, new))
    return Piece(key=KEY, text=ASKS, blocks=blocks, about=KEY, living=True)


async def chosen(store: Store, threads: Threads, thread: Thread) -> Piece | None:
    """The answer in the question's place; ``None`` while it is open."""
    found = await threads.film_of(thread.team, thread.channel)
    if found is None:
        return None
    project_id, by = found
    text = f"This channel is about *{escaped((await store.project(project_id)).name)}*, chosen by <@{by}>."
    return Piece(key=KEY, text=text, blocks=kit.section(text))
