"""What the app may do: the scopes it needs, each with its reason, and who it is."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import CountersteerError
from interfaces.slack.asking import LostError, answered

SCOPES = {
    "app_mentions:read": "hear who mentions it",
    "channels:history": "hear replies in threads of public channels, and ask whether a post arrived",
    "chat:write": "answer",
    "files:read": "take an image as a reference when somebody asks for it",
    "files:write": "show clips",
    "groups:history": "hear replies in private channels",
    "im:history": "hear direct messages",
    "mpim:history": "hear group messages",
}


class NoRightsError(CountersteerError):
    """The app cannot do its work."""


class UnreachableError(CountersteerError):
    """Nobody answers where Slack should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in the workspace, and which scopes we lack."""

    team: str
    user: str
    bot: str
    lacking: tuple[str, ...] = ()

    @property
    def complaint(self) -> str:
        """What cannot be done, a scope and its use each; empty where nothing is."""
        whys = "; ".join(f"{scope} (to {SCOPES[scope]})" for scope in self.lacking)
        return f"the Slack app lacks {whys}; add it under OAuth & Permissions and install it again" if whys else ""


async def identify(client: AsyncWebClient) -> Identity:
    """Who the token belongs to.

    Raises:
        NoRightsError: It cannot speak at all.
        UnreachableError: Nobody answers.
        CountersteerError: Slack refused the token.
    """
    try:
        answer = await answered(client.auth_test())
    except LostError as error:
        where = f"Slack cannot be reached at {client.base_url}"
        raise UnreachableError(f"{where}; nothing was begun there, and nothing is lost") from error
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    lacking = tuple(scope for scope in SCOPES if scope not in granted)
    told = answer.data
    who = Identity(team=told["team_id"], user=told["user_id"], bot=told["bot_id"], lacking=lacking)
    if "chat:write" in lacking:
        raise NoRightsError(f"{who.complaint}; nothing was begun there")
    return who
