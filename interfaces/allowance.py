"""How much a film may be told in a stretch of time: each message costs work, and may cost money."""

from collections.abc import Callable

from agent.errors import CountersteerError

AT_ONCE = 300
"""A long shot list said line by line, or a script of a whole film, comes through without waiting."""

PER_S = 1.0
MOST_KNOWN = 10_000


class TooManyError(CountersteerError):
    """More was said than is heard in that time; the last of it was not stored."""


class Allowance:
    """Counts down with every message and up with time; of this process."""

    def __init__(self, *, now_us: Callable[[], int], at_once: int = AT_ONCE, per_s: float = PER_S) -> None:
        self._now_us = now_us
        self._at_once = at_once
        self._per_s = per_s
        self._left: dict[str, tuple[float, int]] = {}

    def take(self, who: str) -> None:
        """Let one more through.

        Raises:
            TooManyError: Nothing is left.
        """
        now_us = self._now_us()
        left, since_us = self._left.pop(who, (float(self._at_once), now_us))
        left = min(self._at_once, left + max(0, now_us - since_us) / 1e6 * self._per_s)
        self._left[who] = (left, now_us)
        if left < 1:
            raise TooManyError(
                f"more than {self._at_once} messages came at once; this one was not stored; send it again in "
                f"{1 / self._per_s:.0f} s"
            )
        self._left[who] = (left - 1, now_us)
        while len(self._left) > MOST_KNOWN:
            del self._left[next(iter(self._left))]  # whoever has been silent for longest
