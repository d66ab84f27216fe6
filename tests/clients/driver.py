"""What every vendor's own client is driven with: our orders, and the base address and key of the sandbox."""

from abc import ABC, abstractmethod
from base64 import b64encode

import httpx

from agent.jobs import Order, Still
from agent.profiles import Profile


class NoSuchCallError(Exception):
    """The vendor's client has no such call."""


class Driver(ABC):
    """A vendor's own client, asked for what an order asks."""

    @abstractmethod
    def submit(self, order: Order, profile: Profile) -> str:
        """The vendor's id of the job."""

    @abstractmethod
    def clip(self, job: str, profile: Profile) -> bytes | None:
        """The finished clip; ``None`` while the job goes on."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the client's connections."""

    def cancel(self, job: str, profile: Profile) -> None:
        """Call the job back."""
        raise NoSuchCallError

    def look_up(self, order: Order, profile: Profile) -> str | None:
        """The id of the job that an order became, found without knowing it."""
        raise NoSuchCallError

    def account(self) -> None:
        """What the vendor tells of the account without charge."""
        raise NoSuchCallError


def data_uri(still: Still) -> str:
    """An image as these clients want it where they take addresses."""
    return f"data:{still.media_type};base64,{b64encode(still.data).decode()}"


def download(link: str) -> bytes:
    """What is behind a plain link, as a user of a client without downloads gets it."""
    return httpx.get(link, trust_env=False).raise_for_status().content
