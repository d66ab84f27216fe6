"""The time a stand-in lives by, and how long its jobs take."""

import time
from dataclasses import dataclass
from typing import Protocol

SHORTEST_S = 0.3  # embedded default: long enough that a client must poll, short enough for a test
LONGEST_S = 1.5
QUEUED_SHARE = 0.2  # of a job's time it waits before it is drawn
SLOW_TIMES = 10.0  # a job under the fault `slow` takes this many times longer
REHEARSAL_FACTOR = 60.0  # 18-90 s, near what directors see for a 5 s clip


class Clock(Protocol):
    """Tells the time."""

    def now_s(self) -> float:
        """Unix time in seconds."""
        ...


class SystemClock:
    """The machine's own time."""

    def now_s(self) -> float:
        """Unix time in seconds."""
        return time.time()


class HandClock:
    """A time that moves only when it is told to."""

    def __init__(self, now_s: float = 1_795_176_000.0) -> None:
        self._now_s = now_s

    def now_s(self) -> float:
        """Unix time in seconds."""
        return self._now_s

    def pass_s(self, seconds: float) -> None:
        """Let time go by."""
        self._now_s += seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long jobs take: between the two bounds, times ``factor`` (`REHEARSAL_FACTOR` is near real time)."""

    shortest_s: float = SHORTEST_S
    longest_s: float = LONGEST_S
    factor: float = 1.0

    def job_s(self, share: float, *, slow: bool = False) -> float:
        """Seconds one job takes; ``share`` in [0, 1) says where between the bounds."""
        seconds = self.shortest_s + (self.longest_s - self.shortest_s) * share
        return seconds * self.factor * (SLOW_TIMES if slow else 1.0)
