"""What every vendor's own client is driven with: our orders, and the base address and key of the sandbox."""

from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Mapping

import httpx

from agent.jobs import Order, Still
from agent.profiles import Profile


class NoSuchCallError(Exception):
    """The vendor's client has no such call."""


class Driver(ABC):
    """A vendor's own client, asked for what an order asks.

    Attributes:
        refuses_key: What the client raises when its key is not taken.
    """

    refuses_key: type[Exception]

    @abstractmethod
    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        """Take the stand-in's base address, the credentials it knows, and what settings of ours ask of every order."""

    @staticmethod
    def speaks(profile: Profile) -> bool:
        """Whether the client has calls for that variant."""
        return True

    def traces(self, job: str) -> tuple[str, ...]:
        """What a job is called on the wire, the longest name first."""
        return (job,)

    @abstractmethod
    def submit(self, order: Order, profile: Profile) -> str:
        """The vendor's id of the job."""

    @abstractmethod
    def clip(self, job: str, profile: Profile) -> bytes | None:
        """The finished clip; ``None`` while the job goes on."""

    @abstractmethod
    def refusal(self, job: str, profile: Profile) -> str:
        """Why a job that is over came to no clip, as the client shows it."""

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


def base64_of(still: Still) -> str:
    """An image as these clients want it where they take bytes as text."""
    return b64encode(still.data).decode()


def address(still: Still, *, vendor: str) -> str:
    """Where a vendor finds an image: among what is registered there, or in the address itself."""
    return still.known_as.get(vendor) or f"data:{still.media_type};base64,{base64_of(still)}"


def download(link: str) -> bytes:
    """What is behind a plain link, as a user of a client without downloads gets it."""
    return httpx.get(link, trust_env=False).raise_for_status().content
