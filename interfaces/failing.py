"""What is said of a shot whose run failed, and what is not even tried to be said while nothing can be stored."""

import logging

from agent.errors import StoreError
from agent.events import What
from agent.film import ShotStatus
from agent.narrating import tell
from agent.studio import Studio

AGAIN_S = 20.0  # after the store could not be used; a full disk is seldom emptied sooner

_log = logging.getLogger(__name__)


class Failures:
    """One per worker."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._told: set[str] = set()  # shots of which it was said that they could not be stored

    async def stops(self, shot_id: str, reason: str) -> None:
        """The shot is held until a person says again."""
        try:
            shot = await self._studio.store.shot(shot_id)
            await self._studio.store.set_status(shot_id, ShotStatus.HELD, because=reason)
            await tell(self._studio, shot, What.HOLD, reason=reason)
        except StoreError as error:
            _log.error("shot %s stopped (%s), which could not be stored: %s", shot_id, reason, error)

    async def unstored(self, shot_id: str, error: StoreError) -> None:
        """Rows are as they were before the step that could not be stored; the worker does it again by itself."""
        _log.warning("shot %s is taken up again in %g s: %s", shot_id, AGAIN_S, error)
        if shot_id in self._told:
            return
        try:
            shot = await self._studio.store.shot(shot_id)
            await tell(self._studio, shot, What.HOLD, reason=f"{error}; this shot goes on by itself")
        except StoreError:  # the same disk may be too full to say so
            return
        self._told.add(shot_id)
