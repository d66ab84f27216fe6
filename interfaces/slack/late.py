"""Slack's door of a served house: the house opens without it, and it opens as soon as Slack lets it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent.errors import CountersteerError
from interfaces.api import errors
from interfaces.settings import SlackSettings
from interfaces.slack import http_door
from interfaces.slack.door import Door, Pace, open_door, refuse_without_token
from interfaces.wiring import House

FIRST_S, LONGEST_S = 2.0, 60.0
"""Before Slack is asked again; each time twice as long, up to the longest."""

WAITS = "Slack is asked again by itself; the page and all else work without it"
NOT_YET = "Slack's part of this house is not open yet; nothing was taken in, so send it again"


class LateDoor:
    """Asks Slack until it answers. What Slack sends before that is refused, so that Slack sends it again.

    Args:
        opened: Told of the door once it is open.
        tell: Hears what keeps it shut, once for each reason.

    Raises:
        NoTokenError: No token is set, which no waiting mends.
    """

    def __init__(
        self,
        house: House,
        settings: SlackSettings,
        *,
        opened: Callable[[Door], None],
        tell: Callable[[str], None],
        pace: Pace | None = None,
    ) -> None:
        refuse_without_token(settings)
        self._house = house
        self._settings = settings
        self._opened = opened
        self._tell = tell
        self._pace = pace or Pace()
        self._called: http_door.Called = _not_yet

    @property
    def route(self) -> Route:
        """Where Slack calls, from the start."""

        async def called(request: Request) -> Response:
            return await self._called(request)

        return http_door.route(called)

    async def run(self) -> None:
        """Open it and keep it open, until cancelled."""
        door = await self._open()
        self._called = door.called()
        self._opened(door)
        await door.run()

    async def _open(self) -> Door:
        wait_s, why = FIRST_S, ""
        while True:
            try:
                return await open_door(self._house, self._settings, pace=self._pace)
            except CountersteerError as error:
                if str(error) != why:
                    why = str(error)
                    self._tell(f"Slack: {why}. {WAITS}.")
            await self._pace.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_S)


async def _not_yet(_: Request) -> Response:
    return errors.problem(503, NOT_YET)
