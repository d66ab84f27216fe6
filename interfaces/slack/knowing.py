"""Who somebody in Slack is in this house."""

from agent.people import known_by
from agent.store import Store
from interfaces.asking import AT_HOME, Asker

KEY = "slack:"


async def asker_of(store: Store, user: str) -> Asker:
    """Who asks, by Slack's id. Where nobody was ever named, everybody is at home; else who is not named is nobody."""
    grants = await store.grants()
    key = f"{KEY}{user}"
    return Asker(name=known_by(grants, key) or key, grants=grants) if grants else AT_HOME
